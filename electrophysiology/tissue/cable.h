// How fast a membrane model conducts on a grid of a given edge: a one-dimensional cable with the tissue's own numerics.
#pragma once

#include "electrophysiology/ionic_models/ionic_model.h"
#include "electrophysiology/tissue/time_step.h"

namespace vivicor
{
  struct CableOptions
  {
    double edge = 2.0;                 ///< mm, distance between nodes
    double time_step = 0.05;           ///< ms
    double lumping = 1.0, theta = 0.5; ///< as in DiffusionOptions
    bool strang = false;
    /// Semi-implicit steps in place of splitting, with BDF2 and state-variable interpolation as in TimeStepOptions.
    bool unsplit = false, bdf2 = false, interpolate_states = false;
    unsigned degree = 1;    ///< 2: quadratic elements, two edges long
    double length = 0.0;    ///< mm; 0: at least 20 mm and 32 edges
    double threshold = 0.0; ///< mV, upward crossing is the activation
    /// Stimulus from the left end: within this distance (mm; at least two edges), amplitude (uA/uF) and duration (ms).
    double stimulated_length = 1.5, amplitude = 35.714, duration = 2.0;
  };

  /// Activation times (ms) of the nodes along the cable; negative where the wave has not come before it died or `t_end`.
  /// @param diffusivity mm^2/ms
  std::vector<double> cable_activation(const IonicModel &model, double diffusivity, const CableOptions &options, double t_end);

  /// Speed (mm/ms = m/s) between a quarter and three quarters of the cable; 0 where conduction fails.
  double conduction_velocity(const IonicModel &model, double diffusivity, const CableOptions &options);

  /// Diffusivity (mm^2/ms) that gives `velocity` within 0.1 %.
  /// @throws UserError when the edge is so long that none does
  double tune_diffusivity(const IonicModel &model, double velocity, const CableOptions &options);
}
