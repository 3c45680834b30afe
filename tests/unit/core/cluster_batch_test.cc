// The batch script is run here by a shell, with a program and a SLURM that pretend.
#include "core/cluster/batch_script.h"
#include "core/cluster/run_state.h"
#include "core/cluster/sweep.h"
#include "core/error.h"
#include "core/shell_words.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace vivicor;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

namespace
{
  std::string text_of(const fs::path &file)
  {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  void write(const fs::path &file, const std::string &text, bool executable = false)
  {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
    if (executable)
      chmod(file.c_str(), 0755);
  }

  Site site()
  {
    Site site;
    site.name = "test";
    site.nodes = 0;
    site.tasks = 2;
    site.time = 3600e3;
    site.stop_before = 120e3;
    return site;
  }

  /// A folder in which a script runs with a program of its own.
  struct Stage
  {
    vivicor::testing::TemporaryFolder folder;
    Submission submission;

    explicit Stage(const std::vector<std::vector<std::string>> &settings = {{}})
    {
      submission.folder = folder / "results of it"; // with blanks, as users have them
      submission.tasks = tasks_in(submission.folder, settings);
      fs::create_directories(submission.control_folder());
      write(folder / "bin/scontrol", "#!/bin/sh\necho \"$@\" >>" + quoted(folder / "scontrol_said") + "\n", true);
    }

    /// @param program a shell script @return exit code
    int run(const std::string &program, unsigned task = 0)
    {
      write(folder / "program", "#!/bin/bash\n" + program, true);
      BatchJob job;
      job.name = "test";
      job.program = {folder / "program", "run", "a deck.json"};
      for (unsigned k = 0; k < submission.tasks.size(); ++k)
        job.tasks.push_back(k);
      write(folder / "script", batch_script(site(), submission, job));
      const std::string command = "cd " + quoted(folder.path.string()) + " && PATH=$PWD/bin:$PATH SLURM_JOB_ID=12 SLURM_ARRAY_TASK_ID="
                                  + std::to_string(task) + " timeout 20 bash script >said 2>&1";
      const int status = std::system(command.c_str());
      return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    std::string said() const { return text_of(folder.path / "said"); }
    std::string requeued() const { return text_of(folder.path / "scontrol_said"); }
    std::string exit_code(unsigned task = 0) const { return text_of(submission.exit_file(task)); }
  };

  // What the pretended program does: @FOLDER is found after --output.
  const std::string find_folder
    = "while (($#)); do [[ $1 == --output ]] && folder=$2; how=$1; shift; done; mkdir -p \"$folder/checkpoints\"\n";
}

TEST(Sweep, MakesEveryCombination)
{
  EXPECT_THAT(combinations({}), ElementsAre(ElementsAre()));
  EXPECT_THAT(combinations({"a=1 ms, 2 ms", "b=[1,2],[3]"}), ElementsAre(ElementsAre("a=1 ms", "b=[1,2]"), ElementsAre("a=1 ms", "b=[3]"),
                                                                         ElementsAre("a=2 ms", "b=[1,2]"), ElementsAre("a=2 ms", "b=[3]")));
}

TEST(Sweep, RefusesWhatItCannotUnderstand)
{
  for (const std::string axis : {"a", "=1", "a=", "a=1,", "a=1,1"})
    EXPECT_THROW(combinations({axis}), UserError) << axis;
}

TEST(BatchScript, WritesSlurmsForms)
{
  EXPECT_EQ(index_list({0, 1, 2, 5, 7, 8}), "0-2,5,7-8");
  EXPECT_EQ(index_list({4}), "4");
  EXPECT_EQ(slurm_time(60e3), "00:01:00");
  EXPECT_EQ(slurm_time(86400e3 + 3600e3 + 1), "1-01:00:01");
  EXPECT_EQ(quoted("/a/b.json"), "/a/b.json");
  EXPECT_EQ(quoted("it's"), "'it'\\''s'");
  EXPECT_EQ(quoted(""), "''");
}

TEST(BatchScript, AsksForWhatTheSiteSays)
{
  Stage stage({{"a=1"}, {"a=2"}});
  Site full = site();
  full.partition = "big";
  full.account = "hearts";
  full.memory_per_task = "2G";
  full.nodes = 3;
  full.modules = {"openmpi/4.1"};
  full.options = {"--exclusive"};
  BatchJob job;
  job.name = "sweep";
  job.tasks = {1};
  job.at_most = 1;
  const std::string script = batch_script(full, stage.submission, job);
  for (const std::string line : {"--partition=big", "--account=hearts", "--mem-per-cpu=2G", "--nodes=3", "--ntasks=2", "--exclusive",
                                 "--requeue", "--time=01:00:00", "--signal=B:USR1@120", "--array=1%1", "--job-name=sweep"})
    EXPECT_THAT(script, HasSubstr("\n#SBATCH " + line + "\n"));
  EXPECT_THAT(script, HasSubstr("\nmodule load openmpi/4.1\n"));
  EXPECT_THAT(script, Not(HasSubstr("a=1"))) << "a task that is not asked for";
}

TEST(BatchScript, PassesSettingsWithBlanksAndKeepsTheExitCode)
{
  Stage stage({{"time.end=10 ms"}, {"case=it's two"}});
  EXPECT_EQ(stage.run("printf '<%s>' \"$@\"; exit 3", 1), 3);
  EXPECT_THAT(stage.said(),
              HasSubstr("<run><a deck.json><--set><case=it's two><--output><" + stage.submission.tasks[1].folder + "><--overwrite>"));
  EXPECT_EQ(stage.exit_code(1), "3\n");
  EXPECT_EQ(stage.requeued(), "");
}

namespace
{
  /// The arguments of the lines #SBATCH as sbatch reads them (SLURM 22.05, src/sbatch/opt.c, _get_argument): blanks separate, quotes
  /// group, a backslash takes the next letter as it is, also within quotes, and a bare # begins a comment.
  std::vector<std::string> arguments_of_sbatch(const std::string &script)
  {
    std::vector<std::string> arguments;
    std::istringstream lines(script);
    for (std::string line; std::getline(lines, line);)
      {
        if (!line.starts_with("#"))
          {
            if (line.find_first_not_of(" \t") != std::string::npos)
              break; // sbatch looks no further than the first command
            continue;
          }
        if (!line.starts_with("#SBATCH"))
          continue;
        for (std::size_t at = 7; at < line.size();)
          {
            while (at < line.size() && std::isspace(static_cast<unsigned char>(line[at])))
              ++at;
            std::string argument;
            char quote = 0;
            bool escaped = false, any = false;
            for (; at < line.size() && (quote || !std::isspace(static_cast<unsigned char>(line[at]))); ++at)
              {
                const char c = line[at];
                if (escaped)
                  escaped = false;
                else if (c == '\\')
                  {
                    escaped = true;
                    continue;
                  }
                else if (quote)
                  {
                    if (c == quote)
                      {
                        quote = 0;
                        continue;
                      }
                  }
                else if (c == '"' || c == '\'')
                  {
                    quote = c;
                    continue;
                  }
                else if (c == '#')
                  {
                    at = line.size();
                    break;
                  }
                argument += c;
                any = true;
              }
            EXPECT_EQ(quote, 0) << "Unmatched quote in " << line;
            if (any)
              arguments.push_back(argument);
          }
      }
    return arguments;
  }

  const std::vector<std::string> awkward{"a b",    "it's", "say \"hi\"", "$HOME",       "`id`",       "$(touch x)", "a;b",
                                         "a&b|c",  "a#b",  "100%",       "%j of %A",    "*",          "~",          "(x)",
                                         "ä ö 心", "-n",   "a\tb?",      "a!b{c,d}[e]", "trailing  ", "==",         "<x>"};
}

// Folders, names, accounts and settings as users have them: what sbatch and the shell read is what was meant.
TEST(BatchScript, QuotesWhatSbatchReads)
{
  for (const std::string &text : awkward)
    if (text.find('\t') == std::string::npos)
      {
        Submission submission;
        submission.folder = "/scratch/" + text + "/results";
        submission.tasks = tasks_in(submission.folder, {{}});
        Site full = site();
        full.partition = full.account = full.qos = text;
        BatchJob job{text, {"vivicor", "run", text}, {0}};
        const auto arguments = arguments_of_sbatch(batch_script(full, submission, job));
        std::string pattern = submission.control_folder();
        for (std::size_t at = 0; (at = pattern.find('%', at)) != std::string::npos; at += 2)
          pattern.replace(at, 1, "%%"); // SLURM's own way to write a percent sign
        for (const std::string &wanted : {"--job-name=" + text, "--partition=" + text, "--account=" + text, "--qos=" + text,
                                          "--output=" + pattern + "/%j.out", std::string("--requeue")})
          EXPECT_THAT(arguments, ::testing::Contains(wanted)) << text;
      }
}

TEST(BatchScript, ThePresentSlurmTakesQuotedLines)
{
  EXPECT_EQ(sbatch_value("/a/b-c_1.out"), "/a/b-c_1.out");
  EXPECT_EQ(sbatch_value("/my results/%j.out"), "\"/my results/%j.out\"");
  EXPECT_EQ(sbatch_value("a\"b\\c"), "\"a\\\"b\\\\c\"");
}

TEST(BatchScript, RefusesWhatNoLineHolds)
{
  const auto refused = [](const auto &change) {
    Submission submission;
    submission.folder = "/results";
    submission.tasks = tasks_in(submission.folder, {{}});
    Site full = site();
    BatchJob job{"name", {"vivicor"}, {0}};
    change(full, submission, job);
    try
      {
        batch_script(full, submission, job);
      }
    catch (const UserError &)
      {
        return true;
      }
    return false;
  };
  EXPECT_FALSE(refused([](Site &, Submission &, BatchJob &) {}));
  for (const std::string end : {"a\nrm -rf x", "a\rb", "a\x1b[2J"})
    {
      EXPECT_TRUE(refused([&](Site &, Submission &, BatchJob &job) { job.name = end; }));
      EXPECT_TRUE(refused([&](Site &site, Submission &, BatchJob &) { site.account = end; }));
      EXPECT_TRUE(refused([&](Site &site, Submission &, BatchJob &) { site.partition = end; }));
      EXPECT_TRUE(refused([&](Site &site, Submission &, BatchJob &) { site.qos = end; }));
      EXPECT_TRUE(refused([&](Site &site, Submission &, BatchJob &) { site.name = end; }));
      EXPECT_TRUE(refused([&](Site &site, Submission &, BatchJob &) { site.launcher = end; }));
      EXPECT_TRUE(refused([&](Site &site, Submission &, BatchJob &) { site.options = {"--x", end}; }));
      EXPECT_TRUE(refused([&](Site &, Submission &submission, BatchJob &) { submission.folder = "/" + end; }));
    }
  EXPECT_TRUE(refused([&](Site &, Submission &submission, BatchJob &) { submission.folder = "/a\\b"; }));
}

TEST(BatchScript, PassesEverySettingAndFolderAsItIs)
{
  std::vector<std::vector<std::string>> settings;
  for (const std::string &text : awkward)
    settings.push_back({"case=" + text});
  settings.push_back({"case=two\nlines"});
  Stage stage(settings);
  for (unsigned k = 0; k < settings.size(); ++k)
    {
      EXPECT_EQ(stage.run("printf '<%s>' \"$@\"", k), 0) << settings[k][0];
      EXPECT_THAT(stage.said(), HasSubstr("<run><a deck.json><--set><" + settings[k][0] + "><--output>"));
    }
}

TEST(ShellWords, AreReadBackAsTheyWere)
{
  for (const std::string &text : awkward)
    {
      const vivicor::testing::TemporaryFolder folder;
      const std::string command = "printf %s " + quoted(text) + " >" + quoted(folder / "said");
      ASSERT_EQ(std::system(command.c_str()), 0) << text;
      EXPECT_EQ(text_of(folder / "said"), text);
    }
  EXPECT_EQ(quoted({"vivicor", "run", "my deck.json"}), "vivicor run 'my deck.json'");
}

TEST(BatchScript, LeavesWhatIsDone)
{
  Stage stage;
  write(fs::path(stage.submission.folder) / "summary.json", "{}");
  EXPECT_EQ(stage.run("exit 9"), 0);
  EXPECT_EQ(stage.exit_code(), "0\n");
}

TEST(BatchScript, ResumesFromACheckpointAndRequeuesAt85)
{
  Stage stage;
  const std::string steps
    = find_folder + "echo \"$how\"; n=$(ls \"$folder/checkpoints\" | wc -l); touch \"$folder/checkpoints/$n.checkpoint\"; exit 85";
  EXPECT_EQ(stage.run(steps), 85);
  EXPECT_THAT(stage.said(), HasSubstr("--overwrite"));
  EXPECT_EQ(stage.requeued(), "requeue 12\n");
  EXPECT_EQ(stage.run(steps), 85);
  EXPECT_THAT(stage.said(), HasSubstr("--resume"));
  EXPECT_EQ(stage.requeued(), "requeue 12\nrequeue 12\n");
}

TEST(BatchScript, DoesNotRequeueForEverWhenNothingMoves)
{
  Stage stage;
  const std::string stuck = find_folder + "touch \"$folder/checkpoints/0.checkpoint\"; exit 85";
  EXPECT_EQ(stage.run(stuck), 85) << "the first checkpoint is a step forward";
  EXPECT_EQ(stage.run(stuck), 3);
  EXPECT_THAT(stage.said(), HasSubstr("more time"));
  EXPECT_EQ(stage.requeued(), "requeue 12\n");
}

TEST(BatchScript, PassesTheSignalsOnAndWaitsForTheEnd)
{
  // Like mpirun, it passes on USR1 only and fails at TERM.
  const std::string program = find_folder
                              + "trap 'sleep 0.5; touch \"$folder/checkpoints/1.checkpoint\"; exit 85' USR1\ntrap 'exit 1' TERM\nkill "
                                "-@ $PPID\nfor k in 1 2 3 4 5 6 7 8 9; do sleep 0.5; done; exit 9";
  for (const std::string signal : {"USR1", "TERM"})
    {
      Stage stage;
      std::string mine = program;
      mine.replace(mine.find('@'), 1, signal);
      EXPECT_EQ(stage.run(mine), 85) << signal << ": " << stage.said();
      EXPECT_EQ(stage.exit_code(), "85\n");
      EXPECT_EQ(stage.requeued(), signal == "USR1" ? "requeue 12\n" : "") << "a cancelled job is not put back";
    }
}

TEST(BatchScript, ACancelledJobIsNoFailureWhateverItsLauncherSays)
{
  // SLURM's TERM hits the launcher, too, which then has an exit code of its own.
  for (const std::string code : {"1", "137", "143"})
    for (const bool checkpoint : {true, false})
      {
        Stage stage;
        const std::string save = checkpoint ? "touch \"$folder/checkpoints/1.checkpoint\"; " : "";
        const int end = stage.run(find_folder + "trap '" + save + "exit " + code + "' USR1\nkill -TERM $PPID\nsleep 5 & wait; exit 9");
        EXPECT_EQ(end, checkpoint ? 85 : 143) << code << ": " << stage.said();
        EXPECT_EQ(stage.requeued(), "");
      }
  Stage stage;
  EXPECT_EQ(stage.run(find_folder + "trap 'exit 3' USR1\nkill -TERM $PPID\nsleep 5 & wait; exit 9"), 3) << "a solver that failed did";
}

TEST(Submission, ComesBackFromItsRecord)
{
  Stage stage({{"a=1"}, {"a=2"}});
  stage.submission.deck = "/decks/heart.json";
  stage.submission.sha256 = "abc";
  stage.submission.jobs = {{"12", {0, 1}}, {"15", {1}}};
  EXPECT_FALSE(has_submission(stage.submission.folder));
  write_submission(stage.submission);
  ASSERT_TRUE(has_submission(stage.submission.folder));
  const Submission read = read_submission(stage.submission.folder);
  EXPECT_EQ(read.folder, stage.submission.folder);
  EXPECT_EQ(read.deck, "/decks/heart.json");
  EXPECT_EQ(read.sha256, "abc");
  ASSERT_EQ(read.tasks.size(), 2u);
  EXPECT_EQ(read.tasks[1].folder, stage.submission.folder + "/task_1");
  EXPECT_THAT(read.tasks[1].settings, ElementsAre("a=2"));
  ASSERT_EQ(read.jobs.size(), 2u);
  EXPECT_EQ(read.jobs[1].id, "15");
  EXPECT_THAT(read.jobs[1].tasks, ElementsAre(1u));
}

TEST(Status, TellsTheTasksApart)
{
  Stage stage({{"a=0"}, {"a=1"}, {"a=2"}, {"a=3"}, {"a=4"}, {"a=5"}});
  auto &submission = stage.submission;
  submission.jobs = {{"12", {0, 1, 2, 3, 4, 5}}, {"13", {2}}};
  write_submission(submission);
  const std::string progress = "{\"beat\": 1, \"beats\": 2, \"phase\": \"ejection\", \"time_ms\": 40, \"end_ms\": 40, \"s_per_step\": 0.1}";
  write(fs::path(submission.tasks[0].folder) / "progress.json", progress);
  write(fs::path(submission.tasks[0].folder) / "summary.json", "{}");
  write(submission.exit_file(1), "3\n");
  write(fs::path(submission.tasks[4].folder) / "checkpoints/00000001.checkpoint", "");
  write(submission.exit_file(4), "85\n");
  write(submission.exit_file(5), "143\n");
  const std::map<std::string, QueueState> queue{{"13_2", {"PENDING", "Resources"}}, {"12_3", {"RUNNING", "None"}}};
  const auto states = run_states(submission.folder, queue);
  ASSERT_EQ(states.size(), 6u);
  EXPECT_EQ(states[0].state, "done");
  EXPECT_EQ(states[1].state, "failed");
  EXPECT_THAT(states[1].detail, HasSubstr("exit code 3"));
  EXPECT_EQ(states[2].state, "waiting");
  EXPECT_THAT(states[2].detail, HasSubstr("Resources"));
  EXPECT_EQ(states[3].state, "running");
  EXPECT_EQ(states[4].state, "stopped");
  EXPECT_EQ(states[5].state, "stopped") << "cancelled before its first step";
  EXPECT_THAT(queued_tasks(submission, queue), ElementsAre(2u, 3u));
  EXPECT_THAT(table(states), HasSubstr("a=3"));
}

TEST(Site, IsFoundByNameAndChecked)
{
  const vivicor::testing::TemporaryFolder folder;
  write(folder / "here.json", "{\"tasks\": 8, \"time\": \"2 h\", \"modules\": [\"a\", \"b\"]}");
  const Site site = read_site("here", {"/nowhere", folder.path.string()}, {"tasks=16"});
  EXPECT_EQ(site.tasks, 16);
  EXPECT_EQ(site.time, 7200e3);
  EXPECT_THAT(site.modules, ElementsAre("a", "b"));
  EXPECT_THROW(read_site("there", {folder.path.string()}, {}), UserError);
  EXPECT_THROW(read_site("here", {folder.path.string()}, {"memory_per_task=much"}), UserError);
  EXPECT_THROW(read_site("here", {folder.path.string()}, {"stop_before=3 h"}), UserError);
  EXPECT_THROW(read_site("here", {folder.path.string()}, {"task=16"}), UserError);
}

TEST(Site, NoneLetsMpirunWaitForMinutesOrKillWhatWritesACheckpoint)
{
  const std::vector<std::string> folders{VIVICOR_SOURCE "/cluster/sites"};
  for (const auto &entry : fs::directory_iterator(folders[0]))
    {
      const std::string launcher = read_site(entry.path().stem().string(), folders, {}).launcher;
      EXPECT_THAT(launcher, Not(HasSubstr("odls_base_sigkill_timeout"))) << "waited for twice after every failure";
      if (launcher.find("mpirun") != std::string::npos)
        {
          EXPECT_THAT(launcher, HasSubstr("--block-signal=TERM"));
        }
    }
}

TEST(Site, ShippedOnesAreValid)
{
  const std::vector<std::string> folders{VIVICOR_SOURCE "/cluster/sites"};
  unsigned sites = 0;
  for (const auto &entry : fs::directory_iterator(folders[0]))
    {
      EXPECT_NO_THROW(read_site(entry.path().stem().string(), folders, {})) << entry.path();
      ++sites;
    }
  EXPECT_GE(sites, 3u);
}
