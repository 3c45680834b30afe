// One cell on its own: paced at a steady rhythm, by the tissue's schemes or by CVODE, and what its action potentials look
// like.
#pragma once

#include "electrophysiology/cells/biomarkers.h"
#include "electrophysiology/cells/integrator.h"
#include "electrophysiology/ionic_models/ionic_model.h"

#include <vector>

namespace vivicor
{
  struct Pacing
  {
    double cycle_length = 1000.0; ///< ms
    unsigned beats = 1;
    double stimulus_start = 0.0;      ///< in each cycle, ms
    double stimulus_duration = 1.0;   ///< ms
    double stimulus_amplitude = 52.0; ///< uA/uF, depolarising; 0: no stimulus
    CellIntegrator integrator = CellIntegrator::rush_larsen;
    double step = 0.02;               ///< of the tissue's schemes, ms; shortened where the stimulus begins or ends
    double relative_tolerance = 1e-7; ///< of CVODE and ARKODE
    bool keep_trace = false;          ///< of all beats
  };

  /// The rhythm and the stimulus that the model asks for.
  Pacing natural_pacing(const IonicModel &model);

  /// All states of one cell.
  struct CellState
  {
    double V = 0.0;             ///< mV
    std::vector<double> states; ///< as IonicModel::state_names()
  };

  struct PacedCell
  {
    std::vector<Biomarkers> beats;                 ///< of each stimulus up to the next, or to where the next would be
    std::vector<CellSample> trace;                 ///< if asked for
    std::vector<std::vector<double>> trace_states; ///< with it: all states, as IonicModel::state_names()
    CellState end;
  };

  /// The model's published resting state.
  CellState resting_state(const IonicModel &model);

  /// Paces a cell from `start`.
  /// @throws SolverError when a value is not finite or the solver fails
  PacedCell pace(const IonicModel &model, const Pacing &pacing, const CellState &start);
  PacedCell pace(const IonicModel &model, const Pacing &pacing);
}
