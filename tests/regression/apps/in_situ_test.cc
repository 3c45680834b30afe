// Scripts that watch a run: those of cluster/paraview and as ParaView exports them, with and without a display; failing
// ones; a live connection that reads a field and pauses the run.
#include "core/output/files.h"
#include "core/output/in_situ.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

// Not the whole namespace: vivicor::testing would hide GoogleTest's.
namespace program = vivicor::program;
using program::run_vivicor;
using testing::HasSubstr;
using testing::Not;
using vivicor::in_situ_back_ends;
using vivicor::read_whole;
using vivicor::write_whole;

namespace
{
  const std::string scripts = VIVICOR_SOURCE "/cluster/paraview/";

  bool is_installed(const std::string &program)
  {
    return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
  }

  class InSitu : public testing::Test
  {
  protected:
    void SetUp() override
    {
      if (in_situ_back_ends().empty())
        GTEST_SKIP() << "this build has no in-situ back end: ParaView (scripts/install.sh packages-in-situ.txt) was not found";
    }

    std::string script(const std::string &name, const std::string &text) const
    {
      write_whole(folder / name, text);
      return folder / name;
    }

    program::Outcome probe(const std::string &script, unsigned ranks = 1, const std::string &within = "") const
    {
      return run_vivicor("insitu --probe " + script + " -o " + (folder / "out"), ranks, 240, within);
    }

    std::string written(const std::string &file) const { return read_whole(folder / ("out/" + file)); }

    ::vivicor::testing::TemporaryFolder folder;
  };

  class InSituPictures : public InSitu
  {
  protected:
    void SetUp() override
    {
      InSitu::SetUp();
      if (!IsSkipped() && !is_installed("xvfb-run"))
        GTEST_SKIP() << "no xvfb-run (package xvfb)";
    }
  };

  std::vector<std::string> lines(const std::string &text)
  {
    std::istringstream stream(text);
    std::vector<std::string> result;
    for (std::string line; std::getline(stream, line);)
      result.push_back(line);
    return result;
  }

  /// Width and height in a PNG's header.
  std::pair<unsigned, unsigned> size_of_png(const std::string &png)
  {
    const auto number = [&](std::size_t at) {
      unsigned value = 0;
      for (std::size_t k = 0; k < 4; ++k)
        value = value << 8 | static_cast<unsigned char>(png.at(at + k));
      return value;
    };
    return png.compare(0, 8, "\x89PNG\r\n\x1a\n") == 0 ? std::pair{number(16), number(20)} : std::pair{0u, 0u};
  }

  void expect_picture(const std::string &png, unsigned size)
  {
    EXPECT_EQ(size_of_png(png), std::pair(size, size));
    EXPECT_GT(png.size(), 4000u) << "a blank picture of that size takes less";
  }
}

TEST_F(InSitu, pressureVolumeLoopNeedsNoDisplay)
{
  const auto outcome = probe(scripts + "pv_loop.py", 2);
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  const auto rows = lines(written("pv_loop.csv"));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_THAT(rows[0], testing::StartsWith("t_ms,LV_volume_mL,LV_pressure_mmHg,RV_volume_mL"));
  EXPECT_THAT(rows[1], testing::StartsWith("0,130,")); // the block's 1e5 mm^3 (1 + 0.3 cos 0)
}

TEST_F(InSitu, withoutDisplayAScriptThatDrawsIsSwitchedOffInOneLine)
{
  const auto outcome = probe(scripts + "pictures.py", 2);
  EXPECT_EQ(outcome.code, 2) << outcome.text;
  EXPECT_THAT(outcome.text,
              HasSubstr("pictures.py failed at 0 ms and is switched off: it draws, and there is no display: DISPLAY is not set"));
  const auto all = lines(outcome.text);
  EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const std::string &line) { return line.find("switched off") != std::string::npos; }),
            1);
  EXPECT_THAT(outcome.text, Not(HasSubstr("Traceback")));
}

TEST_F(InSitu, anExceptionIsNamedWithItsPlace)
{
  const auto missing = probe(script("missing.py", "import no_such_module\n"));
  EXPECT_EQ(missing.code, 2);
  EXPECT_THAT(missing.text, HasSubstr("ModuleNotFoundError: No module named 'no_such_module' (missing.py:1)"));
  const auto late = probe(script("late.py", "from paraview import catalyst\n"
                                            "options = catalyst.Options()\n"
                                            "def catalyst_execute(info):\n"
                                            "    open('look_%d' % info.timestep, 'w')\n"
                                            "    1 / info.timestep\n"));
  EXPECT_EQ(late.code, 2);
  EXPECT_THAT(late.text, HasSubstr("late.py failed at 0 ms and is switched off: ZeroDivisionError"));
  EXPECT_THAT(late.text, HasSubstr("out/look_0"));
  EXPECT_THAT(late.text, Not(HasSubstr("out/look_1"))) << "a script that is switched off is not called again";
}

