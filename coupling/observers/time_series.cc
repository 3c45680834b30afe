// timeseries.csv, and what a beat is judged by: chambers, valves, circulation.
#include "core/collective.h"
#include "core/units.h"
#include "coupling/observer.h"
#include "coupling/results/blood_table.h"
#include "coupling/results/recording_table.h"
#include "coupling/results/summary.h"

#include <numeric>

namespace vivicor
{
  namespace
  {
    double blood_volume(const SimulationView &simulation)
    {
      const auto enclosed = simulation.mechanics().volume();
      return std::accumulate(enclosed.begin(), enclosed.end(), simulation.circulation().stored_volume(simulation.blood().state));
    }

    /// Every step: volumes (mL) and pressures (mmHg) of the chambers, then what the circulation reports, at reported units.
    class TimeSeriesObserver : public Observer
    {
    public:
      explicit TimeSeriesObserver(std::string folder) : folder(std::move(folder)) {}

      void start(const SimulationView &simulation) override
      {
        open(simulation);
        blood_volume_start = blood_volume(simulation);
        record(simulation);
      }

      void resume(const SimulationView &simulation) override { open(simulation); }
      void after_step(const SimulationView &simulation) override { record(simulation); }

      void archive(Archive &archive) override
      {
        data.archive(archive, "time_series");
        archive_number(archive, "time_series/blood_volume_start", blood_volume_start);
        archive_number(archive, "time_series/blood_volume_now", blood_volume_now);
      }

      void contribute(const SimulationView &simulation, Results &results) override
      {
        const CycleSpan span = latest_span(data, simulation.cycle_length());
        const BeatMetrics beat = beat_metrics(beat_of(data, span));
        results.summary["beat"] = span_json(span);
        results.summary["chambers"] = chambers_json(beat);
        results.summary["valves"] = valves_json(beat);
        results.summary["circulation"] = circulation_json(beat, blood_volume_now - blood_volume_start);
        results.report.notes.push_back(note_on(span, beat));
        add_curves(data, results.report);
        results.report.tables.push_back(valve_times(beat));
      }

      const Recording *recording() const override { return &data; }
      int order() const override { return -20; } // scripts and others read it

    private:
      void open(const SimulationView &simulation)
      {
        const Blood &blood = simulation.blood();
        const Circulation &loop = simulation.circulation();
        data.columns = blood_columns(loop.chambers(), loop.report(simulation.time(), blood.state, blood.pressure));
        if (!folder.empty())
          on_rank_0(simulation.comm(), [&] { table = table_of(folder + "/timeseries.csv", data); });
      }

      void record(const SimulationView &simulation)
      {
        const Blood &blood = simulation.blood();
        const Chambers enclosed = simulation.chambers().to_chambers(simulation.mechanics().volume());
        const std::vector<double> row = blood_row(simulation.time(), enclosed, blood.pressure,
                                                  simulation.circulation().report(simulation.time(), blood.state, blood.pressure));
        data.add(row);
        blood_volume_now = blood_volume(simulation);
        if (!folder.empty())
          on_rank_0(simulation.comm(), [&] { table->row(row); });
      }

      std::string folder;
      Recording data;
      std::unique_ptr<Table> table; ///< rank 0
      /// Blood in the loop and the chambers, mm^3, at the start and now: the chambers' as their walls enclose them.
      double blood_volume_start = 0, blood_volume_now = 0;
    };

    const Register<Observer> registered{
      {"time_series",
       "Volumes, pressures and flows over time: timeseries.csv.",
       "this project",
       {},
       [](const Parameters &, const Observer::Context &context) { return std::make_unique<TimeSeriesObserver>(context.folder); }}};
  }
}
