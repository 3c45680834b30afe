// The tangent of every term is the derivative of its residual.
#include "tests/unit/mechanics/solid_meshes.h"

#include "core/numbers.h"
#include "mechanics/boundary/cavities.h"
#include "mechanics/boundary/robin.h"
#include "mechanics/settings.h"

#include <gtest/gtest.h>

#include <random>

using namespace vivicor;
using namespace vivicor::test;

namespace
{
  /// A cube of 3 x 2 x 2 with an oblique fibre frame, a random state and a random earlier one.
  struct Cube
  {
    Solid solid = box({3, 2, 2}, {2, 1, 1});
    Space space;
    std::unique_ptr<BlockMatrix> matrix;
    std::vector<double> x, x_old;

    Cube()
    {
      Point3 f{1, 2, -0.5}, s{0.3, -0.2, -0.2};
      f = scaled(f, 1 / norm(f));
      s = minus(s, scaled(f, dot(f, s)));
      s = scaled(s, 1 / norm(s));
      constant_fibres(solid, {f, s, cross(f, s)});
      solid.anatomy.cavities["LV"] = boundary(solid.anatomy);
      solid.anatomy.epicardium = where(solid.anatomy, boundary(solid.anatomy), [](const Point3 &p) { return p[0] < 1e-9; });
      solid.anatomy.fixed = where(solid.anatomy, boundary(solid.anatomy), [](const Point3 &p) { return p[2] > 2 - 1e-9; });
      space = build_space(MPI_COMM_SELF, solid.anatomy.points, solid.anatomy.cells, one_rank(solid));
      std::vector<std::array<long long, 4>> cells;
      for (const auto &cell : solid.anatomy.cells)
        cells.push_back({space.number[cell[0]], space.number[cell[1]], space.number[cell[2]], space.number[cell[3]]});
      matrix = std::make_unique<BlockMatrix>(MPI_COMM_SELF, space.begin, space.end, cells);
      std::mt19937 random(7);
      std::uniform_real_distribution<double> uniform(-0.15, 0.15);
      x.resize(4 * matrix->layout().local());
      x_old = x;
      for (std::size_t i = 0; i < x.size(); ++i)
        {
          x[i] = uniform(random) * (i % 4 == 3 ? 20 : 1);
          x_old[i] = uniform(random) * 0.5;
        }
    }

    /// Largest |K d - (R(x + h d) - R(x - h d))/2h| over random directions, relative to the largest |K d|.
    double worst(const std::function<std::vector<double>(const std::vector<double> &)> &residual)
    {
      std::mt19937 random(11);
      std::uniform_real_distribution<double> uniform(-1, 1);
      double worst = 0;
      for (unsigned trial = 0; trial < 8; ++trial)
        {
          std::vector<double> d(x.size()), plus = x, minus = x, Kd(x.size());
          const double h = 1e-5;
          for (std::size_t i = 0; i < x.size(); ++i)
            {
              d[i] = uniform(random);
              plus[i] += h * d[i];
              minus[i] -= h * d[i];
            }
          const auto above = residual(plus), below = residual(minus);
          matrix->vmult(d.data(), Kd.data());
          double error = 0, size = 0;
          for (std::size_t i = 0; i < x.size(); ++i)
            {
              error = std::max(error, std::abs(Kd[i] - (above[i] - below[i]) / (2 * h)));
              size = std::max(size, std::abs(Kd[i]));
            }
          worst = std::max(worst, error / size);
        }
      return worst;
    }

    double asymmetry() const
    {
      double worst = 0, size = 0;
      for (std::size_t i = 0; i < matrix->layout().owned(); ++i)
        for (std::size_t at = matrix->row_start[i]; at < matrix->row_start[i + 1]; ++at)
          {
            const double *const a = matrix->block(at), *const b = matrix->block(matrix->position(matrix->column[at], i));
            for (unsigned r = 0; r < 4; ++r)
              for (unsigned c = 0; c < 4; ++c)
                {
                  worst = std::max(worst, std::abs(a[4 * c + r] - b[4 * r + c]));
                  size = std::max(size, std::abs(a[4 * c + r]));
                }
          }
      return worst / size;
    }
  };

  std::string dispersion_entry(const std::string &active, double dispersion)
  {
    return active == "none" ? "" : ", \"dispersion\": " + shortest_digits(dispersion);
  }

