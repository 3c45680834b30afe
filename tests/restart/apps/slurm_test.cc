// Jobs under a real SLURM of one node (tests/tools/one_node_slurm.sh): out of time, failed, cancelled, wrongly
// launched.
#include "tests/restart/apps/runs.h"

#include <fcntl.h>
#include <sys/file.h>

using namespace vivicor;
using namespace vivicor::restart;
using ::testing::HasSubstr;
using ::testing::Not;

namespace
{
  struct Said
  {
    int code = -1;
    std::string text;
  };

  /// Both streams of a command, in a clean environment: this test's own MPI leaves variables behind that a job would
  /// inherit.
  Said shell(const std::string &command, const std::string &slurm_conf = "")
  {
    const std::string clean = "env -i PATH=\"$PATH\" HOME=\"$HOME\" OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 "
                              "OMPI_MCA_mpi_yield_when_idle=1 "
                              + (slurm_conf.empty() ? "" : "SLURM_CONF=" + slurm_conf + " ");
    std::FILE *pipe = popen((clean + command + " 2>&1").c_str(), "r");
    Said said;
    std::array<char, 4096> buffer;
    while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe))
      said.text.append(buffer.data(), n);
    const int status = pclose(pipe);
    said.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return said;
  }

  /// One at a time on a machine: the daemons of two SLURMs side by side take each other's launches for their own.
  class Turn
  {
  public:
    Turn() : file(open((fs::temp_directory_path() / "vivicor_slurm_tests.lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600))
    {
      if (file < 0 || flock(file, LOCK_EX) != 0)
        throw std::runtime_error("the lock of the SLURM tests cannot be taken");
    }
    ~Turn() { close(file); }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

  private:
    const int file;
  };

  class Slurm : public ::testing::Test
  {
  protected:
    static constexpr const char *tool = VIVICOR_SOURCE "/tests/tools/one_node_slurm.sh";

    void SetUp() override
    {
      constexpr int cannot = 77;
      const Said said = shell(std::string(tool) + " start " + (folder / "slurm"));
      if (said.code == cannot)
        GTEST_SKIP() << said.text;
      ASSERT_EQ(said.code, 0) << said.text;
      configuration = (folder.path / "slurm/slurm.conf").string();
    }
    void TearDown() override { shell(std::string(tool) + " stop " + (folder / "slurm")); }

    std::string site(const std::string &entries, const std::string &launcher = "srun --mpi=pmix")
    {
      const std::string file = folder / "site.json";
      std::ofstream(file) << "{\"memory_per_task\": \"300M\", \"launcher\": \"" << launcher << "\", " << entries << "}";
      return file;
    }

    Said vivicor(const std::string &command) { return shell(VIVICOR_PROGRAM " " + command, configuration); }
    Said submit(const std::string &site, const std::string &more)
    {
      return vivicor("submit " VIVICOR_SOURCE "/parameters/minimal/heart.json --site " + site + " --output " + results + " " + more);
    }
    void limit_jobs(int minutes)
    {
      shell("sh -c 'for job in $(squeue --noheader --format=%i); do scontrol update JobId=$job TimeLimit=" + std::to_string(minutes)
              + "; done'",
            configuration);
    }
    std::string queue()
    {
      const Said said = shell("squeue --noheader --array --format='%T %r'", configuration);
      return said.code == 0 ? said.text : "unknown: " + said.text; // a busy controller does not answer: that is no empty queue
    }

    /// Until it is so, for at most so many seconds. @return whether it is
    bool wait_until(const std::function<bool()> &so, double seconds)
    {
      const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
      while (!so())
        {
          if (std::chrono::steady_clock::now() > end)
            return false;
          std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
      return true;
    }
    bool wait_for_the_end(double seconds)
    {
      const auto empty_twice = [&] { // a task that is about to start may be in no list for a moment
        if (!queue().empty())
          return false;
        std::this_thread::sleep_for(std::chrono::seconds(2));
        return queue().empty();
      };
      return wait_until(empty_twice, seconds);
    }
    /// What the jobs printed.
    std::string printed()
    {
      std::string text;
      std::error_code none;
      for (const auto &entry : fs::directory_iterator(results + ".slurm", none))
        if (entry.path().extension() == ".out")
          text += text_of(entry.path());
      return text;
    }

    const Turn turn;
    const vivicor::testing::TemporaryFolder folder;
    const std::string results = folder / "results";
    std::string configuration;
  };
}

TEST_F(Slurm, OutOfTimeItIsRequeuedAndResumedToTheEnd)
{
  const auto start = std::chrono::steady_clock::now();
  const std::string more = "--set time.end=1200ms --set output.fields_every=100ms";
  const Said said = submit(site("\"tasks\": 1, \"time\": \"1 h\", \"stop_before\": \"5 min\""), more);
  ASSERT_EQ(said.code, 0) << said.text;
  ASSERT_TRUE(wait_until([&] { return reached(results) >= 10; }, 300)) << printed() << queue();
  // Five minutes before the limit is now. SLURM looks twice a minute, so that the run must last longer than that.
  limit_jobs(2 + static_cast<int>(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / 60));
  ASSERT_TRUE(wait_until([&] { return queue().find("PENDING") == 0; }, 100)) << printed() << queue();
  const std::string log = results + "/log.txt";
  EXPECT_THAT(text_of(log), HasSubstr("by SIGUSR1"));
  EXPECT_EQ(text_of(results + ".slurm/task_0.exit"), "85\n");
  EXPECT_THAT(vivicor("status " + results).text, HasSubstr("waiting"));
  limit_jobs(60); // the next time it may go on to the end, however busy the machine is
  ASSERT_TRUE(wait_until([&] { return text_of(log).find("resumed at") != std::string::npos; }, 300)) << printed() << queue();
  EXPECT_THAT(vivicor("status " + results).text, HasSubstr("running"));
  ASSERT_TRUE(wait_for_the_end(1200)) << printed();
  EXPECT_TRUE(fs::exists(results + "/summary.json")) << printed();
  EXPECT_EQ(text_of(results + ".slurm/task_0.exit"), "0\n");
  EXPECT_THAT(vivicor("status " + results).text, HasSubstr("done"));
  const auto record = nlohmann::json::parse(text_of(results + "/run.json"));
  EXPECT_EQ(record.at("restart_parent"), "run.1.json");
  EXPECT_NE(record.at("slurm").at("SLURM_RESTART_COUNT"), "0");
  // Once more: nothing is left to do.
  EXPECT_THAT(submit(folder / "site.json", more).text, HasSubstr("1 done, 0 in the queue, 0 to submit"));
}

TEST_F(Slurm, OfFourTasksTheFailedOneIsRerunAlone)
{
  const std::string sweep = "--set time.end=4ms --array case=a,b,c,d", place = site("\"tasks\": 1");
  fs::create_directories(results);
  std::ofstream(results + "/task_2") << "a file where a folder should be";
  const Said first = submit(place, sweep);
  ASSERT_EQ(first.code, 0) << first.text;
  EXPECT_THAT(first.text, HasSubstr("with the tasks 0-3"));
  ASSERT_TRUE(wait_for_the_end(300)) << queue();
  const std::string status = vivicor("status " + results).text;
  EXPECT_THAT(status, HasSubstr("exit code 2"));
  for (const char task : {'0', '1', '3'})
    EXPECT_TRUE(fs::exists(results + "/task_" + task + "/summary.json")) << status << printed();

  fs::remove(results + "/task_2");
  const auto before = fs::last_write_time(results + "/task_1/summary.json");
  const Said second = submit(place, sweep);
  EXPECT_THAT(second.text, HasSubstr("3 done, 0 in the queue, 1 to submit"));
  EXPECT_THAT(second.text, HasSubstr("with the tasks 2;"));
  ASSERT_TRUE(wait_for_the_end(300)) << queue();
  EXPECT_TRUE(fs::exists(results + "/task_2/summary.json")) << printed();
  EXPECT_EQ(fs::last_write_time(results + "/task_1/summary.json"), before);
  EXPECT_EQ(nlohmann::json::parse(text_of(results + "/task_2/summary.json")).at("case"), "c");
  EXPECT_THAT(submit(place, "--set time.end=6ms --array case=a,b,c,d").text, HasSubstr("of another deck"))
    << "other results are not mixed in";
}

TEST_F(Slurm, CancelledItLeavesACheckpoint)
{
  const Said said = submit(site("\"tasks\": 2"), "--set checkpoint.every=0ms");
  ASSERT_EQ(said.code, 0) << said.text;
  ASSERT_TRUE(wait_until([&] { return reached(results) >= 2; }, 200)) << queue() << printed();
  EXPECT_THAT(submit(folder / "site.json", "--set checkpoint.every=0ms").text, HasSubstr("1 in the queue, 0 to submit"));
  shell("scancel --me", configuration);
  ASSERT_TRUE(wait_for_the_end(100)) << queue();
  EXPECT_THAT(text_of(results + "/log.txt"), HasSubstr("by SIG")) << printed(); // the script passes on what SLURM sends as SIGUSR1
  EXPECT_FALSE(fs::is_empty(results + "/checkpoints"));
  EXPECT_THAT(vivicor("status " + results).text, HasSubstr("stopped"));
  EXPECT_FALSE(wait_until([&] { return !queue().empty(); }, 5)) << "it is not put back into the queue";
}

TEST_F(Slurm, CancelledUnderMpirunItIsNoFailure)
{
  const auto read = nlohmann::json::parse(text_of(VIVICOR_SOURCE "/cluster/sites/mpirun.json"), nullptr, true, true);
  const Said said = submit(site("\"tasks\": 2", read.at("launcher")), "--set checkpoint.every=0ms");
  ASSERT_EQ(said.code, 0) << said.text;
  ASSERT_TRUE(wait_until([&] { return reached(results) >= 2; }, 200)) << queue() << printed();
  shell("scancel --me", configuration);
  ASSERT_TRUE(wait_for_the_end(100)) << queue();
  EXPECT_FALSE(fs::is_empty(results + "/checkpoints")) << printed();
  EXPECT_EQ(text_of(results + ".slurm/task_0.exit"), "85\n") << printed();
  EXPECT_THAT(vivicor("status " + results).text, HasSubstr("stopped"));
}

TEST_F(Slurm, WronglyLaunchedItSaysSoInOneLine)
{
  for (const std::string launcher : {"", "srun --mpi=none"})
    {
      const Said said = submit(site("\"tasks\": 2", launcher), "--set time.end=4ms");
      ASSERT_EQ(said.code, 0) << said.text;
      ASSERT_TRUE(wait_for_the_end(100)) << queue();
      std::istringstream lines(printed());
      std::string line, ours;
      while (std::getline(lines, line))
        if (line.rfind("srun: ", 0) != 0) // SLURM reports the exit code, too
          ours += line + "\n";
      EXPECT_THAT(ours, ::testing::StartsWith("vivicor: "));
      EXPECT_EQ(std::count(ours.begin(), ours.end(), '\n'), 1) << ours;
      EXPECT_THAT(ours, HasSubstr("--mpi=pmix"));
      fs::remove_all(results + ".slurm");
    }
}
