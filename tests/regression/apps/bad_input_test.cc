// Wrong input, as users give it: exit code 2 within ten seconds, a message with what, where, why and the nearest valid choice,
// and earlier results untouched.
#include "tests/regression/apps/program.h"
#include "tests/unit/meshes/mesh_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <iostream>

using namespace vivicor;
using mesh_files::Folder;
using program::Outcome;
using testing::HasSubstr;

namespace
{
  /// A wrong deck, with whatever files it needs, and what the message must say.
  struct Case
  {
    std::string name;
    std::string deck; ///< JSON
    std::vector<std::string> says;
    std::string options = ""; ///< of the command line
    std::function<void(const Folder &)> prepare = {};
  };

  std::ostream &operator<<(std::ostream &stream, const Case &c)
  {
    return stream << c.name;
  }

  /// A deck on heart.vtu in the test's folder: the hollow cube with one cavity.
  std::string mesh_deck(const std::string &regions, const std::string &mesh = "")
  {
    return R"({"mesh": {"source": "vtu", "file": "heart.vtu", "cavities": {"LV": {"tags": [11]}})" + (mesh.empty() ? "" : ", " + mesh)
           + R"(}, "regions": )" + regions + "}";
  }

  const std::string good_regions = R"({"LV": {"tags": [1, 2], "tissue": "ventricle"}, "vessels": {"tags": [3]}})";

  std::function<void(const Folder &)> with_mesh(const std::function<void(Mesh &)> &spoil)
  {
    return [spoil](const Folder &folder) {
      Mesh mesh = mesh_files::hollow_cube();
      spoil(mesh);
      folder.write("heart.vtu", mesh_files::vtu_text(mesh, mesh_files::Encoding::base64));
    };
  }

  void good_mesh(Mesh &) {}

  const std::vector<Case> cases{
    {"unknown_section", R"({"mehs": {}})", {"mehs", "deck.json:1", "mesh"}},
    {"unknown_key", R"({"time": {"cycle_lenght": "800 ms"}})", {"cycle_lenght", "deck.json:1", "time.cycle_length"}},
    {"wrong_unit", R"({"time": {"cycle_length": "800 mmHg"}})", {"800 mmHg", "deck.json:1", "time.cycle_length", "ms"}},
    {"unknown_unit", R"({"time": {"cycle_length": "800 msec"}})", {"msec", "deck.json:1", "ms"}},
    {"missing_unit", R"({"time": {"cycle_length": 800}})", {"800", "deck.json:1", "unit"}},
    {"out_of_range", R"({"time": {"cycle_length": "8 ms"}})", {"8 ms", "deck.json:1", "200", "3000"}},
    {"wrong_type", R"({"time": {"beats": "many"}})", {"many", "deck.json:1", "integer"}},
    {"unknown_model", R"({"circulation": {"model": "regazoni_2022"}})", {"regazoni_2022", "deck.json:1", "regazzoni_2022"}},
    {"unknown_choice", R"({"mechanics": {"active_stress": "stretched"}})", {"stretched", "deck.json:1", "stretch"}},
    {"broken_json", "{\"time\": {\"beats\": 1,}\n", {"deck.json"}},
    {"key_twice", "{\"case\": \"a\",\n\"case\": \"b\"}", {"case", "deck.json:2"}},
    {"not_a_number", R"({"time": {"cycle_length": "nan ms"}})", {"nan", "deck.json:1"}},
    {"setting_unknown", "{}", {"tiem", "--set", "nearest: time"}, "--set tiem.beats=2"},
    {"setting_out_of_range", "{}", {"-1", "time.beats"}, "--set time.beats=-1"},
    {"option_unknown", "{}", {"'--dat'", "nearest: --data", "--help"}, "--dat ."},
    {"missing_base", R"({"base": "absent.json"})", {"absent.json"}},
    {"missing_mesh", mesh_deck(good_regions), {"heart.vtu", "not found", "sought", "--data"}},
    {"truncated_mesh",
     mesh_deck(good_regions),
     {"heart.vtu", "end"},
     "",
     [](const Folder &folder) {
       const std::string whole = mesh_files::vtu_text(mesh_files::hollow_cube(), mesh_files::Encoding::base64);
       folder.write("heart.vtu", whole.substr(0, whole.size() / 2));
     }},
    {"not_a_mesh", mesh_deck(good_regions), {"heart.vtu"}, "", [](const Folder &folder) { folder.write("heart.vtu", "hello\n"); }},
    {"tag_absent",
     mesh_deck(R"({"LV": {"tags": [1, 2], "tissue": "ventricle"}, "vessels": {"tags": [3, 33]}})"),
     {"33", "deck.json:1", "tags of cells", "nearest: 3"},
     "",
     with_mesh(good_mesh)},
    {"cavity_tag_absent", mesh_deck(good_regions, R"("fixed_tags": [77])"), {"77", "deck.json:1", "12"}, "", with_mesh(good_mesh)},
    {"two_materials",
     mesh_deck(R"({"LV": {"tags": [1, 2], "tissue": "ventricle"}, "vessels": {"tags": [2, 3]}})"),
     {"2", "LV", "vessels", "deck.json:1"},
     "",
     with_mesh(good_mesh)},
    {"no_region", mesh_deck(R"({"LV": {"tags": [1, 2], "tissue": "ventricle"}})"), {"3", "region"}, "", with_mesh(good_mesh)},
    {"inverted_cell", mesh_deck(good_regions), {"cell", "volume"}, "", with_mesh([](Mesh &mesh) {
       std::swap(mesh.cells[7][0], mesh.cells[7][1]);
     })},
    {"open_cavity", mesh_deck(good_regions), {"LV", "open"}, "", with_mesh([](Mesh &mesh) { mesh.facets.erase(mesh.facets.begin()); })},
    {"wrong_length_unit", mesh_deck(good_regions, R"("length_unit": "m")"), {"length_unit", "mm"}, "", with_mesh(good_mesh)},
    {"material_for_absent_region", R"({"mechanics": {"regions": {"LVV": {"passive": {"model": "usyk"}}}}})", {"LVV", "deck.json:1", "LV"}},
    {"two_laws_for_one_region",
     R"({"mechanics": {"regions": {"one": {"of": ["LV"], "passive": {"model": "usyk"}}, "two": {"of": ["LV"], "passive": {"model": "guccione"}}}}})",
     {"LV", "one", "two"}},
  };

