// A circulation and an elastance heart as one system of ordinary differential equations, integrated by SUNDIALS.
#pragma once

#include "circulation/elastance_heart.h"
#include "core/ode/cvode.h"

#include <vector>

namespace vivicor
{
  /// Unknowns: the circulation's states, then the chamber volumes. Blood is a linear invariant of the equations, and
  /// backward differentiation with Newton's method keeps those to round-off.
  class ClosedLoop
  {
  public:
    /// Both must outlive it. @param tolerance relative, of the integrator
    ClosedLoop(const Circulation &circulation, const ElastanceHeart &heart, const ElastanceHeart::State &start, double tolerance);
    ClosedLoop(const ClosedLoop &) = delete;
    ClosedLoop &operator=(const ClosedLoop &) = delete;

    /// To exactly t, ms. @throws SolverError, UserError of the circulation
    void advance(double t);

    double time() const { return integrator.time(); } ///< ms
    std::vector<double> state() const;                ///< of the circulation
    Chambers volume() const;                          ///< mm^3
    Chambers pressure() const;                        ///< kPa
    double blood() const;                             ///< mm^3, inside and outside the chambers

    long steps() const { return integrator.steps(); }
    long rate_evaluations() const { return integrator.rate_evaluations(); }

  private:
    void rate(double t, const double *y, double *dy) const;

    const Circulation &circulation;
    const ElastanceHeart &heart;
    const std::size_t states;
    Cvode integrator;
  };
}
