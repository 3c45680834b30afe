#include "coupling/reference.h"

#include "core/log.h"
#include "core/output/formatted.h"
#include "core/units.h"

namespace vivicor
{
  namespace
  {
    std::vector<std::string> names_of(const std::map<std::string, Surface> &cavities)
    {
      std::vector<std::string> names;
      for (const auto &cavity : cavities)
        names.push_back(cavity.first);
      return names;
    }

    std::string in_mL(const std::vector<std::string> &names, const std::vector<double> &volumes)
    {
      std::string text;
      for (std::size_t k = 0; k < names.size(); ++k)
        text += formatted("%s%s %.2f", k ? ", " : "", names[k].c_str(), volumes[k] / units::mL);
      return text + " mL";
    }
  }

  bool unloads(const Parameters &deck)
  {
    const Parameters mechanics = deck.section("mechanics");
    return mechanics.has("reference") && mechanics.section("reference").text("scheme") == "unload"; // only a wall has one
  }

  std::optional<Unloading> unload_reference(MPI_Comm comm, const Parameters &deck, Anatomy &anatomy, Fibres &fibres,
                                            const std::vector<unsigned> &cell_rank, Timers &timers)
  {
    const std::vector<std::string> names = names_of(anatomy.cavities);
    const Parameters mechanics = deck.section("mechanics");
    if (!unloads(deck))
      return {};
    const auto scope = timers.scope("unloading");
    const UnloadingSettings settings = read_reference(mechanics, names);
    Unloading result = unload(comm, anatomy, fibres, cell_rank, deck, settings, timers, [&](unsigned number, const UnloadingIteration &it) {
      log::info("unloading {}: largest distance from the image {:.2e} mm, mean {:.2e} mm; unloaded {}", number, it.max_error, it.mean_error,
                in_mL(names, it.unloaded));
    });
    log::info("unloaded from {} to {}", in_mL(names, result.imaged), in_mL(names, result.iterations.back().unloaded));
    anatomy.points = result.points;
    fibres = result.fibres;
    return result;
  }

  std::string unloading_csv(const Unloading &unloading)
  {
    std::string text = "iteration,max_error_mm,mean_error_mm,smallest_cell_volume_ratio";
    for (const char *state : {"unloaded", "inflated", "imaged"})
      for (const std::string &name : unloading.cavities)
        text += "," + name + "_" + state + "_mL";
    text += "\n";
    for (std::size_t i = 0; i < unloading.iterations.size(); ++i)
      {
        const UnloadingIteration &it = unloading.iterations[i];
        text += formatted("%zu,%.6g,%.6g,%.6g", i + 1, it.max_error, it.mean_error, it.smallest_volume_ratio);
        for (const auto *volumes : {&it.unloaded, &it.inflated, &unloading.imaged})
          for (const double volume : *volumes)
            text += formatted(",%.6f", volume / units::mL);
        text += "\n";
      }
    return text;
  }

  ReportTable unloading_table(const Unloading &unloading)
  {
    ReportTable table{"Unloading: inflated shape against the image", {"iteration", "largest (mm)", "mean (mm)"}, {}};
    for (const std::string &name : unloading.cavities)
      table.header.push_back(name + " unloaded (mL)");
    for (std::size_t i = 0; i < unloading.iterations.size(); ++i)
      {
        const UnloadingIteration &it = unloading.iterations[i];
        table.rows.push_back({std::to_string(i + 1), formatted("%.4g", it.max_error), formatted("%.4g", it.mean_error)});
        for (const double volume : it.unloaded)
          table.rows.back().push_back(formatted("%.1f", volume / units::mL));
      }
    return table;
  }
}
