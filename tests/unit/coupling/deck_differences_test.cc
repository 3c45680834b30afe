// Which changes of a deck make another run of it.
#include "coupling/deck.h"
#include "coupling/folder/deck_differences.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

using namespace vivicor;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Json = nlohmann::ordered_json;

namespace
{
  const Json deck = Json::parse(R"({"case": "a", "time": {"end": "0 ms", "cycle_length": "800 ms"}, "output": {"fields_every": "20 ms"},
    "mechanics": {"viscosity": "100 Pa s", "solver": {"tolerance": 0.001}}, "list": [1, 2]})");

  Json with(const std::string &pointer, const Json &value)
  {
    Json changed = deck;
    changed[Json::json_pointer(pointer)] = value;
    return changed;
  }
}

TEST(DeckDifferences, NoneOfADeckToItself)
{
  EXPECT_THAT(deck_differences(deck, deck).grave, IsEmpty());
  EXPECT_THAT(deck_differences(deck, deck).light, IsEmpty());
}

TEST(DeckDifferences, PhysicsIsGrave)
{
  EXPECT_THAT(deck_differences(deck, with("/mechanics/viscosity", "50 Pa s")).grave,
              ElementsAre("mechanics.viscosity (100 Pa s -> 50 Pa s)"));
  EXPECT_THAT(deck_differences(deck, with("/list", Json{1, 3})).grave, ElementsAre("list ([1,2] -> [1,3])"));
  EXPECT_THAT(deck_differences(deck, with("/stimuli", {{"pacing", {{"duration", "2 ms"}}}})).grave,
              ElementsAre("stimuli.pacing.duration (absent -> 2 ms)"));
}

TEST(DeckDifferences, TheEndTheOutputAndTheSolverAreLight)
{
  for (const std::string pointer : {"/time/end", "/output/fields_every", "/mechanics/solver/tolerance", "/case"})
    {
      const auto differences = deck_differences(deck, with(pointer, "7"));
      EXPECT_THAT(differences.grave, IsEmpty()) << pointer;
      EXPECT_EQ(differences.light.size(), 1u) << pointer;
    }
  EXPECT_EQ(deck_differences(deck, with("/time/cycle_length", "900 ms")).light.size(), 0u);
}

TEST(DeckDifferences, ManyAreCounted)
{
  EXPECT_EQ(in_words({"a", "b", "c", "d", "e", "f", "g", "h"}), "a, b, c, d, e, f and 2 more");
}

namespace
{
  const Json spelled = Json::parse(R"({"time": {"mechanics_step": "10 ms", "cycle_length": "0.8 s"}, "mesh": {"file": "heart.vtu"},
    "mechanics": {"factor": 1, "share": 0.05, "flag": true, "of": ["LV", "RV"]}, "stimuli": {"a": {"points": ["1 mm", "20 mm"]},
    "b": {"rate": "75 bpm", "resistance": "1 mmHg s/mL"}}})");

  Json respelled(const std::string &pointer, const Json &value)
  {
    Json changed = spelled;
    changed[Json::json_pointer(pointer)] = value;
    return changed;
  }
}

TEST(DeckDifferences, TheSameValueInAnotherSpellingIsNone)
{
  const std::vector<std::pair<std::string, Json>> same{{"/time/mechanics_step", "0.01 s"},
                                                       {"/time/mechanics_step", "10ms"},
                                                       {"/time/mechanics_step", "1e1 ms"},
                                                       {"/time/mechanics_step", "+10.0  ms"},
                                                       {"/time/mechanics_step", "10000 us"},
                                                       {"/time/cycle_length", "800 ms"},
                                                       {"/mechanics/factor", 1.0},
                                                       {"/mechanics/share", 0.0500},
                                                       {"/stimuli/a/points", {"0.1 cm", "0.02 m"}},
                                                       {"/stimuli/b/rate", "1.25 Hz"},
                                                       {"/stimuli/b/resistance", "0.133322387415 kPa s/mL"},
                                                       {"/mesh/file", "./heart.vtu"},
                                                       {"/mesh/file", "../x/../heart.vtu"}};
  for (const auto &[pointer, value] : same)
    {
      const bool folder = value == "../x/../heart.vtu"; // not the same without looking
      const auto differences = deck_differences(spelled, respelled(pointer, value));
      EXPECT_EQ(differences.grave.size(), folder ? 1u : 0u) << pointer << " " << value;
      EXPECT_EQ(fingerprint(spelled) == fingerprint(respelled(pointer, value)), !folder) << pointer << " " << value;
    }
}

