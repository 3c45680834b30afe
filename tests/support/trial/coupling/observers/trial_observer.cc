// A trial, see tests/tools/trial.py: an observer that counts steps and the highest pressure of the left ventricle.
// trial name: trial_observer
// trial explain: output.trial_every
// trial deck: {"output": {"trial_every": 2}}
// trial summary: trial.steps_seen
#include "core/units.h"
#include "coupling/observer.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    class TrialObserver : public Observer
    {
    public:
      explicit TrialObserver(long every) : every(every) {}

      void after_step(const SimulationView &simulation) override
      {
        if (simulation.counts().steps % every == 0)
          {
            ++seen;
            highest = std::max(highest, simulation.blood().pressure[0]);
          }
      }

      void archive(Archive &archive) override
      {
        archive_number(archive, "trial/seen", seen);
        archive_number(archive, "trial/highest", highest);
      }

      void contribute(const SimulationView &, Results &results) override
      {
        results.summary["trial"] = {{"steps_seen", seen}, {"LV_pressure_max_mmHg", highest / units::mmHg}};
        results.files["trial.txt"] = std::to_string(seen) + "\n";
      }

    private:
      long every, seen = 0;
      double highest = 0; ///< kPa
    };

    void declare(Schema &deck)
    {
      deck.section("output").integer("trial_every", 1, 1, 1000, "Number of steps between two looks of the trial observer.");
    }

    const Register<Observer> registered{
      {"trial_observer", "A trial: counts steps.", "a test", declare, [](const Parameters &deck, const Observer::Context &) {
         return std::make_unique<TrialObserver>(deck.section("output").integer("trial_every"));
       }}};
  }
}
