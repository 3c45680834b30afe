#include "core/cluster/batch_script.h"

#include "core/error.h"
#include "core/shell_words.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

namespace vivicor
{
  namespace
  {
    /// A text that ends up on a line of its own: nothing may end that line.
    const std::string &one_line(const std::string &text, const std::string &what)
    {
      if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; }))
        throw UserError({what + " with a line break or another control character", "", "no line of a batch script can hold '" + text + "'",
                         "", "choose another one"});
      return text;
    }

    /// Where SLURM puts what jobs print: it replaces %j and the like, takes %% for %, and replaces nothing in a path with a
    /// backslash.
    std::string output_pattern(const std::string &folder, const std::string &pattern)
    {
      if (one_line(folder, "a folder").find('\\') != std::string::npos)
        throw UserError({"the folder '" + folder + "' has a backslash", "--output",
                         "SLURM takes it for a sign to leave the names of its files as they are", "",
                         "choose another folder with --output"});
      std::string path;
      for (const char c : folder)
        path += c == '%' ? "%%" : std::string(1, c);
      return path + pattern;
    }

    void option(std::ostream &script, const std::string &name, const std::string &value)
    {
      if (!value.empty())
        script << "#SBATCH --" << name << "=" << sbatch_value(one_line(value, "'" + name + "'")) << "\n";
    }

    void directives(std::ostream &script, const Site &site, const Submission &submission, const BatchJob &job)
    {
      const bool sweep = submission.is_sweep();
      option(script, "job-name", job.name);
      option(script, "partition", site.partition);
      option(script, "account", site.account);
      option(script, "qos", site.qos);
      option(script, "nodes", site.nodes > 0 ? std::to_string(site.nodes) : "");
      option(script, "ntasks", std::to_string(site.tasks));
      option(script, "cpus-per-task", "1");
      option(script, "mem-per-cpu", site.memory_per_task);
      option(script, "time", slurm_time(site.time));
      // To this shell, which passes it on: every launcher forwards what it is sent itself.
      option(script, "signal", "B:USR1@" + std::to_string(std::llround(site.stop_before / 1000)));
      script << "#SBATCH --requeue\n#SBATCH --open-mode=append\n";
      option(script, "output", output_pattern(submission.control_folder(), sweep ? "/%A_%a.out" : "/%j.out"));
      if (sweep)
        option(script, "array", index_list(job.tasks) + (job.at_most > 0 ? "%" + std::to_string(job.at_most) : ""));
      for (const auto &more : site.options)
        script << "#SBATCH " << one_line(more, "an option of the site") << "\n";
    }

    void environment(std::ostream &script, const Site &site)
    {
      for (const auto &module : site.modules)
        script << "module load " << quoted(module) << "\n";
      for (const auto &line : site.setup)
        script << line << "\n";
      script << "export OMP_NUM_THREADS=1 DEAL_II_NUM_THREADS=1 # the ranks already take the cores\n"
             << "export OMPI_MCA_mpi_yield_when_idle=${OMPI_MCA_mpi_yield_when_idle:-0} # and each has its own: it may wait awake\n";
    }

    void choice_of_task(std::ostream &script, const Submission &submission, const BatchJob &job)
    {
      script << "task=${SLURM_ARRAY_TASK_ID:-0}\ncase $task in\n";
      for (const unsigned number : job.tasks)
        {
          const Task &task = submission.tasks[number];
          script << "  " << number << ") folder=" << quoted(task.folder) << " settings=(";
          for (std::size_t k = 0; k < task.settings.size(); ++k)
            script << (k ? " " : "") << "--set " << quoted(task.settings[k]);
          script << ") ;;\n";
        }
      script << "  *) echo \"no task $task in this sweep\" >&2 && exit 2 ;;\nesac\n";
    }

    // What is the same in every script: first of all the signals, which would end it.
    constexpr const char *signals = R"(
