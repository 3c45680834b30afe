// Options that every command with a deck shares.
#pragma once

#include "coupling/tasks/run.h"

#include <CLI/CLI.hpp>

namespace vivicor
{
  void add_deck_options(CLI::App &command, RunOptions &options);
  /// -o and --overwrite. @param study as in output_folder() @return the latter
  CLI::Option *add_result_options(CLI::App &command, RunOptions &options, const std::string &study = "");
  /// Adds the folders of the environment variable VIVICOR_DATA (separated by colons) after those of --data.
  RunOptions with_environment(RunOptions options);
}
