#include "electrophysiology/verification/cable_table.h"

#include "core/numbers.h"
#include "electrophysiology/tissue/cable.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double along = 0.1334177 / 1.4, across = 0.0176062 / 1.4; // mm^2/ms

    enum class Scheme { lumped, nodal, interpolated };

    struct Row
    {
      double edge;
      Scheme scheme;
      double arrival, velocity; // ms, m/s
    };

    CableOptions options_of(double edge, Scheme scheme, double length)
    {
      CableOptions options;
      options.edge = edge;
      options.length = length;
      options.lumping = scheme == Scheme::lumped ? 1 : 0;
      options.time_step = 0.01;
      if (scheme == Scheme::interpolated)
        {
          options.unsplit = options.interpolate_states = options.bdf2 = true;
          options.time_step = 0.005;
        }
      return options;
    }

    /// @param place of the arrival, mm; @param from, to: of the speed
    void add(VerificationTable &table, const Row &row, double diffusivity, double length, double place, double from, double to)
    {
      static const char *const names[]{"lumped mass", "consistent mass, nodal currents", "consistent mass, interpolated states"};
      const auto options = options_of(row.edge, row.scheme, length);
      const auto times = cable_activation(*epicardial_cell(), diffusivity, options, 150);
      const auto at = [&](double x) { return times[static_cast<std::size_t>(std::lround(x / row.edge))]; };
      const std::string what = std::string(diffusivity == along ? "along" : "across") + " the fibres, h = " + shortest_digits(row.edge)
                               + " mm, " + names[static_cast<int>(row.scheme)];
      table.add(what + ": arrival (ms)", at(place), row.arrival, 0.01, "");
      table.add(what + ": speed (m/s)", (to - from) / (at(to) - at(from)), row.velocity, 0.01, "");
    }
  }

  std::shared_ptr<const IonicModel> epicardial_cell()
  {
    static const std::shared_ptr<const IonicModel> model = [] {
      const auto &entry = registry<IonicModel>().at("tentusscher_panfilov_2006_epi");
      Schema schema;
      entry.declare(schema);
      return std::shared_ptr<const IonicModel>(entry.create(parameters_from_json("{}", schema)));
    }();
    return model;
  }

  VerificationTable cable_table()
  {
    VerificationTable table;
    table.title = "Cables of ten Tusscher-Panfilov 2006 cells, arrival at 20 mm along and 7 mm across the fibres";
    table.note = "independent values from the published CellML file, explicit scheme; constants of Niederer et al. 2011, "
                 "10.1098/rsta.2011.0139";
    using enum Scheme;
    for (const Row &row : {Row{0.5, lumped, 44.494, 0.4211}, Row{0.5, nodal, 32.191, 0.5905}, Row{0.5, interpolated, 34.154, 0.5566},
                           Row{0.2, lumped, 34.494, 0.5581}, Row{0.2, nodal, 30.255, 0.6406}, Row{0.2, interpolated, 33.099, 0.5831},
                           Row{0.1, lumped, 32.297, 0.5966}, Row{0.1, nodal, 30.853, 0.6260}, Row{0.1, interpolated, 32.046, 0.6015},
                           Row{0.05, lumped, 31.706, 0.6092}, Row{0.05, nodal, 31.339, 0.6167}})
      add(table, row, along, 20, 20, 5, 15);
    for (const Row &row : {Row{0.5, lumped, 115.20, 0.0482}, Row{0.5, nodal, 48.82, 0.1144}, Row{0.2, lumped, 40.02, 0.1445},
                           Row{0.1, lumped, 30.24, 0.1909}, Row{0.1, nodal, 25.11, 0.2325}, Row{0.1, interpolated, 27.92, 0.2080},
                           Row{0.05, lumped, 27.54, 0.2116}})
      add(table, row, across, 8, 7, 2, 6);
    return table;
  }

  VerificationTable cable_time_steps()
  {
    VerificationTable table;
    table.title = "The split scheme by time step: arrival after 20 mm along the fibres, h = 0.1 mm, consistent mass";
    table.note = "published codes with consistent mass are 2.0 (slab, 20 mm along the fibres) late at 0.05 ms against 0.005 ms";
    const auto arrival = [](double time_step) {
      auto options = options_of(0.1, Scheme::nodal, 20);
      options.time_step = time_step;
      return cable_activation(*epicardial_cell(), along, options, 60).back();
    };
    const double exact = arrival(0.001), coarse = arrival(0.05) - exact, fine = arrival(0.025) - exact;
    table.lines.push_back({"late by (ms) at 0.05 ms", "0", coarse, -0.5, 0.5});
    table.lines.push_back({"late by (ms) at 0.01 ms", "0", arrival(0.01) - exact, -0.02, 0.02});
    table.lines.push_back({"order in time", "2", std::log2(coarse / fine), 1.85, 2.3});
    return table;
  }
}
