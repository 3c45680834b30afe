// A resumed run that is refused for its mesh leaves its folder as it was.
#include "tests/restart/apps/runs.h"

using namespace vivicor;
using namespace vivicor::restart;

TEST(Resume, WithAnotherMeshInTheSameFileTouchesNothing)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string minimal = VIVICOR_SOURCE "/parameters/minimal/heart.json";
  const auto vivicor = [](const std::string &command) { return program::run_vivicor(command, 1, 300); };
  // The heart's mesh with tags, as `unload` writes it, on which a run is begun.
  const auto unloaded = vivicor("unload " + minimal + " --set 'mesh.element_size=14 mm' -o " + (folder / "heart"));
  ASSERT_EQ(unloaded.code, 0) << unloaded.text;
  const std::string deck = folder / "heart/unloaded.json", mesh = folder / "heart/unloaded.vtu", results = folder / "results";
  const std::string run = "run " + deck + " -q --set time.end=4ms --set checkpoint.every=2ms --output " + results;
  const auto begun = vivicor(run);
  ASSERT_EQ(begun.code, 0) << begun.text;
  const auto before = fs::last_write_time(results + "/run.json");

  const auto finer = vivicor("unload " + minimal + " --set 'mesh.element_size=13 mm' -o " + (folder / "other"));
  ASSERT_EQ(finer.code, 0) << finer.text;
  fs::copy_file(folder / "other/unloaded.vtu", mesh, fs::copy_options::overwrite_existing);
  const auto refused = vivicor(run + " --resume --set time.end=8ms");
  EXPECT_EQ(refused.code, 2) << refused.text;
  EXPECT_THAT(refused.text, ::testing::HasSubstr("another mesh"));
  EXPECT_EQ(fs::last_write_time(results + "/run.json"), before);
  EXPECT_FALSE(fs::exists(results + "/run.1.json"));
}
