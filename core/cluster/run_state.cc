#include "core/cluster/run_state.h"

#include "core/output/json_file.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>

namespace vivicor
{
  namespace fs = std::filesystem;

  namespace
  {
    double age_s(const fs::path &file)
    {
      std::error_code gone;
      const auto written = fs::last_write_time(file, gone);
      return gone ? -1 : std::chrono::duration<double>(fs::file_time_type::clock::now() - written).count();
    }

    bool has_checkpoint(const fs::path &folder)
    {
      std::error_code none;
      for (const auto &entry : fs::directory_iterator(folder / "checkpoints", none))
        if (entry.path().extension() == ".checkpoint")
          return true;
      return false;
    }

    bool is_there(const fs::path &path)
    {
      std::error_code unreadable;
      return fs::exists(path, unreadable);
    }

    /// Without what would move the cursor of the terminal that shows it.
    std::string printable(std::string text)
    {
      std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; }, '?');
      return text;
    }

    /// What progress.json says. @return seconds that a step takes, 0 when there is no such file
    double read_progress(RunState &run)
    {
      const fs::path file = fs::path(run.folder) / "progress.json";
      const auto json = read_json_file(file.string());
      if (!json || !json->is_object())
        return 0;
      run.age_s = age_s(file);
      run.time = number_in(*json, "time_ms", -1);
      run.end = number_in(*json, "end_ms", -1);
      run.left_s = number_in(*json, "time_left_s", -1);
      run.beat = count_in(*json, "beat", 0);
      run.beats = count_in(*json, "beats", 0);
      run.phase = printable(text_in(*json, "phase", ""));
      return std::max(0.0, number_in(*json, "s_per_step", 0));
    }

    /// By the files alone, for a run that no queue knows of.
    void judge_by_files(RunState &run, double step_s)
    {
      // progress.json is rewritten once a second or once a step, whichever is longer; a slow disk gets a minute.
      const double patience_s = std::max(60.0, 20 * step_s);
      const bool complete = is_there(fs::path(run.folder) / "summary.json");
      if (complete && run.time >= run.end - 1e-6)
        run.state = "done";
      else if (run.age_s >= 0 && run.age_s < patience_s)
        run.state = "running";
      else if (has_checkpoint(run.folder))
        {
          run.state = "stopped";
          run.detail = "go on with --resume";
        }
      else
        run.state = run.age_s >= 0 ? "failed" : "not begun";
    }

    std::optional<int> exit_code(const std::string &file)
    {
      std::ifstream in(file);
      int code = 0;
      return in >> code ? std::optional<int>(code) : std::nullopt;
    }

    std::string queue_key(const Submission &submission, const Job &job, unsigned task)
    {
      return submission.is_sweep() ? job.id + "_" + std::to_string(task) : job.id;
    }

    const Job *latest_job(const Submission &submission, unsigned task)
    {
      for (auto job = submission.jobs.rbegin(); job != submission.jobs.rend(); ++job)
        if (std::find(job->tasks.begin(), job->tasks.end(), task) != job->tasks.end())
          return &*job;
      return nullptr;
    }

    void judge_by_queue(RunState &run, const QueueState &queued)
    {
      if (queued.state == "PENDING" || queued.state == "REQUEUED")
        {
          run.state = "waiting";
          run.detail = queued.reason;
        }
      else if (queued.state == "RUNNING" || queued.state == "COMPLETING")
        run.state = "running";
      else
        run.state = queued.state;
    }

    RunState state_of_task(const Submission &submission, unsigned number, const std::map<std::string, QueueState> &queue)
    {
      RunState run;
      run.folder = submission.tasks[number].folder;
      const double step_s = read_progress(run);
      judge_by_files(run, step_s);
      constexpr int stopped = 85, stopped_before_the_first_step = 143;
      if (const auto code = exit_code(submission.exit_file(number)); code && *code != 0)
        {
          const bool asked = *code == stopped || *code == stopped_before_the_first_step;
          run.state = asked ? "stopped" : "failed";
          run.detail = asked ? "submit again to go on" : "exit code " + std::to_string(*code);
        }
      if (const Job *job = latest_job(submission, number))
        {
          const std::string key = queue_key(submission, *job, number);
          if (const auto queued = queue.find(key); queued != queue.end())
            judge_by_queue(run, queued->second);
          run.detail = "job " + key + (run.detail.empty() ? "" : ", " + run.detail);
        }
      for (const auto &setting : submission.tasks[number].settings)
        run.detail += (run.detail.empty() ? "" : ", ") + setting;
      return run;
    }

    bool holds_run(const fs::path &folder)
    {
      return is_there(folder / "progress.json") || is_there(folder / "run.json") || has_submission(folder.string());
    }

    std::string duration(double seconds)
    {
      constexpr double longest = 1e8; // three years
      if (seconds < 0 || seconds > longest)
        return "-";
      const long whole = std::lround(seconds);
      char text[48];
      if (whole < 3600)
        std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
      else
        std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
      return text;
    }
  }

  std::vector<RunState> run_states(const std::string &folder, const std::map<std::string, QueueState> &queue)
  {
    if (!has_submission(folder))
      {
        RunState run;
        run.folder = folder;
        judge_by_files(run, read_progress(run));
        return {run};
      }
    const Submission submission = read_submission(folder);
    std::vector<RunState> states;
    for (unsigned task = 0; task < submission.tasks.size(); ++task)
      states.push_back(state_of_task(submission, task, queue));
    return states;
  }

  std::vector<std::string> run_folders(const std::string &folder)
  {
    if (holds_run(folder))
      return {folder};
    std::vector<std::string> folders;
    std::error_code none;
    for (fs::directory_iterator entry(folder, none), end; !none && entry != end; entry.increment(none))
      if (std::error_code unreadable; entry->is_directory(unreadable) && holds_run(entry->path()))
        folders.push_back(entry->path().string());
      else if (entry->path().extension() == ".slurm") // waits: its results do not exist yet
        if (const fs::path results = fs::path(entry->path()).replace_extension(); !is_there(results) && has_submission(results.string()))
          folders.push_back(results.string());
    std::sort(folders.begin(), folders.end());
    return folders;
  }

  std::string table(const std::vector<RunState> &states)
  {
    std::size_t width = 6;
    for (const RunState &run : states)
      width = std::max(width, run.folder.size());
    const auto row = [width](const std::string &folder, const std::string &state, const std::string &beat, const std::string &time,
                             const std::string &left, const std::string &detail) {
      char text[160];
      std::snprintf(text, sizeof text, "  %-10s %7s %20s %9s  ", state.c_str(), beat.c_str(), time.c_str(), left.c_str());
      return folder + std::string(width - folder.size(), ' ') + text + detail + "\n";
    };
    std::string result = row("folder", "state", "beat", "time", "left", "");
    for (const RunState &run : states)
      {
        char time[48] = "-";
        if (run.time >= 0)
          std::snprintf(time, sizeof time, "%.1f / %.0f ms", run.time, run.end);
        const bool moves = run.state == "running";
        std::string detail = moves ? run.phase : "";
        if (moves && run.age_s > 60)
          detail += ", silent for " + duration(run.age_s);
        if (!run.detail.empty())
          detail += (detail.empty() ? "" : ", ") + run.detail;
        result += row(run.folder, run.state, run.beats ? std::to_string(run.beat) + "/" + std::to_string(run.beats) : "-", time,
                      moves ? duration(run.left_s) : "-", detail);
      }
    return result;
  }

  std::vector<unsigned> queued_tasks(const Submission &submission, const std::map<std::string, QueueState> &queue)
  {
    std::vector<unsigned> tasks;
    for (unsigned task = 0; task < submission.tasks.size(); ++task)
      if (std::any_of(submission.jobs.begin(), submission.jobs.end(),
                      [&](const Job &job) { return queue.contains(queue_key(submission, job, task)); }))
        tasks.push_back(task);
    return tasks;
  }
}
