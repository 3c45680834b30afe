// maps.csv and the picture of the activation in the report: what the electrical heart has recorded of its last beat.
#include "coupling/observer.h"
#include "coupling/results/map_tables.h"
#include "coupling/results/surface_activation.h"

namespace vivicor
{
  namespace
  {
    class ElectricalMaps : public Observer
    {
    public:
      void contribute(const SimulationView &simulation, Results &results) override
      {
        results.report.map = surface_activation(simulation);
        const auto regions = simulation.electrical_heart().regional_maps();
        results.report.tables.push_back(maps_table(regions));
        results.files["maps.csv"] = maps_csv(regions);
      }

      int order() const override { return 5; }
    };

    const Register<Observer> registered{{"electrical_maps",
                                         "Activation, repolarisation, APD90 and velocity by region: maps.csv.",
                                         "this project",
                                         {},
                                         [](const Parameters &, const Observer::Context &) { return std::make_unique<ElectricalMaps>(); }}};
  }
}
