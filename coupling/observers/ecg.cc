// ecg.csv and, where asked for, electrograms.csv; activation and QRS of the last beat.
#include "core/collective.h"
#include "coupling/observer.h"
#include "coupling/results/recording_table.h"
#include "coupling/results/summary.h"

namespace vivicor
{
  namespace
  {
    /// Potentials of the leads and of the electrograms, mV, at every multiple of `every` ms.
    class EcgObserver : public Observer
    {
    public:
      EcgObserver(std::string folder, double every) : folder(std::move(folder)), every(every) {}

      void start(const SimulationView &simulation) override
      {
        open(simulation);
        record(simulation.comm(), simulation.time(), simulation.electrical_heart().ecg(), simulation.electrical_heart().electrograms());
      }

      void resume(const SimulationView &simulation) override { open(simulation); }

      void after_step(const SimulationView &simulation) override
      {
        for (const auto &[t, leads, unipolar] : simulation.samples())
          record(simulation.comm(), t, leads, unipolar);
      }

      void archive(Archive &archive) override
      {
        data.archive(archive, "ecg");
        unipolar_data.archive(archive, "electrograms");
      }

      void contribute(const SimulationView &simulation, Results &results) override
      {
        const EcgMetrics ecg = latest_ecg(data, latest_span(data, simulation.cycle_length()));
        auto &summary = results.summary["electrophysiology"];
        summary["qrs_ms"] = found(ecg.qrs_ms);
        summary["qt_ms"] = found(ecg.qt_ms);
        summary["qrs_axis_deg"] = found(ecg.qrs_axis_deg);
        results.report.ecg_time_ms = data.values[0];
        for (std::size_t c = 1; c < data.columns.size(); ++c)
          results.report.ecg_mV.push_back({data.columns[c].substr(0, data.columns[c].rfind("_mV")), data.values[c]});
      }

      double sampling_interval() const override { return every; }
      const Recording *recording() const override { return &data; }
      int order() const override { return -10; }

    private:
      void open(const SimulationView &simulation)
      {
        data.columns = {"t_ms"};
        for (const auto &lead : simulation.electrical_heart().ecg_leads())
          data.columns.push_back(lead + "_mV");
        unipolar_data.columns = {"t_ms"};
        for (const auto &name : simulation.electrical_heart().electrogram_names())
          unipolar_data.columns.push_back(name + "_mV");
        if (!folder.empty())
          on_rank_0(simulation.comm(), [&] {
            table = table_of(folder + "/ecg.csv", data);
            if (unipolar_data.columns.size() > 1)
              electrograms = table_of(folder + "/electrograms.csv", unipolar_data);
          });
      }

      void record(MPI_Comm comm, double t, const std::vector<double> &leads, const std::vector<double> &unipolar)
      {
        const auto row = [&](const std::vector<double> &values) {
          std::vector<double> row{t};
          row.insert(row.end(), values.begin(), values.end());
          return row;
        };
        data.add(row(leads));
        unipolar_data.add(row(unipolar));
        if (!folder.empty())
          on_rank_0(comm, [&] {
            table->row(row(leads));
            if (electrograms)
              electrograms->row(row(unipolar));
          });
      }

      std::string folder;
      double every;
      Recording data, unipolar_data;
      std::unique_ptr<Table> table, electrograms; ///< rank 0
    };

    void declare(Schema &deck)
    {
      deck.section("output").quantity("ecg_every", "1 ms", 0.01, 100,
                                      "Time between two samples of the electrocardiogram and of the electrograms.",
                                      "at least 500 samples a second: Kligfield et al. 2007, 10.1161/CIRCULATIONAHA.106.180200");
    }

    const Register<Observer> registered{{"ecg", "Electrocardiogram and electrograms: ecg.csv, electrograms.csv.", "this project", declare,
                                         [](const Parameters &deck, const Observer::Context &context) {
                                           return std::make_unique<EcgObserver>(context.folder,
                                                                                deck.section("output").quantity("ecg_every"));
                                         }}};
  }
}
