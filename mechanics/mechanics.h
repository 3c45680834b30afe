// The moving wall: nearly incompressible finite strain, active fibres, cavities filled with blood. Distributed.
#pragma once

#include "mechanics/pump.h"

#include <memory>

namespace vivicor
{
  /// Entries of the section "mechanics" that belong to the wall.
  void declare_wall(Schema &mechanics);

  class Mechanics : public Pump, public DeformingWall
  {
  public:
    /// @param mechanics the deck's section
    /// @throws UserError for regions without material and the like
    Mechanics(const PumpContext &context, const Parameters &mechanics);
    /// A wall without a beat around it. @param cell_rank owner of each cell of the anatomy
    Mechanics(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank, const Parameters &deck,
              Timers &timers);
    ~Mechanics() override;

    const std::vector<std::string> &cavities() const override;

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
    void preload(const std::vector<double> &pressure, const std::vector<double> &calcium) override;

    /// Displacement, tension and cavity pressures such that the wall is in equilibrium and its cavities hold what `law` says.
    Step advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw &law) override;
    /// As before, with the cavities' pressures (kPa) at t + dt given.
    Step advance(double t, double dt, const std::vector<double> &calcium, const std::vector<double> &pressure);
    void commit() override;
    void rollback() override;

    std::vector<double> volume() const override;
    std::vector<double> pressure() const override;

    std::vector<Point3> displacement() const override;
    NodalFields nodal_fields() const override;
    const DeformingWall *wall() const override { return this; }

    Size size() const override;
    void archive(Archive &archive) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl;
  };
}
