// Many small stiff systems with the same equations, advanced together over short spans by SUNDIALS. Only core/ode knows
// SUNDIALS.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace vivicor
{
  struct BatchedOdeSettings
  {
    enum class Method {
      cvode, ///< backward differentiation formulas of order 1 to 5 (Hindmarsh et al. 2005, doi:10.1145/1089014.1089020)
      arkode ///< implicit Runge-Kutta method of third order, L-stable (Kennedy and Carpenter 2003, ARK3(2)4L[2]SA,
             ///< doi:10.1016/S0168-9274(02)00138-1): needs no history, so a restart costs it nothing
    };
    Method method = Method::arkode;
    double relative_tolerance = 1e-6;             ///< of every system by itself, whatever its neighbours do
    std::vector<double> absolute_tolerances = {}; ///< one an equation
    double fixed_step = 0.0;                      ///< of ARKODE; 0: chosen by the tolerances
    long max_steps = 100000;                      ///< internal steps allowed in one advance()
  };

  /// y' = f(y) for `systems` independent systems of `equations` each: equation k of system i at [k * systems + i]. All
  /// share their steps. Newton's method with a block-diagonal Jacobian, by one difference quotient an equation, whatever
  /// the number of systems. Every advance() starts afresh, since y jumps between two of them: splitting schemes.
  class BatchedOde
  {
  public:
    /// May throw: the exception comes out of advance().
    using Rate = std::function<void(const double *y, double *dy)>;

    /// @throws SolverError when SUNDIALS refuses the settings
    BatchedOde(Rate rate, std::size_t systems, std::size_t equations, const BatchedOdeSettings &settings);
    ~BatchedOde();

    /// Replaces y by the solution after `duration`. @throws SolverError with the name of the failure; y is then lost
    void advance(double *y, double duration);

    std::size_t systems() const;
    long steps() const; ///< internal steps of the last advance()

  private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation;
  };
}
