// Tensions that need calcium and cells that have none.
#include "coupling/calcium_supply.h"

#include "coupling/deck.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  const std::vector<Region> heart{{"LV", Tissue::ventricle}, {"LA", Tissue::atrium}, {"ring", Tissue::passive}};

  std::vector<std::string> without_calcium(const std::vector<std::string> &settings)
  {
    return regions_without_calcium(heart, parameters_from_settings(settings, deck_schema()));
  }

  using Names = std::vector<std::string>;
  const std::string endo = "electrophysiology.membranes.endo.model=bueno_orovio_2008_endo",
                    mid = "electrophysiology.membranes.mid.model=bueno_orovio_2008_mid",
                    epi = "electrophysiology.membranes.epi.model=bueno_orovio_2008_epi",
                    atria = "electrophysiology.membranes.atria.model=mitchell_schaeffer_2003";
}

TEST(CalciumSupply, IsThereByDefault)
{
  EXPECT_EQ(without_calcium({}), Names{});
}

TEST(CalciumSupply, NamesRegionsAndCells)
{
  EXPECT_EQ(without_calcium({endo, mid, epi}), Names{"LV (bueno_orovio_2008_mid, bueno_orovio_2008_epi)"})
    << "no cells below endo_below = 0";
  EXPECT_EQ(without_calcium({endo, "electrophysiology.membranes.endo_below=0.2"}), Names{"LV (bueno_orovio_2008_endo)"});
  EXPECT_EQ(without_calcium({epi}), Names{"LV (bueno_orovio_2008_epi)"});
  EXPECT_EQ(without_calcium({atria}), Names{"LA (mitchell_schaeffer_2003)"});
}

TEST(CalciumSupply, OfMuscleThatContracts)
{
  EXPECT_EQ(without_calcium({atria, "mechanics.tissue.atrium.active.model=none"}), Names{});
  EXPECT_EQ(without_calcium({atria, "mechanics.tissue.atrium.active.scale=0"}), Names{});
  EXPECT_EQ(without_calcium({"mechanics.tissue.passive.active.model=land_2017"}), Names{"ring (not excitable)"});
}
