// Stiff ordinary differential equations by SUNDIALS CVODE. Only core/ode knows SUNDIALS.
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  struct CvodeSettings
  {
    double relative_tolerance = 1e-6;
    double absolute_tolerance = 1e-8;             ///< one for all equations, unless the vector below is given
    std::vector<double> absolute_tolerances = {}; ///< one an equation, or empty
    double initial_step = 0.0;                    ///< 0: CVODE chooses
    double max_step = std::numeric_limits<double>::infinity();
    long max_steps = 100000; ///< internal steps allowed in one advance()
  };

  /// Integrates dy/dt = f(t, y) for y of n values by backward differentiation formulas of order 1 to 5 with variable
  /// step, Newton's method and a dense Jacobian by difference quotients (Hindmarsh et al. 2005, ACM Trans. Math. Softw.
  /// 31:363, doi:10.1145/1089014.1089020). Time has whatever unit f uses. Not for sharing between threads.
  class Cvode
  {
  public:
    /// dy = f(t, y); both arrays hold n values. May throw: the exception comes out of advance().
    using Rate = std::function<void(double t, const double *y, double *dy)>;

    /// @throws SolverError when CVODE refuses the settings
    Cvode(Rate rate, const std::vector<double> &initial, double t_start, const CvodeSettings &settings = {});
    ~Cvode();
    Cvode(Cvode &&) noexcept;
    Cvode &operator=(Cvode &&) noexcept;

    /// Integrates up to exactly `t_end` and never asks for f beyond it, so that f may jump there.
    /// @throws SolverError with the name of CVODE's flag and the time reached
    void advance(double t_end);

    /// Forgets the step history: call after f or the solution jumped (a stimulus begins or ends).
    void restart(const std::vector<double> &values, double t);
    void restart() { restart(values(), time()); }

    double time() const;
    std::vector<double> values() const;
    double value(std::size_t i) const;

    long steps() const;            ///< internal steps since the construction or the last restart
    long rate_evaluations() const; ///< without those for the Jacobian

  private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
  };
}
