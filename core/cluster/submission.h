// What was handed to the cluster for one folder of results: its tasks and its jobs. Kept beside the results, in
// FOLDER.slurm, so that asking again submits only what is missing.
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  struct Task
  {
    std::string folder;                ///< of its results, absolute
    std::vector<std::string> settings; ///< KEY=VALUE in which it differs from the others
  };

  struct Job
  {
    std::string id;              ///< SLURM's
    std::vector<unsigned> tasks; ///< numbers in Submission::tasks
  };

  struct Submission
  {
    std::string folder; ///< of the results, absolute; tasks of a sweep are its subfolders
    std::string deck;   ///< absolute
    std::string sha256; ///< over the values of all tasks' decks, however they are spelled
    std::vector<Task> tasks;
    std::vector<Job> jobs;

    /// FOLDER.slurm: record, scripts, what jobs printed, exit codes.
    std::string control_folder() const { return folder + ".slurm"; }
    bool is_sweep() const { return tasks.size() > 1 || (tasks.size() == 1 && tasks[0].folder != folder); }
    /// What the script writes when the task ends: its exit code.
    std::string exit_file(unsigned task) const { return control_folder() + "/task_" + std::to_string(task) + ".exit"; }
  };

  /// A task for each list of settings: in `folder` itself for a single one without settings, else in folder/task_N.
  std::vector<Task> tasks_in(const std::string &folder, const std::vector<std::vector<std::string>> &settings);

  bool has_submission(const std::string &folder);
  /// @throws UserError when the record cannot be read
  Submission read_submission(const std::string &folder);
  /// @throws OutputError
  void write_submission(const Submission &submission);

  /// Its results are complete: summary.json is written last.
  bool is_done(const Task &task);
}
