// The diffusion step against an exact solution of the anisotropic heat equation: second order in space and time.
#include "electrophysiology/tissue/diffusion.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

#include <numbers>

using namespace vivicor;

namespace
{
  struct Solution
  {
    double error; ///< root mean square, against the exact solution
    std::vector<double> V;
  };

  /// V = cos(pi x/4) cos(pi y/2) exp(-rate t) with no flux through the box [0,4] x [0,2] x [0,1]; D = diag(0.3, 0.1, 0.2).
  Solution solve(unsigned cubes, double lumping, double dt, double theta)
  {
    const auto box = test::make_box({4 * cubes, 2 * cubes, cubes}, 1.0 / cubes);
    const auto mesh = build_refined_mesh(
      box.anatomy, std::vector<unsigned>(box.anatomy.cells.size(), 0), 0, 0, [](const NodeKey &) { return 0u; }, 1);
    Halo halo(MPI_COMM_SELF, mesh);
    const Matrices matrices = assemble(mesh, std::vector<SymmetricTensor>(mesh.cells.size(), {0.3, 0.1, 0.2, 0, 0, 0}));
    Diffusion diffusion(MPI_COMM_SELF, mesh, halo, matrices, {theta, lumping, 1e-10, 500});
    constexpr double pi = std::numbers::pi;
    const double rate = 0.3 * pi * pi / 16 + 0.1 * pi * pi / 4, t_end = 1.0;
    AlignedVector V(mesh.n_local(), 0.0);
    const auto exact = [&](std::size_t n, double t) {
      return std::cos(pi * mesh.points[n][0] / 4) * std::cos(pi * mesh.points[n][1] / 2) * std::exp(-rate * t);
    };
    for (std::size_t n = 0; n < mesh.n_owned; ++n)
      V[n] = mesh.is_real(n) ? exact(n, 0) : 0.0;
    for (int k = 0; k < std::lround(t_end / dt); ++k)
      diffusion.step(dt, V.data());
    double sum = 0, mass = 0;
    for (std::size_t n = 0; n < mesh.n_owned; ++n)
      if (mesh.is_real(n))
        {
          sum += matrices.lumped_mass[n] * std::pow(V[n] - exact(n, t_end), 2);
          mass += matrices.lumped_mass[n];
        }
    return {std::sqrt(sum / mass), {V.begin(), V.end()}};
  }

  double difference(const Solution &a, const Solution &b)
  {
    double sum = 0;
    for (std::size_t n = 0; n < a.V.size(); ++n)
      sum += std::pow(a.V[n] - b.V[n], 2);
    return std::sqrt(sum);
  }
}

TEST(Heat, SecondOrderInSpace)
{
  for (const double lumping : {0.0, 0.5, 1.0})
    {
      const double coarse = solve(4, lumping, 0.01, 0.5).error, fine = solve(8, lumping, 0.01, 0.5).error;
      EXPECT_LT(coarse, 0.01);
      EXPECT_NEAR(std::log2(coarse / fine), 2.0, 0.15) << "lumping " << lumping;
    }
}

TEST(Heat, OrderInTime)
{
  const auto best = solve(4, 0.0, 1.0 / 1024, 0.5);
  const auto order = [&](double dt, double theta) {
    return std::log2(difference(solve(4, 0, dt, theta), best) / difference(solve(4, 0, dt / 2, theta), best));
  };
  EXPECT_NEAR(order(0.0625, 0.5), 2.0, 0.1);
  EXPECT_NEAR(order(0.03125, 1.0), 1.0, 0.1);
}
