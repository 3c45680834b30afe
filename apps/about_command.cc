#include "apps/commands.h"
#include "apps/examples.h"
#include "core/linear/versions.h"
#include "core/mpi.h"
#include "core/output/in_situ.h"
#include "core/provenance.h"

#include <iostream>

namespace vivicor
{
  namespace
  {
    std::string in_situ_in_words()
    {
      std::string names;
      for (const std::string &name : in_situ_back_ends())
        names += (names.empty() ? "" : ", ") + name;
      return names.empty() ? "no back end (docs/howto/in_situ.md)" : names;
    }

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
    add_examples(*command, {"vivicor about", "vivicor about --json"});
    auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "as JSON");
    command->callback([&action, json] {
      action = [json] {
        auto libraries = linear_library_versions();
        libraries["in situ"] = in_situ_in_words();
        const Provenance origin = provenance(MPI_COMM_WORLD, libraries);
        if (rank_of(MPI_COMM_WORLD) == 0)
          std::cout << (*json ? provenance_json(origin) : for_people(origin)) << std::endl;
        return 0;
      };
    });
  }
}
