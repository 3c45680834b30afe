#include "mechanics/unloading/klotz.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double An = 27.78, Bn = 2.76; // mmHg, -

    double interpolated(const std::vector<double> &x, const std::vector<double> &y, double at)
    {
      const std::size_t above = std::clamp<std::size_t>(std::lower_bound(x.begin(), x.end(), at) - x.begin(), 1, x.size() - 1);
      const double share = (at - x[above - 1]) / (x[above] - x[above - 1]);
      return (1 - share) * y[above - 1] + share * y[above];
    }
  }

  double KlotzCurve::pressure(double v) const
  {
    return alpha * std::pow(v, beta);
  }
  double KlotzCurve::volume(double p) const
  {
    return std::pow(p / alpha, 1 / beta);
  }
  double KlotzCurve::normalised_volume(double p) const
  {
    return V0 + (V30 - V0) * std::pow(std::max(p, 0.0) / An, 1 / Bn);
  }

  KlotzCurve klotz(double P, double V)
  {
    constexpr double high = 22; // mmHg
    KlotzCurve curve;
    curve.V0 = V * (0.6 - 0.006 * P);
    curve.V30 = curve.V0 + (V - curve.V0) / std::pow(P / An, 1 / Bn);
    const double other_P = P < high ? 30 : 15, other_V = P < high ? curve.V30 : 0.8 * (curve.V30 - curve.V0) + curve.V0;
    curve.beta = std::log(P / other_P) / std::log(V / other_V);
    curve.alpha = other_P / std::pow(other_V, curve.beta);
    return curve;
  }

  KlotzCheck klotz_check(const std::vector<double> &pressure, const std::vector<double> &volume, double at)
  {
    KlotzCheck check;
    check.expected = klotz(at, interpolated(pressure, volume, at));
    check.V0 = interpolated(pressure, volume, 0);
    check.V30 = interpolated(pressure, volume, 30);
    double squares = 0, count = 0;
    for (std::size_t i = 0; i < pressure.size(); ++i)
      if (pressure[i] >= 0 && pressure[i] <= 30)
        {
          const double difference = volume[i] - check.expected.normalised_volume(pressure[i]);
          squares += difference * difference;
          count += 1;
          check.max_mL = std::max(check.max_mL, std::abs(difference));
        }
    check.rms_mL = std::sqrt(squares / count);
    const double percent = 100 / (check.expected.V30 - check.expected.V0);
    check.rms_pct = percent * check.rms_mL;
    check.max_pct = percent * check.max_mL;
    return check;
  }
}
