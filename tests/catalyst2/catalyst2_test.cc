// The back end of Catalyst 2 with a stand-in of Catalyst and Conduit, which checks what it is given as ParaView's Catalyst
// would and writes it down: what it is shown by the probe and by a heart, on one rank and on two, and what becomes of
// failures.
#include "core/output/files.h"
#include "coupling/fields/heart_channels.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <set>
#include <sstream>

// Not the whole namespace: vivicor::testing would hide GoogleTest's.
namespace program = vivicor::program;
using nlohmann::json;
using program::run_vivicor;
using testing::HasSubstr;
using testing::Not;

namespace
{
  class Catalyst2 : public testing::Test
  {
  protected:
    std::string script(const std::string &name, const std::string &text) const
    {
      vivicor::write_whole(folder / name, text);
      return folder / name;
    }

    program::Outcome probe(const std::string &script, unsigned ranks = 1, const std::string &within = "") const
    {
      return run_vivicor("insitu --back-end catalyst2 --probe " + script + " -o " + (folder / "out"), ranks, 60, within);
    }

    /// The smallest heart, a look every 2 ms.
    program::Outcome beat(const std::string &scripts, const std::string &end, unsigned ranks) const
    {
      return run_vivicor("run " VIVICOR_SOURCE "/parameters/minimal/heart.json --quiet --set time.end=" + end
                           + " --set in_situ.every=2ms --set in_situ.back_end=catalyst2 --set in_situ.scripts=" + scripts
                           + " --overwrite -o " + (folder / "run"),
                         ranks, 120);
    }

    /// What the stand-in wrote down on a rank, call by call.
    std::vector<json> record(const std::string &where, unsigned rank = 0) const
    {
      std::istringstream text(vivicor::read_whole(folder / (where + "/catalyst_" + std::to_string(rank) + ".jsonl")));
      std::vector<json> calls;
      for (std::string line; std::getline(text, line);)
        calls.push_back(json::parse(line));
      for (const json &call : calls)
        EXPECT_FALSE(call.contains("problem")) << call["problem"];
      return calls;
    }

    ::vivicor::testing::TemporaryFolder folder;
  };

  std::set<std::string> names(const json &object)
  {
    std::set<std::string> result;
    for (const auto &[name, value] : object.items())
      result.insert(name);
    return result;
  }

  const json &channel(const json &call, const std::string &name)
  {
    return call.at("params").at("catalyst").at("channels").at(name).at("data");
  }

  long n_points(const json &mesh)
  {
    return mesh.at("coordsets").at("coords").at("values").at("x").at("n");
  }

  long n_cells(const json &mesh)
  {
    const json &elements = mesh.at("topologies").at("mesh").at("elements");
    const std::string shape = elements.at("shape");
    return elements.at("connectivity").at("n").get<long>() / (shape == "tet" ? 4 : shape == "tri" ? 3 : 1);
  }

  void expect_start(const json &call, const std::string &script)
  {
    EXPECT_EQ(call.at("call"), "initialize");
    EXPECT_EQ(call.at("params").at("catalyst_load").at("implementation"), "paraview");
    const json &scripts = call.at("params").at("catalyst").at("scripts");
    EXPECT_THAT(scripts.at("exceptions").at("filename"), HasSubstr("/out/catalyst2_exceptions.py"));
    EXPECT_EQ(scripts.at("script0").at("filename"), script);
  }

  void expect_moment(const json &call, unsigned look, double t)
  {
    const json &state = call.at("params").at("catalyst").at("state");
    EXPECT_EQ(state.at("timestep"), look);
    EXPECT_NEAR(state.at("time").get<double>(), t, 1e-9);
  }

