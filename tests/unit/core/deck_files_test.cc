// Decks in files: base decks, settings, .prm.
#include "core/parameters/file_places.h"
#include "core/parameters/reference.h"
#include "tests/unit/core/sample_deck.h"

using namespace vivicor;
using namespace vivicor::test;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

namespace
{
  struct DeckFiles : testing::Test
  {
    TestFolder folder;
    Parameters read(const std::string &file, const std::vector<std::string> &settings = {})
    {
      return read_deck(file, sample_schema(), settings).parameters;
    }
    ErrorText error(const std::string &file, const std::vector<std::string> &settings = {})
    {
      return error_of([&] { read(file, settings); });
    }
  };
}

TEST_F(DeckFiles, tells_its_file_and_folder)
{
  const Deck deck = read_deck(folder.write("a.json", "{}"), sample_schema());
  EXPECT_EQ(deck.file, folder.file("a.json"));
  EXPECT_EQ(deck.folder, folder.path.string());
}

TEST_F(DeckFiles, a_missing_file_names_its_nearest)
{
  folder.write("heart.json", "{}");
  const ErrorText text = error(folder.file("hart.json"));
  EXPECT_THAT(text.what, HasSubstr("hart.json"));
  EXPECT_THAT(text.why, HasSubstr("No such file"));
  EXPECT_EQ(text.nearest, folder.file("heart.json"));
}

TEST_F(DeckFiles, base_is_overridden_deeply)
{
  const std::string base = folder.write(
    "bases/base.json", "{\n\"mesh\": {\"edge\": \"5 mm\",\n\"refinement\": 2},\n\"materials\": {\"a\": {\"C\": \"3 kPa\"}}}");
  const std::string child = folder.write(
    "child.json", R"({"base": "bases/base.json", "mesh": {"edge": "6 mm"}, "materials": {"b": {}, "a": {"b_ff": 2}}})");
  const Parameters deck = read(child);
  EXPECT_DOUBLE_EQ(deck.quantity("mesh.edge"), 6);
  EXPECT_EQ(deck.integer("mesh.refinement"), 2);
  EXPECT_DOUBLE_EQ(deck.quantity("materials.a.C"), 3);
  EXPECT_DOUBLE_EQ(deck.quantity("materials.a.b_ff"), 2);
  EXPECT_THAT(deck.names("materials"), ElementsAre("a", "b"));
  EXPECT_EQ(deck.where("mesh.edge"), child + ":1 (mesh.edge)");
  EXPECT_EQ(deck.where("mesh.refinement"), base + ":3 (mesh.refinement)");
}

TEST_F(DeckFiles, an_error_in_the_base_points_to_it)
{
  const std::string base = folder.write("base.json", "{\n\"mesh\": {\"edge\": \"5 kPa\"}}");
  const std::string child = folder.write("child.json", R"({"base": "base.json"})");
  EXPECT_EQ(error(child).where, base + ":2 (mesh.edge)");
}

TEST_F(DeckFiles, a_new_model_drops_the_bases_parameters_of_the_old)
{
  folder.write("base.json", R"({"materials": {"a": {"passive": "usyk", "C": "3 kPa", "b_ff": 5}}})");
  const Parameters deck = read(folder.write("child.json", R"({"base": "base.json", "materials": {"a": {"passive": "guccione"}}})"));
  EXPECT_DOUBLE_EQ(deck.quantity("materials.a.C"), 3) << "valid for both models";
  EXPECT_FALSE(deck.has("materials.a.b_ff"));
  // In one deck, and for keys of no model, it stays an error.
  const std::string wrong = folder.write("wrong.json", R"({"base": "base.json", "materials": {"a": {"passive": "guccione", "b_ff": 4}}})");
  EXPECT_THAT(error(wrong).what, HasSubstr("b_ff"));
  folder.write("typo.json", R"({"materials": {"a": {"passive": "usyk", "b_gg": 5}}})");
  EXPECT_THAT(error(folder.write("over.json", R"({"base": "typo.json", "materials": {"a": {"passive": "guccione"}}})")).what,
              HasSubstr("b_gg"));
}

TEST_F(DeckFiles, settings_can_change_the_model_too)
{
  const std::string deck = folder.write("a.json", R"({"materials": {"a": {"b_ff": 5}}})");
  EXPECT_DOUBLE_EQ(read(deck, {"materials.a.passive=guccione", "materials.a.b_f=3"}).quantity("materials.a.b_f"), 3);
  EXPECT_THAT(error(deck, {"materials.a.b_ff=2", "materials.a.passive=guccione"}).where, HasSubstr("--set")) << "both in one layer";
}

