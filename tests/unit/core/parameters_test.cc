// What decks give, and that every fault in them is told with what, where, why and the nearest valid choice.
#include "tests/unit/core/sample_deck.h"

#include <limits>

using namespace vivicor;
using namespace vivicor::test;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Parameters, an_empty_deck_has_the_defaults)
{
  const Parameters deck = from("{}");
  EXPECT_EQ(deck.text("case"), "sample");
  EXPECT_EQ(deck.text("mesh.file"), "heart.vtu");
  EXPECT_EQ(deck.integer("mesh.refinement"), 1);
  EXPECT_DOUBLE_EQ(deck.section("mesh").quantity("edge"), 4.0);
  EXPECT_THAT(deck.list("mesh.walls"), ElementsAre("LV", "RV"));
  EXPECT_THAT(deck.integers("mesh.tags"), ElementsAre(1, 2));
  EXPECT_THAT(deck.quantities("time.outputs"), ElementsAre(0.0, 500.0));
  EXPECT_TRUE(deck.flag("time.adaptive"));
  EXPECT_THAT(deck.names("materials"), IsEmpty());
  EXPECT_EQ(deck.where("mesh.edge"), "default (mesh.edge)");
}

TEST(Parameters, a_scaled_copy_leaves_the_deck_alone)
{
  const Parameters time = from(R"({"time": {"damping": 0.5}})").section("time");
  const Parameters half = time.scaled("damping", 0.5);
  EXPECT_DOUBLE_EQ(half.quantity("damping"), 0.25);
  EXPECT_DOUBLE_EQ(time.quantity("damping"), 0.5);
  EXPECT_THAT(half.resolved_json(), HasSubstr("0.25"));
  EXPECT_EQ(half.where("damping"), time.where("damping"));
  EXPECT_DOUBLE_EQ(half.quantity("step"), time.quantity("step"));
  const Parameters shorter = time.scaled("step", 0.5); // has a unit
  EXPECT_DOUBLE_EQ(shorter.quantity("step"), 0.5 * time.quantity("step"));
  EXPECT_NE(shorter.resolved_json(), time.resolved_json());
}

TEST(Parameters, values_are_converted_to_internal_units)
{
  const Parameters deck = from(R"({"mesh": {"edge": "0.6 cm", "walls": [], "tags": [7]}, // a comment
    "time": {"step": "0.001 s", "outputs": ["1 s", "2 ms"], "damping": "25 %",
    "adaptive": false, "scheme": "midpoint"} /* another */ })");
  EXPECT_DOUBLE_EQ(deck.quantity("mesh.edge"), 6.0);
  EXPECT_THAT(deck.list("mesh.walls"), IsEmpty());
  EXPECT_DOUBLE_EQ(deck.quantity("time.step"), 1.0);
  EXPECT_THAT(deck.quantities("time.outputs"), ElementsAre(1000.0, 2.0));
  EXPECT_DOUBLE_EQ(deck.quantity("time.damping"), 0.25);
  EXPECT_DOUBLE_EQ(from(R"({"time": {"damping": 0.75}})").quantity("time.damping"), 0.75);
  EXPECT_FALSE(deck.flag("time.adaptive"));
  EXPECT_EQ(deck.text("time.scheme"), "midpoint");
}

TEST(Parameters, items_keep_their_order_and_have_their_models_parameters)
{
  const Parameters materials = from(
                                 R"({"materials": {"wall": {"passive": "guccione", "b_f": 20},
    "atria": {"C": "2 kPa"}, "ring": {"passive": "rigid"}}})")
                                 .section("materials");
  const Parameters root = from(R"({"materials": {"wall": {}}})");
  EXPECT_THAT(from(R"({"materials": {"z": {}, "a": {}}})").names("materials"), ElementsAre("z", "a"));
  EXPECT_DOUBLE_EQ(materials.quantity("wall.b_f"), 20.0);
  EXPECT_DOUBLE_EQ(materials.quantity("wall.C"), 0.9);
  EXPECT_DOUBLE_EQ(materials.quantity("atria.C"), 2.0);
  EXPECT_DOUBLE_EQ(materials.quantity("atria.b_ff"), 8.0);
  EXPECT_FALSE(materials.has("ring.C"));
  EXPECT_TRUE(root.has("materials.wall"));
  EXPECT_FALSE(root.has("materials.septum"));
}