  /// Wall of one passive and one active model in each region.
  void check_wall(const std::string &passive, const std::string &active, double dt, const std::string &convention, double dispersion = 0)
  {
    SCOPED_TRACE(passive + ", " + active + ", dt " + std::to_string(dt) + ", " + convention + ", " + std::to_string(dispersion));
    Cube cube;
    const Parameters mechanics = deck("{\"active_stress\": \"" + convention
                                      + "\", \"viscosity\": \"100 Pa s\", \"regions\": {\"LV\": "
                                        "{\"passive\": {\"model\": \""
                                      + passive + "\", \"scale\": 1.5}, \"active\": {\"model\": \"" + active + "\", \"scale\": 0.7"
                                      + dispersion_entry(active, dispersion) + "}}}}")
                                   .section("mechanics");
    Wall wall(cube.solid.anatomy, cube.solid.fibres, cube.space, *cube.matrix, build_region_laws(cube.solid.anatomy.regions, mechanics),
              read_settings(mechanics).wall);
    wall.set_calcium(std::vector<double>(cube.solid.anatomy.points.size(), 0.7));
    const auto residual = [&](const std::vector<double> &x) {
      std::vector<double> r(x.size(), 0.0);
      wall.assemble(x.data(), dt, r.data(), nullptr);
      return r;
    };
    residual(cube.x_old);
    wall.commit();
    cube.matrix->zero();
    std::vector<double> r(cube.x.size(), 0.0);
    ASSERT_GT(wall.assemble(cube.x.data(), dt, r.data(), cube.matrix.get()).min_J, 0);
    EXPECT_EQ(r, residual(cube.x));
    EXPECT_LT(cube.worst(residual), 1e-7);
    EXPECT_LT(cube.asymmetry(), 1e-12);
  }
}

TEST(SolidTangent, PassiveLaws)
{
  for (const auto &[name, model] : registry<Material>())
    check_wall(name, "none", 0, "stretch");
}

TEST(SolidTangent, ActiveAndViscous)
{
  for (const auto &[name, model] : registry<ActiveTension>())
    for (const std::string convention : {"stretch", "square"})
      check_wall("guccione", name, 2.0, convention);
}

// Tension along H = (1 - dispersion) f0 x f0 + dispersion n0 x n0.
TEST(SolidTangent, DispersedTension)
{
  for (const std::string active : {"land_2017", "regazzoni_2020", "prescribed"})
    for (const std::string convention : {"stretch", "square"})
      for (const double dispersion : {0.1, 0.25, 0.5})
        check_wall("holzapfel_ogden", active, 2.0, convention, dispersion);
}

namespace
{
  /// Residual of a contracting cube in the common state, and the same made of a passive wall and an active stress written
  /// out here: P = (T/lambda or T) F H with lambda = sqrt(H : C), T = 60 kPa Ca^4/(Ca^4 + 0.5^4) whatever the stretch.
  void check_dispersed_stress(const std::string &convention, double dispersion)
  {
    SCOPED_TRACE(convention + ", " + std::to_string(dispersion));
    Cube cube;
    const auto residual = [&](const std::string &active) {
      const Parameters mechanics = deck("{\"active_stress\": \"" + convention
                                        + "\", \"viscosity\": \"0 Pa s\", \"regions\": {\"LV\": "
                                          "{\"passive\": {\"model\": \"neo_hooke\"}, \"active\": {\"model\": \""
                                        + active + "\"" + dispersion_entry(active, dispersion) + "}}}}")
                                     .section("mechanics");
      Wall wall(cube.solid.anatomy, cube.solid.fibres, cube.space, *cube.matrix, build_region_laws(cube.solid.anatomy.regions, mechanics),
                read_settings(mechanics).wall);
      wall.set_calcium(std::vector<double>(cube.solid.anatomy.points.size(), 0.7));
      std::vector<double> r(cube.x.size(), 0.0);
      wall.assemble(cube.x.data(), 1.0, r.data(), nullptr);
      return r;
    };
    const double hill = std::pow(0.7 / 0.5, 4), T = 60 * hill / (1 + hill);
    std::vector<double> expected = residual("none");
    const Frame &frame = cube.solid.fibres.nodal[0];
    for (const auto &cell : cube.solid.anatomy.cells)
      {
        std::array<std::size_t, 4> at;
        std::array<Point3, 4> X, u;
        for (unsigned a = 0; a < 4; ++a)
          {
            at[a] = 4 * static_cast<std::size_t>(cube.matrix->layout().local_of(cube.space.number[cell[a]]));
            X[a] = cube.solid.anatomy.points[cell[a]];
            u[a] = {cube.x[at[a]], cube.x[at[a] + 1], cube.x[at[a] + 2]};
          }
        const Point3 e1 = minus(X[1], X[0]), e2 = minus(X[2], X[0]), e3 = minus(X[3], X[0]);
        const double six_V = dot(e1, cross(e2, e3));
        std::array<Point3, 4> g{Point3{}, scaled(cross(e2, e3), 1 / six_V), scaled(cross(e3, e1), 1 / six_V),
                                scaled(cross(e1, e2), 1 / six_V)};
        g[0] = scaled(minus(minus(scaled(g[1], -1), g[2]), g[3]), 1);
        double F[3][3], H[3][3], FH[3][3] = {}, lambda2 = 0;
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned J = 0; J < 3; ++J)
            {
              F[i][J] = i == J;
              for (unsigned a = 0; a < 4; ++a)
                F[i][J] += u[a][i] * g[a][J];
              H[i][J] = (1 - dispersion) * frame.fibre[i] * frame.fibre[J] + dispersion * frame.normal[i] * frame.normal[J];
            }
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned J = 0; J < 3; ++J)
            {
              for (unsigned K = 0; K < 3; ++K)
                FH[i][J] += F[i][K] * H[K][J];
              lambda2 += F[i][J] * FH[i][J];
            }
        const double S = convention == "stretch" ? T / std::sqrt(lambda2) : T;
        for (unsigned a = 0; a < 4; ++a)
          for (unsigned i = 0; i < 3; ++i)
            for (unsigned J = 0; J < 3; ++J)
              expected[at[a] + i] += six_V / 6 * S * FH[i][J] * g[a][J];
      }
    const std::vector<double> r = residual("prescribed");
    for (std::size_t i = 0; i < r.size(); ++i)
      EXPECT_NEAR(r[i], expected[i], 1e-11) << i;
  }
}

