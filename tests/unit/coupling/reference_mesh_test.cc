// An unloaded heart written as a mesh file is the same heart when it is read again through its deck.
#include "core/mesh/vectors.h"
#include "core/output/files.h"
#include "coupling/deck.h"
#include "coupling/results/reference_mesh.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(ReferenceMesh, ReadsBackAsTheSameHeart)
{
  const std::string decks = std::string(VIVICOR_SOURCE) + "/parameters/minimal/";
  const Deck deck = read_deck(decks + "heart.json", deck_schema());
  const Anatomy heart = build_anatomy(deck.parameters, {decks});
  const Fibres fibres = build_fibres(heart, deck.parameters);

  const vivicor::testing::TemporaryFolder folder;
  write_vtu(folder / "unloaded.vtu", tagged_mesh(deck.parameters, heart, fibres, heart.points));
  write_whole(folder / "unloaded.json", deck_of_tagged_mesh(deck.parameters, heart, "unloaded.vtu"));
  const Deck again = read_deck(folder / "unloaded.json", deck_schema());
  const Anatomy read = build_anatomy(again.parameters, {again.folder});
  const Fibres read_fibres = build_fibres(read, again.parameters);

  ASSERT_EQ(read.points.size(), heart.points.size());
  ASSERT_EQ(read.cells.size(), heart.cells.size());
  for (std::size_t n = 0; n < heart.points.size(); ++n)
    EXPECT_LT(norm(read.points[n] - heart.points[n]), 1e-4) << "mm; a mesh file holds single precision";
  for (std::size_t c = 0; c < heart.cells.size(); ++c)
    EXPECT_EQ(read.regions[read.cell_region[c]].name, heart.regions[heart.cell_region[c]].name);
  for (const auto &[name, cavity] : heart.cavities)
    {
      ASSERT_TRUE(read.cavities.count(name));
      EXPECT_EQ(read.cavities.at(name).size(), cavity.size());
      EXPECT_NEAR(cavity_volume(read.points, read.cavities.at(name)), cavity_volume(heart.points, cavity), 1.0) << "mm^3";
    }
  EXPECT_EQ(read.fixed.size(), heart.fixed.size());
  EXPECT_EQ(read.epicardium.size(), heart.epicardium.size());
  for (std::size_t n = 0; n < heart.points.size(); ++n)
    {
      EXPECT_NEAR(std::abs(dot(read_fibres.nodal[n].fibre, fibres.nodal[n].fibre)), 1, 1e-5);
      EXPECT_NEAR(std::abs(dot(read_fibres.nodal[n].sheet, fibres.nodal[n].sheet)), 1, 1e-5);
    }
}
