// One implicit step of the tissue's diffusion:  dV/dt = div(D grad V) + f,  no flux through the boundary.
#pragma once

#include "electrophysiology/tissue/matrices.h"

#include <array>

namespace vivicor
{
  struct DiffusionOptions
  {
    double theta = 0.5;      ///< 1/2: Crank-Nicolson; 1: backward Euler; not used by BDF2
    double lumping = 1.0;    ///< 0: consistent mass; 1: lumped mass; between: a blend
    double tolerance = 1e-5; ///< residual over the mass times the expected increment, both in the norm of the inverse diagonal
    unsigned max_iterations = 200;
    bool bdf2 = false; ///< second-order backward differences, begun with a step of backward Euler
  };

  /// For the increment d of a step and the load L = integral of N f:
  ///   theta scheme:  (M + theta dt K) d = dt (L - K V);      BDF2:  (3/2 M + dt K) d = 1/2 M d_before + dt (L - K V).
  /// BDF2 sees increments of the whole V, so it is for steps that nothing else changes V between. Solved by conjugate gradients with
  /// Jacobi's preconditioner in the form with one reduction an iteration (Chronopoulos and Gear 1989, 10.1016/0377-0427(89)90045-9), begun
  /// from the extrapolated increments of the two steps before.
  class Diffusion
  {
  public:
    Diffusion(MPI_Comm comm, const RefinedMesh &mesh, Halo &halo, const Matrices &matrices, const DiffusionOptions &options);

    /// Collective. Advances V (local nodes; ghosts are updated on the way, not afterwards) by dt.
    /// @param load of owned nodes, mm^3 mV/ms, or null; with BDF2 it is that of the step's end
    /// @return iterations
    /// @throws StepFailed on all ranks when a value is not finite or the tolerance is not met
    unsigned step(double dt, double *V, const double *load = nullptr);

    /// y = M x with the options' lumping, over owned nodes; updates the ghosts of x.
    void apply_mass(double *x, double *y);

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
    void prepare(double dt, double mass_factor);
    std::array<double, 2> first_residual(double dt, const double *V, const double *load, double before_factor);

    MPI_Comm comm;
    Halo &halo;
    const Matrices &matrices;
    const DiffusionOptions options;
    const std::size_t n_owned;
    double prepared_for = 0.0, prepared_factor = 0.0, volume = 0.0;
    Weights system;
    AlignedVector system_mass; ///< lumped mass of the system, where it is not that of the matrices
    AlignedVector inverse_diagonal, d, r, u, w, p, s, m;
    unsigned expected_iterations = ~0u; ///< those of the step before; only a matter of speed
    History past;
  };
}