# They come to this shell; the launcher passes them on to the ranks, which write a checkpoint and end with 85. USR1 for both:
# srun and mpirun pass it on, but at TERM mpirun gives its ranks a second and then kills them.
run=
near_limit=
cancelled=
trap 'near_limit=yes; [[ -z $run ]] || kill -USR1 "$run"' USR1
trap 'cancelled=yes; [[ -z $run ]] || kill -USR1 "$run"' TERM

)";

    constexpr const char *rules = R"(
newest_checkpoint() {
  local files=("$folder"/checkpoints/*.checkpoint)
  [[ -e ${files[-1]} ]] && echo "${files[-1]}"
}

# A task may be started any number of times: what is done stays, what was begun goes on.
if [[ -f $folder/summary.json ]]; then
  echo "$folder is done already"
  echo 0 >"$exit_file"
  exit 0
fi
begun=$(newest_checkpoint)
how=--overwrite
[[ -z $begun ]] || how=--resume
rm -f "$exit_file"
)";

    constexpr const char *ending = R"(run=$!
while kill -0 "$run" 2>/dev/null; do wait "$run"; done # a trap ends the wait, not the run
wait "$run"
code=$?
if ((code >= 128)) && [[ -n $near_limit ]]; then code=85; fi # the signal came before the first step
if ((code == 1 || code >= 128)) && [[ -n $cancelled ]]; then # a launcher that was hit itself has its own idea of how it ended
  if [[ $(newest_checkpoint) == "$begun" ]]; then code=143; else code=85; fi
fi
echo "$code" >"$exit_file"

if ((code == 85)) && [[ -z $cancelled ]]; then
  if [[ $(newest_checkpoint) == "$begun" ]]; then
    echo "vivicor: no step was done between two limits; give the job more time" >&2
    echo 3 >"$exit_file"
    exit 3
  fi
  scontrol requeue "$SLURM_JOB_ID" || echo "vivicor: this job cannot be requeued; the same 'vivicor submit' goes on" >&2
fi
exit "$code"
)";
  }

  // As sbatch reads these lines (_get_argument of its opt.c): quotes group, a backslash takes the next letter as it is,
  // a bare # begins a comment.
  std::string sbatch_value(const std::string &text)
  {
    if (!text.empty() && quoted(text) == text)
      return text;
    std::string result = "\"";
    for (const char c : text)
      result += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
    return result + "\"";
  }

  std::string index_list(const std::vector<unsigned> &indices)
  {
    std::string text;
    for (std::size_t first = 0, last = 0; first < indices.size(); first = last + 1)
      {
        last = first;
        while (last + 1 < indices.size() && indices[last + 1] == indices[last] + 1)
          ++last;
        text += (text.empty() ? "" : ",") + std::to_string(indices[first]) + (last > first ? "-" + std::to_string(indices[last]) : "");
      }
    return text;
  }

  std::string slurm_time(double duration)
  {
    const auto seconds = static_cast<long>(std::ceil(duration / 1000 - 1e-9));
    char text[48];
    std::snprintf(text, sizeof text, "%02ld:%02ld:%02ld", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    return (seconds >= 86400 ? std::to_string(seconds / 86400) + "-" : std::string()) + text;
  }

  std::string batch_script(const Site &site, const Submission &submission, const BatchJob &job)
  {
    std::ostringstream script;
    script << "#!/usr/bin/env bash\n# Written by 'vivicor submit' for the site " << one_line(site.name, "a site's name") << ".\n";
    directives(script, site, submission, job);
    script << signals;
    environment(script, site);
    script << "\n";
    choice_of_task(script, submission, job);
    script << "exit_file=" << quoted(submission.control_folder()) << "/task_$task.exit\n"
           << rules << "\n"
           << one_line(site.launcher, "a launcher") << " " << quoted(job.program) << " \"${settings[@]}\" --output \"$folder\" \"$how\" &\n"
           << ending;
    return script.str();
  }
}
