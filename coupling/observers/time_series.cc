#include "coupling/observers/time_series.h"

#include "core/collective.h"
#include "core/units.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace vivicor
{
  const std::vector<double> &Recording::column(const std::string &name) const
  {
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end())
      throw std::out_of_range("no column " + name);
    return values[static_cast<std::size_t>(found - columns.begin())];
  }

  void Recording::add(const std::vector<double> &row)
  {
    values.resize(row.size());
    for (std::size_t c = 0; c < row.size(); ++c)
      values[c].push_back(row[c]);
  }

  namespace
  {
    std::string unit_in_name(const std::string &unit)
    {
      std::string suffix = unit == "1" ? "" : "_" + unit;
      std::replace(suffix.begin(), suffix.end(), '/', '_');
      return suffix;
    }

    double blood_volume(const Simulation &simulation)
    {
      const auto enclosed = simulation.mechanics->volume();
      return std::accumulate(enclosed.begin(), enclosed.end(), simulation.circulation->stored_volume(simulation.scheme->blood().state));
    }
  }

  void TimeSeriesObserver::start(const Simulation &simulation)
  {
    data.columns = {"t_ms"};
    for (const auto &chamber : chamber_names)
      data.columns.push_back(chamber + "_volume_mL");
    for (const auto &chamber : chamber_names)
      data.columns.push_back(chamber + "_pressure_mmHg");
    const Blood &blood = simulation.scheme->blood();
    for (const auto &quantity : simulation.circulation->report(blood.state, blood.pressure))
      data.columns.push_back(quantity.name + unit_in_name(quantity.unit));
    on_rank_0(simulation.comm, [&] { table = std::make_unique<Table>(folder + "/timeseries.csv", data.columns); });
    blood_volume_start = blood_volume(simulation);
    record(simulation);
  }

  void TimeSeriesObserver::after_step(const Simulation &simulation) { record(simulation); }

  void TimeSeriesObserver::record(const Simulation &simulation)
  {
    const Blood &blood = simulation.scheme->blood();
    const Chambers enclosed = simulation.scheme->port().to_chambers(simulation.mechanics->volume());
    std::vector<double> row{simulation.clock.time()};
    for (const double volume : enclosed)
      row.push_back(volume / units::mL);
    for (const double pressure : blood.pressure)
      row.push_back(pressure / units::mmHg);
    for (const auto &quantity : simulation.circulation->report(blood.state, blood.pressure))
      row.push_back(quantity.value);
    data.add(row);
    blood_volume_now = blood_volume(simulation);
    on_rank_0(simulation.comm, [&] { table->row(row); });
  }

  void EcgObserver::start(const Simulation &simulation)
  {
    data.columns = {"t_ms"};
    for (const auto &lead : simulation.electrophysiology->ecg_leads())
      data.columns.push_back(lead + "_mV");
    on_rank_0(simulation.comm, [&] { table = std::make_unique<Table>(folder + "/ecg.csv", data.columns); });
    record(simulation);
  }

  void EcgObserver::after_step(const Simulation &simulation)
  {
    if (simulation.clock.time() >= next - 1e-9 * every)
      record(simulation);
  }

  void EcgObserver::record(const Simulation &simulation)
  {
    std::vector<double> row{simulation.clock.time()};
    const auto leads = simulation.electrophysiology->ecg();
    row.insert(row.end(), leads.begin(), leads.end());
    data.add(row);
    on_rank_0(simulation.comm, [&] { table->row(row); });
    next += every;
  }
}