TEST(Parameters, where_names_file_line_and_full_key)
{
  const Parameters deck = from("{\n  \"mesh\": {\n    \"edge\":\n      \"3 mm\",\n    \"refinement\": 2\n  }\n}");
  EXPECT_EQ(deck.where("mesh.edge"), "json:3 (mesh.edge)");
  EXPECT_EQ(deck.section("mesh").where("refinement"), "json:5 (mesh.refinement)");
}

TEST(Parameters, a_missing_item_is_the_users_fault_a_missing_declaration_the_programs)
{
  const Parameters deck = from(R"({"materials": {"wall": {}}})");
  const ErrorText text = error_of([&] { deck.section("materials").section("wal"); });
  EXPECT_THAT(text.what, HasSubstr("materials.wal"));
  EXPECT_EQ(text.nearest, "wall");
  EXPECT_THAT(text.where, HasSubstr("json:1"));
  EXPECT_THROW(deck.quantity("mesh.length"), std::logic_error);
  EXPECT_THROW(deck.quantity("mesh.refinement"), std::logic_error) << "an integer is no quantity";
}

TEST(ParameterErrors, syntax_with_line_and_column)
{
  const ErrorText text = error_in("{\n  \"mesh\": {\n    \"edge\": 3 mm\n  }\n}");
  EXPECT_THAT(text.where, testing::StartsWith("json:3:"));
  EXPECT_THAT(text.why, HasSubstr("syntax error"));
  EXPECT_EQ(error_in("{\"mesh\": }").where, "json:1:10");
  EXPECT_THAT(error_in("{\"mesh\": {}").where, testing::StartsWith("json:1:"));
  EXPECT_THAT(error_in("{\"a\": NaN}").why, HasSubstr("invalid literal"));
  EXPECT_THAT(error_in("[1]").what, HasSubstr("a list"));
  EXPECT_THAT(error_in("").where, HasSubstr("json:1:1"));
}

TEST(ParameterErrors, unknown_key)
{
  const ErrorText text = error_in("{\n\"mesh\": {\"refinment\": 2}}");
  EXPECT_THAT(text.what, HasSubstr("unknown key 'mesh.refinment'"));
  EXPECT_EQ(text.where, "json:2 (mesh.refinment)");
  EXPECT_THAT(text.why, HasSubstr("valid: file, refinement, edge, walls, tags"));
  EXPECT_EQ(text.nearest, "mesh.refinement");
  EXPECT_THAT(text.mend, HasSubstr("vivicor explain mesh"));
}

TEST(ParameterErrors, unknown_key_that_exists_elsewhere)
{
  EXPECT_THAT(error_in(R"({"mesh": {"step": "2 ms"}})").why, HasSubstr("it exists as time.step"));
  EXPECT_THAT(error_in(R"({"C": "2 kPa"})").why, HasSubstr("it exists as materials.*.C"));
}

TEST(ParameterErrors, parameter_of_another_model)
{
  const ErrorText text = error_in(R"({"materials": {"wall": {"passive": "guccione", "b_ff": 3}}})");
  EXPECT_THAT(text.what, HasSubstr("materials.wall.b_ff"));
  EXPECT_THAT(text.why, AllOf(HasSubstr("passive = usyk"), HasSubstr("guccione")));
  EXPECT_EQ(text.nearest, "materials.wall.b_f");
  EXPECT_THAT(error_in(R"({"materials": {"wall": {"b_f": 3}}})").why, HasSubstr("here it is usyk"));
}

TEST(ParameterErrors, unknown_model_and_choice)
{
  const ErrorText text = error_in(R"({"materials": {"wall": {"passive": "gucione"}}})");
  EXPECT_EQ(text.nearest, "guccione");
  EXPECT_EQ(text.where, "json:1 (materials.wall.passive)");
  EXPECT_THAT(text.why, HasSubstr("guccione, rigid, usyk"));
  EXPECT_EQ(error_in(R"({"time": {"scheme": "midpont"}})").nearest, "midpoint");
}

TEST(ParameterErrors, wrong_dimension)
{
  const ErrorText text = error_in(R"({"mesh": {"edge": "12 mmHg"}})");
  EXPECT_THAT(text.what, AllOf(HasSubstr("mesh.edge"), HasSubstr("12 mmHg")));
  EXPECT_THAT(text.why, AllOf(HasSubstr("is a pressure"), HasSubstr("is a length")));
  EXPECT_THAT(text.nearest, HasSubstr("mm, cm, m, um"));
  EXPECT_THAT(error_in(R"({"time": {"damping": "2 mm"}})").why, HasSubstr("dimensionless"));
}

