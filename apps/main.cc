// The command line: parses, calls one command, turns errors into exit codes.
#include "apps/commands.h"
#include "apps/examples.h"
#include "apps/launch_guard.h"
#include "apps/unknown_argument.h"
#include "core/cluster/launch.h"
#include "core/error.h"
#include "core/log.h"
#include "core/mpi.h"
#include "core/mpi_wait.h"
#include "core/provenance.h"

#include <mpi.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace
{
  enum ExitCode { done = 0, bad_input = 2, solver_failed = 3, output_failed = 4 };

  int fail(int code, const std::string &kind, const std::string &message)
  {
    if (vivicor::rank_of(MPI_COMM_WORLD) == 0)
      std::cerr << "vivicor: " << kind << "\n" << message << std::endl;
    return code;
  }

  int perform(const vivicor::Action &action)
  {
    try
      {
        return action();
      }
    catch (const vivicor::UserError &error)
      {
        return fail(bad_input, "bad input", error.what());
      }
    catch (const vivicor::SolverError &error)
      {
        return fail(solver_failed, "the solver failed", error.what());
      }
    catch (const vivicor::OutputError &error)
      {
        return fail(output_failed, "results cannot be written", error.what());
      }
    catch (const std::filesystem::filesystem_error &error)
      {
        // A place that cannot even be looked at, perhaps on this rank only.
        fail(bad_input, "bad input",
             vivicor::format(
               {"cannot use '" + error.path1().string() + "'", "", error.code().message(), "", "check the path and its permissions"}));
        MPI_Abort(MPI_COMM_WORLD, bad_input);
        return bad_input;
      }
    catch (const std::exception &error)
      {
        // Not one of ours, so perhaps on this rank only: the others would wait forever.
        std::cerr << "vivicor: internal error on rank " << vivicor::rank_of(MPI_COMM_WORLD) << ": " << error.what() << std::endl;
        MPI_Abort(MPI_COMM_WORLD, solver_failed);
        return solver_failed;
      }
  }

  int parse_and_perform(int argc, char **argv)
  {
    CLI::App app{"Vivicor: whole-heart electromechanics.", "vivicor"};
    app.require_subcommand(1);
    app.set_version_flag("--version", "Vivicor " + vivicor::own_version(), "print the version");
    vivicor::add_examples(app, {"vivicor run parameters/minimal/heart.json", "vivicor explain time.cycle_length", "vivicor run --help"});
    vivicor::Action action;
    for (const auto add : {vivicor::add_run, vivicor::add_cell, vivicor::add_circulation, vivicor::add_check, vivicor::add_explain,
                           vivicor::add_insitu, vivicor::add_list, vivicor::add_mesh, vivicor::add_activate, vivicor::add_tune_cv,
                           vivicor::add_submit, vivicor::add_status, vivicor::add_unload, vivicor::add_verify, vivicor::add_about})
      add(app, action);
    try
      {
        app.parse(argc, argv);
      }
    catch (const CLI::ParseError &error)
      {
        if (const auto unknown = vivicor::unknown_argument(app)) // before help, which would be that of something else
          return fail(bad_input, "bad input", vivicor::format(*unknown));
        const bool speaks = vivicor::rank_of(MPI_COMM_WORLD) == 0;
        const int code = speaks ? app.exit(error) : error.get_exit_code();
        return code == 0 ? done : bad_input;
      }
    if (const auto launch = vivicor::launch_of(app.get_subcommands().front()->get_name(), vivicor::size_of(MPI_COMM_WORLD), std::getenv);
        launch.wrong)
      {
        if (!launch.line.empty())
          std::cerr << "vivicor: " << launch.line << std::endl;
        return bad_input;
      }
    return perform(action);
  }
}

int main(int argc, char **argv)
{
  if (const auto launch = vivicor::launch_before_mpi(std::getenv); launch.wrong)
    {
      if (!launch.line.empty())
        std::cerr << "vivicor: " << launch.line << std::endl;
      return bad_input;
    }
  vivicor::start_mpi(argc, argv);
  vivicor::log::start(vivicor::rank_of(MPI_COMM_WORLD));
  const int code = parse_and_perform(argc, argv);
  MPI_Finalize();
  return code;
}