TEST_F(DeckFiles, bases_in_a_circle)
{
  folder.write("a.json", R"({"base": "b.json"})");
  folder.write("b.json", "{\n\"base\": \"a.json\"}");
  const ErrorText text = error(folder.file("a.json"));
  EXPECT_THAT(text.what, HasSubstr("each other"));
  EXPECT_EQ(text.where, folder.file("b.json") + ":2 (base)");
  EXPECT_THAT(error(folder.write("c.json", R"({"base": "c.json"})")).what, HasSubstr("each other"));
}

TEST_F(DeckFiles, a_base_that_is_not_there)
{
  const ErrorText text = error(folder.write("a.json", R"({"base": "none.json"})"));
  EXPECT_THAT(text.what, HasSubstr("none.json"));
  EXPECT_EQ(text.where, folder.file("a.json") + ":1 (base)");
  EXPECT_THAT(error(folder.write("b.json", R"({"base": 3})")).what, HasSubstr("'base' is an integer"));
}

TEST_F(DeckFiles, settings_override)
{
  const std::string file = folder.write("a.json", R"({"mesh": {"edge": "5 mm"}})");
  const Parameters deck = read(file, {"mesh.edge=6 mm", "mesh.edge = 7 mm", "mesh.refinement=2", "mesh.walls=[\"LA\"]", "mesh.tags=4, 5",
                                      "time.adaptive=false", "case=12", "materials.new.C=1 kPa", "time.damping=30 %"});
  EXPECT_DOUBLE_EQ(deck.quantity("mesh.edge"), 7);
  EXPECT_EQ(deck.integer("mesh.refinement"), 2);
  EXPECT_THAT(deck.list("mesh.walls"), ElementsAre("LA"));
  EXPECT_THAT(deck.integers("mesh.tags"), ElementsAre(4, 5));
  EXPECT_THAT(read(file, {"mesh.walls=[LA, RA]"}).list("mesh.walls"), ElementsAre("LA", "RA"));
  EXPECT_EQ(read(file, {"case=[1"}).text("case"), "[1");
  EXPECT_FALSE(deck.flag("time.adaptive"));
  EXPECT_EQ(deck.text("case"), "12");
  EXPECT_DOUBLE_EQ(deck.quantity("materials.new.C"), 1);
  EXPECT_EQ(deck.where("mesh.edge"), "--set (mesh.edge)");
  EXPECT_EQ(deck.where("mesh"), file + ":1 (mesh)");
}

TEST_F(DeckFiles, wrong_settings)
{
  const std::string file = folder.write("a.json", "{}");
  EXPECT_EQ(error(file, {"mesh.egde=5 mm"}).nearest, "mesh.edge");
  EXPECT_EQ(error(file, {"mesh.egde=5 mm"}).where, "--set (mesh.egde)");
  EXPECT_EQ(error(file, {"msh.edge=5 mm"}).nearest, "mesh");
  EXPECT_THAT(error(file, {"mesh.edge"}).mend, HasSubstr("key=value"));
  EXPECT_THAT(error(file, {"mesh=5"}).why, HasSubstr("object"));
  EXPECT_THAT(error(file, {"mesh.edge.x=5"}).why, HasSubstr("must be a value with unit"));
  EXPECT_THAT(error(file, {"mesh.walls=[LV"}).why, HasSubstr("bracket"));
  EXPECT_THAT(error(file, {"mesh.tags=1, b"}).why, HasSubstr("integer"));
  EXPECT_THAT(error(file, {"case=\xff"}).what, HasSubstr("UTF-8"));
}

TEST_F(DeckFiles, prm_gives_the_same_as_json)
{
  const std::string prm = folder.write("a.prm", R"(# a deal.II-style deck
set case = my case   # a comment
subsection mesh
  set edge = 0.6 \
             cm
  set refinement = 2
  set walls = LV, LA
  set tags = 3, 4
  set file = a/b.vtu
end
subsection time
  set outputs = 1 ms, 2 s
  set adaptive = no
  set damping = 0.25
end
subsection materials
  subsection wall
    set passive = guccione
    set b_f = 20
  end
end
)");
  const std::string json = folder.write("a.json", R"({"case": "my case",
    "mesh": {"edge": "0.6 cm", "refinement": 2, "walls": ["LV", "LA"], "tags": [3, 4], "file": "a/b.vtu"},
    "time": {"outputs": ["1 ms", "2 s"], "adaptive": false, "damping": 0.25},
    "materials": {"wall": {"passive": "guccione", "b_f": 20}}})");
  EXPECT_EQ(read(prm).resolved_json(), read(json).resolved_json());
  EXPECT_EQ(read(prm).where("mesh.refinement"), prm + ":6 (mesh.refinement)");
  EXPECT_EQ(read(prm).where("mesh.edge"), prm + ":4 (mesh.edge)");
  EXPECT_EQ(read(folder.write("child.prm", "set base = a.json\n")).resolved_json(), read(json).resolved_json());
}