TEST(ParameterErrors, missing_unit)
{
  for (const std::string value : {"4", "\"4\"", "4.5", "0"})
    {
      const ErrorText text = error_in("{\"mesh\": {\"edge\": " + value + "}}");
      EXPECT_THAT(text.what, HasSubstr("has no unit"));
      EXPECT_THAT(text.mend, HasSubstr(" mm\""));
    }
}

TEST(ParameterErrors, unknown_unit)
{
  const ErrorText text = error_in(R"({"mesh": {"edge": "12 milimeter"}})");
  EXPECT_THAT(text.what, AllOf(HasSubstr("milimeter"), HasSubstr("12 milimeter")));
  EXPECT_EQ(text.where, "json:1 (mesh.edge)");
  EXPECT_EQ(error_in(R"({"mesh": {"edge": "12 MM"}})").nearest, "mm");
}

TEST(ParameterErrors, range_is_quoted_in_the_entrys_unit)
{
  const ErrorText text = error_in(R"({"mesh": {"edge": "3 cm"}})");
  EXPECT_THAT(text.what, AllOf(HasSubstr("3 cm"), HasSubstr("out of range")));
  EXPECT_THAT(text.why, HasSubstr("from 0.5 to 20 mm"));
  EXPECT_EQ(text.nearest, "20 mm");
  EXPECT_EQ(error_in(R"({"mesh": {"edge": "0.1 mm"}})").nearest, "0.5 mm");
  EXPECT_EQ(error_in(R"({"mesh": {"refinement": 4}})").nearest, "3");
  EXPECT_EQ(error_in(R"({"mesh": {"refinement": -1}})").nearest, "0");
  EXPECT_DOUBLE_EQ(from(R"({"mesh": {"edge": "2 cm"}})").quantity("mesh.edge"), 20.0) << "the ends belong to the range";
}

TEST(ParameterErrors, numbers_that_are_not_finite)
{
  for (const std::string value : {"\"nan mm\"", "\"inf mm\"", "\"-inf mm\"", "\"1e999 mm\"", "1e999"})
    EXPECT_THAT(error_in("{\"mesh\": {\"edge\": " + value + "}}").what, testing::Not(IsEmpty())) << value;
  EXPECT_THAT(error_in(R"({"mesh": {"edge": "nan mm"}})").what, HasSubstr("not a finite number"));
  EXPECT_THAT(error_in(R"({"mesh": {"edge": 1e999}})").why, HasSubstr("overflow"));
}

TEST(ParameterErrors, duplicate_key_with_both_lines)
{
  const ErrorText text = error_in("{\"mesh\": {\n\"refinement\": 1,\n\"refinement\": 2}}");
  EXPECT_THAT(text.what, HasSubstr("duplicate key 'refinement'"));
  EXPECT_EQ(text.where, "json:3");
  EXPECT_THAT(text.why, HasSubstr("json:2"));
}

TEST(ParameterErrors, wrong_types)
{
  EXPECT_THAT(error_in(R"({"mesh": 3})").why, HasSubstr("must be an object"));
  EXPECT_THAT(error_in(R"({"materials": []})").why, HasSubstr("must be an object"));
  EXPECT_THAT(error_in(R"({"mesh": {"refinement": 1.5}})").why, HasSubstr("must be an integer"));
  EXPECT_THAT(error_in(R"({"mesh": {"refinement": "1"}})").why, HasSubstr("must be an integer"));
  EXPECT_THAT(error_in(R"({"mesh": {"walls": "LV"}})").why, HasSubstr("must be a list"));
  EXPECT_THAT(error_in(R"({"mesh": {"walls": [1]}})").why, HasSubstr("must be a text"));
  EXPECT_THAT(error_in(R"({"mesh": {"tags": [1, "a"]}})").why, HasSubstr("must be an integer"));
  EXPECT_THAT(error_in(R"({"time": {"adaptive": "yes"}})").why, HasSubstr("must be true or false"));
  EXPECT_THAT(error_in(R"({"time": {"outputs": [1]}})").what, HasSubstr("has no unit"));
  EXPECT_THAT(error_in(R"({"mesh": {"edge": ["1 mm"]}})").why, HasSubstr("must be a value with unit"));
  EXPECT_THAT(error_in(R"({"case": null})").mend, HasSubstr("default"));
  EXPECT_THAT(error_in(R"({"materials": {"a.b": {}}})").what, HasSubstr("cannot be a name"));
  EXPECT_THAT(error_in(R"({"mesh": {"refinement": 99999999999999999999}})").what, HasSubstr("too large for an integer"));
}