TEST(DeckDifferences, AnotherValueIsOneHoweverNear)
{
  const std::vector<std::pair<std::string, Json>> other{{"/time/mechanics_step", "10.000001 ms"},
                                                        {"/time/mechanics_step", "10 s"},
                                                        {"/mechanics/factor", 1.0000001},
                                                        {"/mechanics/factor", "1"},
                                                        {"/mechanics/flag", false},
                                                        {"/mechanics/of", {"RV", "LV"}},
                                                        {"/stimuli/a/points", {"1 mm"}},
                                                        {"/mesh/file", "other/heart.vtu"},
                                                        {"/stimuli/b/rate", "75 1/s"},
                                                        {"/mechanics/seed", 12345678901234567}};
  for (const auto &[pointer, value] : other)
    {
      EXPECT_EQ(deck_differences(spelled, respelled(pointer, value)).grave.size(), 1u) << pointer << " " << value;
      EXPECT_NE(fingerprint(spelled), fingerprint(respelled(pointer, value))) << pointer << " " << value;
    }
  EXPECT_THAT(deck_differences(respelled("/a", 12345678901234567), respelled("/a", 12345678901234568)).grave.size(), 1u);
}

TEST(DeckDifferences, TheOrderOfKeysIsNone)
{
  const Json a = Json::parse(R"({"x": {"one": 1, "two": "2 ms"}, "y": 3})"), b = Json::parse(R"({"y": 3, "x": {"two": "2 ms", "one": 1}})");
  EXPECT_THAT(deck_differences(a, b).grave, IsEmpty());
  EXPECT_EQ(fingerprint(a), fingerprint(b));
}

TEST(DeckDifferences, AFileIsTheSameUnderEveryName)
{
  const vivicor::testing::TemporaryFolder folder;
  std::ofstream(folder / "heart.vtu") << "mesh";
  std::ofstream(folder / "other.vtu") << "mesh";
  std::filesystem::create_symlink(folder / "heart.vtu", folder / "link.vtu");
  const std::vector<std::string> folders{"/nowhere", folder.path.string()};
  for (const std::string &name : {folder / "heart.vtu", std::string("./heart.vtu"), std::string("link.vtu")})
    EXPECT_THAT(deck_differences(spelled, respelled("/mesh/file", name), folders).grave, IsEmpty()) << name;
  EXPECT_EQ(deck_differences(spelled, respelled("/mesh/file", "other.vtu"), folders).grave.size(), 1u);
}

// What any deck is resolved to, read again from other spellings.
TEST(DeckDifferences, OfTheWholeDeckReadFromOtherSpellings)
{
  const auto resolved = [](const std::string &json) { return Json::parse(parameters_from_json(json, deck_schema()).resolved_json()); };
  const Json plain = resolved(R"({"time": {"mechanics_step": "2 ms", "cycle_length": "800 ms"}, "mechanics": {"viscosity": "100 Pa s"},
    "electrophysiology": {"mass_lumping": 1, "stimuli": {"a": {"radius": "5 mm"}, "b": {"shape": "box", "edges": ["1 mm", "2 mm", "3 mm"]}}}})");
  const Json other = resolved(R"({"mechanics": {"viscosity": "0.1 kPa s"}, "time": {"cycle_length": "0.8 s", "mechanics_step": "0.002 s"},
    "electrophysiology": {"stimuli": {"b": {"edges": ["0.1 cm", "0.2 cm", "0.3 cm"], "shape": "box"}, "a": {"radius": "5000 um"}}, "mass_lumping": 1.0}})");
  EXPECT_THAT(deck_differences(plain, other).grave, IsEmpty());
  EXPECT_EQ(fingerprint(plain), fingerprint(other));
}
