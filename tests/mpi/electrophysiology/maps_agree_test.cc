// Electrograms and the numbers of the maps, distributed against whole.
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(ElectricalHeart, ElectrogramsAndRegionalMapsAgree)
{
  const auto box = test::make_box({8, 3, 2}, 2.0, {{"LV", Tissue::ventricle}, {"RV", Tissue::ventricle}},
                                  [](const Point3 &p) { return p[0] < 8 ? 1u : 0u; });
  const auto deck = test::ep_deck(R"({"sinus_node": {"enabled": false}, "av_node": {"delay": "20 ms"},
    "stimuli": {"end": {"centre": ["0 mm", "3 mm", "2 mm"], "radius": "4 mm"}},
    "electrograms": {"contact": {"position": ["8 mm", "3 mm", "4 mm"]}, "near": {"position": ["12 mm", "3 mm", "9 mm"]}}})");
  const auto cell_rank = partition_cells(box.anatomy.cells, box.anatomy.points.size(), static_cast<unsigned>(size_of(MPI_COMM_WORLD)));
  Timers timers;
  const auto of_both = build_electrical_heart(MPI_COMM_WORLD, box.anatomy, box.fibres, cell_rank, deck, timers);
  ElectricalHeart &together = *of_both;
  const auto of_one = build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(cell_rank.size(), 0), deck,
                                             timers);
  ElectricalHeart &alone = *of_one;
  ASSERT_EQ(together.electrogram_names(), (std::vector<std::string>{"contact", "near"}));
  double least = 0, most = 0;
  for (double t = 1; t <= 60; t += 1)
    {
      together.advance(t);
      alone.advance(t);
      const auto a = together.electrograms(), b = alone.electrograms();
      for (unsigned e = 0; e < 2; ++e)
        EXPECT_NEAR(a[e], b[e], 2e-3);
      least = std::min(least, a[0]);
      most = std::max(most, a[0]);
    }
  EXPECT_GT(most, 1.0);   // mV: the wave comes,
  EXPECT_LT(least, -1.0); // and goes
  const auto a = together.regional_maps(), b = alone.regional_maps();
  ASSERT_EQ(a.size(), 2u);
  for (unsigned r = 0; r < 2; ++r)
    {
      EXPECT_EQ(a[r].region, b[r].region);
      EXPECT_NEAR(a[r].volume_mL, b[r].volume_mL, 1e-9);
      EXPECT_NEAR(a[r].activation.mean, b[r].activation.mean, 1e-3);
      EXPECT_NEAR(a[r].activation.sd, b[r].activation.sd, 1e-3);
      EXPECT_NEAR(a[r].activation.max, b[r].activation.max, 1e-3);
      EXPECT_NEAR(a[r].velocity.mean, b[r].velocity.mean, 1e-3);
      EXPECT_TRUE(std::isnan(a[r].apd90.mean)); // not repolarised yet
      EXPECT_EQ(a[r].activated_share, 1.0);
    }
}
