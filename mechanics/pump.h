// What moves the blood: cavities whose volumes answer to pressure and calcium. How to add one: docs/howto/pump.md.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/registry.h"
#include "core/timers.h"
#include "mechanics/boundary/surface_term.h"
#include "mechanics/deforming_wall.h"
#include "meshes/fibres/fibres.h"

#include <mpi.h>

#include <functional>
#include <string>
#include <vector>

namespace vivicor
{
  /// What stands behind the cavities during a step: volumes (mm^3) that it gives them at the end of the step for pressures
  /// (kPa) there, and the derivative dV_k/dp_l.
  struct CavityResponse
  {
    std::vector<double> volume;
    std::vector<std::vector<double>> dV_dp;
  };
  /// Collective; gives the same answer on every rank. @throws StepFailed, on every rank alike, where it has none: the pump then
  /// tries pressures nearer to the last good ones
  using CavityLaw = std::function<CavityResponse(const std::vector<double> &pressure)>;

  /// What a pump stands on beside its parameters. The timers must outlive it.
  struct PumpContext
  {
    MPI_Comm comm;
    const Anatomy &anatomy;
    const Fibres &fibres;
    const std::vector<unsigned> &cell_rank; ///< owner of each cell of the anatomy
    double cycle_length;                    ///< ms, from one beat to the next; the first begins at t = 0
    Timers &timers;
    const std::vector<SurfaceTerm> *surface_terms = nullptr; ///< of devices; null: none
  };

  /// Two states stand side by side: the committed one, which all but advance() show, and the trial that advance() makes from it.
  class Pump
  {
  public:
    using Context = PumpContext;

    virtual ~Pump() = default;

    /// Names of the cavities; all vectors of volumes and pressures follow this order.
    virtual const std::vector<std::string> &cavities() const = 0;

    /// Collective. At t = 0 and rest, filled to the given pressures (kPa) at the given calcium (uM, as in advance()). Commits.
    /// @throws SolverError when it cannot be filled
    virtual void preload(const std::vector<double> &pressure, const std::vector<double> &calcium) = 0;

    struct Step
    {
      unsigned newton_iterations = 0, linear_iterations = 0;
      std::vector<double> volume, pressure; ///< mm^3, kPa, at the end of the step
    };
    /// Collective. A trial step from the last committed state, at t (ms), to t + dt: the cavities' pressures are such that they
    /// hold what `law` says.
    /// @param calcium uM by node of the anatomy, valid at the nodes of this rank's cells, at t + dt
    /// @throws StepFailed, agreed by all ranks; the committed state is untouched
    virtual Step advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw &law) = 0;
    /// Takes the trial step as the committed state.
    virtual void commit() = 0;
    /// Forgets the trial step.
    virtual void rollback() = 0;

    virtual std::vector<double> volume() const = 0;   ///< committed, mm^3; collective
    virtual std::vector<double> pressure() const = 0; ///< committed, kPa

    struct Size
    {
      long long cells = 0, dofs = 0;
    };
    virtual Size size() const = 0;

    /// Collective. The committed state: everything that a resumed run needs, on any number of ranks.
    virtual void archive(Archive &archive) = 0;

    /// What moves, for who looks at it; null where the pump has no wall.
    virtual const DeformingWall *wall() const { return nullptr; }
  };

  /// Entries below "mechanics" of a deck: the pump's model and its parameters.
  void declare_mechanics(Schema &deck);

  /// Refuses, before a mesh is made, what no pump of the deck's model could be made of: laws for regions that do not exist, or two
  /// for one; chambers that contract for longer than a beat. @throws UserError
  void check_mechanics(const std::vector<Region> &regions, const Parameters &deck);
}
