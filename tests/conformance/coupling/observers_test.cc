// Every registered observer: made from a deck's defaults without a folder it writes nothing, watches a short run, and what it keeps
// for a resume is whole.
#include "core/collective.h"
#include "coupling/deck.h"
#include "coupling/observers.h"
#include "coupling/simulate.h"
#include "tests/support/memory_archive.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>

using namespace vivicor;
using vivicor::testing::MemoryArchive;

namespace
{
  std::vector<std::string> names()
  {
    std::vector<std::string> result;
    for (const auto &entry : registry<Observer>())
      result.push_back(entry.first);
    return result;
  }

  const Parameters &deck()
  {
    static const Parameters parameters = parameters_from_json(R"({"mesh": {"element_size": "14 mm"}})", deck_schema());
    return parameters;
  }

  const Anatomy &anatomy()
  {
    static const Anatomy made = build_anatomy(deck(), {});
    return made;
  }
}

class EveryObserver : public ::testing::TestWithParam<std::string>
{
};
INSTANTIATE_TEST_SUITE_P(All, EveryObserver, ::testing::ValuesIn(names()), [](const auto &info) { return info.param; });

TEST_P(EveryObserver, IsMadeWithoutAFolderAndTouchesNone)
{
  const vivicor::testing::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path);
  for (const std::string &results : {std::string(), folder / "absent"})
    registry<Observer>().at(GetParam()).create(deck(), {MPI_COMM_WORLD, anatomy(), results, {}, true});
  EXPECT_TRUE(std::filesystem::is_empty(folder.path)) << "nothing is written before start()";
  std::filesystem::current_path(before);
}

TEST_P(EveryObserver, KeepsWhatAResumeNeeds)
{
  const auto make = [] { return registry<Observer>().at(GetParam()).create(deck(), {MPI_COMM_WORLD, anatomy(), "", {}, true}); };
  const auto observer = make(), other = make();
  if (!observer)
    GTEST_SKIP() << "not asked for by the defaults";
  MemoryArchive saved;
  observer->archive(saved);
  MemoryArchive loading(saved.state), again;
  other->archive(loading);
  other->archive(again);
  EXPECT_EQ(again.state, saved.state);
}

TEST(Observers, AreToldInOrderAndThenByName)
{
  const Observers observers(deck(), {MPI_COMM_WORLD, anatomy(), "", {}, true});
  EXPECT_NE(observers.recording("time_series"), nullptr);
  EXPECT_EQ(observers.recording("no_such_observer"), nullptr);
  EXPECT_EQ(observers.sampling_interval(), 1);
}
