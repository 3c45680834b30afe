#include "coupling/tasks/unload_heart.h"

#include "core/collective.h"
#include "core/error.h"
#include "core/log.h"
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "core/output/files.h"
#include "core/output/formatted.h"
#include "core/units.h"
#include "coupling/deck.h"
#include "coupling/folder/result_folder.h"
#include "coupling/reference.h"
#include "coupling/results/passive_curve.h"
#include "coupling/results/reference_mesh.h"
#include "coupling/simulation.h"
#include "coupling/tasks/run_folders.h"
#include "mechanics/validate.h"

#include <iostream>

namespace vivicor
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    Json volumes_json(const std::vector<std::string> &names, const std::vector<double> &volumes)
    {
      Json json;
      for (std::size_t k = 0; k < names.size(); ++k)
        json[names[k]] = volumes[k] / units::mL;
      return json;
    }

    Json summary_of(const std::optional<Unloading> &unloading, const PassiveCurve &curve, const std::string &name)
    {
      Json json{{"case", name}, {"unloaded_mL", volumes_json(curve.cavities, curve.filling.volume.front())}};
      if (unloading)
        json["unloading"] = {{"imaged_mL", volumes_json(unloading->cavities, unloading->imaged)},
                             {"iterations", unloading->iterations.size()},
                             {"max_error_mm", unloading->iterations.back().max_error},
                             {"mean_error_mm", unloading->iterations.back().mean_error}};
      json["edpvr"] = edpvr_json(curve);
      return json;
    }

    ReportTable klotz_table(const PassiveCurve &curve)
    {
      const KlotzCheck &k = curve.klotz;
      return {"Passive filling against Klotz et al. 2006 (10.1152/ajpheart.01240.2005)",
              {"", "this heart", "expected"},
              {{"volume at 0 mmHg (mL)", formatted("%.1f", k.V0), formatted("%.1f", k.expected.V0)},
               {"volume at 30 mmHg (mL)", formatted("%.1f", k.V30), formatted("%.1f", k.expected.normalised_volume(30))},
               {"largest difference (mL)", formatted("%.1f", k.max_mL), ""},
               {"root mean square difference (mL)", formatted("%.1f", k.rms_mL), ""},
               {"the same, % of V30 - V0", formatted("%.1f", k.rms_pct), ""}}};
    }

    ReportData report_of(const std::optional<Unloading> &unloading, const PassiveCurve &curve, const Parameters &deck)
    {
      ReportData report;
      report.title = deck.text("case") + ": unloaded heart";
      report.subtitle = deck.text("description");
      report.figures = {edpvr_figure(curve)};
      if (unloading)
        report.tables.push_back(unloading_table(*unloading));
      else
        report.notes.push_back("The deck's mesh is unloaded already (mechanics.reference.scheme is given): passive filling only.");
      report.tables.push_back(klotz_table(curve));
      return report;
    }
  }

  namespace
  {
    void require_wall(const Parameters &mechanics)
    {
      if (!mechanics.has("reference"))
        throw UserError({"the pump '" + mechanics.text("model") + "' has no wall", mechanics.where("model"), "only a wall can be unloaded",
                         "wall", "select it: --set mechanics.model=wall"});
    }
  }

  void unload_heart(MPI_Comm comm, const RunOptions &options)
  {
    const Deck deck = read_deck(comm, options.deck_file, options.settings);
    require_wall(deck.parameters.section("mechanics"));
    const std::string folder = output_folder(options, "_unloaded");
    on_rank_0(comm, [&] { check_result_folder(folder, options.overwrite); });
    Anatomy anatomy = build_anatomy(comm, deck.parameters, mesh_folders(deck, options));
    Fibres fibres = build_fibres(anatomy, deck.parameters);
    validate_mechanics(anatomy, fibres, deck.parameters);
    validate_passive_curve(deck.parameters, anatomy);
    const auto cell_rank = partition_cells(anatomy.cells, anatomy.points.size(), static_cast<unsigned>(size_of(comm)),
                                           cell_weights(anatomy));
    std::shared_ptr<void> log_file;
    on_rank_0(comm, [&] {
      create_result_folder(folder, options.overwrite);
      log_file = log::also_to(folder + "/log.txt");
    });

    Timers timers;
    const std::vector<Point3> imaged = anatomy.points;
    const auto unloading = unload_reference(comm, deck.parameters, anatomy, fibres, cell_rank, timers);
    on_rank_0(comm, [&] {
      if (unloading)
        write_whole(folder + "/unloading.csv", unloading_csv(*unloading));
      write_vtu(folder + "/unloaded.vtu", tagged_mesh(deck.parameters, anatomy, fibres, unloading ? imaged : std::vector<Point3>{}));
      write_whole(folder + "/unloaded.json", deck_of_tagged_mesh(deck.parameters, anatomy, "unloaded.vtu"));
    });

    Mechanics mechanics(comm, anatomy, fibres, cell_rank, deck.parameters, timers);
    const UnloadingSettings reference = read_reference(deck.parameters.section("mechanics"), mechanics.cavities());
    const PassiveCurve curve = passive_curve(mechanics, reference.pressure);
    const std::string summary = summary_of(unloading, curve, deck.parameters.text("case")).dump(2) + "\n";
    on_rank_0(comm, [&] {
      const ReportData report = report_of(unloading, curve, deck.parameters);
      write_whole(folder + "/edpvr.csv", edpvr_csv(curve));
      write_whole(folder + "/edpvr.svg", stand_alone_svg(report.figures.front().svg));
      write_report(folder + "/report.html", report);
      write_whole(folder + "/unload.json", summary);
      std::cout << summary << "written: " << folder << "\n";
    });
  }
}
