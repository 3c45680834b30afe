// Loads that the published benchmarks prescribe over time: pressures and tensions, smooth or in ramps. For verification
// problems; a tension is handed to the wall through the active tension `linear`.
#pragma once

#include <functional>
#include <vector>

namespace vivicor
{
  /// From 0 at t = 0 to `final` at `duration` (ms) in a straight line, then constant: pressure and tension of Land et al.
  /// 2015 (doi:10.1098/rspa.2015.0641), problem 3, rise together.
  double linear_ramp(double t, double duration, double final);

  /// A load that obeys y' = -decay(t) y + source(t) from y(0) = 0, tabulated once; kPa over ms.
  class PrescribedLoad
  {
  public:
    /// Numbers of the active stress of Arostica et al. 2025 (doi:10.1016/j.cma.2024.117485):
    ///   y' = -|a| y + sigma max(a, 0),  a = a_max f + a_min (1 - f),  f = S+(t - t_systole) S-(t - t_diastole),
    ///   S+-(x) = (1 +- tanh(x/gamma))/2.
    struct Activation
    {
      double sigma = 150;                       ///< kPa
      double a_max = 5e-3, a_min = -30e-3;      ///< 1/ms
      double t_systole = 160, t_diastole = 484; ///< ms
      double gamma = 5;                         ///< ms
    };
    static PrescribedLoad active_stress(const Activation &numbers, double end = 1000);

    /// And of its cavity pressures:
    ///   y' = -|b| y + sigma_mid max(b, 0) + sigma_pre max(g, 0),  b = a_pre + alpha_pre g + alpha_mid,
    ///   g = S-(t - t_diastole),  a_pre = a_max f + a_min (1 - f) with f as above.
    struct Pressure
    {
      double sigma_pre = 7e-3, sigma_mid = 16;   ///< kPa/ms, kPa
      double alpha_pre = 5e-3, alpha_mid = 1e-3; ///< 1/ms
      double a_max = 5e-3, a_min = -30e-3;       ///< 1/ms
      double t_systole = 170, t_diastole = 484;  ///< ms
      double gamma = 5;                          ///< ms
    };
    static PrescribedLoad cavity_pressure(const Pressure &numbers, double end = 1000);

    /// kPa at t (ms); 0 before the start, the last value after `end`.
    double operator()(double t) const;

    struct Peak
    {
      double t = 0, value = 0; ///< ms, kPa
    };
    Peak peak() const;

  private:
    using Rate = std::function<double(double t, double y)>;
    PrescribedLoad(const Rate &rate, double end);

    std::vector<double> value, slope; ///< every `spacing` ms
  };
}
