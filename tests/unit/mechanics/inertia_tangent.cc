// Numbers of the time scheme and the tangent of the inertial force.
#include "tests/unit/mechanics/solid_meshes.h"

#include "mechanics/time/inertia.h"

#include <gtest/gtest.h>

#include <random>

using namespace vivicor;
using namespace vivicor::test;

TEST(GeneralisedAlpha, NumbersOfTheKnownMembers)
{
  const auto trapezoidal = GeneralisedAlpha::of(1);
  EXPECT_DOUBLE_EQ(trapezoidal.alpha_m, 0.5);
  EXPECT_DOUBLE_EQ(trapezoidal.alpha_f, 0.5);
  EXPECT_DOUBLE_EQ(trapezoidal.gamma, 0.5);
  EXPECT_DOUBLE_EQ(trapezoidal.beta, 0.25);
  const auto damped = GeneralisedAlpha::of(2.0 / 3); // Arostica et al. 2025: alpha_m 0.2, alpha_f 0.4
  EXPECT_NEAR(damped.alpha_m, 0.2, 1e-15);
  EXPECT_NEAR(damped.alpha_f, 0.4, 1e-15);
  EXPECT_NEAR(damped.gamma, 0.7, 1e-15);
  EXPECT_NEAR(damped.beta, 0.36, 1e-15);
}

// The relations between displacement, velocity and acceleration hold for every parabola.
TEST(GeneralisedAlpha, ExactForConstantAcceleration)
{
  for (const double spectral_radius : {0.0, 0.5, 1.0})
    {
      const auto method = GeneralisedAlpha::of(spectral_radius);
      constexpr double v = 0.3, a = -0.7, dt = 0.4, moved = dt * v + dt * dt / 2 * a;
      EXPECT_NEAR(method.acceleration(moved, v, a, dt), a, 1e-14);
      EXPECT_NEAR(method.velocity(moved, v, a, dt), v + dt * a, 1e-14);
    }
}

TEST(InertiaTangent, IsTheDerivativeAndHoldsTheWholeMass)
{
  const Solid solid = box({3, 2, 2}, {3, 2, 2});
  const Space space = build_space(MPI_COMM_SELF, solid.anatomy.points, solid.anatomy.cells, one_rank(solid));
  std::vector<std::array<long long, 4>> cells;
  for (const auto &cell : solid.anatomy.cells)
    cells.push_back({space.number[cell[0]], space.number[cell[1]], space.number[cell[2]], space.number[cell[3]]});
  BlockMatrix matrix(MPI_COMM_SELF, space.begin, space.end, cells);
  constexpr double dt = 0.5;
  Inertia inertia(solid.anatomy, space, matrix, {true, 1.06, 0.5});
  const std::size_t n = 4 * matrix.layout().local();
  std::vector<double> u(n, 0.0), x(n), d(n), Kd(n);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (std::size_t i = 0; i < n; ++i)
    {
      x[i] = uniform(random);
      d[i] = i % 4 == 3 ? 0 : uniform(random);
    }
  const auto force = [&](double step) {
    std::vector<double> at = x, residual(n, 0.0);
    for (std::size_t i = 0; i < n; ++i)
      at[i] += step * d[i];
    inertia.add(u, at, dt, residual);
    return residual;
  };
  matrix.zero();
  inertia.add_tangent(dt, matrix);
  matrix.vmult(d.data(), Kd.data());
  const auto above = force(1), below = force(-1);
  for (std::size_t i = 0; i < n; ++i)
    EXPECT_NEAR(Kd[i], (above[i] - below[i]) / 2, 1e-10);

  // The whole box pushed along x: force = mass times acceleration.
  for (std::size_t i = 0; i < n; ++i)
    x[i] = i % 4 == 0 ? 1 : 0;
  std::vector<double> residual(n, 0.0);
  inertia.add(u, x, dt, residual);
  double total = 0;
  for (std::size_t i = 0; i < n; i += 4)
    total += residual[i];
  const auto method = GeneralisedAlpha::of(0.5);
  const double a = (1 - method.alpha_m) * method.acceleration(1, 0, 0, dt) / (1 - method.alpha_f);
  EXPECT_NEAR(total, 1.06 * 12 * a, 1e-9 * total);
}
