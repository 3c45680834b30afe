// What `run` refuses, `check` refuses, in the same words and before anything is written or moved: decks that read well but make no
// heart. Wrong decks as such: bad_input_test.cc.
#include "tests/regression/apps/program.h"
#include "tests/unit/meshes/mesh_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <limits>

using namespace vivicor;
using mesh_files::Folder;
using program::run_vivicor;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace
{
  struct Refused
  {
    std::string name, deck, says;
    std::function<void(const Folder &)> prepare = {};
  };

  std::ostream &operator<<(std::ostream &stream, const Refused &r)
  {
    return stream << r.name;
  }

  const std::string coarse = R"("mesh": {"element_size": "14 mm"}, )";

  std::string electrical(const std::string &entries)
  {
    return "{" + coarse + R"("electrophysiology": {)" + entries + "}}";
  }

  std::string from_file(const std::string &more = "")
  {
    return R"({"mesh": {"source": "vtu", "file": "heart.vtu", "cavities": {"LV": {"tags": [11]}}},
      "regions": {"LV": {"tags": [1, 2], "tissue": "ventricle"}, "vessels": {"tags": [3]}})"
           + more + "}";
  }

  std::function<void(const Folder &)> mesh_with(const Point3 &fibre)
  {
    return [fibre](const Folder &folder) {
      Mesh mesh = mesh_files::hollow_cube();
      mesh.vectors["fibre"].assign(mesh.points.size(), {1, 0, 0});
      mesh.vectors["fibre"][7] = fibre;
      folder.write("heart.vtu", mesh_files::vtu_text(mesh, mesh_files::Encoding::base64));
    };
  }

  constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

  const std::vector<Refused> decks{
    {"valve", R"({"circulation": {"valves": {"mitral_resistance": "5 mmHg s/mL", "closed_resistance": "2 mmHg s/mL"}}})", "resists more"},
    {"script", R"({"in_situ": {"scripts": ["absent.py"]}})", "no script 'absent.py'"},
    {"script_is_a_folder", R"({"in_situ": {"scripts": ["/tmp"]}})", "no script '/tmp'"},
    {"output_region", R"({"output": {"fields_regions": ["LW"]}})", "no region 'LW'"},
    {"fields_every", R"({"time": {"mechanics_step": "10 ms"}, "output": {"fields_every": "25 ms"}})", "20 ms or 30 ms"},
    {"fields_within_a_step", R"({"time": {"mechanics_step": "10 ms"}, "output": {"fields_every": "5 ms"}})", "nearest: 10 ms"},
    {"looks_every",
     R"({"time": {"mechanics_step": "10 ms"}, "in_situ": {"every": "15 ms", "live": "localhost:22222"}, "output": {"fields_every": "0 ms"}})",
     "in_situ.every"},
    {"conduction_region", R"({"electrophysiology": {"conduction": {"regions": {"scar": {"factor": "0"}}}}})", "no region named 'scar'"},
    {"membrane_region", electrical(R"("membranes": {"regions": {"scar": {"channels": {"IKr": {"factor": "0.5"}}}}})"), "scar"},
    {"drug", electrical(R"("drugs": {"x": {"concentration": "1 uM", "channels": {"IKx": {"IC50": "1 uM"}}}})"), "IKx"},
    {"schemes", R"({"electrophysiology": {"time_scheme": "bdf2"}})", "bdf2"},
    {"cut", R"({"electrophysiology": {"conduction_system": {"cut": ["left_bundel"]}}})", "left_bundel"},
    {"sinus", R"({"electrophysiology": {"sinus_node": {"period": "50 ms"}}})", "no heart follows"},
    {"electrodes", R"({"electrophysiology": {"ecg": {"electrodes": ["1 mm", "2 mm", "3 mm"]}}})", "27"},
    {"electrogram", R"({"electrophysiology": {"electrograms": {"tip": {"position": ["1 mm"]}}}})", "a point has three"},
    {"table", R"({"electrophysiology": {"stimuli": {"x": {"shape": "table", "file": "absent.csv"}}}})", "absent.csv"},
    {"pulses", R"({"electrophysiology": {"stimuli": {"x": {"duration": "50 ms", "protocol": "train", "period": "20 ms"}}}})",
     "apart that last"},
    {"away", electrical(R"("stimuli": {"x": {"centre": ["900 mm", "0 mm", "0 mm"]}})"), "reaches no cell"},
    {"too_slow", electrical(R"("conduction": {"ventricles": {"velocity_longitudinal": "0.06 m/s"}})"), "velocity"},
    {"nothing_holds",
     "{" + coarse
       + R"("mechanics": {"pericardium": {"stiffness": "0 kPa/mm", "damping": "0 kPa s/mm"}, "vessel_ends": {"stiffness": "0 kPa/mm", "damping": "0 kPa s/mm"}}})",
     "nothing holds the heart"},
    {"fibres", from_file(R"(, "fibres": {"source": "file"})"), "node 7", mesh_with({NaN, 0, 0})},
    {"chamber", from_file(), "the chamber RV has no cavity", mesh_with({1, 0, 0})},
  };

  /// What was refused, without what was told before.
  std::string reason(const std::string &text)
  {
    const auto begin = text.find("vivicor: bad input");
    return begin == std::string::npos ? "no reason in:\n" + text : text.substr(begin);
  }
}

