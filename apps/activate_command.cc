#include "apps/commands.h"
#include "apps/deck_options.h"
#include "core/collective.h"
#include "core/log.h"
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "core/output/files.h"
#include "core/output/table.h"
#include "core/units.h"
#include "coupling/deck.h"
#include "coupling/result_folder.h"
#include "coupling/run_folders.h"
#include "coupling/simulation.h"
#include "electrophysiology/conduction_system/walls.h"

#include <cstdio>
#include <filesystem>
#include <iostream>

namespace vivicor
{
  namespace
  {
    std::string network_csv(const Electrophysiology::Network &network)
    {
      std::string text = "x_mm,y_mm,z_mm,parent,part,is_junction,activation_ms\n";
      char line[200];
      for (std::size_t n = 0; n < network.points.size(); ++n)
        {
          const Point3 &p = network.points[n];
          std::snprintf(line, sizeof line, "%.3f,%.3f,%.3f,%ld,%s,%d,%.3f\n", p[0], p[1], p[2],
                        n ? static_cast<long>(network.parent[n]) : -1l, network.part[n].c_str(), network.is_junction[n], network.activation[n]);
          text += line;
        }
      return text;
    }

    std::string summary_json(const Electrophysiology::Activation &activation, const std::vector<WallActivation> &walls)
    {
      char text[300];
      std::snprintf(text, sizeof text,
                    "{\"atrial_activation_ms\": %.2f, \"ventricular_activation_ms\": %.2f, \"ventricular_start_ms\": %.2f,\n"
                    " \"activated_fraction\": %.6f, \"walls\": {",
                    activation.atrial_duration, activation.ventricular_duration, activation.ventricular_start, activation.activated_fraction);
      std::string json = text;
      for (std::size_t w = 0; w < walls.size(); ++w)
        {
          std::snprintf(text, sizeof text, "%s\n  \"%s\": {\"first_ms\": %.2f, \"mean_ms\": %.2f, \"last_ms\": %.2f, \"latest_mm\": [%.1f, %.1f, %.1f]}",
                        w ? "," : "", walls[w].wall.c_str(), walls[w].first, walls[w].mean, walls[w].last, walls[w].latest[0],
                        walls[w].latest[1], walls[w].latest[2]);
          json += text;
        }
      return json + "}}\n";
    }

    void activate(const RunOptions &options, double end)
    {
      const Deck deck = read_deck(options.deck_file, deck_schema(), options.settings);
      const std::string folder = options.output.empty()
                                   ? (std::filesystem::path("results") / std::filesystem::path(options.deck_file).stem()).string() + "_activation"
                                   : options.output;
      on_rank_0(MPI_COMM_WORLD, [&] { check_result_folder(folder, options.overwrite); });
      const Anatomy anatomy = build_anatomy(deck.parameters, mesh_folders(deck, options));
      const Fibres fibres = build_fibres(anatomy, deck.parameters);
      const auto cell_rank = partition_cells(anatomy.cells, anatomy.points.size(), static_cast<unsigned>(size_of(MPI_COMM_WORLD)),
                                             cell_weights(anatomy));
      Timers timers;
      Electrophysiology heart(MPI_COMM_WORLD, anatomy, fibres, cell_rank, deck.parameters, timers);
      on_rank_0(MPI_COMM_WORLD, [&] { create_result_folder(folder, options.overwrite); });

      const bool speaks = rank_of(MPI_COMM_WORLD) == 0;
      std::vector<std::string> columns{"t_ms"};
      for (const auto &lead : heart.ecg_leads())
        columns.push_back(lead + "_mV");
      std::unique_ptr<Table> table = speaks ? std::make_unique<Table>(folder + "/ecg.csv", columns) : nullptr;
      const double every = deck.parameters.section("output").quantity("ecg_every");
      for (double k = 0; k * every <= end * (1 + 1e-12); ++k)
        {
          heart.advance(k * every);
          auto row = heart.ecg();
          row.insert(row.begin(), k * every);
          if (table)
            table->row(row);
        }

      const VtuPiece maps = heart.fields(true);
      write_parallel_vtu(folder + "/activation", maps, MPI_COMM_WORLD);
      const std::string summary = summary_json(heart.activation(), activation_by_wall(MPI_COMM_WORLD, anatomy, fibres, maps));
      on_rank_0(MPI_COMM_WORLD, [&] {
        write_whole(folder + "/activation.json", summary);
        if (const auto network = heart.network(); !network.points.empty())
          write_whole(folder + "/conduction_system.csv", network_csv(network));
        std::cout << summary << "written: " << folder << "\n";
      });
    }
  }

  void add_activate(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<RunOptions>();
    auto until = std::make_shared<std::string>("400 ms");
    CLI::App *command = app.add_subcommand("activate", "the electrical heart of a deck alone: activation map, ECG, conduction system");
    add_deck_options(*command, *options);
    command->add_option("--until", *until, "time at which to stop, with its unit (default: 400 ms)");
    command->add_option("-o,--output", options->output, "folder of the results (default: results/NAME_OF_THE_DECK_activation)");
    command->add_flag("--overwrite", options->overwrite, "allow a folder with results; they are kept as FOLDER.previous");
    command->callback([&action, options, until] {
      action = [options, until] {
        const Quantity end = parse_quantity(*until, "--until");
        if (end.dimension != Dimension::time || end.value <= 0)
          throw UserError({"an end of '" + *until + "'", "--until", "it must be a time after 0 ms", "400 ms", "write a number and a unit of time"});
        activate(with_environment(*options), end.value);
        return 0;
      };
    });
  }
}
