// timeseries.csv and ecg.csv, kept in memory as well for the metrics and the report.
#pragma once

#include "core/output/table.h"
#include "coupling/simulation.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// Columns side by side; the first is time, ms.
  struct Recording
  {
    std::vector<std::string> columns;        ///< with units, as in the file
    std::vector<std::vector<double>> values; ///< by column

    /// @throws std::out_of_range if there is no such column
    const std::vector<double> &column(const std::string &name) const;
    void add(const std::vector<double> &row);
  };

  /// Every step: volumes (mL) and pressures (mmHg) of the chambers, then what the circulation reports, at reported units.
  class TimeSeriesObserver : public Observer
  {
  public:
    explicit TimeSeriesObserver(std::string folder) : folder(std::move(folder)) {}
    void start(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;

    const Recording &recording() const { return data; }
    /// Blood in the loop and the chambers, mm^3, at the start and now: the chambers' as their walls enclose them.
    double blood_volume_start = 0, blood_volume_now = 0;

  private:
    void record(const Simulation &simulation);

    std::string folder;
    Recording data;
    std::unique_ptr<Table> table; ///< rank 0
  };

  /// Lead potentials, mV, every `every` ms.
  class EcgObserver : public Observer
  {
  public:
    EcgObserver(std::string folder, double every) : folder(std::move(folder)), every(every) {}
    void start(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;

    const Recording &recording() const { return data; }

  private:
    void record(const Simulation &simulation);

    std::string folder;
    double every, next = 0;
    Recording data;
    std::unique_ptr<Table> table;
  };
}