TEST_F(DeckFiles, wrong_prm)
{
  const auto place = [&](unsigned line) { return folder.file("a.prm") + ":" + std::to_string(line); };
  EXPECT_EQ(error(folder.write("a.prm", "subsection mesh\nset edge 5 mm\nend\n")).where, place(2));
  EXPECT_THAT(error(folder.write("a.prm", "subsection mesh\n\n")).why, HasSubstr(place(1)));
  EXPECT_EQ(error(folder.write("a.prm", "\nend\n")).where, place(2));
  EXPECT_EQ(error(folder.write("a.prm", "put a = b\n")).where, place(1));
  const ErrorText twice = error(folder.write("a.prm", "set case = a\nset case = b\n"));
  EXPECT_EQ(twice.where, place(2));
  EXPECT_THAT(twice.why, HasSubstr(place(1)));
  EXPECT_THAT(error(folder.write("a.prm", "subsection mesh\nset egde = 5 mm\nend")).where, HasSubstr(place(2)));
}

// Excel and Notepad put a mark before UTF-8, and other systems end lines otherwise.
TEST_F(DeckFiles, byte_order_marks_and_line_ends_do_not_matter)
{
  const std::string mark = "\xef\xbb\xbf", prm = "set case = my case\nsubsection mesh\n set edge = 0.6 \\\n cm\nend\n",
                    json = "{\n// a comment\n\"case\": \"my case\",\n\"mesh\": {\"edge\": \"0.6 cm\"}}\n";
  const auto with_ends = [](const std::string &text, const std::string &end) {
    std::string result;
    for (const char c : text)
      result += c == '\n' ? end : std::string(1, c);
    return result;
  };
  for (const std::string &before : {std::string(), mark})
    for (const std::string end : {"\n", "\r\n", "\r"})
      for (const auto &[name, text] : {std::pair{"a.prm", prm}, {"a.json", json}})
        {
          const Parameters deck = read(folder.write(name, before + with_ends(text, end)));
          EXPECT_EQ(deck.text("case"), "my case") << name;
          EXPECT_DOUBLE_EQ(deck.quantity("mesh.edge"), 6) << name;
          EXPECT_THAT(deck.where("mesh.edge"), HasSubstr(std::string(name) + (name == std::string("a.prm") ? ":3" : ":4")));
        }
  EXPECT_THAT(error(folder.write("wide.json", std::string("\xff\xfe{\0}\0", 6))).what, HasSubstr("UTF-16"));
  EXPECT_EQ(read(folder.write("child.json", mark + R"({"base": "a.prm"})")).text("case"), "my case") << "base decks too";
}

// A link to a deck: its base lies beside the link or beside the deck.
TEST_F(DeckFiles, a_linked_deck_finds_its_base)
{
  namespace fs = std::filesystem;
  folder.write("decks/base.json", R"({"mesh": {"refinement": 2}})");
  folder.write("decks/middle/middle.json", R"({"base": "../base.json", "mesh": {"edge": "5 mm"}})");
  folder.write("decks/min/d.json", R"({"base": "../middle/middle.json"})");
  folder.write("links/here/unrelated.json", "{}");
  fs::create_symlink("../../decks/min/d.json", folder.path / "links/here/link.json");
  EXPECT_EQ(read(folder.file("links/here/link.json")).integer("mesh.refinement"), 2) << "through a chain of bases";
  fs::create_symlink("link.json", folder.path / "links/here/again.json");
  EXPECT_EQ(read(folder.file("links/here/again.json")).integer("mesh.refinement"), 2) << "a link to a link";
  // A link within the chain.
  fs::create_symlink("../decks/min/d.json", folder.path / "links/in_chain.json");
  EXPECT_EQ(read(folder.write("links/top.json", R"({"base": "in_chain.json"})")).integer("mesh.refinement"), 2);
  // A linked folder: ".." is what the system takes it for.
  fs::create_directory_symlink("../decks/min", folder.path / "links/min");
  EXPECT_EQ(read(folder.file("links/min/d.json")).integer("mesh.refinement"), 2);
  // Beside the link first, as whoever put it there sees.
  folder.write("links/middle/middle.json", R"({"mesh": {"refinement": 3}})");
  EXPECT_EQ(read(folder.file("links/here/link.json")).integer("mesh.refinement"), 3);
  fs::create_symlink("../../decks/min/lost.json", folder.path / "links/here/dead.json");
  EXPECT_THAT(error(folder.file("links/here/dead.json")).what, HasSubstr("dead.json"));
  const std::string absent = folder.write("decks/min/absent.json", R"({"base": "none.json"})");
  fs::create_symlink(absent, folder.path / "links/here/absent.json");
  EXPECT_THAT(error(folder.file("links/here/absent.json")).why, AllOf(HasSubstr("links/here/none.json"), HasSubstr("decks/min/none.json")));
  // A circle through a link is one.
  fs::create_symlink("circle.json", folder.path / "decks/link_to_circle.json");
  EXPECT_THAT(error(folder.write("decks/circle.json", R"({"base": "link_to_circle.json"})")).what, HasSubstr("each other"));
}

