#include "report/healthy_bands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

using namespace vivicor;

TEST(HealthyBands, each_is_a_band_with_a_source)
{
  std::set<std::string> keys;
  for (const HealthyBand &band : healthy_bands())
    {
      EXPECT_TRUE(keys.insert(band.key).second) << band.key << " appears twice";
      EXPECT_LT(band.low, band.high) << band.key;
      EXPECT_FALSE(band.name.empty() || band.source.empty()) << band.key;
      EXPECT_EQ(band.unit.empty(), band.key.ends_with("_ratio")) << band.key;
    }
}

// Mean and standard deviation of men and women as published; the table's limits follow from them.
TEST(HealthyBands, limits_follow_from_the_published_means)
{
  struct Published
  {
    std::string key;
    double men, men_sd, women, women_sd;
  };
  for (const auto &[key, men, men_sd, women, women_sd] : {Published{"chambers.LV.edv_mL", 160, 27, 132, 23},
                                                          {"chambers.LV.esv_mL", 54, 14, 44, 11},
                                                          {"chambers.LV.sv_mL", 108, 18, 87, 15},
                                                          {"chambers.LV.ef_pct", 58, 5, 61, 5},
                                                          {"chambers.RV.edv_mL", 190, 33, 148, 35},
                                                          {"chambers.RV.esv_mL", 78, 20, 56, 18},
                                                          {"chambers.LA.edv_mL", 103, 30, 89, 21},
                                                          {"chambers.LA.sv_mL", 58, 23, 48, 15},
                                                          {"circulation.cardiac_output_L_min", 4.3, 1.0, 4.2, 0.9},
                                                          {"mechanics.torsion_deg_cm", 1.00, 0.42, 1.23, 0.44}})
    {
      bool found = false;
      for (const HealthyBand &band : healthy_bands())
        if (band.key == key)
          {
            found = true;
            EXPECT_NEAR(band.low, std::min(men - 2 * men_sd, women - 2 * women_sd), 0.051) << key;
            EXPECT_NEAR(band.high, std::max(men + 2 * men_sd, women + 2 * women_sd), 0.051) << key;
          }
      EXPECT_TRUE(found) << key;
    }
}

namespace
{
  constexpr double none = std::numeric_limits<double>::infinity();

  /// Every band a second time, with where its limits come from: who changes one must change the other and say why.
  struct Limits
  {
    std::string key, unit;
    double low, high;
    std::string source; ///< what its source must name
  };

  const std::vector<Limits> limits{
    // Means and deviations above.
    {"chambers.LV.edv_mL", "mL", 132 - 2 * 23, 160 + 2 * 27, "Kawel-Boehm"},
    {"chambers.LV.esv_mL", "mL", 44 - 2 * 11, 54 + 2 * 14, "Kawel-Boehm"},
    {"chambers.LV.sv_mL", "mL", 87 - 2 * 15, 108 + 2 * 18, "Kawel-Boehm"},
    {"chambers.LV.ef_pct", "%", 58 - 2 * 5, 61 + 2 * 5, "Petersen"},
    {"chambers.RV.edv_mL", "mL", 148 - 2 * 35, 190 + 2 * 33, "Hudsmith"},
    {"chambers.RV.esv_mL", "mL", 56 - 2 * 18, 78 + 2 * 20, "Hudsmith"},
    {"chambers.LA.edv_mL", "mL", 103 - 2 * 30, 103 + 2 * 30, "Hudsmith"},
    {"chambers.LA.sv_mL", "mL", 58 - 2 * 23, 58 + 2 * 23, "Hudsmith"},
    {"circulation.cardiac_output_L_min", "L/min", 4.3 - 2 * 1.0, 4.3 + 2 * 1.0, "Kang"},
    {"mechanics.torsion_deg_cm", "deg/cm", 1.00 - 2 * 0.42, 1.23 + 2 * 0.44, "fingerprinting"},
    // Pressures of catheterisation: LV 90-140/4-12, RV 15-30/0-8, aorta 90-140/60-90 mmHg.
    {"chambers.LV.p_max_mmHg", "mmHg", 90, 140, "catheterisation"},
    {"chambers.LV.p_ed_mmHg", "mmHg", 4, 12, "catheterisation"},
    {"chambers.RV.p_max_mmHg", "mmHg", 15, 30, "catheterisation"},
    {"chambers.RV.p_ed_mmHg", "mmHg", 0, 8, "catheterisation"},
    {"circulation.aortic_systolic_mmHg", "mmHg", 90, 140, "catheterisation"},
    {"circulation.aortic_diastolic_mmHg", "mmHg", 60, 90, "catheterisation"},
    {"chambers.LV.dpdt_max_mmHg_s", "mmHg/s", 1200, 2000, "no table of healthy adults"},
    {"chambers.LV.dpdt_min_mmHg_s", "mmHg/s", -2500, -1500, "no table of healthy adults"},
    // 40 +- 10, 292 +- 23 ms as 95 % prediction intervals (Copenhagen City Heart Study).
    {"valves.LV.isovolumic_contraction_ms", "ms", 20, 59, "Copenhagen"},
    {"valves.LV.ejection_ms", "ms", 248, 336, "Copenhagen"},
    // Ages 21-40, 41-60, above 60: 67 +- 8, 74 +- 7, 87 +- 7 ms; 1.53 +- 0.40, 1.28 +- 0.25, 0.96 +- 0.18.
    {"valves.LV.isovolumic_relaxation_ms", "ms", 67 - 2 * 8, 87 + 2 * 7, "Nagueh"},
    {"valves.LV.e_a_ratio", "", 0.96 - 2 * 0.18, 1.53 + 2 * 0.40, "Nagueh"},
    {"chambers.RV.ef_pct", "%", 50, none, "CMR lower limit"},
    {"chambers.LA.ef_pct", "%", 48.7, none, "NORRE"},
    // 60-80 ms in isolated hearts, to the 98th percentile of QRS.
    {"electrophysiology.ventricular_activation_ms", "ms", 60, 110, "Durrer"},
    // 2nd to 98th percentile.
    {"electrophysiology.qrs_ms", "ms", 69, 109, "Mason"},
    {"electrophysiology.qt_ms", "ms", 325, 452, "Mason"},
    {"mechanics.avpd_mm", "mm", 16 - 4, 16 + 4, "Carlsson"},
    {"mechanics.wall_thickening_mm", "mm", 4.4 - 2 * 1.4, 4.4 + 2 * 1.4, "Ubachs"},
    {"mechanics.gls_pct", "%", -25, -15, "-20 %"},
  };
}

TEST(HealthyBands, all_are_those_of_their_sources)
{
  ASSERT_EQ(limits.size(), healthy_bands().size());
  for (const Limits &expected : limits)
    {
      SCOPED_TRACE(expected.key);
      const auto band = std::find_if(healthy_bands().begin(), healthy_bands().end(), [&](const auto &b) { return b.key == expected.key; });
      ASSERT_NE(band, healthy_bands().end());
      EXPECT_EQ(band->unit, expected.unit);
      EXPECT_NEAR(band->low, expected.low, 1e-9);
      if (std::isinf(expected.high))
        EXPECT_EQ(band->high, expected.high);
      else
        EXPECT_NEAR(band->high, expected.high, 1e-9);
      EXPECT_NE(band->source.find(expected.source), std::string::npos) << band->source;
    }
}
