// The slab of Niederer et al. 2011, "Verification of cardiac tissue electrophysiology simulators using an N-version benchmark"
// (10.1098/rsta.2011.0139): 20 x 7 x 3 mm, fibres along x, ten Tusscher-Panfilov 2006 epicardial cells, stimulated in a corner.
#pragma once

#include "core/mesh/mesh.h"
#include "core/verification_table.h"
#include "electrophysiology/stimuli/pulse.h"

#include <mpi.h>

#include <map>

namespace vivicor
{
  struct SlabRun
  {
    bool hexahedra = false; ///< else tetrahedra, six in each cube
    unsigned degree = 1;
    double h = 0.5;          ///< mm, edge of the cubes that the slab is made of; 20, 7 and 3 mm are multiples
    double across = 1;       ///< times h is their edge across the fibres
    bool blended = false;    ///< Element::blended_quadrature(), of hexahedra of degree 1
    double quiet_rate = 0;   ///< mV/ms, see QuietOptions; they wait 0.4 ms at most
    double time_step = 0.02; ///< ms
    double lumping = 0;
    bool interpolated_states = false;        ///< then unsplit, else Godunov splitting and Crank-Nicolson
    bool bdf2 = true;                        ///< of unsplit steps; else backward Euler
    double reach = 1.5;                      ///< mm, edge of the stimulated corner
    AssignedTo assigned = AssignedTo::cells; ///< what its current is assigned to
    double t_end = 150;                      ///< ms; a run ends when all is activated
  };

  struct SlabResult
  {
    std::map<Point3, double> activation;       ///< ms, at the eight corners and the centre; -1: not activated
    double ionic = 0, diffusion = 0, wall = 0; ///< s, of this rank; wall without the setup
    long steps = 0;
    long long nodes = 0;
  };

  /// Collective. Tetrahedra are distributed over the ranks; hexahedra are solved by each rank for itself.
  SlabResult run_slab(MPI_Comm comm, const SlabRun &run);

  /// Activation at the nine places on a grid of 0.5, 0.2 or 0.1 mm, beside other codes on the same grid, by lumped mass and consistent
  /// mass with nodal currents. Collective. @param all also with interpolated states, which cost most
  VerificationTable slab_table(MPI_Comm comm, double h, bool all = true);

  /// The far corner where the grid no longer matters: hexahedra with Element::blended_quadrature(), whose edges follow the front's width,
  /// which is 2.75 times less across the fibres. Collective. @param all also on a finer grid
  VerificationTable slab_converged(MPI_Comm comm, bool all = true);
}