class Validation : public testing::TestWithParam<Refused>
{
};

TEST_P(Validation, run_and_check_refuse_alike_and_touch_nothing)
{
  const Folder folder;
  const std::string deck = folder.write("deck.json", GetParam().deck), out = (folder.path / "out").string();
  if (GetParam().prepare)
    GetParam().prepare(folder);
  fs::create_directory(out);
  folder.write("out/summary.json", "earlier results");

  const auto checked = run_vivicor("check " + deck, 1, 60), ran = run_vivicor("run " + deck + " --overwrite --output " + out, 1, 60);
  EXPECT_EQ(checked.code, 2) << checked.text;
  EXPECT_EQ(ran.code, 2) << ran.text;
  EXPECT_THAT(reason(checked.text), HasSubstr(GetParam().says));
  EXPECT_EQ(reason(checked.text), reason(ran.text));
  EXPECT_TRUE(fs::exists(out + "/summary.json"));
  EXPECT_EQ(std::distance(fs::directory_iterator(out), {}), 1);
  EXPECT_FALSE(fs::exists(out + ".previous"));
}

INSTANTIATE_TEST_SUITE_P(, Validation, testing::ValuesIn(decks), [](const auto &info) { return info.param.name; });

TEST(Submission, OfWhatARunWouldRefuseIsRefusedAtOnce)
{
  const Folder folder;
  const std::string site = folder.write("site.json", R"({"tasks": 1, "time": "10 min"})");
  const auto refusal = [&](const std::string &deck, const std::string &options = "") {
    const auto outcome = run_vivicor("submit " + folder.write("deck.json", deck) + " --site " + site + " --dry-run --output "
                                       + (folder.path / "out").string() + " " + options,
                                     1, 60);
    EXPECT_EQ(outcome.code, 2) << outcome.text;
    EXPECT_THAT(outcome.text, testing::Not(HasSubstr("#SBATCH")));
    return outcome.text;
  };
  EXPECT_THAT(refusal(from_file()), HasSubstr("mesh file 'heart.vtu' not found"));
  EXPECT_THAT(refusal(R"({"in_situ": {"scripts": ["absent.py"]}})"), HasSubstr("absent.py"));
  EXPECT_THAT(refusal(R"({"electrophysiology": {"stimuli": {"x": {"shape": "table", "file": "absent.csv"}}}})"), HasSubstr("absent.csv"));
  EXPECT_THAT(refusal("{}", "--array output.fields_every=20ms,25ms,0ms"), HasSubstr("no multiple")) << "the second of three";
  mesh_with({NaN, 0, 0})(folder);
  EXPECT_THAT(refusal(from_file(R"(, "fibres": {"source": "file"})")), HasSubstr("node 7"));
  EXPECT_THAT(refusal(from_file()), HasSubstr("the chamber RV has no cavity"));
}
