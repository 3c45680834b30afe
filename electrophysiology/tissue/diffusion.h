// One implicit step of the tissue's diffusion:  dV/dt = div(D grad V),  no flux through the boundary.
#pragma once

#include "electrophysiology/tissue/matrices.h"

namespace vivicor
{
  struct DiffusionOptions
  {
    double theta = 0.5;       ///< 1/2: Crank-Nicolson; 1: backward Euler
    double lumping = 1.0;     ///< 0: consistent mass; 1: lumped mass; between: a blend
    double tolerance = 1e-5;  ///< residual over that of a zero increment, both in the norm of the inverse diagonal
    unsigned max_iterations = 200;
  };

  /// Theta scheme for the increment d of a step:  (M + theta dt K) d = -dt K V.  Solved by conjugate gradients with Jacobi's
  /// preconditioner in the form with one reduction an iteration (Chronopoulos and Gear 1989, 10.1016/0377-0427(89)90045-9),
  /// begun from the extrapolated increments of the two steps before.
  class Diffusion
  {
  public:
    Diffusion(MPI_Comm comm, const RefinedMesh &mesh, Halo &halo, const Matrices &matrices, const DiffusionOptions &options);

    /// Collective. Advances V (local nodes; ghosts are updated on the way, not afterwards) by dt.
    /// @return iterations
    /// @throws StepFailed on all ranks when a value is not finite or the tolerance is not met
    unsigned step(double dt, double *V);

    /// The last two increments per time (mV/ms), newest first, that starting guesses come from. Part of a saved state: a step
    /// from the same state then gives the same bits.
    struct History
    {
      AlignedVector last, before_last;
      unsigned length = 0;
    };
    const History &history() const { return past; }
    void set_history(const History &history) { past = history; }

  private:
    void prepare(double dt);
    void first_residual(double dt, double *V);

    MPI_Comm comm;
    Halo &halo;
    const Matrices &matrices;
    const DiffusionOptions options;
    const std::size_t n_owned;
    double prepared_for = 0.0, volume = 0.0;
    Weights system;
    AlignedVector inverse_diagonal, d, r, u, w, p, s, rhs;
    History past;
  };
}
