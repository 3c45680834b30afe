#include "coupling/tasks/run.h"

#include "core/collective.h"
#include "core/error.h"
#include "core/linear/versions.h"
#include "core/log.h"
#include "core/mpi.h"
#include "core/output/files.h"
#include "core/provenance.h"
#include "coupling/deck.h"
#include "coupling/folder/checkpoints.h"
#include "coupling/folder/result_folder.h"
#include "coupling/folder/stop_request.h"
#include "coupling/observers/deformation.h"
#include "coupling/observers/fields.h"
#include "coupling/observers/in_situ.h"
#include "coupling/observers/progress.h"
#include "coupling/observers/time_series.h"
#include "coupling/results/results.h"
#include "coupling/simulation.h"
#include "coupling/tasks/run_folders.h"
#include "coupling/validate.h"
#include "meshes/sources/vtu_source.h"

#include <chrono>
#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;

  namespace
  {
    /// The record of the run so far is kept under the first free name run.N.json. @return that name, or empty
    std::string keep_record(const std::string &folder)
    {
      if (!fs::exists(folder + "/run.json"))
        return "";
      unsigned number = 1;
      while (fs::exists(folder + "/run." + std::to_string(number) + ".json"))
        ++number;
      const std::string name = "run." + std::to_string(number) + ".json";
      std::error_code failed;
      fs::rename(folder + "/run.json", folder + "/" + name, failed);
      if (failed)
        throw OutputError({"cannot keep '" + folder + "/run.json' as " + name, "", failed.message(), "", "check the folder's permissions"});
      return name;
    }

    void write_provenance(const std::string &folder, const Deck &deck, const RunOptions &options, const Provenance &origin)
    {
      RunFacts facts;
      facts.command = "vivicor run " + options.deck_file;
      for (const auto &setting : options.settings)
        facts.command += " --set " + setting;
      facts.deck_file = deck.file;
      facts.resolved_deck_json = deck.parameters.resolved_json();
      facts.inputs_sha256 = {{deck.file, sha256_of_file(deck.file)}};
      const Parameters mesh = deck.parameters.section("mesh");
      if (mesh.text("source") != "generated")
        {
          const std::string file = mesh_file(mesh, mesh_folders(deck, options));
          facts.inputs_sha256.emplace_back(file, sha256_of_file(file));
        }
      if (options.resume)
        {
          facts.command += " --resume";
          facts.restart_parent = keep_record(folder);
        }
      write_whole(folder + "/run.json", provenance_json(origin, facts));
    }
  }

  RunEnd run(MPI_Comm comm, const RunOptions &options)
  {
    const auto started = std::chrono::steady_clock::now();
    const Deck deck = read_deck(comm, options.deck_file, options.settings);
    const std::string folder = output_folder(options);
    validate_deck(comm, deck.parameters, mesh_folders(deck, options));
    const std::vector<std::string> scripts = in_situ_scripts(comm, deck.parameters, mesh_folders(deck, options));
    const Provenance origin = provenance(comm, linear_library_versions());
    const StopSignals signals; // a stop during the setup comes as soon as there is something to save
    std::unique_ptr<Loader> checkpoint;
    if (options.resume)
      {
        on_rank_0(comm, [&] {
          check_folder_to_resume(folder);
          std::error_code unknown;
          if (fs::is_directory(folder, unknown))
            log::also_to(folder + "/log.txt");
        });
        checkpoint = open_checkpoint(comm, folder, deck.parameters, origin);
      }
    else
      on_rank_0(comm, [&] { check_result_folder(folder, options.overwrite); });

    Simulation simulation(comm, deck.parameters, mesh_folders(deck, options));
    const FieldOptions field_options = read_field_options(deck.parameters.section("output"), simulation.anatomy.regions);
    if (checkpoint)
      require_same_mesh(*checkpoint, simulation.anatomy, folder);
    on_rank_0(comm, [&] {
      if (!options.resume)
        {
          create_result_folder(folder, options.overwrite);
          log::also_to(folder + "/log.txt");
        }
      write_provenance(folder, deck, options, origin);
      if (simulation.unloading)
        write_whole(folder + "/unloading.csv", unloading_csv(*simulation.unloading));
    });
    log::info("{} on {} ranks: {} cells and {} unknowns for the pump ({}), {} nodes for the voltage; results in {}",
              deck.parameters.text("case"), size_of(comm), simulation.mechanics->size().cells, simulation.mechanics->size().dofs,
              deck.parameters.section("mechanics").text("model"), simulation.electrophysiology->size().nodes, folder);

    const Parameters output = deck.parameters.section("output");
    TimeSeriesObserver time_series(folder);
    EcgObserver ecg(folder, output.quantity("ecg_every"));
    DeformationObserver deformation;
    FieldObserver fields(folder, field_options);
    InSituObserver in_situ(deck.parameters, scripts, folder, time_series.recording());
    ProgressObserver progress(folder, options.quiet);
    const std::vector<Observer *> observers{&time_series, &ecg, &deformation, &fields, &in_situ, &progress};
    Checkpoints checkpoints(simulation, observers, folder, origin);
    if (checkpoint)
      checkpoints.resume(*checkpoint);
    else
      simulation.preload();
    checkpoint.reset();
    if (!simulation.run(observers, [&] { return checkpoints.goes_on(); }))
      return RunEnd::stopped;

    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    write_results(simulation, {folder, origin, wall, time_series, ecg.recording(), deformation.end_systolic(simulation),
                               deformation.segments(simulation)});
    log::info("done in {:.0f} s: {}/report.html", wall, folder);
    return RunEnd::done;
  }
}
