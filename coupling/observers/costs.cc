// What the run cost: sizes, iterations, seconds, messages, memory.
#include "coupling/observer.h"
#include "coupling/results/summary.h"

namespace vivicor
{
  namespace
  {
    class Costs : public Observer
    {
    public:
      void finish(const SimulationView &simulation) override { traffic = mpi_traffic() - simulation.begin().traffic; }

      void contribute(const SimulationView &simulation, Results &results) override
      {
        add_costs(simulation, traffic, results.summary);
        for (const auto &[title, section] :
             {std::pair{"Mesh", "mesh"}, std::pair{"Solver", "solver"}, std::pair{"Seconds (rank 0)", "time_s"}})
          results.report.tables.push_back(table_of(title, results.summary.at(section)));
      }

      int order() const override { return 30; } // all else has been paid for

    private:
      Traffic traffic; ///< of this rank in the time loop
    };

    const Register<Observer> registered{{"costs",
                                         "Sizes, iterations, seconds, messages and memory, for the summary.",
                                         "this project",
                                         {},
                                         [](const Parameters &, const Observer::Context &) { return std::make_unique<Costs>(); }}};
  }
}
