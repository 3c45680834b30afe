// What one cell adds to residual and tangent, and how it is handed on.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

namespace vivicor
{
  /// Matrices row by row. Those of the tangent are empty when it is not wanted.
  struct CellTerms
  {
    std::vector<double> r_u, r_p;
    std::vector<double> uu, up, pu, pp;
    std::vector<double> mass; ///< of the pressures, over the stiffness of a change of volume: the preconditioner's Schur complement

    void clear(std::size_t n_u, std::size_t n_p, bool tangent)
    {
      const auto zero = [](std::vector<double> &values, std::size_t n) { values.assign(n, 0.0); };
      zero(r_u, n_u);
      zero(r_p, n_p);
      zero(uu, tangent ? n_u * n_u : 0);
      zero(up, tangent ? n_u * n_p : 0);
      zero(pu, tangent ? n_u * n_p : 0);
      zero(pp, tangent ? n_p * n_p : 0);
      zero(mass, tangent ? n_p * n_p : 0);
    }
  };
  using TermSink = std::function<void(unsigned cell, const CellTerms &terms)>;

  /// The configuration at which residual and tangent are wanted. Replicated vectors of all unknowns.
  struct SolidMotion
  {
    const double *u, *p;
    const double *v = nullptr, *a = nullptr; ///< velocity and acceleration; null: none
    double dv_du = 0, da_du = 0;             ///< how they change with u
    double t = 0;                            ///< of the loads
  };
}
