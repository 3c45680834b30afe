// The command that a user would give next.
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  /// How this program was started.
  struct StartedBy
  {
    std::string variable;              ///< what the variable VIVICOR_COMMAND says; ./run sets it
    std::vector<std::string> launcher; ///< words of the process that started it, such as mpirun's
    std::vector<std::string> own;      ///< its own words
    int ranks = 1;
  };
  StartedBy started_by(int ranks);

  /// The same again, quoted for a shell: the variable's text, else the line of the mpirun that started the ranks, else its own
  /// words, with mpirun before them where there are more ranks.
  std::string command_again(const StartedBy &start);
  /// The same to go on from a checkpoint: with --resume instead of --overwrite.
  std::string command_to_resume(const StartedBy &start);
}
