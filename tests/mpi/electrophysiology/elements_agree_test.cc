// Quadratic elements, unsplit steps and interpolated states, distributed, against the same computed whole on every rank.
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  void expect_agreement(const std::string &scheme)
  {
    const auto box = test::make_box({8, 3, 2}, 1.0);
    const auto deck = test::ep_deck(R"({"sinus_node": {"enabled": false}, "refinement": 1, "mass_lumping": 0, "time_step": "0.02 ms",
      "tolerance": "1e-8", "conduction": {"set_by": "conductivity", "fast_endocardial_layer": {"enabled": false}},
      "stimuli": {"left": {"centre": ["0 mm", "1 mm", "1 mm"], "radius": "2 mm"}}, )"
                                    + scheme + "}");
    const auto cell_rank = partition_cells(box.anatomy.cells, box.anatomy.points.size(), static_cast<unsigned>(size_of(MPI_COMM_WORLD)));
    Timers timers;
    const auto of_both = build_electrical_heart(MPI_COMM_WORLD, box.anatomy, box.fibres, cell_rank, deck, timers);
    ElectricalHeart &together = *of_both;
    const auto of_one = build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(cell_rank.size(), 0), deck,
                                               timers);
    ElectricalHeart &alone = *of_one;
    together.advance(15);
    alone.advance(15);
    const auto a = together.activation(), b = alone.activation();
    EXPECT_GT(a.ventricular_duration.value(), 1.0);
    EXPECT_NEAR(a.ventricular_duration.value(), b.ventricular_duration.value(), 1e-4);
    EXPECT_EQ(a.activated_fraction, b.activated_fraction);
    for (std::size_t c = 0; c < box.anatomy.cells.size(); ++c)
      if (static_cast<int>(cell_rank[c]) == rank_of(MPI_COMM_WORLD))
        {
          for (const unsigned n : box.anatomy.cells[c])
            EXPECT_NEAR(together.calcium()[n], alone.calcium()[n], 1e-5 * alone.calcium()[n]);
        }
  }
}

TEST(ElectricalHeart, RanksAgreeOnQuadraticElements)
{
  expect_agreement(R"("degree": 2)");
}
TEST(ElectricalHeart, RanksAgreeOnInterpolatedStates)
{
  expect_agreement(R"("splitting": "none", "time_scheme": "bdf2", "ionic_current": "interpolated_states")");
}
