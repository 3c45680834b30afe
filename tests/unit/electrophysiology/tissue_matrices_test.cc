#include "electrophysiology/tissue/matrices.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  struct Assembled
  {
    Assembled()
    {
      auto box = test::make_box({4, 3, 2}, 1.0);
      for (std::size_t n = 0; n < box.anatomy.points.size(); ++n)
        for (unsigned d = 0; d < 3; ++d)
          box.anatomy.points[n][d] += 0.1 * std::sin(12.9898 * static_cast<double>(n + 1) + 78.233 * d);
      for (std::size_t c = 0; c < box.anatomy.cells.size(); ++c)
        volume += test::volume(box.anatomy, c);
      mesh = build_refined_mesh(
        box.anatomy, std::vector<unsigned>(box.anatomy.cells.size(), 0), 0, 1, [](const NodeKey &) { return 0u; }, 1);
      matrices = assemble(mesh, std::vector<SymmetricTensor>(mesh.cells.size(), tensor));
    }
    AlignedVector apply(const Weights &weights, const double *diagonal, AlignedVector x)
    {
      Halo halo(MPI_COMM_SELF, mesh);
      AlignedVector y(mesh.n_owned);
      multiply(matrices.pattern, weights, diagonal, halo, x.data(), y.data());
      return y;
    }
    AlignedVector field(const Point3 &slope, double constant) const
    {
      AlignedVector x(mesh.n_local(), constant);
      for (std::size_t n = 0; n < x.size(); ++n)
        for (unsigned d = 0; d < 3; ++d)
          x[n] += slope[d] * mesh.points[n][d];
      return x;
    }
    double product(const AlignedVector &a, const AlignedVector &b) const
    {
      double sum = 0;
      for (std::size_t n = 0; n < mesh.n_owned; ++n)
        sum += mesh.is_real(n) ? a[n] * b[n] : 0.0;
      return sum;
    }

    const SymmetricTensor tensor{0.3, 0.2, 0.1, 0.05, -0.02, 0.01};
    double volume = 0;
    RefinedMesh mesh;
    Matrices matrices;
  };
}

TEST(TissueMatrices, ConstantsAreInTheKernelOfTheStiffness)
{
  Assembled a;
  for (const double value : a.apply(a.matrices.stiffness, nullptr, a.field({0, 0, 0}, -85.23)))
    EXPECT_EQ(value, 0.0);
}

TEST(TissueMatrices, StiffnessGivesTheEnergyOfALinearField)
{
  Assembled a;
  const Point3 slope{1.0, -2.0, 0.5};
  const auto x = a.field(slope, 3.0);
  const Point3 flux = multiply(a.tensor, slope);
  const double energy = a.volume * (slope[0] * flux[0] + slope[1] * flux[1] + slope[2] * flux[2]);
  EXPECT_NEAR(a.product(x, a.apply(a.matrices.stiffness, nullptr, x)), energy, 1e-6 * energy);
}

TEST(TissueMatrices, MassGivesTheVolumeAndTheSecondMoment)
{
  Assembled a;
  const auto one = a.field({0, 0, 0}, 1.0), x = a.field({1, 0, 0}, 0.0);
  const auto *lumped = a.matrices.lumped_mass.data();
  EXPECT_NEAR(a.product(one, a.apply(a.matrices.mass, lumped, one)), a.volume, 1e-12 * a.volume);
  // The integral of x^2 over a tetrahedron: volume/20 (sum of x_i^2 + (sum of x_i)^2).
  double moment = 0;
  for (const auto &cell : a.mesh.cells)
    {
      const P1Cell p1({&a.mesh.points[cell[0]], &a.mesh.points[cell[1]], &a.mesh.points[cell[2]], &a.mesh.points[cell[3]]});
      double sum = 0, squares = 0;
      for (const unsigned n : cell)
        {
          sum += a.mesh.points[n][0];
          squares += a.mesh.points[n][0] * a.mesh.points[n][0];
        }
      moment += p1.volume / 20 * (squares + sum * sum);
    }
  EXPECT_NEAR(a.product(x, a.apply(a.matrices.mass, lumped, x)), moment, 1e-6 * moment);
}
