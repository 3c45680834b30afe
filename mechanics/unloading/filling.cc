#include "mechanics/unloading/filling.h"

namespace vivicor
{
  void Equilibria::find(Mechanics &mechanics, const std::vector<double> &pressure, const std::vector<Point3> &start, const Mechanics &like)
  {
    constexpr unsigned convinced = 2;
    if (failures < convinced && mechanics.settle(pressure, start, like))
      return;
    ++failures;
    mechanics.relax(pressure, start, like, precision);
  }

  FillingCurve fill(Mechanics &mechanics, const std::vector<double> &final, unsigned steps,
                    const std::function<void(const FillingCurve &)> &watch)
  {
    constexpr double precision = 1e-3; // mm: a thousandth of the cavities' volumes and less
    Equilibria equilibria(precision);
    FillingCurve curve;
    mechanics.inflate(std::vector<double>(final.size(), 0.0));
    const auto scaled = [&](double load) {
      std::vector<double> pressure = final;
      for (double &p : pressure)
        p *= load;
      return pressure;
    };
    const auto record = [&](double load) {
      curve.load.push_back(load);
      curve.pressure.push_back(scaled(load));
      curve.volume.push_back(mechanics.volume());
      watch(curve);
    };
    record(0);
    for (unsigned k = 1; k <= steps; ++k)
      {
        const double load = static_cast<double>(k) / steps;
        equilibria.find(mechanics, scaled(load), mechanics.displacement(), mechanics);
        record(load);
      }
    return curve;
  }
}
