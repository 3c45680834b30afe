#include "apps/commands.h"
#include "apps/examples.h"
#include "core/collective.h"
#include "core/mpi.h"
#include "core/output/files.h"
#include "core/output/folder_draft.h"
#include "core/provenance.h"
#include "coupling/results/circulation_results.h"

#include <iostream>
#include <optional>

namespace vivicor
{
  namespace
  {
    struct CirculationOptions
    {
      std::string deck, output;
      std::vector<std::string> settings; ///< of --set and of the options that stand for an entry
      bool overwrite = false, json = false;
    };

    void write_files(const CirculationStudy &study, const std::string &json, const FolderDraft &folder)
    {
      write_circulation_csv(study, folder.file("timeseries.csv"));
      write_whole(folder.file("pv_loops.svg"), circulation_svg(study));
      write_whole(folder.file("report.html"), circulation_html(study));
      write_whole(folder.file("circulation.json"), json);
    }

    void run_circulation(const CirculationOptions &options, const Provenance &origin)
    {
      const Schema schema = circulation_schema();
      const Parameters parameters = options.deck.empty() ? parameters_from_settings(options.settings, schema)
                                                         : read_deck(options.deck, schema, options.settings).parameters;
      std::optional<FolderDraft> folder;
      if (!options.output.empty())
        folder.emplace(options.output, "circulation.json", options.overwrite);
      const CirculationStudy study = study_circulation(parameters);
      const std::string json = circulation_json(study, origin.version, origin.git);
      if (folder)
        {
          write_files(study, json, *folder);
          folder->commit();
        }
      std::cout << (options.json ? json : circulation_table(study));
      if (folder && !options.json)
        std::cout << "written: " << options.output << "\n";
      std::cout << std::flush;
    }

    /// An option that sets an entry: values, units and ranges are checked as a deck's.
    void add_entry(CLI::App &command, const std::shared_ptr<CirculationOptions> &options, const std::string &option,
                   const std::string &entry, const std::string &meaning)
    {
      command.add_option_function<std::string>(
        option, [options, entry](const std::string &value) { options->settings.push_back(entry + "=" + value); }, meaning);
    }
  }

  void add_circulation(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<CirculationOptions>();
    CLI::App *command = app.add_subcommand("circulation", "the closed loop alone, with elastance chambers, to its limit cycle");
    add_examples(
      *command,
      {"vivicor circulation --cycle-length \"900 ms\" --output results/loop",
       "vivicor circulation parameters/circulation/regazzoni_2022.json --set \"circulation.systemic.arterial_resistance=0.9 mmHg s/mL\""});
    command->add_option("DECK", options->deck, "parameter file with sections circulation, heart and protocol; none: a healthy adult");
    add_entry(*command, options, "-b,--beats", "protocol.beats", "at most so many beats; fewer when the loop repeats itself (200)");
    add_entry(*command, options, "--periodic", "protocol.periodic",
              "change of every chamber's volume over a beat that counts as none (\"1e-4 mL\"); 0 mL: make all beats");
    add_entry(*command, options, "--tolerance", "protocol.tolerance", "relative tolerance of the integrator (1e-8)");
    add_entry(*command, options, "--cycle-length", "heart.cycle_length", "time between beats (\"800 ms\")");
    command
      ->add_option_function<std::vector<std::string>>(
        "-s,--set",
        [options](const std::vector<std::string> &given) { options->settings.insert(options->settings.end(), given.begin(), given.end()); },
        "KEY=VALUE: an entry, such as circulation.systemic.arterial_resistance=\"1.2 mmHg s/mL\"; may be given several times")
      ->take_all()
      ->allow_extra_args(false);
    command->add_option("-o,--output", options->output,
                        "folder for circulation.json, timeseries.csv, pv_loops.svg and report.html; none: no files");
    command->add_flag("--overwrite", options->overwrite, "replace earlier results there; they are kept as FOLDER.previous");
    command->add_flag("--json", options->json, "print circulation.json instead of the table");
    command->callback([&action, options] {
      action = [options] {
        const Provenance origin = provenance(MPI_COMM_WORLD);
        together(MPI_COMM_WORLD, [&] {
          if (rank_of(MPI_COMM_WORLD) == 0)
            run_circulation(*options, origin);
        });
        return 0;
      };
    });
  }
}
