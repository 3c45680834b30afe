// The distributed heart against the same heart computed whole on every rank.
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(ElectricalHeart, RanksAgree)
{
  const auto box = test::make_box({12, 3, 2}, 2.0, {{"LV", Tissue::ventricle}, {"RA", Tissue::atrium}},
                                  [](const Point3 &p) { return p[0] < 12 ? 1u : 0u; });
  const auto deck = test::ep_deck(R"({"sinus_node": {"centre": ["0 mm", "2 mm", "2 mm"], "radius": "3 mm"},
    "av_node": {"centre": ["12 mm", "2 mm", "2 mm"], "radius": "3 mm", "delay": "20 ms"},
    "early_sites": {"points": ["24 mm", "2 mm", "2 mm"], "radius": "3 mm"}})");
  const auto cell_rank = partition_cells(box.anatomy.cells, box.anatomy.points.size(), static_cast<unsigned>(size_of(MPI_COMM_WORLD)));
  Timers timers;
  const auto of_both = build_electrical_heart(MPI_COMM_WORLD, box.anatomy, box.fibres, cell_rank, deck, timers);
  ElectricalHeart &together = *of_both;
  const auto of_one = build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(cell_rank.size(), 0), deck,
                                             timers);
  ElectricalHeart &alone = *of_one;
  EXPECT_EQ(together.size().nodes, alone.size().nodes);
  EXPECT_EQ(together.size().cells, alone.size().cells);
  together.advance(100);
  alone.advance(100);

  const auto a = together.activation(), b = alone.activation();
  EXPECT_NEAR(a.atrial_duration.value(), b.atrial_duration.value(), 1e-3);
  EXPECT_NEAR(a.ventricular_start.value(), b.ventricular_start.value(), 1e-3);
  EXPECT_NEAR(a.ventricular_duration.value(), b.ventricular_duration.value(), 1e-3);
  EXPECT_EQ(a.activated_fraction, 1.0);

  std::map<std::array<long, 4>, double> whole; // activation by place; the two tissues meet at 12 mm
  const auto serial = alone.fields(true), mine = together.fields(true);
  const auto place = [](const Point3 &p, double activation) {
    return std::array<long, 4>{std::lround(1000 * p[0]), std::lround(1000 * p[1]), std::lround(1000 * p[2]), activation > 30};
  };
  for (std::size_t n = 0; n < serial.points.size(); ++n)
    whole[place(serial.points[n], serial.point_fields[0].values[n])] = serial.point_fields[0].values[n];
  for (std::size_t n = 0; n < mine.points.size(); ++n)
    {
      const double activation = mine.point_fields[0].values[n];
      ASSERT_TRUE(whole.count(place(mine.points[n], activation)));
      EXPECT_NEAR(activation, whole[place(mine.points[n], activation)], 1e-3);
    }
  for (std::size_t c = 0; c < box.anatomy.cells.size(); ++c)
    if (static_cast<int>(cell_rank[c]) == rank_of(MPI_COMM_WORLD))
      {
        for (const unsigned n : box.anatomy.cells[c])
          EXPECT_NEAR(together.calcium()[n], alone.calcium()[n], 1e-4 * alone.calcium()[n]);
      }
  const auto leads = together.ecg(), leads_alone = alone.ecg();
  for (std::size_t k = 0; k < leads.size(); ++k)
    EXPECT_NEAR(leads[k], leads_alone[k], 1e-5);
}
