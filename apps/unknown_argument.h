// What the command line says that no command knows.
#pragma once

#include "core/error.h"

#include <CLI/CLI.hpp>

#include <optional>

namespace vivicor
{
  /// The first unknown option or command of a line that did not parse, with the nearest known one; empty: none.
  std::optional<ErrorText> unknown_argument(const CLI::App &app);
}
