// What stands below the options of a command's --help.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace vivicor
{
  /// @param lines whole commands; a test gives each of them to the command line with --help added
  void add_examples(CLI::App &command, const std::vector<std::string> &lines);
}
