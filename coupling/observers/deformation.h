// Remembers the heart's shape at end-diastole and end-systole of the latest whole cycle, for the measures. Idle where the pump has
// no wall.
#pragma once

#include "coupling/simulation.h"
#include "mechanics/measures/measures.h"
#include "mechanics/measures/regional_strain.h"

#include <array>
#include <optional>
#include <vector>

namespace vivicor
{
  class DeformationObserver : public Observer
  {
  public:
    void start(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;
    void archive(Archive &archive) override;

    /// Of the latest whole cycle, or of the run so far where that is shorter. End-diastole: largest LV volume before ejection;
    /// end-systole: smallest after. Empty where the LV does not eject.
    std::optional<Measures> end_systolic(const Simulation &simulation) const;
    /// The same by segment.
    std::optional<std::array<SegmentMeasures, n_segments>> segments(const Simulation &simulation) const;

  private:
    struct Shape
    {
      double volume = 0; ///< LV, mm^3
      std::vector<Point3> displacement;
    };
    /// Largest and smallest of one beat; the second is empty until ejection begins.
    struct Shapes
    {
      Shape end_diastole, end_systole;
    };
    void begin_beat(const Simulation &simulation);
    void look(const Simulation &simulation);
    const Shapes &whole_cycle() const { return beat == 0 ? present : last; }

    Shapes present, last; ///< beat under way, beat before
    bool ejecting = false;
    unsigned beat = 0;
  };
}
