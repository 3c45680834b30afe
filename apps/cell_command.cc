#include "apps/commands.h"
#include "apps/examples.h"
#include "core/collective.h"
#include "core/mpi.h"
#include "core/output/files.h"
#include "core/output/folder_draft.h"
#include "core/provenance.h"
#include "electrophysiology/cells/results.h"

#include <iostream>
#include <optional>

namespace vivicor
{
  namespace
  {
    struct CellOptions
    {
      std::string model, output;
      std::vector<std::string> settings; ///< of --set and of the options that stand for an entry
      bool overwrite = false, json = false;
    };

    /// An option that sets an entry of the section "protocol": values, units and ranges are checked as a deck's.
    void add_entry(CLI::App &command, const std::shared_ptr<CellOptions> &options, const std::string &option, const std::string &entry,
                   const std::string &meaning)
    {
      command.add_option_function<std::string>(
        option, [options, entry](const std::string &value) { options->settings.push_back("protocol." + entry + "=" + value); }, meaning);
    }

    void write_files(const CellStudy &study, const std::string &json, const FolderDraft &folder)
    {
      if (study.beats.empty())
        {
          write_restitution_csv(study, folder.file("restitution.csv"));
          write_whole(folder.file("restitution.svg"), restitution_svg(study));
        }
      else
        {
          write_trace_csv(study, folder.file("trace.csv"));
          write_whole(folder.file("trace.svg"), trace_svg(study));
        }
      write_whole(folder.file("cell.json"), json);
    }

    void run_cell(const CellOptions &options, const Provenance &origin)
    {
      const Parameters parameters = parameters_from_settings(options.settings, cell_schema(options.model));
      std::optional<FolderDraft> folder;
      if (!options.output.empty())
        folder.emplace(options.output, "cell.json", options.overwrite);
      const CellStudy study = study_cell(options.model, parameters);
      const std::string json = cell_json(study, origin.version, origin.git);
      if (folder)
        {
          write_files(study, json, *folder);
          folder->commit();
        }
      std::cout << (options.json ? json : cell_table(study));
      if (folder && !options.json)
        std::cout << "written: " << options.output << "\n";
      std::cout << std::flush;
    }

    void add_entries(CLI::App &command, const std::shared_ptr<CellOptions> &options)
    {
      const auto add = [&](const std::string &option, const std::string &entry, const std::string &meaning) {
        add_entry(command, options, option, entry, meaning);
      };
      add("-p,--protocol", "kind", "steady (default), s1s2 or dynamic");
      add("-b,--beats", "beats", "beats of the rhythm, of the S1 train, or of each rhythm of a dynamic protocol (10)");
      add("--cycle-length", "cycle_length", "time between beats, such as \"800 ms\" (the model's)");
      add("--intervals", "intervals", "S1-S2 intervals or cycle lengths: \"300 ms, 320 ms\" or \"250 ms:10 ms:500 ms\"");
      add("--integrator", "integrator", "cvode (default), rush_larsen, grl1, grl2, arkode, cvode_restarted");
      add("--step", "step", "step of the tissue's integrators (the model's longest)");
      add("--tolerance", "tolerance", "relative tolerance of cvode and arkode (1e-7)");
      add("--stimulus-amplitude", "stimulus_amplitude", "such as \"52 A/F\" (the model's); 0 A/F: none");
      add("--stimulus-duration", "stimulus_duration", "such as \"1 ms\" (the model's)");
      add("--stimulus-start", "stimulus_start", "in each cycle of the steady protocol (0 ms)");
      add("--prepace", "prepace", "at most so many beats before, until the state repeats (0); kept in the user's cache");
      add("--prepace-tolerance", "prepace_tolerance", "relative change of a beat that counts as repeating (1e-5)");
      add("--alternans", "alternans", "beat-to-beat difference of APD90 that counts as alternans (1 ms)");
      add("--trace-beats", "trace_beats", "number of last beats in the trace (1)");
    }
  }

  void add_cell(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<CellOptions>();
    CLI::App *command = app.add_subcommand("cell", "pace one cell: action potential, biomarkers, restitution");
    add_examples(*command, {"vivicor cell tentusscher_panfilov_2006_epi --beats 10 --cycle-length \"800 ms\" --output results/epi",
                            "vivicor cell ohara_rudy_2011_endo --protocol s1s2 --intervals \"250 ms:10 ms:500 ms\""});
    command->add_option("MODEL", options->model, "a cell model of: vivicor list models")->required();
    add_entries(*command, options);
    command->add_flag_callback(
      "--no-cache", [options] { options->settings.push_back("protocol.cache=false"); }, "neither read nor keep pre-paced states");
    command
      ->add_option_function<std::vector<std::string>>(
        "-s,--set",
        [options](const std::vector<std::string> &given) { options->settings.insert(options->settings.end(), given.begin(), given.end()); },
        "KEY=VALUE: a parameter of the model, as in decks; may be given several times")
      ->take_all()
      ->allow_extra_args(false);
    command->add_option("-o,--output", options->output, "folder for cell.json, the trace (.csv) and its plot (.svg); none: no files");
    command->add_flag("--overwrite", options->overwrite, "replace earlier results there; they are kept as FOLDER.previous");
    command->add_flag("--json", options->json, "print cell.json instead of the table");
    command->callback([&action, options] {
      action = [options] {
        const Provenance origin = provenance(MPI_COMM_WORLD);
        together(MPI_COMM_WORLD, [&] {
          if (rank_of(MPI_COMM_WORLD) == 0)
            run_cell(*options, origin);
        });
        return 0;
      };
    });
  }
}