TEST(SolidTangent, DispersedStressIsThatOfItsTensor)
{
  for (const std::string convention : {"stretch", "square"})
    for (const double dispersion : {0.0, 0.3})
      check_dispersed_stress(convention, dispersion);
}

TEST(SolidTangent, FollowerPressureAndCavityGradient)
{
  Cube cube;
  const Cavities cavities(cube.solid.anatomy, one_rank(cube.solid), 0, cube.space, *cube.matrix);
  cube.matrix->zero();
  cavities.add_tangent(cube.x.data(), {3.0}, *cube.matrix);
  EXPECT_LT(cube.worst([&](const std::vector<double> &x) {
    std::vector<double> r(x.size(), 0.0);
    cavities.add_forces(x.data(), {3.0}, r.data());
    return r;
  }),
            1e-8);
  EXPECT_LT(cube.asymmetry(), 1e-12) << "the surface is closed: the pressure has an energy";

  // dV/du against differences of the volume. The surface is that of the box itself, whose normals point out of the tissue:
  // its blood volume is minus the box's.
  EXPECT_NEAR(cavities.volumes(std::vector<double>(cube.x.size(), 0.0).data())[0], -12, 1e-12);
  std::vector<double> gradient(cube.x.size(), 0.0);
  cavities.gradient(cube.x.data(), 0, gradient.data());
  for (std::size_t i = 0; i < cube.x.size(); ++i)
    {
      std::vector<double> plus = cube.x, minus = cube.x;
      plus[i] += 1e-4;
      minus[i] -= 1e-4;
      EXPECT_NEAR(gradient[i], (cavities.volumes(plus.data())[0] - cavities.volumes(minus.data())[0]) / 2e-4, 1e-7);
    }
}

TEST(SolidTangent, Robin)
{
  for (const bool smooth_normals : {false, true})
    {
      Cube cube;
      if (smooth_normals) // a surface with edges
        cube.solid.anatomy.epicardium = boundary(cube.solid.anatomy);
      const Robin robin(cube.solid.anatomy, cube.solid.fibres, one_rank(cube.solid), 0, cube.space, *cube.matrix,
                        {0.5, 7.0, 0.3, 2.0, 11.0, smooth_normals});
      cube.matrix->zero();
      robin.add_tangent(1.5, *cube.matrix);
      EXPECT_LT(cube.worst([&](const std::vector<double> &x) {
        std::vector<double> r(x.size(), 0.0);
        robin.add_residual(x.data(), cube.x_old.data(), 1.5, r.data());
        return r;
      }),
                1e-8);
      EXPECT_LT(cube.asymmetry(), 1e-12);
    }
}

TEST(SolidTangent, RotationMakesNoStress)
{
  Cube cube;
  const Parameters mechanics
    = deck("{\"regions\": {\"LV\": {\"passive\": {\"model\": \"usyk\"}, \"active\": {\"model\": \"none\"}}}}").section("mechanics");
  Wall wall(cube.solid.anatomy, cube.solid.fibres, cube.space, *cube.matrix, build_region_laws(cube.solid.anatomy.regions, mechanics),
            read_settings(mechanics).wall);
  const double c = std::cos(1.1), s = std::sin(1.1);
  std::vector<double> x(cube.x.size(), 0.0), r(x.size(), 0.0);
  for (std::size_t node = 0; node < cube.solid.anatomy.points.size(); ++node)
    {
      const Point3 &X = cube.solid.anatomy.points[node];
      double *const u = x.data() + 4 * cube.matrix->layout().local_of(cube.space.number[node]);
      u[0] = c * X[0] - s * X[1] - X[0] + 5;
      u[1] = s * X[0] + c * X[1] - X[1] - 2;
      u[2] = 1;
    }
  wall.assemble(x.data(), 0, r.data(), nullptr);
  for (const double value : r)
    EXPECT_NEAR(value, 0, 1e-12);
}
