#include "apps/commands.h"
#include "core/linear/versions.h"
#include "core/mpi.h"
#include "core/provenance.h"

#include <iostream>

namespace vivicor
{
  namespace
  {
    std::string for_people(const Provenance &origin)
    {
      std::string text = "Vivicor " + origin.version + " (" + origin.git + ")\n" + origin.compiler + ", " + origin.build_type + "\n";
      for (const auto &[name, version] : origin.libraries)
        text += name + " " + version + "\n";
      return text;
    }
  }

  void add_about(CLI::App &app, Action &action)
  {
    CLI::App *command = app.add_subcommand("about", "version, git hash, compiler and libraries");
    auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "as JSON");
    command->callback([&action, json] {
      action = [json] {
        const Provenance origin = provenance(MPI_COMM_WORLD, linear_library_versions());
        if (rank_of(MPI_COMM_WORLD) == 0)
          std::cout << (*json ? provenance_json(origin) : for_people(origin)) << std::endl;
        return 0;
      };
    });
  }
}
