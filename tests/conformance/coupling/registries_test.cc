// Every kind that registers itself, whatever it is: documented, fit to be created from its defaults' declarations, choosable by the
// deck, listed, explained, in the reference; and every file of its folder registers something.
#include "core/error.h"
#include "core/parameters/reference.h"
#include "core/registries.h"
#include "coupling/deck.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace vivicor;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace
{
  std::vector<std::string> kinds()
  {
    std::vector<std::string> names;
    for (const auto &registry : registries())
      names.push_back(registry.first);
    return names;
  }

  std::string text_of(const fs::path &file)
  {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
}

class Kinds : public testing::TestWithParam<std::string>
{
protected:
  const RegistryView &registry() const { return registries().at(GetParam()); }
};
INSTANTIATE_TEST_SUITE_P(All, Kinds, testing::ValuesIn(kinds()), [](const auto &info) { return info.param; });

TEST(Registries, KnowTheKindsThatTheProgramHas)
{
  for (const std::string kind : {"ionic_models", "materials", "active_tension", "circulation", "circulation_elements",
                                 "circulation_compartments", "pumps", "electrical_hearts", "mesh_sources", "observers"})
    EXPECT_TRUE(registries().contains(kind)) << kind;
}

TEST(Registries, AnUnknownKindIsAUsersErrorWithTheNearest)
{
  try
    {
      list_registry("material");
      FAIL();
    }
  catch (const UserError &error)
    {
      EXPECT_EQ(error.text.nearest, "materials");
    }
}

TEST_P(Kinds, AreDocumented)
{
  EXPECT_FALSE(registry().kind.doc.empty());
  EXPECT_FALSE(registry().entries().empty());
  for (const RegistryEntry &entry : registry().entries())
    {
      EXPECT_FALSE(entry.doc.empty()) << entry.name;
      EXPECT_FALSE(entry.source.empty()) << entry.name;
      EXPECT_EQ(entry.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"), std::string::npos) << entry.name;
    }
}

TEST_P(Kinds, DeclareEntriesWithDefaultsThatPass)
{
  for (const RegistryEntry &entry : registry().entries())
    {
      Schema schema;
      if (entry.declare)
        entry.declare(schema);
      for (const Entry &parameter : schema.entries())
        EXPECT_FALSE(parameter.doc.empty()) << entry.name << ": " << parameter.key;
      const auto required = schema.entries();
      if (std::any_of(required.begin(), required.end(), [](const Entry &parameter) { return parameter.required; }))
        continue;
      EXPECT_NO_THROW(parameters_from_json("{}", schema)) << entry.name;
    }
}

TEST_P(Kinds, CanBeChosenByTheDeck)
{
  std::set<std::string> names;
  for (const RegistryEntry &entry : registry().entries())
    names.insert(entry.name);
  const auto entries = deck_schema().entries();
  for (const std::string &key : registry().kind.keys)
    {
      const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry &entry) { return entry.key == key; });
      ASSERT_NE(found, entries.end()) << key;
      const std::set<std::string> choices(found->choices.begin(), found->choices.end());
      EXPECT_TRUE(std::includes(choices.begin(), choices.end(), names.begin(), names.end())) << key;
    }
}

TEST_P(Kinds, AreListedExplainedAndInTheReference)
{
  const std::string listed = list_registry(GetParam()), reference = registries_markdown();
  EXPECT_THAT(list_registries(), HasSubstr(listed));
  EXPECT_THAT(list_kinds(), HasSubstr(GetParam()));
  for (const RegistryEntry &entry : registry().entries())
    {
      EXPECT_THAT(listed, HasSubstr("  " + entry.name + " "));
      EXPECT_THAT(explain_registered(entry.name), HasSubstr(entry.doc));
      EXPECT_THAT(reference, HasSubstr("| `" + entry.name + "` |"));
    }
}

// A file that is not linked, or not found by the build, registers nothing: none of the names that it writes is in the list.
TEST_P(Kinds, EveryFileOfTheFolderRegisters)
{
  const fs::path folder = fs::path(VIVICOR_SOURCE) / registry().kind.folder;
  ASSERT_TRUE(fs::is_directory(folder)) << folder;
  const auto entries = registry().entries();
  unsigned files = 0;
  for (const auto &file : fs::directory_iterator(folder))
    {
      const std::string text = text_of(file.path());
      if (file.path().extension() != ".cc" || text.find("Register<") == std::string::npos)
        continue;
      ++files;
      const auto is_written = [&](const RegistryEntry &entry) {
        if (text.find("\"" + entry.name + "\"") != std::string::npos)
          return true;
        // Variants are named after a common stem: "tentusscher_panfilov_2006_" + layer.
        const auto last = entry.name.rfind('_');
        return last != std::string::npos && text.find("\"" + entry.name.substr(0, last + 1) + "\"") != std::string::npos;
      };
      EXPECT_TRUE(std::any_of(entries.begin(), entries.end(), is_written)) << file.path() << " registers nothing in the program";
    }
  EXPECT_GT(files, 0u) << folder;
}
