// The electrical maps as the latest whole cycle left them: a run may end in the middle of the next one.
#pragma once

#include "coupling/simulation.h"

#include <vector>

namespace vivicor
{
  struct ElectricalMaps
  {
    ElectricalHeart::Activation activation;
    std::vector<RegionalMaps> regions;
    std::vector<double> surface; ///< ms, activation by node of the anatomy; NaN: none
  };

  class ElectricalMapsObserver : public Observer
  {
  public:
    void after_step(const Simulation &simulation) override;
    void archive(Archive &archive) override;

    /// Collective. Of the latest whole cycle; of a run that is shorter than one, as they are now.
    ElectricalMaps maps(const Simulation &simulation) const;

  private:
    ElectricalMaps latest, whole;               ///< near the end of the present cycle, and of the one before
    double latest_cycle = -1, whole_cycle = -1; ///< their numbers; -1: none
  };
}
