// Every registered heart, distributed, against the same heart whole on every rank.
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "electrophysiology/tissue/refined_mesh.h"
#include "tests/support/small_heart.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(EveryElectricalHeart, IsTheSameOnOneAndTwoRanks)
{
  const auto box = test::small_heart();
  const auto cell_rank = partition_cells(box.anatomy.cells, box.anatomy.points.size(), static_cast<unsigned>(size_of(MPI_COMM_WORLD)));
  Timers timers;
  for (const auto &[name, model] : registry<ElectricalHeart>())
    {
      SCOPED_TRACE(name);
      const auto together = test::small_electrical_heart(name, box, timers, MPI_COMM_WORLD, cell_rank),
                 alone = test::small_electrical_heart(name, box, timers);
      for (ElectricalHeart *heart : {together.get(), alone.get()})
        {
          heart->sample_every(5);
          heart->advance(200);
          heart->commit();
        }
      EXPECT_EQ(together->size().nodes, alone->size().nodes);
      EXPECT_EQ(together->size().cells, alone->size().cells);

      std::map<NodeKey, double> whole;
      const auto keys = alone->grid_nodes(), own_keys = together->grid_nodes();
      const auto all = alone->fields(true), own = together->fields(true);
      for (std::size_t n = 0; n < keys.size(); ++n)
        whole[keys[n]] = all.point_fields[0].values[n];
      for (std::size_t n = 0; n < own_keys.size(); ++n)
        EXPECT_NEAR(own.point_fields[0].values[n], whole.at(own_keys[n]), 1e-3);
      std::vector<char> mine(box.anatomy.points.size(), 0);
      for (std::size_t c = 0; c < cell_rank.size(); ++c)
        for (const unsigned n : box.anatomy.cells[c])
          mine[n] |= static_cast<int>(cell_rank[c]) == rank_of(MPI_COMM_WORLD);
      for (const Tissue tissue : {Tissue::ventricle, Tissue::atrium})
        for (std::size_t n = 0; n < mine.size(); ++n)
          EXPECT_NEAR(together->calcium(tissue)[n], alone->calcium(tissue)[n], mine[n] ? 1e-4 * alone->calcium(tissue)[n] : 1e9);
      const auto samples = together->take_samples(), samples_alone = alone->take_samples();
      ASSERT_EQ(samples.size(), 40u);
      for (std::size_t k = 0; k < samples.size(); ++k)
        for (std::size_t lead = 0; lead < 12; ++lead)
          EXPECT_NEAR(samples[k].ecg[lead], samples_alone[k].ecg[lead], 1e-5);
      const auto a = together->activation(), b = alone->activation();
      EXPECT_NEAR(a.ventricular_duration.value(), b.ventricular_duration.value(), 1e-3);
      EXPECT_NEAR(a.activated_fraction, b.activated_fraction, 1e-12);
      EXPECT_NEAR(together->regional_maps()[0].activation.mean, alone->regional_maps()[0].activation.mean, 1e-3);
    }
}
