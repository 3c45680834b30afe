#include "coupling/observers/time_series.h"

#include "core/collective.h"
#include "core/units.h"

#include <algorithm>
#include <numeric>

namespace vivicor
{
  namespace
  {
    /// A table with what was recorded so far.
    std::unique_ptr<Table> make_table(const std::string &file, const Recording &recording)
    {
      auto table = std::make_unique<Table>(file, recording.columns);
      for (std::size_t row = 0; row < recording.rows(); ++row)
        table->row(recording.row(row));
      return table;
    }

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

  std::vector<std::string> blood_columns(const std::vector<std::string> &chambers, const std::vector<Circulation::Report> &reports)
  {
    std::vector<std::string> columns{"t_ms"};
    for (const auto &chamber : chambers)
      columns.push_back(chamber + "_volume_mL");
    for (const auto &chamber : chambers)
      columns.push_back(chamber + "_pressure_mmHg");
    for (const auto &report : reports)
      columns.push_back(report.name + unit_in_name(report.unit));
    return columns;
  }

  std::vector<double> blood_row(double t, const Chambers &volume, const Chambers &pressure, const std::vector<Circulation::Report> &reports)
  {
    std::vector<double> row{t};
    for (const double v : volume)
      row.push_back(v / units::mL);
    for (const double p : pressure)
      row.push_back(p / units::mmHg);
    for (const auto &report : reports)
      row.push_back(report.value);
    return row;
  }

  void TimeSeriesObserver::open(const Simulation &simulation)
  {
    const Blood &blood = simulation.scheme->blood();
    const Circulation &loop = *simulation.circulation;
    data.columns = blood_columns(loop.chambers(), loop.report(simulation.clock.time(), blood.state, blood.pressure));
    on_rank_0(simulation.comm, [&] { table = make_table(folder + "/timeseries.csv", data); });
  }

  void TimeSeriesObserver::start(const Simulation &simulation)
  {
    open(simulation);
    blood_volume_start = blood_volume(simulation);
    record(simulation);
  }

  void TimeSeriesObserver::resume(const Simulation &simulation)
  {
    open(simulation);
  }

  void TimeSeriesObserver::archive(Archive &archive)
  {
    data.archive(archive, "time_series");
    archive_number(archive, "time_series/blood_volume_start", blood_volume_start);
    archive_number(archive, "time_series/blood_volume_now", blood_volume_now);
  }

  void TimeSeriesObserver::after_step(const Simulation &simulation)
  {
    record(simulation);
  }

  void TimeSeriesObserver::record(const Simulation &simulation)
  {
    const Blood &blood = simulation.scheme->blood();
    const Chambers enclosed = simulation.scheme->port().to_chambers(simulation.mechanics->volume());
    const double t = simulation.clock.time();
    const std::vector<double> row = blood_row(t, enclosed, blood.pressure, simulation.circulation->report(t, blood.state, blood.pressure));
    data.add(row);
    blood_volume_now = blood_volume(simulation);
    on_rank_0(simulation.comm, [&] { table->row(row); });
  }

  void EcgObserver::open(const Simulation &simulation)
  {
    data.columns = {"t_ms"};
    for (const auto &lead : simulation.electrophysiology->ecg_leads())
      data.columns.push_back(lead + "_mV");
    unipolar_data.columns = {"t_ms"};
    for (const auto &name : simulation.electrophysiology->electrogram_names())
      unipolar_data.columns.push_back(name + "_mV");
    on_rank_0(simulation.comm, [&] {
      table = make_table(folder + "/ecg.csv", data);
      if (unipolar_data.columns.size() > 1)
        electrograms = make_table(folder + "/electrograms.csv", unipolar_data);
    });
    simulation.electrophysiology->sample_every(every);
  }

  void EcgObserver::resume(const Simulation &simulation)
  {
    open(simulation);
  }

  void EcgObserver::archive(Archive &archive)
  {
    data.archive(archive, "ecg");
    unipolar_data.archive(archive, "electrograms");
  }

  void EcgObserver::start(const Simulation &simulation)
  {
    open(simulation);
    record(simulation.comm, simulation.clock.time(), simulation.electrophysiology->ecg(), simulation.electrophysiology->electrograms());
  }

  void EcgObserver::after_step(const Simulation &simulation)
  {
    for (const auto &[t, leads, unipolar] : simulation.electrophysiology->take_samples())
      record(simulation.comm, t, leads, unipolar);
  }

  void EcgObserver::record(MPI_Comm comm, double t, const std::vector<double> &leads, const std::vector<double> &unipolar)
  {
    const auto row = [&](const std::vector<double> &values) {
      std::vector<double> row{t};
      row.insert(row.end(), values.begin(), values.end());
      return row;
    };
    data.add(row(leads));
    unipolar_data.add(row(unipolar));
    on_rank_0(comm, [&] {
      table->row(row(leads));
      if (electrograms)
        electrograms->row(row(unipolar));
    });
  }
}
