#include "mechanics/verification/manufactured_cube.h"

#include <cmath>
#include <numbers>
#include <utility>

namespace vivicor
{
  using std::numbers::pi;

  double ManufacturedCube::pressure(const Point3 &X) const
  {
    return 0.5 + std::sin(pi * X[1]) * std::cos(pi * X[2]);
  }

  Point3 ManufacturedCube::displacement(const Point3 &X) const
  {
    return {X[0] * pressure(X) / bulk_modulus + 0.1 * std::sin(pi * X[1]) * std::sin(pi * X[2]) + 0.05 * X[2] * X[2],
            0.1 * std::sin(pi * X[2]) + 0.05 * X[2], 0.0};
  }

  std::array<double, 9> ManufacturedCube::gradient(const Point3 &X) const
  {
    const double s1 = std::sin(pi * X[1]), c1 = std::cos(pi * X[1]), s2 = std::sin(pi * X[2]), c2 = std::cos(pi * X[2]);
    return {pressure(X) / bulk_modulus,
            X[0] / bulk_modulus * pi * c1 * c2 + 0.1 * pi * c1 * s2,
            -X[0] / bulk_modulus * pi * s1 * s2 + 0.1 * pi * s1 * c2 + 0.1 * X[2],
            0,
            0,
            0.1 * pi * c2 + 0.05,
            0,
            0,
            0};
  }

  std::array<double, 9> ManufacturedCube::stress(const Point3 &X) const
  {
    std::array<double, 9> F = gradient(X), H;
    for (const unsigned i : {0, 4, 8})
      F[i] += 1;
    double C = 0;
    for (unsigned i = 0; i < 3; ++i)
      for (unsigned A = 0; A < 3; ++A)
        {
          const unsigned i1 = (i + 1) % 3, i2 = (i + 2) % 3, A1 = (A + 1) % 3, A2 = (A + 2) % 3;
          H[3 * i + A] = F[3 * i1 + A1] * F[3 * i2 + A2] - F[3 * i1 + A2] * F[3 * i2 + A1];
          C += F[3 * i + A] * F[3 * i + A];
        }
    const double J = F[0] * H[0] + F[1] * H[1] + F[2] * H[2], p = pressure(X) + barrier / 2 * (J - 1 / J);
    const Point3 f = fibres(X).fibre;
    std::array<double, 9> P;
    for (unsigned i = 0; i < 3; ++i)
      {
        const double along = F[3 * i] * f[0] + F[3 * i + 1] * f[1] + F[3 * i + 2] * f[2];
        for (unsigned A = 0; A < 3; ++A)
          {
            const unsigned k = 3 * i + A;
            P[k] = std::pow(J, -2.0 / 3) * (F[k] - C / (3 * J) * H[k]) + p * H[k] + tension * along * f[A];
          }
      }
    return P;
  }

  // By central differences of fourth order, whose error (about 1e-10 kPa/mm) is far below any discretisation's.
  Point3 ManufacturedCube::body_force(const Point3 &X) const
  {
    constexpr double h = 2e-3;
    Point3 b{0, 0, 0};
    for (unsigned J = 0; J < 3; ++J)
      for (const auto &[offset, weight] : {std::pair{-2.0, 1.0 / 12}, {-1.0, -2.0 / 3}, {1.0, 2.0 / 3}, {2.0, -1.0 / 12}})
        {
          Point3 at = X;
          at[J] += offset * h;
          const std::array<double, 9> P = stress(at);
          for (unsigned i = 0; i < 3; ++i)
            b[i] -= weight / h * P[3 * i + J];
        }
    return b;
  }

  Frame ManufacturedCube::fibres(const Point3 &X)
  {
    const double angle = 2 * pi / 3 * (X[2] - 0.5), c = std::cos(angle), s = std::sin(angle);
    return {{c, s, 0}, {-s, c, 0}, {0, 0, 1}};
  }

  SolidMesh ManufacturedCube::mesh(SolidMesh::Shape shape, unsigned n)
  {
    SolidMesh mesh = box_mesh(shape, {1, 1, 1}, {n, n, n});
    mesh.place = placed_by([](const Point3 &x) {
      const double move = 0.05 * std::sin(pi * x[0]) * std::sin(pi * x[1]) * std::sin(pi * x[2]);
      return Point3{x[0] + move, x[1] - move, x[2] + move};
    });
    return mesh;
  }
}
