// One step in time of the tissue: membranes and diffusion together.
#pragma once

#include "core/timers.h"
#include "electrophysiology/tissue/diffusion.h"
#include "electrophysiology/tissue/quiet_tissue.h"
#include "electrophysiology/tissue/reaction.h"
#include "electrophysiology/tissue/state_interpolation.h"

#include <memory>

namespace vivicor
{
  enum class Splitting {
    godunov, ///< membranes, then diffusion
    strang,  ///< half of the diffusion, membranes, half of the diffusion
    none     ///< currents as the load of one semi-implicit step
  };

  struct TimeStepOptions
  {
    Splitting splitting = Splitting::godunov;
    bool interpolate_states = false; ///< SVI; needs Splitting::none
    bool bdf2 = false;               ///< as in DiffusionOptions; needs Splitting::none
    QuietOptions quiet = {};         ///< not with Splitting::none
  };

  /// Theory, with the order of each scheme in time: docs/theory/monodomain.md. The referenced objects outlive this one.
  class TimeStep
  {
  public:
    TimeStep(const RefinedMesh &mesh, const CellList &cells, Halo &halo, Reaction &reaction, Diffusion &diffusion,
             const TimeStepOptions &options, Timers &timers);

    /// Collective. Advances V (local nodes; owned ones are valid afterwards) and the states by dt.
    /// @param stimulus uA/uF by owned node; @param stimulated by group of the mesh
    /// @throws StepFailed as Diffusion::step
    void operator()(double dt, double *V, const double *stimulus, const std::vector<char> &stimulated);

    /// Membranes may wait between these two, see QuietTissue; a state is one of the tissue only after the second.
    void begin_steps();
    void end_steps(double *V);

  private:
    void split_step(double dt, double *V, const double *stimulus, const std::vector<char> &stimulated);
    void unsplit_step(double dt, double *V, const double *stimulus, const std::vector<char> &stimulated);
    void diffuse(double dt, double *V, const double *load = nullptr);

    const RefinedMesh &mesh;
    Halo &halo;
    Reaction &reaction;
    Diffusion &diffusion;
    const TimeStepOptions options;
    Timers &timers;
    std::unique_ptr<StateInterpolation> interpolation;
    std::unique_ptr<QuietTissue> quiet; ///< null: membranes take every step
    AlignedVector gate_V, at, f, load;
  };
}
