#include "coupling/tasks/activate.h"

#include "core/collective.h"
#include "core/log.h"
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "core/output/files.h"
#include "core/output/formatted.h"
#include "core/output/progress.h"
#include "core/output/table.h"
#include "core/units.h"
#include "coupling/deck.h"
#include "coupling/folder/result_folder.h"
#include "coupling/simulation.h"
#include "coupling/tasks/run_folders.h"
#include "electrophysiology/conduction_system/walls.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <iostream>

namespace vivicor
{
  namespace
  {
    std::string network_csv(const ElectricalHeart::Network &network)
    {
      std::string text = "x_mm,y_mm,z_mm,parent,part,is_junction,activation_ms\n";
      for (std::size_t n = 0; n < network.points.size(); ++n)
        {
          const Point3 &p = network.points[n];
          text += formatted("%.3f,%.3f,%.3f,%ld,%s,%d,%.3f\n", p[0], p[1], p[2], n ? static_cast<long>(network.parent[n]) : -1l,
                            network.part[n].c_str(), network.is_junction[n], network.activation[n]);
        }
      return text;
    }

    double rounded(double value, double per_unit)
    {
      return std::round(value * per_unit) / per_unit;
    }

    std::string summary_json(const ElectricalHeart::Activation &activation, const std::vector<WallActivation> &walls)
    {
      const auto ms = [](const std::optional<double> &t) {
        return t ? nlohmann::ordered_json(rounded(*t, 100)) : nlohmann::ordered_json();
      };
      const auto mm = [](double x) { return rounded(x, 10); };
      nlohmann::ordered_json json{{"atrial_activation_ms", ms(activation.atrial_duration)},
                                  {"ventricular_activation_ms", ms(activation.ventricular_duration)},
                                  {"ventricular_start_ms", ms(activation.ventricular_start)},
                                  {"activated_fraction", rounded(activation.activated_fraction, 1e6)},
                                  {"walls", nlohmann::ordered_json::object()}};
      for (const WallActivation &wall : walls)
        json["walls"][wall.wall] = {{"first_ms", ms(wall.first)},
                                    {"mean_ms", ms(wall.mean)},
                                    {"last_ms", ms(wall.last)},
                                    {"latest_mm", {mm(wall.latest[0]), mm(wall.latest[1]), mm(wall.latest[2])}}};
      return json.dump(2) + "\n";
    }
  }

  namespace
  {
    /// Advances the heart to its end; a row of the table at every multiple of `every` (ms).
    void write_ecg(MPI_Comm comm, ElectricalHeart &heart, const std::string &file, double end, double every, bool quiet)
    {
      std::vector<std::string> columns{"t_ms"};
      for (const auto &lead : heart.ecg_leads())
        columns.push_back(lead + "_mV");
      std::unique_ptr<Table> table; // rank 0
      on_rank_0(comm, [&] { table = std::make_unique<Table>(file, columns); });
      Progress progress("", rank_of(comm) == 0 && !quiet ? stdout : nullptr);
      for (double k = 0; k * every <= end * (1 + 1e-12); ++k)
        {
          heart.advance(k * every);
          auto row = heart.ecg();
          row.insert(row.begin(), k * every);
          on_rank_0(comm, [&] { table->row(row); });
          progress.update({0, 0, "electrical heart", k * every, end, std::nan(""), std::nan("")});
        }
      progress.finish();
    }
  }

  void activate(MPI_Comm comm, const RunOptions &options, double end)
  {
    const Deck deck = read_deck(comm, options.deck_file, options.settings);
    const std::string folder = output_folder(options, "_activation");
    on_rank_0(comm, [&] { check_result_folder(folder, options.overwrite); });
    const Anatomy anatomy = build_anatomy(comm, deck.parameters, mesh_folders(deck, options));
    const Fibres fibres = build_fibres(anatomy, deck.parameters);
    const auto cell_rank = partition_cells(anatomy.cells, anatomy.points.size(), static_cast<unsigned>(size_of(comm)),
                                           cell_weights(anatomy));
    Timers timers;
    const auto owned = build_electrical_heart(comm, anatomy, fibres, cell_rank, deck.parameters, timers);
    ElectricalHeart &heart = *owned;
    on_rank_0(comm, [&] { create_result_folder(folder, options.overwrite); });

    log::info("{} nodes, to {}; results in {}", heart.size().nodes, in_unit(end, "ms"), folder);
    write_ecg(comm, heart, folder + "/ecg.csv", end, deck.parameters.section("output").quantity("ecg_every"), options.quiet);
    const VtuPiece maps = heart.fields(true);
    write_parallel_vtu(folder + "/activation", maps, comm);
    const std::string summary = summary_json(heart.activation(), activation_by_wall(comm, anatomy, fibres, maps));
    on_rank_0(comm, [&] {
      write_whole(folder + "/activation.json", summary);
      if (const auto network = heart.network(); !network.points.empty())
        write_whole(folder + "/conduction_system.csv", network_csv(network));
      std::cout << summary << "written: " << folder << "\n";
    });
  }
}
