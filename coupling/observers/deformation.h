// Remembers the heart's shape at end-diastole and end-systole of the latest beat, for the measures. Idle where the pump has no wall.
#pragma once

#include "coupling/simulation.h"
#include "mechanics/measures/measures.h"
#include "mechanics/measures/regional_strain.h"

#include <vector>

namespace vivicor
{
  class DeformationObserver : public Observer
  {
  public:
    void start(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;
    void archive(Archive &archive) override;

    /// Of the latest beat whose ejection has begun. End-diastole: largest LV volume before ejection; end-systole: smallest after.
    Measures end_systolic(const Simulation &simulation) const;
    /// The same by segment.
    std::array<SegmentMeasures, n_segments> segments(const Simulation &simulation) const;

  private:
    struct Shape
    {
      double volume = 0; ///< LV, mm^3
      std::vector<Point3> displacement;
    };
    void begin_beat(const Simulation &simulation);

    Shape end_diastole, end_systole;
    bool ejecting = false;
    unsigned beat = 0;
  };
}
