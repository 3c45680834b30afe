#include "core/cluster/slurm.h"

#include "core/error.h"
#include "core/shell_words.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace vivicor
{
  namespace
  {
    struct Answer
    {
      int code = -1;
      std::string text;
    };

    /// As this program was started. MPI_Init has added variables since, which a job must not inherit: its ranks would
    /// take themselves for this one.
    std::vector<std::string> first_environment()
    {
      std::vector<std::string> variables;
      std::ifstream in("/proc/self/environ", std::ios::binary);
      for (std::string variable; std::getline(in, variable, '\0');)
        variables.push_back(variable);
      return variables;
    }

    std::vector<char *> pointers_to(std::vector<std::string> &texts)
    {
      std::vector<char *> pointers;
      for (std::string &text : texts)
        pointers.push_back(text.data());
      pointers.push_back(nullptr);
      return pointers;
    }

    /// A shell's answer, to the end of its standard output.
    Answer ask(const std::string &command)
    {
      Answer answer;
      int ends[2];
      if (pipe2(ends, O_CLOEXEC) != 0)
        return answer;
      posix_spawn_file_actions_t actions;
      posix_spawn_file_actions_init(&actions);
      posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
      std::vector<std::string> words{"sh", "-c", command}, variables = first_environment();
      pid_t shell = -1;
      const int failed = posix_spawn(&shell, "/bin/sh", &actions, nullptr, pointers_to(words).data(), pointers_to(variables).data());
      posix_spawn_file_actions_destroy(&actions);
      close(ends[1]);
      std::array<char, 4096> buffer;
      for (ssize_t n; !failed && (n = read(ends[0], buffer.data(), buffer.size())) != 0;)
        if (n > 0)
          answer.text.append(buffer.data(), static_cast<std::size_t>(n));
        else if (errno != EINTR)
          break;
      close(ends[0]);
      int status = 0;
      if (!failed && waitpid(shell, &status, 0) == shell && WIFEXITED(status))
        answer.code = WEXITSTATUS(status);
      return answer;
    }

    bool is_command(const std::string &name)
    {
      const char *path = std::getenv("PATH");
      std::istringstream folders(path ? path : "");
      for (std::string folder; std::getline(folders, folder, ':');)
        if (access((std::filesystem::path(folder) / name).c_str(), X_OK) == 0)
          return true;
      return false;
    }
  }

  bool has_slurm()
  {
    return is_command("sbatch") && is_command("squeue");
  }

  std::string submit_script(const std::string &file)
  {
    if (!has_slurm())
      throw UserError({"this machine has no SLURM", "", "sbatch and squeue are not in the search path", "",
                       "submit on a login node of the cluster, or look at the script with --dry-run"});
    const Answer answer = ask("sbatch --parsable " + quoted(file) + " 2>&1");
    const std::string id = answer.text.substr(0, answer.text.find_first_of(";\n")); // "12;cluster"
    if (answer.code != 0 || id.empty() || id.find_first_not_of("0123456789") != std::string::npos)
      throw UserError(
        {"SLURM did not take the job", file, answer.text, "", "mend the site's file, or override an entry of it with --job KEY=VALUE"});
    return id;
  }

  std::map<std::string, QueueState> queue()
  {
    std::map<std::string, QueueState> jobs;
    if (!has_slurm())
      return jobs;
    std::istringstream lines(ask("squeue --me --noheader --array --format='%F|%K|%T|%r' 2>/dev/null").text);
    for (std::string line; std::getline(lines, line);)
      {
        std::istringstream parts(line);
        std::string job, task, state, reason;
        std::getline(parts, job, '|');
        std::getline(parts, task, '|');
        std::getline(parts, state, '|');
        std::getline(parts, reason);
        jobs[task == "N/A" ? job : job + "_" + task] = {state, reason};
      }
    return jobs;
  }
}
