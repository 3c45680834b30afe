// One beat of a cell paced alone, in a table: what every node of its kind does after its activation.
#pragma once

#include "electrophysiology/prescribed/calcium_course.h"
#include "electrophysiology/tissue/reaction.h"

#include <vector>

namespace vivicor
{
  struct CellBeat
  {
    double step = 0;                ///< ms between entries
    std::vector<double> V, calcium; ///< mV and uM; the first is the rest before the stimulus, the last a cycle later
    double upstroke = 0;            ///< ms from the stimulus to the rise through the threshold of activation
    double duration = 0;            ///< ms from there to repolarisation; ActivationMap::never where the cycle is too short for it

    /// Entry of V or calcium, linear between, by time since the activation (ms): the rest before it, then again and again.
    double at(const std::vector<double> &values, double since_activation) const;
  };

  /// Where and how to look at a beat.
  struct BeatOptions
  {
    double cycle_length; ///< ms
    double threshold;    ///< mV, of activation
    double level;        ///< of repolarisation, as ActivationMap has it
  };

  /// Fired by its natural stimulus from the membrane's state, integrated by CVODE.
  /// @param given calcium in place of the cell's own; may be empty
  /// @throws UserError for a cell that does not fire, SolverError
  CellBeat record_beat(const Reaction::Membrane &membrane, const BeatOptions &options, const CalciumCourse &given);
}
