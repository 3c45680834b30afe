// What electrodes see of the tissue's currents:  phi_e = -1/(4 pi sigma) integral of (sigma_i grad V) . grad Z_e dx,
// Z_e(x) the potential at electrode e of a unit current that enters at x, times 4 pi sigma: 1/|x - x_e| in an unbounded
// conductor (Gima and Rudy 2002, 10.1161/01.RES.0000016960.61087.86). V is linear in every cell, so each potential is
// one dot product of V with weights worked out once.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/matrices.h"
#include "meshes/fibres/fibres.h"

#include <mpi.h>

#include <functional>

namespace vivicor
{
  /// S/m = mS/mm.
  struct SourceConductivities
  {
    double along, across; ///< intracellular, of the tissue
    double around;        ///< of the conductor that the potentials are measured in
  };

  class SourceWeights
  {
  public:
    /// Writes the integral of grad Z_e over a cell (mm), e = 0 ... n_electrodes - 1.
    using FieldIntegrals = std::function<void(std::size_t cell, const P1Cell &, Point3 *by_electrode)>;

    SourceWeights() = default;
    SourceWeights(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const SourceConductivities &sigma,
                  std::size_t n_electrodes, const FieldIntegrals &field);

    /// Collective. mV by electrode. @param V owned nodes
    std::vector<double> operator()(MPI_Comm comm, const double *V) const;
    /// What this rank's nodes add to each.
    std::vector<double> parts(const double *V) const;

  private:
    std::vector<AlignedVector> weights; ///< by electrode and owned node
  };

  /// Of electrodes in an unbounded conductor.
  SourceWeights unbounded_weights(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const SourceConductivities &sigma,
                                  const std::vector<Point3> &electrodes);
}
