#include "mechanics/boundary/prescribed_loads.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double spacing = 0.05; // ms: a hundredth of the benchmark's smoothing time, so that errors are below 1e-8

    /// (1 + tanh(x/gamma))/2, and 1 - that of it.
    double rising(const double x, const double gamma)
    {
      return 0.5 * (1. + std::tanh(x / gamma));
    }
    double falling(const double x, const double gamma)
    {
      return 0.5 * (1. - std::tanh(x / gamma));
    }

    template <class Numbers>
    double systole(const Numbers &n, const double t)
    {
      const double f = rising(t - n.t_systole, n.gamma) * falling(t - n.t_diastole, n.gamma);
      return n.a_max * f + n.a_min * (1. - f);
    }
  }

  double linear_ramp(const double t, const double duration, const double final)
  {
    return final * std::clamp(t / duration, 0., 1.);
  }

  PrescribedLoad PrescribedLoad::active_stress(const Activation &n, const double end)
  {
    return {[n](const double t, const double y) {
              const double a = systole(n, t);
              return -std::abs(a) * y + n.sigma * std::max(a, 0.);
            },
            end};
  }

  PrescribedLoad PrescribedLoad::cavity_pressure(const Pressure &n, const double end)
  {
    return {[n](const double t, const double y) {
              const double g = falling(t - n.t_diastole, n.gamma), b = systole(n, t) + n.alpha_pre * g + n.alpha_mid;
              return -std::abs(b) * y + n.sigma_mid * std::max(b, 0.) + n.sigma_pre * g;
            },
            end};
  }

  // Classical Runge-Kutta.
  PrescribedLoad::PrescribedLoad(const Rate &rate, const double end)
  {
    const auto steps = static_cast<std::size_t>(std::ceil(end / spacing));
    double y = 0.;
    for (std::size_t i = 0; i <= steps; ++i)
      {
        const double t = static_cast<double>(i) * spacing, h = spacing, k1 = rate(t, y);
        value.push_back(y);
        slope.push_back(k1);
        const double k2 = rate(t + h / 2., y + h / 2. * k1), k3 = rate(t + h / 2., y + h / 2. * k2), k4 = rate(t + h, y + h * k3);
        y += h / 6. * (k1 + 2. * k2 + 2. * k3 + k4);
      }
  }

  // Cubic between the values and slopes of the table.
  double PrescribedLoad::operator()(const double t) const
  {
    if (!(t > 0.))
      return 0.;
    const double place = t / spacing;
    if (place >= static_cast<double>(value.size() - 1))
      return value.back();
    const auto i = static_cast<std::size_t>(place);
    const double s = place - static_cast<double>(i), r = 1. - s;
    return r * r * (1. + 2. * s) * value[i] + s * s * (1. + 2. * r) * value[i + 1] + spacing * s * r * (r * slope[i] - s * slope[i + 1]);
  }

  PrescribedLoad::Peak PrescribedLoad::peak() const
  {
    const auto largest = std::max_element(value.begin(), value.end());
    return {spacing * static_cast<double>(largest - value.begin()), *largest};
  }
}
