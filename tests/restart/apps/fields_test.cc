// The series in fields/ as ParaView opens them: after the run was killed while it wrote one, and of some regions in all
// digits.
#include "tests/restart/apps/runs.h"

using namespace vivicor;
using namespace vivicor::restart;
using ::testing::HasSubstr;

namespace
{
  const std::string frames_of = " --set output.fields_every=2ms ";

  /// What tests/tools/open_series.py says.
  std::string opened(const std::string &folder)
  {
    std::FILE *pipe = popen(
      ("timeout 300 pvpython --force-offscreen-rendering " VIVICOR_SOURCE "/tests/tools/open_series.py '" + folder + "' 2>&1").c_str(),
      "r");
    std::string text;
    std::array<char, 4096> buffer;
    while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe))
      text.append(buffer.data(), n);
    pclose(pipe);
    return text;
  }

  /// The number after the last `name=`.
  double number(const std::string &text, const std::string &name)
  {
    const auto at = text.rfind(name + "=");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 1));
  }

  bool has_half_a_frame(const std::string &folder)
  {
    std::error_code changing;
    for (fs::directory_iterator entry(folder + "/fields", changing), end; !changing && entry != end; entry.increment(changing))
      if (entry->path().string().find(".vtu.writing.") != std::string::npos)
        return true;
    return false;
  }

  class Fields : public ::testing::Test
  {
  protected:
    void SetUp() override
    {
      if (std::system("command -v pvpython >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "ParaView's pvpython is not installed";
    }
    const vivicor::testing::TemporaryFolder folder;
    const std::string results = folder / "results", said = folder / "said";
  };
}

TEST_F(Fields, OpenAfterTheRunWasKilledWhileItWroteAFrame)
{
  bool torn = false;
  for (unsigned kill = 0; kill < 5 && !torn; ++kill)
    {
      fs::remove_all(results);
      Process process(arguments(results, frames_of + "--set time.end=400ms"), said);
      wait_for(results, 6 + 2 * kill, process);
      while (process.is_running() && !has_half_a_frame(results))
        ;
      process.send(SIGKILL);
      ASSERT_EQ(process.wait(), -SIGKILL) << text_of(said);
      torn = has_half_a_frame(results);
    }
  ASSERT_TRUE(torn) << "no kill came while a frame was written";
  const double last = reached(results);
  std::string text = opened(results);
  EXPECT_THAT(text, HasSubstr("mechanics frames="));
  EXPECT_THAT(text, HasSubstr("electrophysiology frames="));
  EXPECT_GE(number(text, "last"), last - 2) << "one frame may be missing\n" << text;
  EXPECT_LT(number(text, "warp_error_mm"), 1e-4) << text;

  // Resumed, the series is whole and the torn frame is gone.
  finish(results, frames_of + "--resume --set time.end=20ms");
  text = opened(results);
  EXPECT_EQ(number(text, "frames"), 11) << text;
  EXPECT_EQ(number(text, "last"), 20) << text;
  EXPECT_GT(number(text, "largest_mm"), 1.0) << "or the displacements compared are nothing\n" << text;
  EXPECT_LT(number(text, "warp_error_mm"), 1e-4) << text;
  EXPECT_FALSE(has_half_a_frame(results));
}

TEST_F(Fields, OfSomeRegionsInAllDigitsOnTwoRanks)
{
  finish(results, frames_of + "--set time.end=4ms --set 'output.fields_regions=[\"RA\"]' --set output.fields_precision=double", 2);
  const std::string text = opened(results);
  EXPECT_THAT(text, HasSubstr("regions=3..3 digits=float64")) << text;
  EXPECT_EQ(number(text, "frames"), 3) << text;
  EXPECT_LT(number(text, "warp_error_mm"), 1e-10) << text;
}

TEST_F(Fields, OfARegionThatIsNotThereAreRefused)
{
  const auto outcome = program::run_vivicor(arguments(results, "--set time.end=4ms --set 'output.fields_regions=[\"RAA\"]'"), 1, 100);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.text, HasSubstr("no region 'RAA'"));
  EXPECT_FALSE(fs::exists(results)) << "before a folder is made";
}
