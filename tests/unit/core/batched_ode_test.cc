#include "core/error.h"
#include "core/ode/batched_ode.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;
using Method = BatchedOdeSettings::Method;

namespace
{
  // y0' = -k (y0 - cos y1), y1' = 1: y0 follows cos t, the more stiffly the larger k. System i has its own k.
  constexpr std::size_t n = 5;
  double stiffness(const std::size_t system)
  {
    return std::pow(10.0, static_cast<double>(system)); // 1 to 10000
  }

  void rate(const double *y, double *dy)
  {
    for (std::size_t i = 0; i < n; ++i)
      {
        dy[i] = -stiffness(i) * (y[i] - std::cos(y[n + i]));
        dy[n + i] = 1.0;
      }
  }

  /// Of y0(0) = 0.
  double exact(const std::size_t system, const double t)
  {
    const double k = stiffness(system), a = k * k / (k * k + 1.0);
    return a * (std::cos(t) + std::sin(t) / k) - a * std::exp(-k * t);
  }

  BatchedOdeSettings settings(const Method method, const double tolerance)
  {
    BatchedOdeSettings s;
    s.method = method;
    s.relative_tolerance = tolerance;
    s.absolute_tolerances = {tolerance, tolerance};
    return s;
  }
}

TEST(BatchedOde, SolvesStiffAndMildSystemsTogether)
{
  for (const Method method : {Method::cvode, Method::arkode})
    {
      BatchedOde ode(rate, n, 2, settings(method, 1e-7));
      std::vector<double> y(2 * n, 0.0);
      for (const double duration : {0.3, 0.5, 0.2}) // begins afresh each time
        ode.advance(y.data(), duration);
      for (std::size_t i = 0; i < n; ++i)
        {
          EXPECT_NEAR(y[i], exact(i, 1.0), 2e-6) << "k = " << stiffness(i);
          EXPECT_NEAR(y[n + i], 1.0, 1e-9);
        }
      EXPECT_GT(ode.steps(), 0);
    }
}

TEST(BatchedOde, RungeKuttaMethodIsOfThirdOrder)
{
  double errors[2];
  for (const int halving : {0, 1})
    {
      BatchedOdeSettings s = settings(Method::arkode, 1e-9); // of Newton's method
      s.fixed_step = 0.1 / (1 << halving);
      const auto pendulum = [](const double *y, double *dy) {
        dy[0] = y[1];
        dy[1] = -std::sin(y[0]);
      };
      std::vector<double> y{1.0, 0.0}, reference = y;
      BatchedOde(pendulum, 1, 2, s).advance(y.data(), 2.0);
      BatchedOde(pendulum, 1, 2, settings(Method::cvode, 1e-11)).advance(reference.data(), 2.0);
      errors[halving] = std::abs(y[0] - reference[0]);
    }
  const double order = std::log2(errors[0] / errors[1]);
  std::printf("observed order %.2f\n", order);
  EXPECT_NEAR(order, 3.0, 0.3);
}

// A system that moves must be as exact among a hundred quiet ones as by itself.
TEST(BatchedOde, OneSystemDoesNotHideBehindOthers)
{
  constexpr std::size_t many = 100;
  const auto decay = [](const std::size_t systems) {
    return [systems](const double *y, double *dy) {
      for (std::size_t i = 0; i < systems; ++i)
        dy[i] = -y[i] * y[i] * 50.0;
    };
  };
  for (const Method method : {Method::cvode, Method::arkode})
    {
      BatchedOdeSettings s = settings(method, 1e-5);
      s.absolute_tolerances = {1e-5};
      std::vector<double> alone{1.0}, crowd(many, 0.0);
      crowd[17] = 1.0;
      BatchedOde(decay(1), 1, 1, s).advance(alone.data(), 1.0);
      BatchedOde(decay(many), many, 1, s).advance(crowd.data(), 1.0);
      EXPECT_NEAR(crowd[17], 1.0 / 51.0, 1e-4);
      EXPECT_LE(std::abs(crowd[17] - 1.0 / 51.0), 1e-6 + 2.0 * std::abs(alone[0] - 1.0 / 51.0));
    }
}

TEST(BatchedOde, ReportsFailuresAndExceptions)
{
  const auto explode = [](const double *y, double *dy) { dy[0] = y[0] * y[0]; };
  for (const Method method : {Method::cvode, Method::arkode})
    {
      BatchedOdeSettings s = settings(method, 1e-8);
      s.absolute_tolerances = {1e-8};
      s.max_steps = 2000;
      std::vector<double> y{1.0};
      EXPECT_THROW(BatchedOde(explode, 1, 1, s).advance(y.data(), 2.0), SolverError); // infinite at t = 1
      y = {1.0};
      const auto thrower = [](const double *, double *) { throw std::out_of_range("mine"); };
      EXPECT_THROW(BatchedOde(thrower, 1, 1, s).advance(y.data(), 1.0), std::out_of_range);
    }
  BatchedOdeSettings lacking = settings(Method::cvode, 1e-6);
  EXPECT_THROW(BatchedOde(explode, 1, 1, lacking), SolverError); // two tolerances for one equation
}