TEST_F(InSitu, aScriptThatIsNotThereIsBadInput)
{
  EXPECT_EQ(probe("nowhere.py").code, 2);
  const auto run = run_vivicor("run " VIVICOR_SOURCE "/parameters/minimal/heart.json --set in_situ.scripts=nowhere.py -o "
                               + (folder / "run"));
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.text, HasSubstr("no script 'nowhere.py'"));
}

TEST_F(InSitu, extractsAreReadable)
{
  const auto outcome = probe(scripts + "extracts.py", 2);
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_THAT(written("surface_000001.pvtp"), HasSubstr("transmembrane_potential_mV"));
  EXPECT_THAT(written("ventricle_000001.pvtu"), HasSubstr("fibre_stretch"));
  EXPECT_FALSE(written("surface_000001/surface_000001_1.vtp").empty()) << "the second rank's part";
}

TEST_F(InSitu, aScriptMadeWithTheFilesOfARunWorksUnchanged)
{
  // As ParaView 5.11 exports a state in which fields/mechanics.pvd of a run was opened.
  const auto outcome = probe(script("exported.py", R"(# script-version: 2.0
import paraview
paraview.compatibility.major = 5
paraview.compatibility.minor = 11
from paraview.simple import *
paraview.simple._DisableFirstRenderCameraReset()
mechanicspvd = PVDReader(registrationName='mechanics.pvd', FileName='/somebody/results/heart/fields/mechanics.pvd')
mechanicspvd.PointArrays = ['displacement_mm', 'fibre_stretch']
warpByVector1 = WarpByVector(registrationName='WarpByVector1', Input=mechanicspvd)
warpByVector1.Vectors = ['POINTS', 'displacement_mm']
vTU1 = CreateExtractor('VTU', warpByVector1, registrationName='VTU1')
vTU1.Trigger = 'TimeStep'
vTU1.Writer.FileName = 'WarpByVector1_{timestep:06d}.pvtu'
SetActiveSource(vTU1)
from paraview import catalyst
options = catalyst.Options()
options.GlobalTrigger = 'TimeStep'
options.CatalystLiveTrigger = 'TimeStep'
if __name__ == '__main__':
    from paraview.simple import SaveExtractsUsingCatalystOptions
    SaveExtractsUsingCatalystOptions(options)
)"));
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("WarpByVector1_000001.pvtu"));
}

TEST_F(InSituPictures, shippedScriptsDraw)
{
  for (const std::string name : {"pictures", "slices", "activation"})
    {
      const auto outcome = probe(scripts + name + ".py", 2, "xvfb-run -a");
      EXPECT_EQ(outcome.code, 0) << name << "\n" << outcome.text;
    }
  expect_picture(written("heart_000001.png"), 480);
  expect_picture(written("slices_000001.png"), 640);
  expect_picture(written("activation_000000.png"), 640);
  EXPECT_NE(written("heart_000000.png"), written("heart_000001.png")) << "the front has moved";
}

TEST_F(InSituPictures, everyPictureOfABeatShowsThePotential)
{
  // Reads what pictures.py has just drawn: pixels of the resting muscle, nearly black, and of the sinus node's orange.
  const std::string reader = script("reader.py", R"(
from paraview import catalyst
from vtkmodules.vtkIOImage import vtkPNGReader
from vtkmodules.util.numpy_support import vtk_to_numpy
options = catalyst.Options()
def catalyst_execute(info):
    import os
    file = vtkPNGReader()
    file.SetFileName('heart_%06d.png' % info.timestep)
    if not os.path.exists(file.GetFileName()): # drawn on rank 0
        return
    file.Update()
    image = file.GetOutput()
    width, height, _ = image.GetDimensions()
    pixels = vtk_to_numpy(image.GetPointData().GetScalars()).reshape(height, width, -1).astype(int)[:, :380] # without the scale
    resting = (pixels.max(axis=2) < 40).mean()
    excited = (pixels[:, :, 0] - pixels[:, :, 2] > 100).sum()
    open('seen.csv', 'a').write('%g,%g,%d\n' % (info.time, resting, excited))
)");
  const auto outcome = run_vivicor("run " VIVICOR_SOURCE
                                   "/parameters/minimal/heart.json --quiet --set time.end=12ms --set in_situ.every=4ms"
                                   " --set in_situ.scripts="
                                     + scripts + "pictures.py," + reader + " -o " + (folder / "run"),
                                   1, 240, "xvfb-run -a");
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, Not(HasSubstr("switched off")));
  const auto rows = lines(read_whole(folder / "run/in_situ/seen.csv"));
  ASSERT_EQ(rows.size(), 4u) << "at 0, 4, 8 and 12 ms";
  int excited = 0;
  for (const std::string &row : rows)
    {
      double t = 0, resting = 0;
      ASSERT_EQ(std::sscanf(row.c_str(), "%lf,%lf,%d", &t, &resting, &excited), 3) << row;
      EXPECT_GT(resting, 0.15) << row;
    }
  EXPECT_GT(excited, 100) << "pixels at 12 ms";
}

