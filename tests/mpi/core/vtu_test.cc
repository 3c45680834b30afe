// A grid written by all ranks: an index and a piece per rank, all readable; a failure on one rank reaches all.
#include "core/output/vtu.h"

#include "core/error.h"
#include "core/mpi.h"
#include "core/output/files.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <pugixml.hpp>

using namespace vivicor;

namespace
{
  VtuPiece tetrahedron(int rank)
  {
    VtuPiece piece;
    const double x = rank;
    piece.points = {{x, 0, 0}, {x + 1, 0, 0}, {x, 1, 0}, {x, 0, 1}};
    piece.cells = {{0, 1, 2, 3}};
    piece.point_fields = {{"potential_mV", 1, {x, x, x, x}}};
    piece.cell_fields = {{"rank", 1, {x}}};
    return piece;
  }

  /// A folder of rank 0 whose name all ranks know.
  struct SharedFolder
  {
    SharedFolder()
    {
      char name[256] = "";
      if (rank_of(MPI_COMM_WORLD) == 0)
        {
          own = std::make_unique<vivicor::testing::TemporaryFolder>();
          own->path.string().copy(name, sizeof name - 1);
        }
      MPI_Bcast(name, sizeof name, MPI_CHAR, 0, MPI_COMM_WORLD);
      path = name;
    }
    ~SharedFolder() { MPI_Barrier(MPI_COMM_WORLD); }
    std::unique_ptr<vivicor::testing::TemporaryFolder> own;
    std::filesystem::path path;
  };
}

TEST(ParallelVtu, every_rank_has_its_piece)
{
  const SharedFolder folder;
  const int ranks = size_of(MPI_COMM_WORLD);
  const std::string name = write_parallel_vtu((folder.path / "maps").string(), tetrahedron(rank_of(MPI_COMM_WORLD)), MPI_COMM_WORLD);
  EXPECT_EQ(name, ranks == 1 ? "maps.vtu" : "maps.pvtu");
  MPI_Barrier(MPI_COMM_WORLD);
  if (ranks == 1)
    {
      EXPECT_NE(read_whole((folder.path / name).string()).find("NumberOfPoints=\"4\" NumberOfCells=\"1\""), std::string::npos);
      return;
    }
  pugi::xml_document index;
  ASSERT_TRUE(index.load_file((folder.path / name).c_str()));
  EXPECT_TRUE(index.select_node("//PPointData/PDataArray[@Name='potential_mV']"));
  EXPECT_TRUE(index.select_node("//PCellData/PDataArray[@Name='rank']"));
  const auto pieces = index.select_nodes("//Piece");
  ASSERT_EQ(pieces.size(), std::size_t(ranks));
  for (const auto &piece : pieces)
    EXPECT_TRUE(std::filesystem::exists(folder.path / piece.node().attribute("Source").value()));
}

TEST(ParallelVtu, a_failure_of_one_rank_is_thrown_on_all)
{
  const SharedFolder folder;
  const int rank = rank_of(MPI_COMM_WORLD), ranks = size_of(MPI_COMM_WORLD);
  // A folder in the place of the last rank's piece: that rank alone cannot write.
  const std::string last = ranks == 1 ? "maps.vtu" : "maps." + std::to_string(ranks - 1) + ".vtu";
  if (rank == 0)
    std::filesystem::create_directories(folder.path / last / "occupied");
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_THROW(write_parallel_vtu((folder.path / "maps").string(), tetrahedron(rank), MPI_COMM_WORLD), OutputError);
}
