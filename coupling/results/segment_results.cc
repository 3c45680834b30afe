#include "coupling/results/segment_results.h"

#include "core/output/formatted.h"
#include "core/units.h"
#include "report/figures.h"

#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();

    struct Column
    {
      const char *name, *title, *unit;
      double (*value)(const SegmentMeasures &);
    };

    double thickening(const SegmentMeasures &s)
    {
      return s.thickness_ed > 0 ? 100 * (s.thickness / s.thickness_ed - 1) : none;
    }

    /// Not a number where the segment has no cells, or no ray through its wall.
    double value_of(double (*value)(const SegmentMeasures &), const SegmentMeasures &s)
    {
      return s.volume > 0 ? value(s) : none;
    }

    const Column columns[] = {
      {"fibre_strain_pct", "fibre strain", "%", [](const SegmentMeasures &s) { return s.fibre_strain; }},
      {"circumferential_strain_pct", "circumferential strain", "%", [](const SegmentMeasures &s) { return s.circumferential_strain; }},
      {"longitudinal_strain_pct", "longitudinal strain", "%", [](const SegmentMeasures &s) { return s.longitudinal_strain; }},
      {"radial_strain_pct", "radial strain", "%", [](const SegmentMeasures &s) { return s.radial_strain; }},
      {"thickness_ed_mm", "thickness, end-diastole", "mm",
       [](const SegmentMeasures &s) { return s.thickness_ed > 0 ? s.thickness_ed : none; }},
      {"thickness_es_mm", "thickness, end-systole", "mm", [](const SegmentMeasures &s) { return s.thickness > 0 ? s.thickness : none; }},
      {"thickening_pct", "thickening", "%", thickening}};
  }

  std::string segments_csv(const SegmentResults &segments)
  {
    std::string text = "segment,name,wall_volume_mL";
    for (const Column &column : columns)
      text += std::string(",") + column.name;
    text += "\n";
    for (unsigned k = 0; k < n_segments; ++k)
      {
        const SegmentMeasures measures = segments ? (*segments)[k] : SegmentMeasures{};
        text += formatted("%u,%s,", k + 1, segment_names()[k].c_str()) + (segments ? formatted("%.6g", measures.volume / units::mL) : "");
        for (const Column &column : columns)
          {
            const double value = value_of(column.value, measures);
            text += "," + (std::isfinite(value) ? formatted("%.6g", value) : "");
          }
        text += "\n";
      }
    return text;
  }

  nlohmann::ordered_json segments_json(const SegmentResults &segments)
  {
    const SegmentMeasures whole = segments ? whole_wall(*segments) : SegmentMeasures{};
    nlohmann::ordered_json json;
    for (const Column &column : columns)
      {
        const double value = value_of(column.value, whole);
        json[column.name] = std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
      }
    return json;
  }

  ReportFigure segments_figure(const SegmentResults &segments)
  {
    std::vector<figures::BullsEye> plots;
    if (segments)
      for (const Column &column : columns)
        {
          figures::BullsEye plot{column.title, column.unit, {}};
          for (unsigned k = 0; k < n_segments; ++k)
            plot.values[k] = value_of(column.value, (*segments)[k]);
          plots.push_back(plot);
        }
    return {"Left ventricle by segments (American Heart Association), end-diastole to end-systole",
            plots.empty() ? "" : figures::bulls_eyes(plots)};
  }
}
