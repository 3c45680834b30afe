// The moving wall: nearly incompressible finite strain, active fibres, cavities filled with blood. Distributed.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/parameters/parameters.h"
#include "core/timers.h"
#include "meshes/fibres/fibres.h"

#include <mpi.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// Entries below "mechanics" of a deck.
  void declare_mechanics(Schema &deck);

  /// Refuses laws for regions that do not exist, or two for one, before a mesh is made. @throws UserError
  void check_mechanics(const std::vector<Region> &regions, const Parameters &deck);

  /// What stands behind the cavities during a step: volumes (mm^3) that it gives them at the end of the step for pressures
  /// (kPa) there, and the derivative dV_k/dp_l. Must give the same answer on every rank.
  struct CavityResponse
  {
    std::vector<double> volume;
    std::vector<std::vector<double>> dV_dp;
  };
  using CavityLaw = std::function<CavityResponse(const std::vector<double> &pressure)>;

  class Mechanics
  {
  public:
    /// @param cell_rank owner of each cell of the anatomy
    /// @throws UserError for regions without material and the like
    Mechanics(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank, const Parameters &deck,
              Timers &timers);
    ~Mechanics();

    /// Names of the cavities; all vectors of volumes and pressures follow this order.
    const std::vector<std::string> &cavities() const;

    /// What a static load took.
    struct Loading
    {
      unsigned steps = 0, cut_steps = 0; ///< load steps taken, and tried in vain
      unsigned newton_iterations = 0, linear_iterations = 0;
    };
    /// Collective. Static inflation from the reference configuration to the given pressures (kPa) at resting calcium, load
    /// steps chosen by itself. Commits. @throws SolverError when the smallest load step fails
    Loading inflate(const std::vector<double> &pressure);
    /// From now on Newton's method goes on to this relative residual, or to the deck's where that is smaller.
    void tighten(double tolerance);
    /// From now on these dead forces (mN, by node of the anatomy, the same on every rank) pull at the wall; empty: none. For problems
    /// with known solutions; not part of archive().
    void load(const std::vector<Point3> &force);

    /// Collective. Static equilibrium at the given pressures (kPa) in one load step, sought from a displacement (mm) by node of the
    /// anatomy and the hydrostatic pressures of `like`: a heart of the same cells on the same ranks, or this one. Commits.
    /// @return false, with nothing changed, when Newton's method fails
    bool settle(const std::vector<double> &pressure, const std::vector<Point3> &start, const Mechanics &like);
    /// Collective. The same through time, passive but with viscosity and dampers, in growing steps until no node is farther than
    /// about `precision` (mm) from its rest. From no displacement the pressures rise in a ramp. Commits. Slower than settle(), but
    /// copes with a heart that hardly anything holds. @throws SolverError when it does not come to rest
    void relax(const std::vector<double> &pressure, const std::vector<Point3> &start, const Mechanics &like, double precision);

    /// Collective. From the reference configuration to the given pressures (kPa) at the given calcium (uM, as in advance()) in
    /// time, with viscosity, dampers and tension at work: a ramp, then a rest until the wall stands still. Unlike inflate(), it
    /// copes with a heart that hardly anything holds. Commits. @throws SolverError when it does not come to rest
    void preload(const std::vector<double> &pressure, const std::vector<double> &calcium);

    struct Step
    {
      unsigned newton_iterations = 0, linear_iterations = 0;
      std::vector<double> volume, pressure; ///< mm^3, kPa, at the end of the step
    };
    /// Collective. A trial step to t + dt from the last committed state: displacement, tension and cavity pressures such that
    /// the wall is in equilibrium and its cavities hold what `law` says.
    /// @param calcium uM by node of the anatomy, valid at the nodes of this rank's cells, at t + dt
    /// @throws StepFailed, agreed by all ranks; the committed state is untouched
    Step advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw &law);
    /// As before, with the cavities' pressures (kPa) at t + dt given.
    Step advance(double t, double dt, const std::vector<double> &calcium, const std::vector<double> &pressure);
    /// Takes the trial step as the committed state.
    void commit();

    std::vector<double> volume() const;   ///< committed, mm^3
    std::vector<double> pressure() const; ///< committed, kPa

    /// Collective, replicated: committed displacement (mm) of every node of the anatomy.
    std::vector<Point3> displacement() const;
    /// Committed fields by node (averaged from the cells) for output, replicated: fibre stretch, active tension (kPa),
    /// hydrostatic pressure (kPa). Collective.
    struct NodalFields
    {
      std::vector<double> fibre_stretch, active_tension, pressure;
    };
    NodalFields nodal_fields() const;

    struct Size
    {
      long long cells = 0, dofs = 0;
    };
    Size size() const;

    /// Collective. The committed state: everything that a resumed run needs, on any number of ranks.
    void archive(Archive &archive);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl;
  };
}