  /// 4^3 cubes of 10 mm; the second rank's lie beside those of the first.
  void expect_block(const json &call, unsigned rank, double t)
  {
    const json &wall = channel(call, "mechanics"), &surface = channel(call, "surface");
    EXPECT_EQ(n_points(wall), 125);
    EXPECT_EQ(n_cells(wall), 384);
    EXPECT_EQ(n_cells(surface), 32);
    const json &x = wall.at("coordsets").at("coords").at("values").at("x");
    EXPECT_EQ(x.at("min"), 40.0 * rank);
    EXPECT_EQ(x.at("max"), 40.0 * (rank + 1));
    EXPECT_EQ(x.at("interleaved"), true);
    EXPECT_EQ(wall.at("coordsets").at("coords").at("values").at("z").at("max"), 40.0);
    const json &displacement = wall.at("fields").at("displacement_mm");
    EXPECT_EQ(displacement.at("association"), "vertex");
    EXPECT_EQ(names(displacement.at("values")), (std::set<std::string>{"x", "y", "z"}));
    EXPECT_EQ(displacement.at("values").at("y").at("max"), 0.0);
    EXPECT_EQ(wall.at("fields").at("region").at("association"), "element");
    const json &V = surface.at("fields").at("transmembrane_potential_mV").at("values");
    EXPECT_EQ(V.at("n"), 125);
    EXPECT_NEAR(V.at("first").get<double>(), -85 + 55 * (1 + std::tanh((t - 80.0 * rank) / 20)), 1e-9);
  }

  /// As points along the time, on rank 0.
  void expect_table(const json &mesh, unsigned rank, unsigned look)
  {
    EXPECT_EQ(n_points(mesh), rank == 0 ? look + 1 : 0);
    EXPECT_EQ(n_cells(mesh), n_points(mesh));
    EXPECT_EQ(mesh.contains("fields"), rank == 0);
    if (rank > 0)
      return;
    EXPECT_EQ(mesh.at("coordsets").at("coords").at("values").at("x").at("last"), 100.0 * look);
    EXPECT_EQ(mesh.at("fields").at("t_ms").at("values").at("last"), 100.0 * look);
    EXPECT_EQ(mesh.at("fields").at("LV_volume_mL").at("values").at("first"), 130.0);
  }

  /// The fields of every channel are those that a script may ask for.
  void expect_listed_fields(const json &call)
  {
    for (const auto &listed : vivicor::HeartChannels::list())
      if (!listed.fields.empty())
        {
          auto expected = std::set<std::string>(listed.fields.begin(), listed.fields.end());
          expected.insert("region");
          EXPECT_EQ(names(channel(call, listed.name).at("fields")), expected) << listed.name;
        }
  }

  const char *const nothing_named = "# a script that names no channel\n";
}

TEST_F(Catalyst2, theProbesBlockArrivesWhole)
{
  const std::string file = script("any.py", nothing_named);
  const auto outcome = probe(file, 2);
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  for (const unsigned rank : {0u, 1u})
    {
      const auto calls = record("out", rank);
      ASSERT_EQ(calls.size(), 4u);
      expect_start(calls[0], file);
      for (const unsigned look : {0u, 1u})
        {
          expect_moment(calls[1 + look], look, 100.0 * look);
          expect_block(calls[1 + look], rank, 100.0 * look);
          expect_table(channel(calls[1 + look], "timeseries"), rank, look);
        }
      EXPECT_EQ(calls[3].at("call"), "finalize");
    }
}

TEST_F(Catalyst2, whatNoScriptNamesIsLeftOut)
{
  EXPECT_EQ(probe(script("wall.py", "PVDReader(registrationName='mechanics.pvd', FileName='/some/mechanics.pvd')\n")).code, 0);
  const json channels = record("out").at(1).at("params").at("catalyst").at("channels");
  EXPECT_EQ(names(channels), (std::set<std::string>{"mechanics", "mechanics.pvd"}));
  EXPECT_EQ(channels.at("mechanics"), channels.at("mechanics.pvd"));
}

