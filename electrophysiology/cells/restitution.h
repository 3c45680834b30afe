// How an action potential depends on the rest before it.
#pragma once

#include "electrophysiology/cells/single_cell.h"

#include <optional>
#include <vector>

namespace vivicor
{
  struct RestitutionPoint
  {
    double interval = 0.0;  ///< from the last stimulus of the train to the premature one, or the cycle length; ms
    double diastolic = 0.0; ///< interval less APD90 of the beat before, ms; NaN where that has none
    double APD50 = 0.0, APD90 = 0.0;
    double alternans = 0.0; ///< APD90 of the last beat less that of the one before, ms; only of rhythms
    bool captured = false;  ///< the stimulus made an action potential (of a rhythm: each of the last two did)
  };

  /// S1-S2: one premature beat after a steady train, for each interval. The train is pacing.beats beats from `start`;
  /// every premature beat starts from its last one. Intervals within the train's APD90 answer captured = false.
  /// @throws SolverError
  std::vector<RestitutionPoint> s1s2_restitution(const IonicModel &model, const Pacing &pacing, std::vector<double> intervals,
                                                 const CellState &start);
  /// Diastolic intervals from 5 ms upwards, close where the curve is steep; those that fit into the train's cycle.
  /// @param APD90 of the train
  std::vector<double> usual_intervals(double cycle_length, double APD90);

  /// Dynamic restitution: pacing.beats beats at each cycle length, in the given order, each rhythm from the end of the one
  /// before; the last two beats count. Stops after the first rhythm that the cell does not follow beat by beat.
  /// @throws SolverError
  std::vector<RestitutionPoint> dynamic_restitution(const IonicModel &model, const Pacing &pacing, const std::vector<double> &cycle_lengths,
                                                    const CellState &start);
  /// From `longest` down to a fifth of it, close where cells tend to alternate.
  std::vector<double> usual_cycle_lengths(double longest);

  /// Steepest slope of APD90 over the diastolic interval between neighbouring captured points; of rhythms that alternate
  /// by more than `alternans` ms none counts. Empty if there are fewer than two points.
  std::optional<double> steepest_slope(std::vector<RestitutionPoint> points, double alternans);
}
