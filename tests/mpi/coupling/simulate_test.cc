// A run as a call: twice in one process, and two at once on halves of the ranks; each as if it had been alone.
#include "core/error.h"
#include "core/mpi.h"
#include "coupling/deck.h"
#include "coupling/simulate.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace vivicor;

namespace
{
  Parameters deck(const std::string &name, const std::string &wall)
  {
    return parameters_from_json(
      R"({"case": ")" + name + R"(", "time": {"end": "4 ms"}, "mesh": {"element_size": "14 mm", "lv_wall": ")" + wall
        + R"("}, "electrophysiology": {"refinement": 0, "time_step": "0.1 ms", "early_sites": {"radius": "14 mm"}}})",
      deck_schema());
  }

  /// What no two runs share, and what is counted by the process.
  nlohmann::ordered_json findings(nlohmann::ordered_json summary)
  {
    for (const char *key : {"wall_s", "time_s", "parallel", "peak_memory_MB"})
      summary.erase(key);
    return summary;
  }

  nlohmann::ordered_json alone(const Parameters &deck)
  {
    return findings(simulate(MPI_COMM_SELF, deck).summary);
  }

  std::string text_of(const std::string &file)
  {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
}

TEST(Simulate, TwoDecksOneAfterTheOtherOnAllRanks)
{
  const Parameters thin = deck("thin", "8 mm"), thick = deck("thick", "10 mm");
  const Simulated first = simulate(MPI_COMM_WORLD, thin), second = simulate(MPI_COMM_WORLD, thick), again = simulate(MPI_COMM_WORLD, thin);
  EXPECT_EQ(first.end, RunEnd::done);
  EXPECT_EQ(findings(first.summary), findings(again.summary)) << "nothing of the run between is left";
  EXPECT_NE(findings(first.summary), findings(second.summary));
  const auto metrics = first.metrics();
  EXPECT_GT(metrics.at("chambers.LV.edv_mL"), 0);
  EXPECT_EQ(metrics.at("simulated_ms"), 4);
  EXPECT_EQ(first.summary.at("ranks"), size_of(MPI_COMM_WORLD));
  // The same on every rank, times included.
  double wall = first.summary.at("wall_s");
  MPI_Bcast(&wall, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD);
  EXPECT_EQ(first.summary.at("wall_s").get<double>(), wall);
}

TEST(Simulate, TwoDecksAtOnceOnHalvesOfTheRanks)
{
  const int rank = rank_of(MPI_COMM_WORLD), half = 2 * rank / size_of(MPI_COMM_WORLD);
  const Parameters mine = half == 0 ? deck("thin", "8 mm") : deck("thick", "10 mm");
  MPI_Comm comm;
  MPI_Comm_split(MPI_COMM_WORLD, half, rank, &comm);
  const vivicor::testing::TemporaryFolder folder;
  SimulateOptions options;
  options.folder = folder / "run";
  const Simulated at_once = simulate(comm, mine, options);
  MPI_Comm_free(&comm);

  // In turn, with nothing beside it.
  for (int turn = 0; turn < size_of(MPI_COMM_WORLD); ++turn)
    {
      if (turn == rank)
        {
          EXPECT_EQ(findings(at_once.summary), alone(mine));
        }
      MPI_Barrier(MPI_COMM_WORLD);
    }
  EXPECT_EQ(nlohmann::ordered_json::parse(text_of(options.folder + "/summary.json")), at_once.summary);
  EXPECT_THAT(text_of(options.folder + "/log.txt"), ::testing::HasSubstr("done in")) << "each half has its own log";
}

TEST(Simulate, RefusesOnEveryRankAndWritesNothing)
{
  const vivicor::testing::TemporaryFolder folder;
  SimulateOptions options;
  options.folder = folder / "run";
  const Parameters bad = parameters_from_json(R"({"mesh": {"element_size": "14 mm"}, "output": {"fields_regions": ["LX"]}})",
                                              deck_schema());
  EXPECT_THROW(simulate(MPI_COMM_WORLD, bad, options), UserError);
  EXPECT_FALSE(std::filesystem::exists(options.folder));
}
