#include "coupling/results/segment_results.h"

#include "core/output/formatted.h"
#include "core/units.h"
#include "report/figures.h"

#include <limits>

namespace vivicor
{
  namespace
  {
    using Segments = std::array<SegmentMeasures, n_segments>;

    struct Column
    {
      const char *name, *title, *unit;
      double (*value)(const SegmentMeasures &);
    };

    double thickening(const SegmentMeasures &s)
    {
      return s.thickness_ed > 0 ? 100 * (s.thickness / s.thickness_ed - 1) : 0;
    }

    const Column columns[] = {
      {"fibre_strain_pct", "fibre strain", "%", [](const SegmentMeasures &s) { return s.fibre_strain; }},
      {"circumferential_strain_pct", "circumferential strain", "%", [](const SegmentMeasures &s) { return s.circumferential_strain; }},
      {"longitudinal_strain_pct", "longitudinal strain", "%", [](const SegmentMeasures &s) { return s.longitudinal_strain; }},
      {"radial_strain_pct", "radial strain", "%", [](const SegmentMeasures &s) { return s.radial_strain; }},
      {"thickness_ed_mm", "thickness, end-diastole", "mm", [](const SegmentMeasures &s) { return s.thickness_ed; }},
      {"thickness_es_mm", "thickness, end-systole", "mm", [](const SegmentMeasures &s) { return s.thickness; }},
      {"thickening_pct", "thickening", "%", thickening}};
  }

  std::string segments_csv(const Segments &segments)
  {
    std::string text = "segment,name,wall_volume_mL";
    for (const Column &column : columns)
      text += std::string(",") + column.name;
    text += "\n";
    for (unsigned k = 0; k < n_segments; ++k)
      {
        text += formatted("%u,%s,%.6g", k + 1, segment_names()[k].c_str(), segments[k].volume / units::mL);
        for (const Column &column : columns)
          text += formatted(",%.6g", column.value(segments[k]));
        text += "\n";
      }
    return text;
  }

  nlohmann::ordered_json segments_json(const Segments &segments)
  {
    const SegmentMeasures whole = whole_wall(segments);
    nlohmann::ordered_json json;
    for (const Column &column : columns)
      json[column.name] = column.value(whole);
    return json;
  }

  ReportFigure segments_figure(const Segments &segments)
  {
    std::vector<figures::BullsEye> plots;
    for (const Column &column : columns)
      {
        figures::BullsEye plot{column.title, column.unit, {}};
        for (unsigned k = 0; k < n_segments; ++k)
          plot.values[k] = segments[k].volume > 0 ? column.value(segments[k]) : std::numeric_limits<double>::quiet_NaN();
        plots.push_back(plot);
      }
    return {"Left ventricle by segments (American Heart Association), end-diastole to end-systole", figures::bulls_eyes(plots)};
  }
}
