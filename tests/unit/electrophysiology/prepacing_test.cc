#include "electrophysiology/cells/prepacing.h"
#include "tests/support/cells.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

using namespace vivicor;
using test::make_cell;
using vivicor::testing::TemporaryFolder;

namespace
{
  const std::string ventricular = "tentusscher_panfilov_2006_epi";

  Pacing tissue_like(const IonicModel &model, const unsigned beats)
  {
    Pacing pacing = natural_pacing(model);
    pacing.cycle_length = 800.0;
    pacing.beats = beats;
    pacing.step = 0.05;
    return pacing;
  }

  std::size_t files_in(const std::filesystem::path &folder)
  {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
  }

  bool same(const SteadyState &a, const SteadyState &b)
  {
    return a.state.V == b.state.V && a.state.states == b.state.states && a.beats == b.beats && a.change == b.change;
  }
}

TEST(Prepacing, ApproachesAPeriodicState)
{
  const auto model = make_cell(ventricular);
  const SteadyState few = pace_to_steady_state(*model, tissue_like(*model, 2), 0.0, resting_state(*model));
  const SteadyState many = pace_to_steady_state(*model, tissue_like(*model, 60), 0.0, resting_state(*model));
  EXPECT_EQ(many.beats, 60u);
  EXPECT_LT(many.change, 0.003);
  EXPECT_LT(many.change, 0.5 * few.change); // sodium and potassium settle over minutes
}

TEST(Prepacing, EndsWhenABeatChangesLessThanTheTolerance)
{
  const auto model = make_cell("mitchell_schaeffer_2003"); // two states: it settles at once
  const SteadyState steady = pace_to_steady_state(*model, tissue_like(*model, 200), 1e-6, resting_state(*model));
  EXPECT_LT(steady.beats, 20u);
  EXPECT_LT(steady.change, 1e-6);
  Pacing next = tissue_like(*model, 1);
  EXPECT_LT(beat_change(*model, steady.state, pace(*model, next, steady.state).end), 1e-5);
}

TEST(Prepacing, IsReadBackFromTheCacheToTheLastBit)
{
  const TemporaryFolder folder;
  const auto model = make_cell(ventricular);
  const Pacing pacing = tissue_like(*model, 3);
  const SteadyState computed = prepace(*model, "cell", pacing, 0.0, folder.path.string());
  ASSERT_EQ(files_in(folder.path), 1u);
  const std::string key = prepacing_key(*model, "cell", pacing, 0.0);
  const auto stored = read_prepaced(folder.path.string(), key, model->rest().size());
  ASSERT_TRUE(stored);
  EXPECT_TRUE(same(*stored, computed));

  // What is in the file is what comes out.
  SteadyState other = computed;
  other.state.V = -84.123456789012345;
  write_prepaced(folder.path.string(), key, other);
  EXPECT_TRUE(same(prepace(*model, "cell", pacing, 0.0, folder.path.string()), other));
}

TEST(Prepacing, KeysTellCellsAndProtocolsApart)
{
  const auto model = make_cell(ventricular), blocked = make_cell(ventricular, R"({"g_Kr_scale": "0.5"})");
  const Pacing pacing = tissue_like(*model, 3);
  const std::string key = prepacing_key(*model, "cell", pacing, 1e-5);
  EXPECT_EQ(prepacing_key(*model, "cell", pacing, 1e-5), key);
  EXPECT_NE(prepacing_key(*model, "other", pacing, 1e-5), key);
  EXPECT_NE(prepacing_key(*blocked, "cell", pacing, 1e-5), key) << "the equations differ";
  EXPECT_NE(prepacing_key(*model, "cell", pacing, 1e-6), key);
  for (const auto &change : std::vector<std::function<void(Pacing &)>>{
         [](Pacing &p) { p.beats = 4; }, [](Pacing &p) { p.cycle_length = 801.0; }, [](Pacing &p) { p.step = 0.04; },
         [](Pacing &p) { p.stimulus_amplitude = 51.0; }, [](Pacing &p) { p.integrator = CellIntegrator::grl2; }})
    {
      Pacing changed = pacing;
      change(changed);
      EXPECT_NE(prepacing_key(*model, "cell", changed, 1e-5), key);
    }
}

TEST(Prepacing, DamagedFilesAreIgnoredAndReplaced)
{
  const TemporaryFolder folder;
  const auto model = make_cell(ventricular);
  const Pacing pacing = tissue_like(*model, 1);
  const std::string key = prepacing_key(*model, "cell", pacing, 0.0), file = prepacing_file(folder.path.string(), key);
  const SteadyState computed = prepace(*model, "cell", pacing, 0.0, folder.path.string());
  std::ifstream stream(file);
  const std::string whole{std::istreambuf_iterator<char>(stream), {}};
  std::string altered = whole;
  altered[altered.find("\"V_mV\": -8") + 9] = '7'; // valid JSON, wrong number
  for (const std::string &damaged : {std::string(), whole.substr(0, whole.size() / 2), std::string("{}"), std::string("hello\n"), altered})
    {
      std::ofstream(file) << damaged;
      EXPECT_FALSE(read_prepaced(folder.path.string(), key, model->rest().size())) << damaged.substr(0, 40);
      EXPECT_TRUE(same(prepace(*model, "cell", pacing, 0.0, folder.path.string()), computed));
      EXPECT_TRUE(read_prepaced(folder.path.string(), key, model->rest().size())) << "written anew";
    }
  EXPECT_FALSE(read_prepaced(folder.path.string(), key, 3)) << "another number of states";
}

TEST(Prepacing, AnUnusableCacheIsNoError)
{
  const auto model = make_cell("mitchell_schaeffer_2003");
  const Pacing pacing = tissue_like(*model, 1);
  EXPECT_TRUE(same(prepace(*model, "cell", pacing, 0.0, "/proc/no/such/folder"), prepace(*model, "cell", pacing, 0.0, "")));
}
