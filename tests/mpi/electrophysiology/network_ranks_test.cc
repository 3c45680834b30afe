// The Purkinje network is the same on every number of ranks, and so is the muscle that it excites.
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "tests/support/endocardial_slab.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(PurkinjeNetwork, RanksAgree)
{
  const auto box = test::endocardial_slab(12, 2.0);
  const auto cell_rank = partition_cells(box.anatomy.cells, box.anatomy.points.size(), static_cast<unsigned>(size_of(MPI_COMM_WORLD)));
  for (const std::string model : {"eikonal", "cable"})
    {
      // A second wave comes from the muscle's corner: junctions on every rank are excited backwards.
      const auto deck = test::network_deck(model, R"(, "stimuli": {"corner": {"centre": ["0 mm", "0 mm", "0 mm"], "start": "420 ms"}})");
      Timers timers;
      const auto of_both = build_electrical_heart(MPI_COMM_WORLD, box.anatomy, box.fibres, cell_rank, deck, timers);
      ElectricalHeart &together = *of_both;
      const auto of_one = build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(cell_rank.size(), 0), deck,
                                                 timers);
      ElectricalHeart &alone = *of_one;
      for (const double end : {40.0, 470.0})
        {
          together.advance(end);
          alone.advance(end);
          const auto a = together.network(), b = alone.network();
          ASSERT_EQ(a.points, b.points);
          ASSERT_EQ(a.is_junction, b.is_junction);
          for (std::size_t k = 0; k < a.points.size(); ++k)
            EXPECT_NEAR(a.activation[k], b.activation[k], 2e-3) << model << " at " << end;
          EXPECT_NEAR(together.activation().ventricular_duration.value_or(0), alone.activation().ventricular_duration.value_or(0), 2e-3)
            << model;
        }
      EXPECT_EQ(together.activation().activated_fraction, 1.0);
      EXPECT_GT(together.network().activation[0], 420); // the corner's wave reached the root
    }
}
