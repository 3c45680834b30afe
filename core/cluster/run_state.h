// Where a run stands, seen from outside: from the files in its folder and, where there is one, SLURM's queue.
#pragma once

#include "core/cluster/slurm.h"
#include "core/cluster/submission.h"

#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  struct RunState
  {
    std::string folder;
    std::string state;          ///< "done", "running", "waiting", "stopped", "failed", "not begun"
    std::string detail;         ///< job, reason, exit code, settings: whatever there is to say
    double time = -1, end = -1; ///< ms; -1: unknown
    double left_s = -1;         ///< -1: unknown
    double age_s = -1;          ///< since progress.json was written
    std::string phase;
    unsigned beat = 0, beats = 0;
  };

  /// Of a folder of results, or of each task of a submission to the cluster for that folder.
  std::vector<RunState> run_states(const std::string &folder, const std::map<std::string, QueueState> &queue);

  /// Folders of results and of submissions within a folder: itself, or those directly below.
  std::vector<std::string> run_folders(const std::string &folder);

  /// A table for the terminal.
  std::string table(const std::vector<RunState> &states);

  /// Numbers of the submission's tasks that wait or run.
  std::vector<unsigned> queued_tasks(const Submission &submission, const std::map<std::string, QueueState> &queue);
}
