// Every registered source of meshes: reads or says why not, and its tags fit its mesh.
#include "core/error.h"
#include "meshes/anatomy.h"
#include "meshes/sources/mesh_source.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  std::vector<std::string> names()
  {
    std::vector<std::string> result;
    for (const auto &entry : registry<MeshSource>())
      result.push_back(entry.first);
    return result;
  }

  Parameters deck_of(const std::string &source, const std::string &more = "")
  {
    Schema schema;
    declare_anatomy(schema);
    return parameters_from_json("{\"mesh\": {\"source\": \"" + source + "\"" + more + "}}", schema);
  }

  bool reads_files(const std::string &source)
  {
    return deck_of(source).section("mesh").has("file");
  }
}

class MeshSources : public testing::TestWithParam<std::string>
{
};
INSTANTIATE_TEST_SUITE_P(All, MeshSources, testing::ValuesIn(names()), [](const auto &info) { return info.param; });

TEST_P(MeshSources, MakesAMeshThatFitsItsTagsOrReadsAFile)
{
  const std::string source = GetParam();
  if (reads_files(source))
    GTEST_SKIP() << "reads a file";
  const Parameters deck = deck_of(source);
  EXPECT_TRUE(mesh_inputs(deck, {}).empty());
  const Anatomy anatomy = build_anatomy(deck, {});
  EXPECT_GT(anatomy.cells.size(), 0u);
  const auto regions = regions_of(deck);
  ASSERT_GE(regions.size(), anatomy.regions.size());
  for (std::size_t r = 0; r < anatomy.regions.size(); ++r)
    EXPECT_EQ(regions[r].name, anatomy.regions[r].name);
}

TEST_P(MeshSources, SaysWhichFileIsAbsent)
{
  const std::string source = GetParam();
  if (!reads_files(source))
    GTEST_SKIP() << "reads no file";
  const Parameters deck = deck_of(source, ", \"file\": \"nosuch.mesh\"");
  for (const bool reads : {false, true})
    try
      {
        if (reads)
          mesh_source_of(deck)->read({"/nowhere"});
        else
          mesh_inputs(deck, {"/nowhere"});
        ADD_FAILURE() << "accepted";
      }
    catch (const UserError &error)
      {
        EXPECT_NE(std::string(error.what()).find("/nowhere/nosuch.mesh"), std::string::npos) << error.what();
      }
  EXPECT_NE(mesh_source_of(deck)->where().find("mesh.file"), std::string::npos);
}
