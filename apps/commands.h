// One function per command of the command line: adds its options and what it does.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace vivicor
{
  /// What the chosen command does after parsing; the returned number is the exit code.
  using Action = std::function<int()>;

  void add_run(CLI::App &app, Action &action);
  void add_cell(CLI::App &app, Action &action);
  void add_circulation(CLI::App &app, Action &action);
  void add_check(CLI::App &app, Action &action);
  void add_explain(CLI::App &app, Action &action);
  void add_insitu(CLI::App &app, Action &action);
  void add_list(CLI::App &app, Action &action);
  void add_activate(CLI::App &app, Action &action);
  void add_tune_cv(CLI::App &app, Action &action);
  void add_mesh(CLI::App &app, Action &action);
  void add_submit(CLI::App &app, Action &action);
  void add_status(CLI::App &app, Action &action);
  void add_unload(CLI::App &app, Action &action);
  void add_verify(CLI::App &app, Action &action);
  void add_about(CLI::App &app, Action &action);
}