  std::string slurp(const std::filesystem::path &path)
  {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
}

class BadInput : public testing::TestWithParam<Case>
{
};

TEST_P(BadInput, is_refused_with_a_message)
{
  const Case &bad = GetParam();
  const Folder folder;
  const std::string deck = folder.write("deck.json", bad.deck);
  if (bad.prepare)
    bad.prepare(folder);
  std::filesystem::create_directory(folder.path / "out");
  folder.write("out/summary.json", "earlier results");

  for (const std::string &command : {std::string("check "), "run --overwrite --output " + (folder.path / "out").string() + " "})
    {
      const Outcome outcome = program::run_vivicor(command + deck + " " + bad.options, 1, 10);
      EXPECT_EQ(outcome.code, 2) << command << "\n" << outcome.text;
      for (const std::string &part : bad.says)
        EXPECT_THAT(outcome.text, HasSubstr(part)) << command;
      EXPECT_EQ(slurp(folder.path / "out/summary.json"), "earlier results");
      EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path / "out"), {}), 1);
    }
}

INSTANTIATE_TEST_SUITE_P(, BadInput, testing::ValuesIn(cases), [](const auto &info) { return info.param.name; });

TEST(BadRun, existing_results_are_kept)
{
  const Folder folder;
  const std::string deck = folder.write("deck.json", "{}");
  folder.write("summary.json", "earlier results");
  const Outcome outcome = program::run_vivicor("run " + deck + " -o " + folder.path.string(), 1, 10);
  EXPECT_EQ(outcome.code, 2) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("already holds results"));
  EXPECT_THAT(outcome.text, HasSubstr("--overwrite"));
  EXPECT_EQ(slurp(folder.path / "summary.json"), "earlier results");
}

TEST(BadRun, read_only_output_folder)
{
  const Folder folder;
  const std::string deck = folder.write("deck.json", "{}");
  const auto locked = folder.path / "locked";
  std::filesystem::create_directory(locked);
  chmod(locked.c_str(), 0555);
  for (const std::string &output : {locked.string(), (locked / "deeper").string(), deck + "/below_a_file"})
    {
      const Outcome outcome = program::run_vivicor("run " + deck + " -o " + output, 1, 10);
      EXPECT_EQ(outcome.code, 2) << outcome.text;
      EXPECT_THAT(outcome.text, HasSubstr(output));
      EXPECT_THAT(outcome.text, HasSubstr("--output"));
    }
  chmod(locked.c_str(), 0755);
}

TEST(BadRun, an_option_cut_short_or_misspelt_names_the_nearest)
{
  for (const auto &[given, nearest] : {std::pair{"--out X", "--output"}, {"--outptu=X", "--output"}, {"--sett time.beats=2", "--set"}})
    for (const std::string &line : {"run deck.json " + std::string(given), "run " + std::string(given) + " deck.json"})
      {
        const Outcome outcome = program::run_vivicor(line, 1, 10);
        EXPECT_EQ(outcome.code, 2) << line << "\n" << outcome.text;
        EXPECT_THAT(outcome.text, HasSubstr(std::string("nearest: ") + nearest + "\n")) << line;
      }
}

TEST(BadRun, missing_deck_and_unknown_command)
{
  EXPECT_EQ(program::run_vivicor("run absent_deck.json", 1, 10).code, 2);
  EXPECT_THAT(program::run_vivicor("run absent_deck.json", 1, 10).text, HasSubstr("absent_deck.json"));
  EXPECT_EQ(program::run_vivicor("rum heart.json", 1, 10).code, 2);
  EXPECT_THAT(program::run_vivicor("rum heart.json", 1, 10).text, HasSubstr("nearest: run\n"));
  EXPECT_EQ(program::run_vivicor("", 1, 10).code, 2);
}

TEST(BadRun, is_told_once_on_two_ranks)
{
  const Folder folder;
  const std::string deck = folder.write("deck.json", R"({"time": {"cycle_lenght": "800 ms"}})");
  const Outcome outcome = program::run_vivicor("run " + deck, 2, 20);
  EXPECT_EQ(outcome.code, 2) << outcome.text;
  const auto first = outcome.text.find("cycle_lenght");
  ASSERT_NE(first, std::string::npos) << outcome.text;
  EXPECT_EQ(outcome.text.find("vivicor: bad input", first), std::string::npos) << "told twice:\n" << outcome.text;
}
