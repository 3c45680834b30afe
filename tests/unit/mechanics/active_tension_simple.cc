// The tensions without kinetics of their own: nash_panfilov_2004 and linear.
#include "core/error.h"
#include "mechanics/active_tension/active_tension.h"
#include "tests/conformance/mechanics/models.h"

#include <cmath>

using namespace vivicor;

namespace
{
  struct Step
  {
    double T, state;
  };

  Step advance(const ActiveTension &model, const double dt, const double calcium, const double state)
  {
    const double stretch = 1.1;
    double next = 0., tension = 0., stiffness = -1.;
    model.advance(1, dt, &calcium, &stretch, &stretch, &state, &next, &tension, &stiffness);
    EXPECT_EQ(stiffness, 0.);
    return {tension, next};
  }
}

// T' = eps (k u - T): rises with exp(-eps t) to k u at the excited rate, falls at the rate of rest.
TEST(NashPanfilov, RisesAndFallsAtItsRates)
{
  const auto model = test::make<ActiveTension>("nash_panfilov_2004");
  const double dt = 1e-3, u = 0.75, calcium = 0.1 + 0.8 * u;
  double T = 0.;
  for (unsigned i = 0; i < 2000; ++i)
    T = advance(*model, dt, calcium, T).state;
  EXPECT_NEAR(T, 47.9 * u * (1. - std::exp(-0.775 * 2.)), 1e-3 * T);
  const double start = T;
  for (unsigned i = 0; i < 10000; ++i)
    T = advance(*model, dt, 0.1, T).state;
  EXPECT_NEAR(T, start * std::exp(-0.0775 * 10.), 1e-3 * T);
  EXPECT_NEAR(advance(*model, 1e6, 0.9, 0.).T, 47.9, 1e-3);
  EXPECT_EQ(advance(*model, 1., 0.01, 0.).T, 0.) << "below rest there is no excitation";
}

// Published: the rate jumps at an excitation of 0.05. Smooth: it passes between both there, and agrees away from it.
TEST(NashPanfilov, RateOfExcitation)
{
  const auto jump = test::make<ActiveTension>("nash_panfilov_2004"),
             smooth = test::make<ActiveTension>("nash_panfilov_2004", R"({"rate": "smooth"})");
  const auto rate = [](const ActiveTension &model, const double u) { // of decay from 1 kPa towards k u
    const double dt = 1e-6, T = advance(model, dt, 0.1 + 0.8 * u, 1.).T;
    return (T - 1.) / dt / (47.9 * u - 1.);
  };
  EXPECT_NEAR(rate(*jump, 0.049), 0.0775, 1e-5);
  EXPECT_NEAR(rate(*jump, 0.051), 0.775, 1e-5);
  EXPECT_NEAR(rate(*smooth, 0.), 0.0775, 1e-5);
  EXPECT_NEAR(rate(*smooth, 0.05), 0.0775 + 0.6975 * std::exp(-1.), 1e-5);
  EXPECT_NEAR(rate(*smooth, 0.2), 0.775, 1e-4);
}

TEST(LinearTension, IsProportional)
{
  const auto model = test::make<ActiveTension>("linear", R"({"Tref": "150 kPa"})");
  EXPECT_NEAR(advance(*model, 1., 0.1, 0.).T, 0., 1e-12);
  EXPECT_NEAR(advance(*model, 1., 0.1 + 118.106 / 150., 0.).T, 118.106, 1e-9);
  EXPECT_EQ(advance(*model, 1., 0.05, 0.).T, 0.);
  EXPECT_EQ(model->rest_calcium(), 0.1);
}

TEST(ActiveTensionParameters, OrderOfCalciumLevels)
{
  EXPECT_THROW(test::make<ActiveTension>("linear", R"({"full_calcium": "0.1 uM"})"), UserError);
  EXPECT_THROW(test::make<ActiveTension>("nash_panfilov_2004", R"({"excited_calcium": "0.05 uM"})"), UserError);
}