TEST_F(Catalyst2, aHeartIsShownAndWhoeverFailsIsSwitchedOff)
{
  const std::string good = script("good.py", nothing_named),
                    bad = script("bad.py", "# stand-in: raise 2 ValueError: on purpose (bad.py:7)\n");
  std::vector<long> cells;
  std::vector<double> regions;
  for (const unsigned ranks : {1u, 2u})
    {
      const auto outcome = beat(good + "," + bad, "8ms", ranks);
      ASSERT_EQ(outcome.code, 0) << outcome.text;
      EXPECT_THAT(outcome.text, HasSubstr("bad.py failed at 4 ms and is switched off: ValueError: on purpose (bad.py:7)"));
      EXPECT_THAT(outcome.text, Not(HasSubstr("good.py failed")));
      cells.push_back(0);
      regions.push_back(0);
      for (unsigned rank = 0; rank < ranks; ++rank)
        {
          const auto calls = record("run/in_situ", rank);
          ASSERT_EQ(calls.size(), 1u + 5u + 1u) << "the good one sees every look";
          for (unsigned look = 0; look < 5; ++look)
            expect_moment(calls[1 + look], look, 2.0 * look);
          expect_listed_fields(calls[5]);
          EXPECT_EQ(n_points(channel(calls[5], "timeseries")), rank == 0 ? 5 : 0);
          const json &wall = channel(calls[5], "mechanics");
          cells.back() += n_cells(wall);
          regions.back() += wall.at("fields").at("region").at("values").at("sum").get<double>();
        }
    }
  EXPECT_GT(cells[0], 100);
  EXPECT_EQ(cells[0], cells[1]) << "two ranks show the same cells as one";
  EXPECT_EQ(regions[0], regions[1]);
}

TEST_F(Catalyst2, aFailingCatalystIsLeftAloneAndTheBeatGoesOn)
{
  const auto outcome = beat(script("bad.py", "# mechanics\n# stand-in: fail 1\n"), "4ms", 1);
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("bad.py failed at 2 ms and is switched off: catalyst_execute failed: status 100"));
  EXPECT_EQ(record("run/in_situ").size(), 1u + 2u + 1u) << "not called again";
  EXPECT_TRUE(json::parse(vivicor::read_whole(folder / "run/summary.json")).contains("time_s"));
}

TEST_F(Catalyst2, whatIsMissingIsNamed)
{
  const std::string any = script("any.py", nothing_named);
  const auto other = probe(any, 1, "env CATALYST_IMPLEMENTATION_NAME=nobody");
  EXPECT_EQ(other.code, 2) << other.text;
  EXPECT_THAT(other.text, HasSubstr("Catalyst 2 does not start: no such implementation: CATALYST_IMPLEMENTATION_PATHS"));
  const auto without = run_vivicor("insitu --back-end catalyst3 --probe " + any + " -o " + (folder / "out"));
  EXPECT_EQ(without.code, 2);
  EXPECT_THAT(without.text, HasSubstr("this build has no in-situ back end 'catalyst3': install its libraries (docs/howto/in_situ.md)"));
  EXPECT_THAT(run_vivicor("about").text, HasSubstr("in situ catalyst2"));
}

/// In Python, without ParaView: exceptions of scripts reach the function that the back end offers.
TEST_F(Catalyst2, exceptionsArePassedOnByPython)
{
  ASSERT_EQ(probe(script("any.py", nothing_named)).code, 0);
  const std::string broken = script("broken.py", "def f():\n    1 / 0\nf()\n");
  const std::string harness = script("harness.py", R"(
import ctypes, sys
class BackEnd:
    def vivicor_in_situ_exception(self, files, text):
        print(files.decode(), text.decode(), sep='\n')
ctypes.CDLL = lambda name: BackEnd()
exec(open(sys.argv[1]).read())
try:
    exec(compile(open(sys.argv[2]).read(), sys.argv[2], 'exec'))
except ZeroDivisionError:
    sys.excepthook(*sys.exc_info())
try:
    compile('1 +', 'syntax.py', 'exec')
except SyntaxError:
    sys.excepthook(*sys.exc_info())
)");
  const std::string said = folder / "said", watch = folder / "out/catalyst2_exceptions.py";
  ASSERT_EQ(std::system((VIVICOR_PYTHON " " + harness + " " + watch + " " + broken + " > " + said).c_str()), 0);
  const std::string text = vivicor::read_whole(said);
  EXPECT_THAT(text, HasSubstr(broken + "\n"));
  EXPECT_THAT(text, HasSubstr("ZeroDivisionError: division by zero (broken.py:2)\n"));
  EXPECT_THAT(text, HasSubstr("syntax.py\nSyntaxError: "));
}
