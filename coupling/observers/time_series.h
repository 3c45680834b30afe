// timeseries.csv, ecg.csv and, where asked for, electrograms.csv; kept in memory as well, for the metrics, the report and checkpoints.
#pragma once

#include "core/output/table.h"
#include "coupling/simulation.h"
#include "report/recording.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// A row of volumes, pressures and reported quantities, and its columns: "t_ms", "LV_volume_mL", ..., "aortic_flow_mL_s".
  std::vector<std::string> blood_columns(const std::vector<std::string> &chambers, const std::vector<Circulation::Report> &reports);
  std::vector<double> blood_row(double t, const Chambers &volume, const Chambers &pressure,
                                const std::vector<Circulation::Report> &reports);

  /// Every step: volumes (mL) and pressures (mmHg) of the chambers, then what the circulation reports, at reported units.
  class TimeSeriesObserver : public Observer
  {
  public:
    explicit TimeSeriesObserver(std::string folder) : folder(std::move(folder)) {}
    void start(const Simulation &simulation) override;
    void resume(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;
    void archive(Archive &archive) override;

    const Recording &recording() const { return data; }
    /// Blood in the loop and the chambers, mm^3, at the start and now: the chambers' as their walls enclose them.
    double blood_volume_start = 0, blood_volume_now = 0;

  private:
    void open(const Simulation &simulation);
    void record(const Simulation &simulation);

    std::string folder;
    Recording data;
    std::unique_ptr<Table> table; ///< rank 0
  };

  /// Potentials of the leads and of the electrograms, mV, at every multiple of `every` ms.
  class EcgObserver : public Observer
  {
  public:
    EcgObserver(std::string folder, double every) : folder(std::move(folder)), every(every) {}
    void start(const Simulation &simulation) override;
    void resume(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;
    void archive(Archive &archive) override;

    const Recording &recording() const { return data; }

  private:
    void open(const Simulation &simulation);
    void record(MPI_Comm comm, double t, const std::vector<double> &leads, const std::vector<double> &unipolar);

    std::string folder;
    double every;
    Recording data, unipolar_data;
    std::unique_ptr<Table> table, electrograms;
  };
}
