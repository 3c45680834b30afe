#include "coupling/results/passive_curve.h"

#include "core/error.h"
#include "core/log.h"
#include "core/output/formatted.h"
#include "core/units.h"
#include "mechanics/unloading/unloading.h"
#include "report/figures.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    constexpr double highest = 30; // mmHg
    constexpr unsigned steps = 30;

    std::vector<double> LV_column(const PassiveCurve &curve, const std::vector<std::vector<double>> &rows, double unit)
    {
      std::vector<double> column;
      for (const auto &row : rows)
        column.push_back(row[curve.LV] / unit);
      return column;
    }
  }

  namespace
  {
    /// Place of the LV among the cavities, once its pressure is one to begin from.
    std::size_t filled_LV(const std::vector<std::string> &cavities, const std::vector<double> &end_diastolic)
    {
      const auto found = std::find(cavities.begin(), cavities.end(), "LV");
      const auto LV = static_cast<std::size_t>(found - cavities.begin());
      if (found == cavities.end() || end_diastolic[LV] <= 0 || end_diastolic[LV] >= highest * units::mmHg)
        throw UserError({"no end-diastolic pressure in an LV", "deck section mechanics.reference.pressures",
                         "the passive pressure-volume curve runs from 0 to 30 mmHg in the LV, through its end-diastolic point", "",
                         "set mechanics.reference.pressures.LV between 0 and 30 mmHg"});
      return LV;
    }
  }

  void validate_passive_curve(const Parameters &deck, const Anatomy &anatomy)
  {
    std::vector<std::string> cavities;
    for (const auto &cavity : anatomy.cavities)
      cavities.push_back(cavity.first);
    filled_LV(cavities, read_reference(deck.section("mechanics"), cavities).pressure);
  }

  PassiveCurve passive_curve(Mechanics &mechanics, const std::vector<double> &end_diastolic)
  {
    PassiveCurve curve;
    curve.cavities = mechanics.cavities();
    curve.LV = filled_LV(curve.cavities, end_diastolic);
    curve.at = end_diastolic[curve.LV] / units::mmHg;
    std::vector<double> final = end_diastolic;
    for (double &p : final)
      p *= highest / curve.at;
    curve.filling = fill(mechanics, final, steps, [&](const FillingCurve &filling) {
      std::string volumes;
      for (std::size_t k = 0; k < curve.cavities.size(); ++k)
        volumes += formatted(" %s %.1f", curve.cavities[k].c_str(), filling.volume.back()[k] / units::mL);
      log::info("filling: LV at {:.2f} mmHg;{} mL", filling.pressure.back()[curve.LV] / units::mmHg, volumes);
    });
    curve.klotz = klotz_check(LV_column(curve, curve.filling.pressure, units::mmHg), LV_column(curve, curve.filling.volume, units::mL),
                              curve.at);
    return curve;
  }

  std::string edpvr_csv(const PassiveCurve &curve)
  {
    std::string text;
    for (const std::string &name : curve.cavities)
      text += name + "_pressure_mmHg," + name + "_volume_mL,";
    text += "LV_volume_klotz_mL\n";
    for (std::size_t i = 0; i < curve.filling.load.size(); ++i)
      {
        for (std::size_t k = 0; k < curve.cavities.size(); ++k)
          text += formatted("%.6g,%.6g,", curve.filling.pressure[i][k] / units::mmHg, curve.filling.volume[i][k] / units::mL);
        text += formatted("%.6g\n", curve.klotz.expected.normalised_volume(curve.filling.pressure[i][curve.LV] / units::mmHg));
      }
    return text;
  }

  nlohmann::ordered_json edpvr_json(const PassiveCurve &curve)
  {
    const KlotzCheck &check = curve.klotz;
    return {{"at_mmHg", curve.at},
            {"V0_mL", check.V0},
            {"V30_mL", check.V30},
            {"klotz_V0_mL", check.expected.V0},
            {"klotz_V30_mL", check.expected.V30},
            {"klotz_alpha_mmHg", check.expected.alpha},
            {"klotz_beta", check.expected.beta},
            {"deviation_rms_mL", check.rms_mL},
            {"deviation_max_mL", check.max_mL},
            {"deviation_rms_pct", check.rms_pct},
            {"deviation_max_pct", check.max_pct}};
  }

  ReportFigure edpvr_figure(const PassiveCurve &curve)
  {
    const std::vector<double> pressure = LV_column(curve, curve.filling.pressure, units::mmHg);
    std::vector<double> expected;
    for (const double p : pressure)
      expected.push_back(curve.klotz.expected.normalised_volume(p));
    return {"Passive filling of the left ventricle",
            figures::passive_filling(
              {{"this heart", LV_column(curve, curve.filling.volume, units::mL), pressure}, {"Klotz et al. 2006", expected, pressure}},
              {curve.klotz.expected.volume(curve.at), curve.at})};
  }
}
