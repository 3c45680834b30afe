// The slab of Niederer et al. 2011, "Verification of cardiac tissue electrophysiology simulators using an N-version benchmark"
// (10.1098/rsta.2011.0139): 20 x 7 x 3 mm, fibres along x, ten Tusscher-Panfilov 2006 epicardial cells, stimulated in a corner.
#pragma once

#include "core/verification_table.h"
#include "core/mesh/mesh.h"

#include <mpi.h>

#include <map>

namespace vivicor
{
  struct SlabRun
  {
    bool hexahedra = false;  ///< else tetrahedra, six in each cube
    unsigned degree = 1;
    double h = 0.5;          ///< mm, edge of the cubes that the slab is made of; 20, 7 and 3 mm are multiples
    double time_step = 0.02; ///< ms
    double lumping = 0;
    bool interpolated_states = false; ///< then unsplit, else Godunov splitting and Crank-Nicolson
    bool bdf2 = true;        ///< of unsplit steps; else backward Euler
    double t_end = 150;      ///< ms; a run ends when all is activated
  };

  struct SlabResult
  {
    std::map<Point3, double> activation; ///< ms, at the eight corners and the centre; -1: not activated
    double ionic = 0, diffusion = 0, wall = 0; ///< s, of this rank; wall without the setup
    long steps = 0;
    long long nodes = 0;
  };

  /// Collective. Tetrahedra are distributed over the ranks; hexahedra are solved by each rank for itself.
  SlabResult run_slab(MPI_Comm comm, const SlabRun &run);

  /// Activation at the nine points on a grid of 0.5, 0.2 or 0.1 mm by scheme, beside other codes on the same grid. Collective.
  VerificationTable slab_table(MPI_Comm comm, double h);

  /// The far corner where the grid no longer matters, by elements of degree 2 and on the finest grid, 0.05 mm. Hours.
  VerificationTable slab_converged(MPI_Comm comm);
}