TEST_F(InSitu, aLiveClientReadsAFieldAndPausesTheRun)
{
  if (!is_installed("pvpython"))
    GTEST_SKIP() << "no pvpython (package paraview)";
  constexpr double pause_s = 3;
  const std::string port = std::to_string(22000 + getpid() % 900), log = folder / "client.log";
  const std::string clock = script("clock.py", "from paraview import catalyst\n"
                                               "options = catalyst.Options()\n"
                                               "def catalyst_execute(info):\n"
                                               "    import time\n"
                                               "    open('clock', 'a').write('%.3f\\n' % time.time())\n");
  std::atomic<bool> client_ended = false;
  std::thread client([&] {
    const std::string command = "timeout 240 pvpython " + scripts + "live_client.py --limit 200 --port " + port + " --pause "
                                + std::to_string(pause_s) + " > " + log + " 2>&1";
    if (std::system(command.c_str()) != 0)
      ADD_FAILURE() << "the client failed";
    client_ended = true;
  });
  const auto waits = [&] {
    std::ifstream stream(log);
    return std::string(std::istreambuf_iterator<char>(stream), {}).find("\"waiting\"") != std::string::npos;
  };
  while (!waits() && !client_ended)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const auto outcome = run_vivicor("insitu --probe " + clock + " --live localhost:" + port + " --looks 150 -o " + (folder / "out"), 2, 240);
  client.join();
  EXPECT_EQ(outcome.code, 0) << outcome.text;

  const std::string said = read_whole(log);
  nlohmann::json read;
  for (const std::string &line : lines(said))
    if (line.starts_with("{"))
      if (const auto event = nlohmann::json::parse(line); event["event"] == "read")
        read = event;
  ASSERT_FALSE(read.is_null()) << said;
  EXPECT_EQ(read["points"], 2 * 125); // both ranks' blocks of 5^3 nodes
  EXPECT_GE(read["low"], -85.0);
  EXPECT_LE(read["high"], 25.0);
  EXPECT_THAT(said, HasSubstr("\"resumed\""));

  double longest = 0, before = 0;
  for (const std::string &line : lines(written("clock")))
    {
      const double now = std::stod(line);
      longest = before > 0 ? std::max(longest, now - before) : 0;
      before = now;
    }
  EXPECT_GE(longest, 0.9 * pause_s) << "the run did not wait";
}

TEST_F(InSitu, aFailingScriptDoesNotEndABeat)
{
  const auto outcome = run_vivicor("run " VIVICOR_SOURCE "/parameters/minimal/heart.json --quiet --set time.end=8ms --set in_situ.every=2ms"
                                   " --set in_situ.scripts="
                                     + scripts + "pictures.py," + scripts + "pv_loop.py,"
                                     + script("broken.py", "raise ValueError('on purpose')\n") + " -o " + (folder / "run"),
                                   2, 240);
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("pictures.py failed at 0 ms and is switched off: it draws, and there is no display"));
  EXPECT_THAT(outcome.text, HasSubstr("broken.py failed at 0 ms and is switched off: ValueError: on purpose (broken.py:1)"));
  EXPECT_EQ(lines(read_whole(folder / "run/in_situ/pv_loop.csv")).size(), 1u + 5u) << "at 0, 2, 4, 6 and 8 ms";
  const auto summary = nlohmann::json::parse(read_whole(folder / "run/summary.json"));
  EXPECT_GT(summary["time_s"]["in_situ"], 0.0);
}
