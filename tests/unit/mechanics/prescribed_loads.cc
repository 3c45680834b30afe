// Loads of the published benchmarks against independent integrations of their equations (classical Runge-Kutta, 2 and 10 us).
#include "mechanics/boundary/prescribed_loads.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

TEST(PrescribedLoads, ActiveStressPeaks)
{
  for (const auto &[sigma, peak] : {std::pair{150., 118.106}, {200., 157.475}, {100., 78.738}})
    {
      PrescribedLoad::Activation numbers;
      numbers.sigma = sigma;
      const PrescribedLoad tau = PrescribedLoad::active_stress(numbers);
      EXPECT_NEAR(tau.peak().value, peak, 6e-4);
      EXPECT_NEAR(tau.peak().t, 480., 0.5);
    }
  EXPECT_NEAR(PrescribedLoad::active_stress({})(300.), 72.79, 5e-3);
}

TEST(PrescribedLoads, PressuresOfOneVentricle)
{
  const PrescribedLoad p = PrescribedLoad::cavity_pressure({});
  EXPECT_NEAR(p.peak().value, 16.074, 5e-4);
  EXPECT_NEAR(p.peak().t, 482., 0.5);
  EXPECT_NEAR(p(150.), 0.2837, 5e-5);
  EXPECT_NEAR(p(300.), 12.517, 5e-4);
}

TEST(PrescribedLoads, PressuresOfTwoVentricles)
{
  PrescribedLoad::Pressure LV;
  LV.alpha_mid = 15e-3;
  LV.sigma_pre = 12e-3;
  const PrescribedLoad left = PrescribedLoad::cavity_pressure(LV);
  EXPECT_NEAR(left.peak().value, 16.490, 1e-3);
  EXPECT_NEAR(left.peak().t, 485., 0.5);
  EXPECT_NEAR(left(300.), 15.850, 5e-4);
  for (const auto &[alpha_pre, peak] : {std::pair{1e-3, 4.163}, {5e-3, 4.147}}) // the benchmark's code, and its text
    {
      PrescribedLoad::Pressure RV{3e-3, 4., alpha_pre, 10e-3};
      EXPECT_NEAR(PrescribedLoad::cavity_pressure(RV).peak().value, peak, 5e-4);
    }
}

TEST(PrescribedLoads, SmoothBetweenTheTableAndConstantOutside)
{
  const PrescribedLoad p = PrescribedLoad::cavity_pressure({}, 600.);
  EXPECT_EQ(p(-1.), 0.);
  EXPECT_EQ(p(600.), p(1e6));
  for (const double t : {100.013, 171.7, 300.02, 483.99})
    {
      const double h = 1e-3;
      EXPECT_NEAR(p(t + h) - 2. * p(t) + p(t - h), 0., 2e-7) << t;
      EXPECT_NEAR(p(t + 0.0499), p(t), 0.06) << t;
    }
}

TEST(PrescribedLoads, LinearRamp)
{
  EXPECT_EQ(linear_ramp(-1., 100., 60.), 0.);
  EXPECT_EQ(linear_ramp(25., 100., 60.), 15.);
  EXPECT_EQ(linear_ramp(101., 100., 60.), 60.);
}
