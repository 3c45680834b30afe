#include "report/healthy_bands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

using namespace vivicor;

TEST(HealthyBands, each_is_a_band_with_a_source)
{
  std::set<std::string> keys;
  for (const HealthyBand &band : healthy_bands())
    {
      EXPECT_TRUE(keys.insert(band.key).second) << band.key << " appears twice";
      EXPECT_LT(band.low, band.high) << band.key;
      EXPECT_FALSE(band.name.empty() || band.unit.empty() || band.source.empty()) << band.key;
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
