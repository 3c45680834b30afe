#include "coupling/simulate.h"

#include "core/broadcast.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/linear/versions.h"
#include "core/log.h"
#include "core/mpi.h"
#include "core/output/files.h"
#include "core/provenance.h"
#include "coupling/calcium_supply.h"
#include "coupling/folder/checkpoints.h"
#include "coupling/folder/result_folder.h"
#include "coupling/observers.h"
#include "coupling/simulation.h"
#include "coupling/validate.h"
#include "meshes/sources/mesh_source.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

namespace vivicor
{
  namespace fs = std::filesystem;
  using Json = nlohmann::ordered_json;

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

    void write_provenance(const Parameters &deck, const SimulateOptions &options, const Provenance &origin)
    {
      RunFacts facts;
      facts.command = options.command;
      facts.deck_file = options.deck_file;
      facts.resolved_deck_json = deck.resolved_json();
      std::vector<std::string> inputs = mesh_inputs(deck, options.data_folders);
      if (!options.deck_file.empty())
        inputs.insert(inputs.begin(), options.deck_file);
      for (const std::string &file : inputs)
        facts.inputs_sha256.emplace_back(file, sha256_of_file(file));
      if (options.resume)
        facts.restart_parent = keep_record(options.folder);
      write_whole(options.folder + "/run.json", provenance_json(origin, facts));
    }

    void collect(const Json &node, const std::string &key, std::map<std::string, double> &metrics)
    {
      if (node.is_number())
        metrics[key] = node.get<double>();
      if (node.is_object())
        for (const auto &[name, value] : node.items())
          collect(value, key.empty() ? name : key + "." + name, metrics);
    }

    /// Rank 0's, on all: times and memory differ from rank to rank.
    void share(MPI_Comm comm, Json &summary)
    {
      std::vector<std::string> text{rank_of(comm) == 0 ? summary.dump() : ""};
      broadcast(comm, text);
      summary = Json::parse(text[0]);
    }

    /// One run: what it stands on, in the order in which it is set up.
    class Run
    {
    public:
      Run(MPI_Comm comm, const Parameters &deck, const SimulateOptions &options)
        : comm(comm), deck(deck), options(options), origin(provenance(comm, linear_library_versions()))
      {
        validate_deck(comm, deck, options.data_folders);
        open_checkpoint_or_check_folder();
        simulation.emplace(comm, deck, options.data_folders, [&](const Anatomy &anatomy) {
          observers.emplace(deck, Observer::Context{comm, anatomy, options.folder, options.data_folders, options.quiet});
        });
        if (resumed_from)
          require_same_mesh(*resumed_from, simulation->view().anatomy(), options.folder);
        if (writes())
          open_folder();
        const SimulationView view = simulation->view();
        log::info("{} on {} ranks: {} cells and {} unknowns for the pump ({}), {} nodes for the voltage{}", deck.text("case"),
                  size_of(comm), view.mechanics().size().cells, view.mechanics().size().dofs, deck.section("mechanics").text("model"),
                  view.electrical_heart().size().nodes, writes() ? "; results in " + options.folder : "");
        warn_of_missing_calcium(view.anatomy().regions, deck);
      }

      Simulated to_its_end()
      {
        if (writes())
          checkpoints.emplace(*simulation, *observers, options.folder, origin);
        if (resumed_from)
          checkpoints->resume(*resumed_from);
        else
          simulation->preload();
        resumed_from.reset();
        options.before_first_step();
        if (!simulation->run(*observers, [&] { return !checkpoints || checkpoints->goes_on(); }))
          return {RunEnd::stopped, {}};
        return {RunEnd::done, results()};
      }

    private:
      bool writes() const { return !options.folder.empty(); }

      void open_checkpoint_or_check_folder()
      {
        if (!writes())
          return;
        if (!options.resume)
          return on_rank_0(comm, [&] { check_result_folder(options.folder, options.overwrite); });
        on_rank_0(comm, [&] {
          check_folder_to_resume(options.folder);
          std::error_code unknown;
          if (fs::is_directory(options.folder, unknown))
            log_file = log::also_to(options.folder + "/log.txt");
        });
        resumed_from = open_checkpoint(comm, options.folder, deck, origin);
      }

      void open_folder()
      {
        on_rank_0(comm, [&] {
          if (!options.resume)
            {
              create_result_folder(options.folder, options.overwrite);
              log_file = log::also_to(options.folder + "/log.txt");
            }
          write_provenance(deck, options, origin);
        });
      }

      Json results()
      {
        const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        Results results = begin_results(simulation->view(), origin, wall);
        observers->contribute(simulation->view(), results);
        end_results(origin, results);
        if (writes())
          on_rank_0(comm, [&] { write_results(options.folder, results); });
        log::info("done in {:.0f} s{}", wall, writes() ? ": " + options.folder + "/report.html" : "");
        share(comm, results.summary);
        return std::move(results.summary);
      }

      const std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
      MPI_Comm comm;
      const Parameters &deck;
      const SimulateOptions &options;
      Provenance origin;
      std::shared_ptr<void> log_file; ///< rank 0
      std::unique_ptr<Loader> resumed_from;
      std::optional<Simulation> simulation;
      std::optional<Observers> observers;
      std::optional<Checkpoints> checkpoints;
    };
  }

  std::map<std::string, double> Simulated::metrics() const
  {
    std::map<std::string, double> result;
    collect(summary, "", result);
    return result;
  }

  Simulated simulate(MPI_Comm comm, const Parameters &deck, const SimulateOptions &options)
  {
    return Run(comm, deck, options).to_its_end();
  }
}
