// Klotz' relation: its own formulas, and its verdict on curves that are known.
#include "mechanics/unloading/klotz.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

TEST(Klotz, FollowsTheFormulasOfThePaper)
{
  // By hand: V0 = 120 (0.6 - 0.06) = 64.8; V30 = 64.8 + 55.2/(10/27.78)^(1/2.76) = 64.8 + 55.2/0.69064 = 144.73 mL.
  const KlotzCurve curve = klotz(10, 120);
  EXPECT_NEAR(curve.V0, 64.8, 1e-9);
  EXPECT_NEAR(curve.V30, 144.73, 0.02);
  EXPECT_NEAR(curve.beta, std::log(10.0 / 30.0) / std::log(120 / curve.V30), 1e-12);
  EXPECT_NEAR(curve.pressure(120), 10, 1e-9);
  EXPECT_NEAR(curve.pressure(curve.V30), 30, 1e-9);
  EXPECT_NEAR(curve.volume(30), curve.V30, 1e-9);
  EXPECT_NEAR(curve.volume(curve.pressure(97)), 97, 1e-9);
}

TEST(Klotz, HighPressuresTakeThePointAt15mmHg)
{
  const KlotzCurve curve = klotz(25, 150);
  EXPECT_NEAR(curve.pressure(150), 25, 1e-9);
  EXPECT_NEAR(curve.pressure(0.8 * (curve.V30 - curve.V0) + curve.V0), 15, 1e-9);
}

TEST(Klotz, TheNormalisedLawMeetsItsOwnPoints)
{
  const KlotzCurve curve = klotz(8, 130);
  EXPECT_NEAR(curve.normalised_volume(0), curve.V0, 1e-12);
  EXPECT_NEAR(curve.normalised_volume(8), 130, 1e-9);
  EXPECT_NEAR(curve.normalised_volume(27.78), curve.V30, 1e-9) << "An stands for the pressure at V30";
}

TEST(KlotzCheck, IsZeroOnTheLawItselfAndSeesAShift)
{
  const KlotzCurve law = klotz(8, 130);
  std::vector<double> pressure, volume, shifted;
  for (double p = 0; p <= 30; p += 0.25)
    {
      pressure.push_back(p);
      volume.push_back(law.normalised_volume(p));
      shifted.push_back(p < 8 ? volume.back() + 5 : volume.back());
    }
  const KlotzCheck same = klotz_check(pressure, volume, 8), other = klotz_check(pressure, shifted, 8);
  EXPECT_LT(same.max_mL, 1e-9);
  EXPECT_NEAR(same.V0, law.V0, 1e-12);
  EXPECT_NEAR(same.V30, law.normalised_volume(30), 1e-12);
  EXPECT_NEAR(other.max_mL, 5, 1e-9);
  EXPECT_NEAR(other.rms_mL, 5 * std::sqrt(32.0 / 121.0), 1e-9);
  EXPECT_NEAR(other.max_pct, 500 / (law.V30 - law.V0), 1e-9);
}
