// Which changes of a deck make another run of it.
#include "coupling/deck.h"
#include "coupling/folder/deck_differences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