TEST_F(DeckFiles, a_file_lies_beside_the_deck_that_names_it)
{
  namespace fs = std::filesystem;
  const fs::path root = fs::canonical(folder.path);
  folder.write("bases/base.json", R"({"mesh": {"file": "of_base.vtu"}})");
  const std::string child = folder.write("decks/child.json", R"({"base": "../bases/base.json"})");
  EXPECT_THAT(file_places(read(child), "mesh.file"), ElementsAre(HasSubstr("/bases/of_base.vtu")));
  EXPECT_THAT(file_places(read(child, {"mesh.file=set.vtu"}), "mesh.file"), ElementsAre(HasSubstr("/decks/set.vtu"))) << "--set";
  EXPECT_THAT(file_places(read(folder.write("decks/plain.json", "{}")), "mesh.file"), ElementsAre(HasSubstr("/decks/heart.vtu")))
    << "a default";
  EXPECT_THAT(file_places(read(child, {"mesh.file=/a/b.vtu"}), "mesh.file"), ElementsAre("/a/b.vtu"));
  fs::create_directory(folder.path / "links");
  fs::create_symlink("../decks/child.json", folder.path / "links/link.json");
  EXPECT_THAT(file_places(read(folder.file("links/link.json"), {"mesh.file=set.vtu"}), "mesh.file"),
              ElementsAre(HasSubstr("/links/set.vtu"), (root / "decks/set.vtu").string()));
  EXPECT_THAT(folders_of_deck(folder.file("links/link.json")), ElementsAre(folder.file("links"), (root / "decks").string()));
  EXPECT_THAT(folders_of_deck(child), ElementsAre(folder.file("decks")));
  EXPECT_TRUE(file_places(from("{}"), "mesh.file").empty()) << "no deck, no place";
}

TEST(Reference, has_every_entry)
{
  const std::string text = reference_markdown(sample_schema());
  EXPECT_THAT(text, HasSubstr("## `mesh`\n\nThe geometry.\n"));
  EXPECT_THAT(text, HasSubstr("| `edge` | `4 mm` | `mm` | [0.5, 20] | Edge length. | doi:10.0/edge |"));
  EXPECT_THAT(text, HasSubstr("## `materials.*`"));
  EXPECT_THAT(text, HasSubstr("## `materials.*` with passive = usyk"));
  for (const Entry &entry : sample_schema().entries())
    EXPECT_THAT(text, HasSubstr("| `" + entry.key.substr(entry.key.rfind('.') + 1) + "` |"));
}

TEST(Explain, entries_sections_and_misses)
{
  const Schema schema = sample_schema();
  EXPECT_THAT(explain(schema, "mesh.edge"), AllOf(HasSubstr("Edge length."), HasSubstr("default: 4 mm"), HasSubstr("range: [0.5, 20]"),
                                                  HasSubstr("source: doi:10.0/edge"), HasSubstr("um")));
  EXPECT_THAT(explain(schema, "mesh"), AllOf(HasSubstr("The geometry."), HasSubstr("mesh.edge = 4 mm")));
  EXPECT_THAT(explain(schema, "materials.lv_wall.C"), AllOf(HasSubstr("passive = usyk"), HasSubstr("passive = guccione")));
  EXPECT_THAT(explain(schema, "materials"), HasSubstr("materials.*.density"));
  EXPECT_THAT(explain(schema, ""), HasSubstr("time.scheme"));
  EXPECT_EQ(error_of([&] { explain(schema, "mesh.egde"); }).nearest, "mesh.edge");
  EXPECT_EQ(error_of([&] { explain(schema, "edge"); }).nearest, "mesh.edge");
}
