// The documentation: an index that holds every page, links that lead somewhere, and the deck of the page on one's own mesh.
#include "core/output/files.h"
#include "meshes/sources/files/vtu_reader.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

using namespace vivicor;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

namespace
{
  const fs::path root = VIVICOR_SOURCE;

  std::vector<fs::path> pages()
  {
    std::vector<fs::path> found{root / "README.md", root / "CONTRIBUTING.md"};
    for (const auto &entry : fs::recursive_directory_iterator(root / "docs"))
      if (entry.path().extension() == ".md")
        found.push_back(entry.path());
    return found;
  }

  std::vector<fs::path> links_of(const fs::path &page)
  {
    const std::string text = read_whole(page.string());
    static const std::regex link(R"(\]\(([^)#: ]+)(#[^)]*)?\))");
    std::vector<fs::path> links;
    for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at)
      links.push_back(page.parent_path() / (*at)[1].str());
    return links;
  }
}

TEST(Docs, every_link_leads_somewhere)
{
  for (const fs::path &page : pages())
    for (const fs::path &link : links_of(page))
      EXPECT_TRUE(fs::exists(link)) << page << " -> " << link;
}

TEST(Docs, the_index_holds_every_page)
{
  std::set<fs::path> indexed;
  for (const fs::path &link : links_of(root / "docs/README.md"))
    indexed.insert(link.lexically_normal());
  for (const std::string folder : {"howto", "theory"})
    for (const auto &entry : fs::directory_iterator(root / "docs" / folder))
      EXPECT_TRUE(indexed.contains(entry.path().lexically_normal())) << entry.path() << " is not in docs/README.md";
}

TEST(Docs, decks_that_need_a_mesh_say_how_to_get_it)
{
  for (const std::string deck : {"kit", "kit_imaged", "kit_published"})
    {
      const std::string file = (root / "parameters/whole_heart" / (deck + ".json")).string();
      EXPECT_THAT(read_whole(file), HasSubstr("docs/howto/public_mesh.md")) << deck;
      const auto outcome = program::run_vivicor("check " + file, 1, 20);
      EXPECT_EQ(outcome.code, 2);
      EXPECT_THAT(outcome.text, HasSubstr("docs/howto/public_mesh.md")) << deck;
    }
  EXPECT_THAT(read_whole((root / "README.md").string()), HasSubstr("docs/howto/public_mesh.md"));
}

// The deck of docs/howto/own_mesh.md as it stands there, on the mesh that it names.
TEST(Docs, the_deck_of_ones_own_mesh_is_right)
{
  const fs::path mesh = VIVICOR_DATA "/meshes/kit_wholeheart.vtu";
  if (!fs::exists(mesh))
    GTEST_SKIP() << "needs the public data set: set VIVICOR_DATA to its folder (docs/howto/public_mesh.md)";
  const std::string page = read_whole((root / "docs/howto/own_mesh.md").string());
  const auto begin = page.find("```json\n") + 8, end = page.find("```", begin);
  const vivicor::testing::TemporaryFolder folder;
  std::ofstream(folder / "my_heart.json") << page.substr(begin, end - begin);
  fs::create_symlink(mesh, folder / "heart.vtu");
  const auto outcome = program::run_vivicor("check " + (folder / "my_heart.json"), 1, 60);
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("no fault found"));
}

// A tetrahedron and a triangle in TetGen's files become a mesh that is read.
TEST(Docs, the_script_makes_the_public_mesh)
{
  const vivicor::testing::TemporaryFolder folder;
  const fs::path source = folder.path / "clone/examples/JPhys/tetgen";
  fs::create_directories(source);
  std::ofstream(source / "heartT4.node") << "4 3 1 0\n 1 0 0 0 7\n 2 1.25 0 0 0\n 3 0 1 0 0\n 4 0 0 1 0\n";
  std::ofstream(source / "UnloadedState_Final.node") << "4 3 1 0\n1 0 0 0 7\n2 2.5 0 0 0\n3 0 1 0 0\n4 0 0 1 0\n";
  std::ofstream(source / "heartT4.ele") << "1 4 1\n1 1 2 3 4 31\n";
  std::ofstream(source / "heartT4.sur") << "1 3 2\n 1 1 3 2 131 131\n";
  const std::string mesh = folder / "data/meshes/heart.vtu";
  const std::string command = "python3 " + (root / "scripts/kit_mesh.py").string() + " " + (folder / "clone") + " " + mesh + " >/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const MeshFileContent content = read_vtu(mesh, "tag");
  ASSERT_EQ(content.mesh.points.size(), 4u);
  EXPECT_EQ(content.mesh.points[1], (Point3{1.25, 0, 0}));
  EXPECT_EQ(content.mesh.vectors.at("unloaded_xyz")[1], (Point3{2.5, 0, 0}));
  EXPECT_EQ(content.scalars.at("fixed")[0], 1);
  EXPECT_EQ(content.scalars.at("fixed")[1], 0);
  EXPECT_EQ(content.mesh.cell_tag, std::vector<int>{31});
  ASSERT_EQ(content.mesh.facets.size(), 1u);
  EXPECT_EQ(content.mesh.facets[0].tag, 131);
}
