#include "apps/commands.h"
#include "apps/deck_options.h"
#include "apps/examples.h"
#include "core/cluster/batch_script.h"
#include "core/cluster/run_state.h"
#include "core/cluster/slurm.h"
#include "core/cluster/sweep.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/output/files.h"
#include "core/output/json_file.h"
#include "core/shell_words.h"
#include "coupling/deck.h"
#include "coupling/folder/deck_differences.h"
#include "coupling/tasks/run_folders.h"
#include "coupling/validate.h"
#include "meshes/sources/mesh_source.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

namespace vivicor
{
  namespace fs = std::filesystem;
  using Json = nlohmann::ordered_json;

  namespace
  {
    struct SubmitOptions : RunOptions
    {
      std::string site;
      std::vector<std::string> site_settings, axes;
      unsigned at_most = 0;
      bool dry_run = false;
    };

    std::string absolute(const std::string &path)
    {
      const fs::path whole = fs::absolute(path).lexically_normal();
      return (whole.has_filename() ? whole : whole.parent_path()).string(); // "folder/"
    }

    struct ResolvedDeck
    {
      std::string json;
      std::vector<std::string> folders; ///< in which its files are sought
    };

    /// The deck of a task, checked now rather than when the job starts after a night in the queue: with its files and, once for
    /// each, a mesh that is read from one. What takes longer is left to `vivicor check`.
    ResolvedDeck resolved_deck(const SubmitOptions &options, const Task &task, std::set<std::string> &known_meshes)
    {
      std::vector<std::string> settings = options.settings;
      settings.insert(settings.end(), task.settings.begin(), task.settings.end());
      const Deck deck = read_deck(options.deck_file, deck_schema(), settings);
      const std::vector<std::string> folders = mesh_folders(deck, options);
      validate_deck(deck.parameters, folders);
      const std::string resolved = deck.parameters.resolved_json();
      const Json json = Json::parse(resolved);
      const std::string mesh = json.at("mesh").dump() + json.value("regions", Json()).dump() + json.at("fibres").dump();
      if (!mesh_inputs(deck.parameters, folders).empty() && known_meshes.insert(mesh).second)
        validate_anatomy(deck.parameters, build_anatomy(deck.parameters, folders));
      return {resolved, folders};
    }

    /// Results that are there must be those of this deck, or a task would be taken for done or go on as another.
    void check_results(const Task &task, const ResolvedDeck &deck)
    {
      const std::string record = task.folder + "/run.json";
      if (std::error_code unreadable; !fs::exists(record, unreadable))
        return;
      const auto run = read_json_file(record);
      if (!run || !run->is_object() || !run->contains("deck") || !run->at("deck").is_object())
        throw UserError({"cannot understand '" + record + "'", "", "it should say which deck the results there are of", "",
                         "remove the folder, or choose another one with --output"});
      const DeckDifferences differences = deck_differences(run->at("deck"), Json::parse(deck.json), deck.folders);
      std::vector<std::string> objections = differences.grave;
      if (is_done(task))
        std::copy_if(differences.light.begin(), differences.light.end(), std::back_inserter(objections),
                     [](const std::string &difference) { return difference.starts_with("time."); });
      if (!objections.empty())
        throw UserError(
          {"'" + task.folder + "' holds results of another deck", record, in_words(objections), "", "choose another folder with --output"});
    }

    Submission wanted(const SubmitOptions &options)
    {
      Submission submission;
      submission.folder = absolute(output_folder(options));
      submission.deck = absolute(options.deck_file);
      submission.tasks = tasks_in(submission.folder, combinations(options.axes));
      std::string decks;
      std::set<std::string> known, known_meshes;
      for (const Task &task : submission.tasks)
        {
          const ResolvedDeck deck = resolved_deck(options, task, known_meshes);
          check_results(task, deck);
          const std::string values = fingerprint(Json::parse(deck.json), deck.folders);
          if (!known.insert(values).second)
            throw UserError({"two tasks are the same", "--array",
                             in_words(task.settings) + " is a task already, perhaps with other spelling", "",
                             "give every task values of its own"});
          decks += values + "\n";
        }
      submission.sha256 = sha256_of_text(decks);
      if (has_submission(submission.folder))
        {
          Submission before = read_submission(submission.folder);
          if (before.sha256 != submission.sha256)
            throw UserError({"'" + submission.folder + "' belongs to another submission", before.control_folder(),
                             "its deck or its tasks differ", "", "choose another folder with --output, or remove both"});
          submission.jobs = before.jobs;
        }
      return submission;
    }

