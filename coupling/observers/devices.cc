// devices.csv: what implanted devices report over time.
#include "core/collective.h"
#include "core/output/formatted.h"
#include "coupling/observer.h"
#include "coupling/results/recording_table.h"

namespace vivicor
{
  namespace
  {
    class DeviceObserver : public Observer
    {
    public:
      explicit DeviceObserver(std::string folder) : folder(std::move(folder)) {}

      void start(const SimulationView &simulation) override
      {
        open(simulation);
        record(simulation);
      }
      void resume(const SimulationView &simulation) override { open(simulation); }
      void after_step(const SimulationView &simulation) override { record(simulation); }
      void archive(Archive &archive) override { data.archive(archive, "devices/recording"); }

      void contribute(const SimulationView &simulation, Results &results) override
      {
        ReportTable table{"Devices, at the end", {}, {}};
        for (const auto &channel : simulation.device_channels())
          {
            results.summary["devices"][channel.name] = channel.value;
            table.rows.push_back({channel.name, formatted("%.5g", channel.value)});
          }
        results.report.tables.push_back(table);
      }

      const Recording *recording() const override { return &data; }

    private:
      void open(const SimulationView &simulation)
      {
        data.columns = {"t_ms"};
        for (const auto &channel : simulation.device_channels())
          data.columns.push_back(channel.name);
        if (!folder.empty())
          on_rank_0(simulation.comm(), [&] { table = table_of(folder + "/devices.csv", data); });
      }

      void record(const SimulationView &simulation)
      {
        std::vector<double> row{simulation.time()};
        for (const auto &channel : simulation.device_channels())
          row.push_back(channel.value);
        data.add(row);
        if (!folder.empty())
          on_rank_0(simulation.comm(), [&] { table->row(row); });
      }

      std::string folder;
      Recording data;
      std::unique_ptr<Table> table; ///< rank 0
    };

    const Register<Observer> registered{{"devices",
                                         "What implanted devices report: devices.csv.",
                                         "this project",
                                         {},
                                         [](const Parameters &deck, const Observer::Context &context) -> std::unique_ptr<Observer> {
                                           if (deck.names("devices").empty())
                                             return nullptr;
                                           return std::make_unique<DeviceObserver>(context.folder);
                                         }}};
  }
}
