#include "apps/commands.h"
#include "core/mpi.h"
#include "electrophysiology/verification/suite.h"

#include <iostream>

namespace vivicor
{
  void add_verify(CLI::App &app, Action &action)
  {
    CLI::App *verify = app.add_subcommand("verify", "solve problems with known answers and print them beside ours");
    verify->require_subcommand(1);
    auto all = std::make_shared<bool>(false);
    CLI::App *electrical = verify->add_subcommand("electrophysiology", "cables, manufactured solutions and the slab of Niederer et al. 2011");
    electrical->add_flag("--all", *all, "also the fine grids: hours");
    electrical->callback([&action, all] {
      action = [all] {
        const bool speaks = rank_of(MPI_COMM_WORLD) == 0;
        bool passed = true;
        verify_electrophysiology(MPI_COMM_WORLD, *all, [&](const VerificationTable &table) {
          passed = passed && table.passed();
          if (speaks)
            std::cout << table.text() << std::endl;
        });
        if (speaks)
          std::cout << (passed ? "all inside their bands" : "some numbers lie outside their bands") << std::endl;
        return passed ? 0 : 3;
      };
    });
  }
}
