// What the command line itself answers: help, version, examples, names of folders, quantities in options.
#include "coupling/tasks/run_folders.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace vivicor;
using program::Outcome;
using program::run_vivicor;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using vivicor::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace
{
  const std::vector<std::string> commands{"run",
                                          "cell",
                                          "circulation",
                                          "check",
                                          "explain",
                                          "insitu",
                                          "list",
                                          "mesh",
                                          "activate",
                                          "submit",
                                          "status",
                                          "tune-cv",
                                          "unload",
                                          "verify",
                                          "about",
                                          "verify electrophysiology",
                                          "verify mechanics"};

  /// The lines below "Examples:" of a help text, as far as they are commands of ours.
  std::vector<std::string> examples_in(const std::string &help)
  {
    std::vector<std::string> lines;
    std::istringstream in(help.substr(std::min(help.find("Examples:"), help.size())));
    for (std::string line; std::getline(in, line);)
      if (const auto at = line.find("vivicor "); at != std::string::npos)
        lines.push_back(line.substr(at + 8));
    return lines;
  }
}

TEST(CommandLine, an_unknown_command_is_refused_also_before_help)
{
  for (const std::string line : {"nosuch --help", "--help nosuch", "rnu --help", "verify nosuch --help", "verify mechanisc"})
    {
      const Outcome outcome = run_vivicor(line, 1, 10);
      EXPECT_EQ(outcome.code, 2) << line << "\n" << outcome.text;
      EXPECT_THAT(outcome.text, AllOf(HasSubstr("no command"), HasSubstr("nearest: "))) << line;
    }
  EXPECT_THAT(run_vivicor("rnu --help", 1, 10).text, HasSubstr("nearest: run\n"));
  EXPECT_THAT(run_vivicor("verify mechanisc --help", 1, 10).text, HasSubstr("nearest: mechanics\n"));
  const Outcome option = run_vivicor("run --outptu x --help", 1, 10);
  EXPECT_EQ(option.code, 2);
  EXPECT_THAT(option.text, HasSubstr("nearest: --output\n"));
}

TEST(CommandLine, help_and_version)
{
  const Outcome version = run_vivicor("--version", 1, 10);
  EXPECT_EQ(version.code, 0);
  EXPECT_THAT(version.text, ::testing::MatchesRegex("Vivicor [0-9]+\\.[0-9]+\\.[0-9]+ \\(.*\\)\n"));
  const Outcome help = run_vivicor("--help", 1, 10);
  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.text, HasSubstr("--version"));
  for (const std::string &command : commands)
    if (command.find(' ') == std::string::npos)
      EXPECT_THAT(help.text, HasSubstr("\n  " + command)) << "a command without a test";
}

// Each example is a line that the command takes: with --help it prints help, and an unknown option would be refused.
TEST(CommandLine, every_command_has_examples_that_it_takes)
{
  for (const std::string &command : commands)
    {
      const Outcome help = run_vivicor(command + " --help", 1, 10);
      EXPECT_EQ(help.code, 0) << help.text;
      const auto examples = examples_in(help.text);
      EXPECT_GE(examples.size(), 1u) << command;
      EXPECT_LE(examples.size(), 3u) << command;
      for (const std::string &example : examples)
        {
          EXPECT_EQ(example.rfind(command, 0), 0u) << example;
          const Outcome outcome = run_vivicor(example + " --help", 1, 10);
          EXPECT_EQ(outcome.code, 0) << example << "\n" << outcome.text;
          std::istringstream words(example);
          for (std::string word; words >> word;)
            if (word.starts_with("parameters/") || word.starts_with("cluster/"))
              EXPECT_TRUE(fs::exists(fs::path(VIVICOR_SOURCE) / word)) << word;
        }
    }
}

// Two decks of one name lie in two folders: their results do as well.
TEST(CommandLine, results_are_named_by_the_deck_and_its_folder)
{
  EXPECT_EQ(name_of_deck("parameters/minimal/heart.json"), "minimal_heart");
  EXPECT_EQ(name_of_deck("parameters/whole_heart/heart.json"), "whole_heart");
  EXPECT_EQ(name_of_deck("parameters/whole_heart/kit.json"), "whole_heart_kit");
  EXPECT_EQ(name_of_deck("/x/../y/heart.prm"), "y_heart");
  EXPECT_EQ(name_of_deck("heart/heart.json"), "heart");
  EXPECT_EQ(name_of_deck("/heart.json"), "heart");
  EXPECT_EQ(name_of_deck("./heart.json"), name_of_deck(fs::current_path() / "heart.json")) << "however it is named";
  std::set<std::string> names;
  unsigned decks = 0;
  for (const auto &entry : fs::recursive_directory_iterator(fs::path(VIVICOR_SOURCE) / "parameters"))
    if (entry.path().extension() == ".json")
      {
        names.insert(name_of_deck(entry.path().string()));
        ++decks;
      }
  EXPECT_EQ(names.size(), decks) << "the project's own decks";
}

// ./run has the rule in its own words.
TEST(CommandLine, the_script_names_results_alike)
{
  std::ifstream script(VIVICOR_SOURCE "/run");
  std::string rule;
  for (std::string line; std::getline(script, line);)
    if (line.find("name_of_deck()") != std::string::npos || !rule.empty())
      {
        rule += line + "\n";
        if (line == "}")
          break;
      }
  ASSERT_FALSE(rule.empty()) << "./run has no name_of_deck()";
  const TemporaryFolder folder;
  for (const std::string deck : {"parameters/minimal/heart.json", "parameters/whole_heart/heart.json", "parameters/whole_heart/kit.json",
                                 "/x/y/a b.prm", "heart/heart.json", "heart.json", "/heart.json"})
    {
      std::ofstream(folder / "rule.sh") << rule << "name_of_deck \"$1\"\n";
      const std::string command = "bash " + (folder / "rule.sh") + " '" + deck + "' >" + (folder / "said");
      ASSERT_EQ(std::system(command.c_str()), 0);
      std::string said;
      std::ifstream in(folder / "said");
      std::getline(in, said);
      EXPECT_EQ(said, name_of_deck(deck)) << deck;
    }
}

