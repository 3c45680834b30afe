#include "apps/commands.h"
#include "apps/examples.h"
#include "core/mpi.h"
#include "electrophysiology/verification/suite.h"
#include "mechanics/verification/suite.h"

#include <functional>
#include <iostream>

namespace vivicor
{
  namespace
  {
    /// Collective. Hands out each table when it is known. @param all also grids that take long
    using Suite = void (*)(MPI_Comm comm, bool all, const std::function<void(const VerificationTable &)> &report);

    int verify_with(Suite suite, bool all)
    {
      const bool speaks = rank_of(MPI_COMM_WORLD) == 0;
      bool passed = true;
      suite(MPI_COMM_WORLD, all, [&](const VerificationTable &table) {
        passed = passed && table.passed();
        if (speaks)
          std::cout << table.text() << std::endl;
      });
      if (speaks)
        std::cout << (passed ? "all inside their bands" : "some numbers lie outside their bands") << std::endl;
      return passed ? 0 : 3;
    }
  }

  void add_verify(CLI::App &app, Action &action)
  {
    CLI::App *verify = app.add_subcommand("verify", "solve problems with known answers and print them beside ours");
    add_examples(*verify, {"vivicor verify electrophysiology", "vivicor verify mechanics --all"});
    verify->require_subcommand(1);
    auto all = std::make_shared<bool>(false);
    const auto add = [&](const std::string &name, const std::string &problems, Suite suite) {
      CLI::App *command = verify->add_subcommand(name, problems);
      add_examples(*command, {"vivicor verify " + name + " --all"});
      command->add_flag("--all", *all, "also the fine grids: hours");
      command->callback([&action, all, suite] { action = [all, suite] { return verify_with(suite, *all); }; });
    };
    add("electrophysiology", "cables, manufactured solutions and the slab of Niederer et al. 2011", verify_electrophysiology);
    add("mechanics", "manufactured solutions, Cook's membrane, Land et al. 2015, Arostica et al. 2025", verify_mechanics);
  }
}
