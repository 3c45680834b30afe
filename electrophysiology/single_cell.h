// One cell on its own: paced at a steady rhythm, in the tissue's scheme or by CVODE, and what its action potentials
// look like.
#pragma once

#include "electrophysiology/ionic_models/ionic_model.h"

#include <vector>

namespace vivicor
{
  enum class CellIntegrator
  {
    rush_larsen, ///< the model's step(): what tissue uses
    cvode        ///< core/ode on the model's rates(): the reference
  };

  struct Pacing
  {
    double cycle_length = 1000.0; ///< ms
    unsigned beats = 1;
    double stimulus_start = 0.0;      ///< in each cycle, ms
    double stimulus_duration = 1.0;   ///< ms
    double stimulus_amplitude = 52.0; ///< uA/uF, depolarising; 0: no stimulus
    CellIntegrator integrator = CellIntegrator::rush_larsen;
    double step = 0.02;               ///< of Rush-Larsen, ms; shortened where the stimulus begins or ends
    double relative_tolerance = 1e-7; ///< of CVODE
    bool keep_trace = false;          ///< of all beats
  };

  /// All states of one cell.
  struct CellState
  {
    double V = 0.0;             ///< mV
    std::vector<double> states; ///< as IonicModel::state_names()
  };

  struct CellSample
  {
    double t = 0.0, V = 0.0, calcium = 0.0; ///< ms, mV, uM
  };

  /// One cycle's action potential. Durations run from the steepest rise to the fraction of repolarisation from the peak
  /// towards the cycle's lowest potential; 0 where the cell did not fire or did not repolarise within the cycle.
  struct Biomarkers
  {
    double rest = 0.0, peak = 0.0;                      ///< lowest and highest potential, mV
    double dVdt_max = 0.0;                              ///< with the stimulus, mV/ms
    double APD50 = 0.0, APD90 = 0.0;                    ///< ms
    double calcium_diastolic = 0.0, calcium_peak = 0.0; ///< uM
    double gate_min = 0.0, gate_max = 0.0;              ///< over all gates and the whole cycle
  };

  struct PacedCell
  {
    std::vector<Biomarkers> beats;
    std::vector<CellSample> trace; ///< if asked for
    CellState end;
  };

  /// The model's published resting state.
  CellState resting_state(const IonicModel &model);

  /// Paces a cell from `start`.
  /// @throws SolverError when a value is not finite or CVODE fails
  PacedCell pace(const IonicModel &model, const Pacing &pacing, const CellState &start);
  PacedCell pace(const IonicModel &model, const Pacing &pacing);

  /// State of a cell, at the end of a cycle, after `beats` of `cycle_length` ms from rest: where tissue may start from.
  CellState prepaced_state(const IonicModel &model, double cycle_length, unsigned beats);
}