    BatchJob batch_job(const SubmitOptions &options, const Submission &submission, const std::vector<unsigned> &tasks)
    {
      BatchJob job;
      job.name = fs::path(submission.folder).filename().string();
      job.program = {fs::read_symlink("/proc/self/exe").string(), "run", submission.deck, "--quiet"};
      for (const std::string &setting : options.settings)
        job.program.insert(job.program.end(), {"--set", setting});
      for (const std::string &folder : options.data_folders)
        job.program.insert(job.program.end(), {"--data", absolute(folder)});
      job.tasks = tasks;
      job.at_most = options.at_most;
      return job;
    }

    bool contains(const std::vector<unsigned> &numbers, unsigned number)
    {
      return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
    }

    void submit(const SubmitOptions &options)
    {
      const Site site = read_site(options.site, site_folders(), options.site_settings);
      Submission submission = wanted(options);
      const std::vector<unsigned> queued = queued_tasks(submission, queue());
      std::vector<unsigned> missing;
      std::size_t done = 0;
      for (unsigned task = 0; task < submission.tasks.size(); ++task)
        if (is_done(submission.tasks[task]))
          ++done;
        else if (!contains(queued, task))
          missing.push_back(task);
      const std::string script = batch_script(site, submission, batch_job(options, submission, missing));
      if (options.dry_run)
        {
          std::cout << script;
          return;
        }
      std::cout << submission.tasks.size() << " tasks: " << done << " done, " << queued.size() << " in the queue, " << missing.size()
                << " to submit\n";
      if (missing.empty())
        return;
      write_submission(submission);
      const std::string file = submission.control_folder() + "/job_" + std::to_string(submission.jobs.size() + 1) + ".sbatch";
      write_whole(file, script);
      submission.jobs.push_back({submit_script(file), missing});
      write_submission(submission);
      std::cout << "job " << submission.jobs.back().id << (submission.is_sweep() ? " with the tasks " + index_list(missing) : "")
                << "; results in " << submission.folder << "\nwatch it with: vivicor status " << quoted(submission.folder) << std::endl;
    }
  }

  void add_submit(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<SubmitOptions>();
    CLI::App *command = app.add_subcommand("submit", "hand a deck to SLURM; again: only what is missing");
    add_examples(
      *command,
      {"vivicor submit parameters/whole_heart/heart.json --site debian --job tasks=8 --job \"time=4 h\" --dry-run",
       "vivicor submit parameters/minimal/heart.json --site debian --array \"time.cycle_length=700 ms,800 ms,900 ms\" --at-most 2"});
    add_deck_options(*command, *options);
    command->add_option("--site", options->site, "how jobs are asked for here: a name in cluster/sites or the path of such a file")
      ->required();
    command
      ->add_option("--job", options->site_settings, "KEY=VALUE: overrides an entry of the site, e.g. tasks=8; may be given several times")
      ->allow_extra_args(false);
    command->add_option("--array", options->axes, "KEY=VALUE,VALUE,...: a task for each value; given several times, for each combination")
      ->allow_extra_args(false);
    command->add_option("--at-most", options->at_most, "tasks of a sweep at the same time (default: as many as the cluster lets)");
    command->add_option("-o,--output", options->output,
                        "folder of the results (default: results/NAME_OF_THE_DECK); a sweep's tasks are its task_N");
    command->add_flag("--dry-run", options->dry_run, "print the script, submit nothing");
    command->callback([&action, options] {
      action = [options] {
        SubmitOptions given = *options;
        static_cast<RunOptions &>(given) = with_environment(*options); // the job may have another environment
        on_rank_0(MPI_COMM_WORLD, [&] { submit(given); });
        return 0;
      };
    });
  }
}