// A value without unit, of another dimension, or too large: the message names the reason.
TEST(CommandLine, quantities_in_options_say_what_is_wrong)
{
  struct Case
  {
    std::string line, says, not_this = "must lie between";
  };
  for (const Case &c : {Case{"cell mitchell_schaeffer_2003 --beats 1 --cycle-length 500", "has no unit"},
                        {"cell mitchell_schaeffer_2003 --beats 1 --cycle-length \"500 mV\"", "that is a voltage, this is a time"},
                        {"cell mitchell_schaeffer_2003 --beats 1 --stimulus-amplitude \"1 mV\"", "that is a voltage"},
                        {"cell mitchell_schaeffer_2003 --beats 1 --cycle-length \"500 mss\"", "nearest: ms\n"},
                        {"cell mitchell_schaeffer_2003 --beats 1 --cycle-length \"1e9 s\"", "it must lie between", "no unit"},
                        {"cell mitchell_schaeffer_2003 -p s1s2 --intervals \"300\"", "has no unit"},
                        {"tune-cv --threshold \"20 mm\"", "that is a length, this is a voltage"},
                        {"tune-cv --threshold 20", "has no unit"},
                        {"tune-cv --velocity 0.6", "has no unit"},
                        {"tune-cv --velocity \"0.6 m\"", "that is a length, this is a velocity"},
                        {"tune-cv --edge \"0.2 mL\"", "that is a volume, this is a length"},
                        {"tune-cv --edge \"-1 mm\"", "must be a positive length"},
                        {"tune-cv --time-step \"1 mm\"", "this is a time"},
                        {"tune-cv --surface-to-volume \"1 mm\"", "this is a surface-to-volume ratio"},
                        {"tune-cv --capacitance \"1 uF\"", "uF/"},
                        {"tune-cv --velocity \"10 m/s\" --edge \"0.2 mm\"", "ask for a lower velocity", "higher velocity"},
                        {"activate absent.json --until 300", "has no unit"},
                        {"activate absent.json --until \"300 mm\"", "that is a length, this is a time"},
                        {"activate absent.json --until \"-3 ms\"", "after 0 ms"},
                        {"circulation --cycle-length 800", "has no unit"},
                        {"circulation --periodic \"1 mm\"", "that is a length, this is a volume"},
                        {"circulation --tolerance \"1 mm\"", "a number without unit"},
                        {"circulation --set \"circulation.systemic.arterial_resistance=1.04 mmHg/(mL/s)\"", "nearest: mmHg s/mL"}})
    {
      const Outcome outcome = run_vivicor(c.line, 1, 120);
      EXPECT_EQ(outcome.code, 2) << c.line << "\n" << outcome.text;
      EXPECT_THAT(outcome.text, AllOf(HasSubstr(c.says), Not(HasSubstr(c.not_this)))) << c.line;
    }
}

// Results that are there but cannot be understood are left alone, with a message.
TEST(CommandLine, submit_and_status_survive_damaged_results)
{
  const TemporaryFolder folder;
  const std::string deck = VIVICOR_SOURCE "/parameters/minimal/heart.json", results = folder / "results";
  std::ofstream(folder / "site.json") << R"({"tasks": 1, "time": "10 min"})";
  fs::create_directories(results);
  std::string deep;
  for (int k = 0; k < 100000; ++k)
    deep += "{\"deck\":";
  for (const std::string &text : {deep + "1" + std::string(100000, '}'), deep, std::string("[1]"), std::string("{}"),
                                  std::string("{\"deck\": 3}"), std::string("{\"deck\": {\"time\": [[[]]]}}")})
    {
      std::ofstream(fs::path(results) / "run.json") << text;
      std::ofstream(fs::path(results) / "progress.json") << text;
      const Outcome submit = run_vivicor("submit " + deck + " --site " + (folder / "site.json") + " --output " + results + " --dry-run", 1,
                                         20);
      EXPECT_EQ(submit.code, 2) << text.substr(0, 100) << submit.text.substr(0, 500);
      EXPECT_THAT(submit.text, HasSubstr("run.json"));
      const Outcome status = run_vivicor("status " + results, 1, 20);
      EXPECT_EQ(status.code, 0) << text.substr(0, 100) << status.text.substr(0, 500);
    }
}

// The same values in other words: the results there are of this deck.
TEST(CommandLine, submit_compares_values)
{
  const TemporaryFolder folder;
  const std::string deck = VIVICOR_SOURCE "/parameters/minimal/heart.json", results = folder / "my results";
  std::ofstream(folder / "site.json") << R"({"tasks": 1, "time": "10 min"})";
  const auto submit = [&](const std::string &options) {
    return run_vivicor("submit " + deck + " --site " + (folder / "site.json") + " --output '" + results + "' --dry-run " + options, 1, 20);
  };
  EXPECT_THAT(submit("").text, HasSubstr("#SBATCH --output=\"" + results + ".slurm/%j.out\"\n"));
  const Outcome twice = submit("--array 'time.mechanics_step=2 ms,0.002 s'");
  EXPECT_EQ(twice.code, 2) << twice.text;
  EXPECT_THAT(twice.text, HasSubstr("two tasks are the same"));
  EXPECT_EQ(submit("--array 'time.mechanics_step=2 ms,0.001 s'").code, 0);
}