TEST(ParameterErrors, missing_required_key)
{
  Schema schema;
  Schema inlet = schema.items("inlets", "Inlets.");
  inlet.quantity("radius", "mm", 0, 10, "Radius of the inlet.");
  const ErrorText text = error_of([&] { parameters_from_json("{\n\"inlets\": {\n\"a\": {}}}", schema); });
  EXPECT_THAT(text.what, HasSubstr("missing key 'inlets.a.radius'"));
  EXPECT_EQ(text.where, "json:3");
  EXPECT_EQ(text.why, "Radius of the inlet.");
  EXPECT_THAT(text.nearest, HasSubstr("length"));
}

TEST(Schema, refuses_the_same_key_twice)
{
  Schema schema;
  schema.flag("a", true, "");
  EXPECT_THROW(schema.text("a", "", ""), std::logic_error);
  EXPECT_THROW(schema.select("m", "x", {{"x", [](Schema &s) { s.flag("a", true, ""); }}}, ""), std::logic_error);
  schema.select("m", "x", {{"x", [](Schema &s) { s.flag("b", true, ""); }}}, "");
  EXPECT_THROW(schema.flag("b", true, ""), std::logic_error);
  EXPECT_THROW(schema.flag("a.b", true, ""), std::logic_error);
}

TEST(Schema, lists_its_entries_in_order)
{
  const auto entries = sample_schema().entries();
  ASSERT_EQ(entries.size(), 17u);
  EXPECT_EQ(entries[0].key, "case");
  EXPECT_EQ(entries[3].key, "mesh.edge");
  EXPECT_EQ(entries[3].unit, "mm");
  EXPECT_DOUBLE_EQ(entries[3].max, 20);
  EXPECT_EQ(entries[11].key, "materials.*.passive");
  EXPECT_THAT(entries[11].choices, ElementsAre("guccione", "rigid", "usyk"));
  EXPECT_EQ(entries[14].key, "materials.*.C");
  EXPECT_EQ(entries[14].only_with, "passive = usyk");
}

TEST(ResolvedDeck, gives_the_same_tree_again)
{
  const Parameters deck = from(
    R"({"mesh": {"edge": "0.37 cm", "walls": []}, "time": {"damping": "30 %", "outputs": ["0.1 s"], "step": "0.7 ms"},
    "materials": {"z": {"passive": "guccione", "C": "7.1 mmHg"}, "a": {"b_ff": 3}}})");
  const std::string resolved = deck.resolved_json();
  const Parameters again = from(resolved);
  EXPECT_EQ(again.resolved_json(), resolved);
  EXPECT_EQ(again.quantity("mesh.edge"), deck.quantity("mesh.edge"));
  EXPECT_EQ(again.quantity("time.damping"), deck.quantity("time.damping"));
  EXPECT_EQ(again.quantity("materials.z.C"), deck.quantity("materials.z.C"));
  EXPECT_THAT(again.names("materials"), ElementsAre("z", "a"));
  EXPECT_THAT(resolved, AllOf(HasSubstr("\"0.37 cm\""), HasSubstr("\"refinement\": 1"), HasSubstr("\"b_f\": 18")));
  EXPECT_EQ(again.where("mesh.refinement").substr(0, 5), "json:");
}

// Whatever is cut off or flipped in a deck, the answer is a tree or a UserError.
TEST(ParameterErrors, damaged_decks)
{
  const std::string whole = R"({"mesh": {"edge": "5 mm", "walls": ["LV"], "tags": [1, 2]}, /* a */
    "time": {"damping": 2.5e-1, "adaptive": true},
    "materials": {"a": {"passive": "guccione"}}})";
  ASSERT_NO_THROW(from(whole));
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_THROW(from(whole.substr(0, length)), UserError) << length;
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const char letter : {'\0', '"', '{', ']', ',', '9', '\xff', '\n', '\\', '/'})
      {
        std::string damaged = whole;
        damaged[at] = letter;
        try
          {
            from(damaged);
          }
        catch (const UserError &error)
          {
            EXPECT_THAT(error.text.where, testing::StartsWith("json:"));
          }
      }
}

TEST(ParameterErrors, endless_nesting)
{
  EXPECT_THAT(error_in("{\"mesh\": " + std::string(1'000'000, '[')).what, HasSubstr("nested too deeply"));
}
