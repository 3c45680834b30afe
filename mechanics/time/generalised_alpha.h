// Numbers of the generalised-alpha method.
#pragma once

namespace vivicor
{
  /// Chung and Hulbert 1993 (10.1115/1.2900803), for M a + f(u, v, t) = 0 with the balance at weighted means of both ends of a
  /// step, M (alpha_m a_n + (1 - alpha_m) a_n+1) + alpha_f f_n + (1 - alpha_f) f_n+1 = 0, and Newmark's relations
  ///   u_n+1 = u_n + dt v_n + dt^2 ((1/2 - beta) a_n + beta a_n+1),   v_n+1 = v_n + dt ((1 - gamma) a_n + gamma a_n+1).
  /// Second order; of all methods that damp the highest frequencies by `spectral_radius` per step, the one that damps the low
  /// ones least.
  struct GeneralisedAlpha
  {
    double alpha_m, alpha_f, beta, gamma;

    /// @param spectral_radius at infinite frequency, 0 to 1; 1: nothing is damped
    static GeneralisedAlpha of(double spectral_radius)
    {
      const double alpha_m = (2 * spectral_radius - 1) / (spectral_radius + 1), alpha_f = spectral_radius / (spectral_radius + 1);
      const double above = 1 + alpha_f - alpha_m;
      return {alpha_m, alpha_f, above * above / 4, 0.5 + alpha_f - alpha_m};
    }

    /// A vector now: displacement of a step's end minus that of its start, velocity and acceleration at the start.
    double velocity(double moved, double v, double a, double dt) const
    {
      return gamma / (beta * dt) * moved + (1 - gamma / beta) * v + (1 - gamma / (2 * beta)) * dt * a;
    }
    double acceleration(double moved, double v, double a, double dt) const
    {
      return moved / (beta * dt * dt) - v / (beta * dt) - (0.5 / beta - 1) * a;
    }
  };
}
