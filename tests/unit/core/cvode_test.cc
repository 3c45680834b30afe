#include "core/ode/cvode.h"

#include "core/error.h"

#include <gmock/gmock.h>

#include <cmath>

using namespace vivicor;

namespace
{
  CvodeSettings tight()
  {
    CvodeSettings settings;
    settings.relative_tolerance = 1e-9;
    settings.absolute_tolerance = 1e-11;
    return settings;
  }

  // van der Pol in the form of Hairer & Wanner, Solving ODEs II, with stiffness 1/epsilon.
  Cvode::Rate van_der_pol(double epsilon)
  {
    return [epsilon](double, const double *y, double *dy) {
      dy[0] = y[1];
      dy[1] = ((1 - y[0] * y[0]) * y[1] - y[0]) / epsilon;
    };
  }
}

TEST(Cvode, decays_exponentially)
{
  Cvode ode([](double, const double *y, double *dy) { dy[0] = -0.5 * y[0]; }, {2.0}, 0.0, tight());
  for (double t : {1.0, 3.0, 10.0})
    {
      ode.advance(t);
      EXPECT_DOUBLE_EQ(ode.time(), t);
      EXPECT_NEAR(ode.value(0), 2.0 * std::exp(-0.5 * t), 1e-7);
    }
}

// Reference values at t = 2 for epsilon = 1e-6, published with the IVP test set (problem VDPOL, Mazzia & Magherini
// 2008).
TEST(Cvode, solves_stiff_van_der_pol)
{
  Cvode ode(van_der_pol(1e-6), {2.0, 0.0}, 0.0, tight());
  ode.advance(2.0);
  EXPECT_NEAR(ode.value(0), 1.706167732170483, 1e-6);
  EXPECT_NEAR(ode.value(1), -0.8928097010247975, 1e-6);
  EXPECT_LT(ode.steps(), 10000) << "an explicit method would need millions";
}

TEST(Cvode, never_evaluates_beyond_the_end)
{
  double latest = 0.0;
  Cvode ode(
    [&](double t, const double *, double *dy) {
      latest = std::max(latest, t);
      dy[0] = 1.0;
    },
    {0.0}, 0.0);
  ode.advance(5.0);
  EXPECT_LE(latest, 5.0);
  EXPECT_NEAR(ode.value(0), 5.0, 1e-9);
}

TEST(Cvode, a_restart_takes_new_values)
{
  Cvode ode([](double, const double *y, double *dy) { dy[0] = -y[0]; }, {1.0}, 0.0, tight());
  ode.advance(1.0);
  ode.restart({5.0}, 0.0);
  EXPECT_EQ(ode.steps(), 0);
  ode.advance(1.0);
  EXPECT_NEAR(ode.value(0), 5.0 * std::exp(-1.0), 1e-7);
}

TEST(Cvode, keeps_the_longest_step)
{
  CvodeSettings settings;
  settings.max_step = 0.1;
  Cvode ode([](double, const double *, double *dy) { dy[0] = 0.0; }, {1.0}, 0.0, settings);
  ode.advance(10.0);
  EXPECT_GE(ode.steps(), 99);
}

TEST(Cvode, a_failure_names_the_flag_and_the_time)
{
  CvodeSettings settings;
  settings.max_steps = 5;
  Cvode ode(van_der_pol(1e-6), {2.0, 0.0}, 0.0, settings);
  try
    {
      ode.advance(2.0);
      FAIL() << "five steps cannot suffice";
    }
  catch (const SolverError &error)
    {
      EXPECT_THAT(error.what(), testing::HasSubstr("CV_TOO_MUCH_WORK"));
      EXPECT_THAT(error.text.where, testing::HasSubstr("t = "));
      EXPECT_THAT(error.text.why, testing::HasSubstr("5"));
    }
}

TEST(Cvode, a_solution_that_blows_up_is_an_error)
{
  Cvode ode([](double, const double *y, double *dy) { dy[0] = y[0] * y[0]; }, {1.0}, 0.0); // pole at t = 1
  EXPECT_THROW(ode.advance(2.0), SolverError);
}

TEST(Cvode, an_exception_of_the_rate_comes_through)
{
  Cvode ode([](double, const double *, double *) { throw StepFailed("on purpose"); }, {1.0}, 0.0);
  EXPECT_THROW(ode.advance(1.0), StepFailed);
}

TEST(Cvode, refuses_tolerances_of_the_wrong_number)
{
  CvodeSettings settings;
  settings.absolute_tolerances = {1e-6, 1e-6};
  EXPECT_THROW(Cvode([](double, const double *, double *) {}, {1.0}, 0.0, settings), SolverError);
}
