#include "core/cluster/command_line.h"

#include "core/cluster/batch_script.h"
#include "core/shell_words.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace vivicor
{
  namespace
  {
    std::vector<std::string> words_of_process(const std::string &id)
    {
      std::ifstream in("/proc/" + id + "/cmdline", std::ios::binary);
      std::vector<std::string> words;
      for (std::string word; std::getline(in, word, '\0');)
        words.push_back(word);
      return words;
    }

    bool starts_ranks(const std::vector<std::string> &words)
    {
      if (words.empty())
        return false;
      const std::string name = std::filesystem::path(words.front()).filename().string();
      return name == "mpirun" || name == "mpiexec" || name == "orterun" || name == "prterun";
    }

    std::string without(std::string line, const std::string &option)
    {
      const std::string word = " " + option;
      for (std::size_t at = 0; (at = line.find(word, at)) != std::string::npos;)
        if (const std::size_t end = at + word.size(); end == line.size() || line[end] == ' ')
          line.erase(at, word.size());
        else
          at = end;
      return line;
    }
  }

  StartedBy started_by(int ranks)
  {
    const char *variable = std::getenv("VIVICOR_COMMAND");
    return {variable ? variable : "", words_of_process(std::to_string(getppid())), words_of_process("self"), ranks};
  }

  std::string command_again(const StartedBy &start)
  {
    if (!start.variable.empty())
      return start.variable;
    const bool launched = starts_ranks(start.launcher);
    std::string line = launched || start.ranks == 1 ? "" : "mpirun -n " + std::to_string(start.ranks);
    for (const std::string &word : launched ? start.launcher : start.own)
      line += (line.empty() ? "" : " ") + vivicor::quoted(word);
    return line;
  }

  std::string command_to_resume(const StartedBy &start)
  {
    return without(without(command_again(start), "--overwrite"), "--resume") + " --resume";
  }
}
