// What some ranks saved, other ranks load.
#include "core/checkpoint/checkpoint_folder.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/mpi.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  constexpr std::int64_t n = 300007; // more than one piece of what is sent and read at a time

  /// Entities of this rank: every second, or all.
  EntityIds mine(MPI_Comm comm)
  {
    EntityIds ids;
    for (std::int64_t id = rank_of(comm); id < n; id += size_of(comm))
      ids.push_back(7 * id);
    return ids;
  }

  double value(std::int64_t id, unsigned component)
  {
    return 0.1 * static_cast<double>(id) + component;
  }

  /// A folder that all ranks know; rank 0's.
  std::string shared_file(vivicor::testing::TemporaryFolder &folder)
  {
    std::string file = folder / "state.checkpoint";
    file.resize(256);
    MPI_Bcast(file.data(), 256, MPI_CHAR, 0, MPI_COMM_WORLD);
    return file.c_str();
  }

  void save(MPI_Comm comm, const std::string &file)
  {
    const EntityIds ids = mine(comm);
    std::vector<double> values, own{1.0 * rank_of(comm), 2.0}, everywhere{42};
    for (const auto id : ids)
      for (unsigned c = 0; c < 3; ++c)
        values.push_back(value(id, c));
    own.resize(2 + static_cast<std::size_t>(rank_of(comm)), 3.0);
    Saver saver(comm);
    saver.by_entity("nodes", "values", ids, 3, values);
    saver.numbers("everywhere", everywhere);
    saver.by_rank("own", own);
    saver.write(file, {{"by", size_of(comm)}});
  }

  void expect_loads(MPI_Comm comm, const std::string &file, bool same_ranks)
  {
    const auto inspected = rank_of(comm) == 0 ? checkpoint_format::inspect(file) : checkpoint_format::Inspection{};
    EXPECT_EQ(inspected.fault, "");
    Loader loader(comm, file, inspected);
    EntityIds ids = mine(comm);
    std::reverse(ids.begin(), ids.end());
    std::vector<double> values, own, everywhere;
    loader.by_entity("nodes", "values", ids, 3, values);
    for (std::size_t i = 0; i < ids.size(); ++i)
      for (unsigned c = 0; c < 3; ++c)
        ASSERT_EQ(values[3 * i + c], value(ids[i], c));
    loader.numbers("everywhere", everywhere);
    EXPECT_EQ(everywhere, std::vector<double>{42});
    EXPECT_EQ(loader.by_rank("own", own), same_ranks);
    if (same_ranks)
      {
        EXPECT_EQ(own.at(0), rank_of(comm));
        EXPECT_EQ(own.size(), 2 + static_cast<std::size_t>(rank_of(comm)));
      }
  }
}

TEST(Checkpoint, OfTheseRanksForTheseRanks)
{
  vivicor::testing::TemporaryFolder folder;
  const std::string file = shared_file(folder);
  save(MPI_COMM_WORLD, file);
  expect_loads(MPI_COMM_WORLD, file, true);
}

TEST(Checkpoint, OfTheseRanksForOne)
{
  vivicor::testing::TemporaryFolder folder;
  const std::string file = shared_file(folder);
  save(MPI_COMM_WORLD, file);
  expect_loads(MPI_COMM_SELF, file, size_of(MPI_COMM_WORLD) == 1);
  MPI_Barrier(MPI_COMM_WORLD); // rank 0's folder goes with it
}

TEST(Checkpoint, OfOneRankForThese)
{
  vivicor::testing::TemporaryFolder folder;
  const std::string file = shared_file(folder);
  if (rank_of(MPI_COMM_WORLD) == 0)
    save(MPI_COMM_SELF, file);
  MPI_Barrier(MPI_COMM_WORLD);
  expect_loads(MPI_COMM_WORLD, file, size_of(MPI_COMM_WORLD) == 1);
}

TEST(Checkpoint, AFileThatCannotBeWrittenIsEveryRanksBusiness)
{
  Saver saver(MPI_COMM_WORLD);
  EntityIds ids = mine(MPI_COMM_WORLD);
  std::vector<double> values(ids.size(), 1.0);
  saver.by_entity("nodes", "values", ids, 1, values);
  EXPECT_THROW(saver.write("/no/such/folder/a.checkpoint", {}), OutputError);
}
