#include "report/figures.h"

#include "core/output/svg.h"

#include <algorithm>
#include <cmath>

namespace vivicor::figures
{
  namespace
  {
    constexpr double page_width = 1000;

    const ChamberCurves *chamber(const ReportData &data, const std::string &name)
    {
      const auto found = std::find_if(data.chambers.begin(), data.chambers.end(), [&](const auto &c) { return c.name == name; });
      return found == data.chambers.end() ? nullptr : &*found;
    }

    const Curve *lead(const ReportData &data, const std::string &name)
    {
      const auto found = std::find_if(data.ecg_mV.begin(), data.ecg_mV.end(), [&](const auto &c) { return c.name == name; });
      return found == data.ecg_mV.end() ? nullptr : &*found;
    }

    bool drawable(const std::vector<double> &values)
    {
      return std::any_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
    }

    svg::Range time_range(const ReportData &data)
    {
      return data.time_ms.size() > 1 ? svg::Range{data.time_ms.front(), data.time_ms.back()}
                                     : svg::widened(svg::range_of({data.ecg_time_ms}), 0);
    }

    /// Curves with name and style class, all on one axis.
    struct Plotted
    {
      std::string name, css_class;
      const std::vector<double> *values;
    };

    std::string plot(const svg::Axes &axes, const std::vector<double> &time, const std::vector<Plotted> &curves)
    {
      std::string content;
      std::vector<std::pair<std::string, std::string>> keys;
      for (const Plotted &curve : curves)
        {
          content += axes.line(time, *curve.values, curve.css_class);
          keys.emplace_back(curve.name, curve.css_class);
        }
      return content + svg::legend(axes.box.left + 8, axes.box.top - 8, keys);
    }

    svg::Range values_range(const std::vector<Plotted> &curves, double margin = 0.06)
    {
      std::vector<std::vector<double>> all;
      all.reserve(curves.size());
      for (const Plotted &curve : curves)
        all.push_back(*curve.values);
      return svg::widened(svg::range_of(all), margin);
    }

    std::vector<std::string> rows_of(const std::vector<Interval> &intervals)
    {
      std::vector<std::string> rows;
      for (const Interval &interval : intervals)
        if (std::find(rows.begin(), rows.end(), interval.name) == rows.end())
          rows.push_back(interval.name);
      return rows;
    }

    std::string valve_bars(const svg::Axes &axes, const std::vector<Interval> &valves)
    {
      const auto rows = rows_of(valves);
      const double step = axes.box.height / static_cast<double>(rows.size());
      std::string content = axes.frame("time (ms)", "", 10, 1);
      for (std::size_t row = 0; row < rows.size(); ++row)
        {
          const double top = axes.box.top + row * step;
          content += svg::text(axes.box.left - 8, top + step / 2 + 4, rows[row], "tick", "end");
          for (const Interval &valve : valves)
            if (valve.name == rows[row])
              content += "<rect class=\"bar v" + std::to_string(row % 4) + "\" rx=\"2\" x=\"" + svg::number(axes.x(valve.from_ms))
                         + "\" y=\"" + svg::number(top + 0.2 * step) + "\" width=\""
                         + svg::number(std::max(1.0, axes.x(valve.to_ms) - axes.x(valve.from_ms))) + "\" height=\""
                         + svg::number(0.6 * step) + "\"/>\n";
        }
      return content;
    }

    /// Each valve's open interval lightly over the whole height, so that events line up across the axes. Only the first
    /// two rows (by convention the left heart's valves): four would only mix colours.
    std::string valve_shades(const svg::Axes &axes, const std::vector<Interval> &valves)
    {
      const auto rows = rows_of(valves);
      std::string content;
      for (const Interval &valve : valves)
        for (std::size_t row = 0; row < std::min<std::size_t>(2, rows.size()); ++row)
          if (valve.name == rows[row])
            content += axes.band({valve.from_ms, valve.to_ms}, "shade v" + std::to_string(row));
      return content;
    }
  }

  std::string wiggers(const ReportData &data)
  {
    const ChamberCurves *LV = chamber(data, "LV"), *LA = chamber(data, "LA");
    const Curve *II = lead(data, "II");
    std::vector<Plotted> pressures, volumes;
    if (LV && drawable(LV->pressure_mmHg))
      pressures.push_back({"LV", "LV", &LV->pressure_mmHg});
    if (drawable(data.aortic_pressure_mmHg))
      pressures.push_back({"aorta", "aorta", &data.aortic_pressure_mmHg});
    if (LA && drawable(LA->pressure_mmHg))
      pressures.push_back({"LA", "LA", &LA->pressure_mmHg});
    if (LV && drawable(LV->volume_mL))
      volumes.push_back({"LV", "LV", &LV->volume_mL});
    if (pressures.empty() && volumes.empty())
      return "";

    const svg::Range time = time_range(data);
    constexpr double left = 84, gap = 34;
    double top = 26;
    std::string content;
    const auto add = [&](const std::vector<Plotted> &curves, const std::vector<double> &times, const std::string &title, double height,
                         unsigned ticks) {
      if (curves.empty())
        return;
      const svg::Axes axes({left, top, page_width - left - 16, height}, time, values_range(curves));
      content += valve_shades(axes, data.valves) + axes.frame("", title, 10, ticks) + plot(axes, times, curves);
      top += height + gap;
    };
    add(pressures, data.time_ms, "pressure (mmHg)", 230, 6);
    add(volumes, data.time_ms, "LV volume (mL)", 120, 4);
    if (II && drawable(II->values))
      add({{"lead II", "ecg", &II->values}}, data.ecg_time_ms, "ECG (mV)", 90, 3);
    const double bars = std::max<std::size_t>(1, rows_of(data.valves).size()) * 19.0;
    const svg::Axes axes({left, top - 14, page_width - left - 16, data.valves.empty() ? 1.0 : bars}, time, {0, 1});
    content += data.valves.empty() ? axes.frame("time (ms)", "", 10, 1) : valve_shades(axes, data.valves) + valve_bars(axes, data.valves);
    return svg::figure(page_width, axes.box.top + axes.box.height + 40, "Wiggers diagram", content);
  }

  std::string pv_loops(const ReportData &data)
  {
    constexpr double width = (page_width - 4 * 74) / 4, height = 220, top = 30;
    std::string content;
    double left = 62;
    for (const std::string name : {"LV", "RV", "LA", "RA"})
      {
        const ChamberCurves *curves = chamber(data, name);
        if (!curves || !drawable(curves->pressure_mmHg) || !drawable(curves->volume_mL))
          continue;
        const svg::Axes axes({left, top, width, height}, svg::widened(svg::range_of({curves->volume_mL}), 0.08),
                             svg::widened(svg::range_of({curves->pressure_mmHg}), 0.08));
        content += axes.frame("volume (mL)", left < 70 ? "pressure (mmHg)" : " ", 4, 5)
                   + axes.line(curves->volume_mL, curves->pressure_mmHg, name)
                   + svg::text(left + width / 2, top - 10, name, "title", "middle");
        left += width + 74;
      }
    return content.empty() ? "" : svg::figure(page_width, top + height + 44, "Pressure-volume loops", content);
  }

  std::string flows(const ReportData &data)
  {
    std::vector<Plotted> curves;
    for (std::size_t i = 0; i < data.flows_mL_s.size(); ++i)
      if (drawable(data.flows_mL_s[i].values))
        curves.push_back({data.flows_mL_s[i].name, "v" + std::to_string(i % 4), &data.flows_mL_s[i].values});
    if (curves.empty())
      return "";
    const svg::Axes axes({84, 26, page_width - 100, 200}, time_range(data), values_range(curves));
    return svg::figure(page_width, 272, "Flows", axes.frame("time (ms)", "flow (mL/s)", 10, 5) + plot(axes, data.time_ms, curves));
  }

  std::string ecg(const ReportData &data)
  {
    std::vector<std::vector<double>> all;
    for (const Curve &curve : data.ecg_mV)
      all.push_back(curve.values);
    if (std::none_of(all.begin(), all.end(), drawable) || data.ecg_time_ms.size() < 2)
      return "";
    // One scale for all leads, as on paper.
    const svg::Range range = svg::widened(svg::range_of(all), 0.1);
    const svg::Range time{data.ecg_time_ms.front(), data.ecg_time_ms.back()};
    constexpr double left = 58, top = 10, row_height = 118, gap = 8;
    constexpr double column = (page_width - left - 10 - 3 * gap) / 4;
    const char *layout[3][4] = {{"I", "aVR", "V1", "V4"}, {"II", "aVL", "V2", "V5"}, {"III", "aVF", "V3", "V6"}};
    std::string content;
    const auto panel = [&](svg::Axes::Box box, const std::string &name, const std::string &x_title, const std::string &y_title,
                           unsigned x_ticks) {
      const svg::Axes axes(box, time, range);
      content += axes.frame(x_title, y_title, x_ticks, 4);
      if (const Curve *curve = lead(data, name))
        content += axes.line(data.ecg_time_ms, curve->values, "ecg");
      content += svg::text(box.left + 6, box.top + 15, name, "title");
    };
    for (unsigned row = 0; row < 3; ++row)
      for (unsigned i = 0; i < 4; ++i)
        panel({left + i * (column + gap), top + row * (row_height + gap), column, row_height}, layout[row][i], "", i == 0 ? "mV" : "", 5);
    panel({left, top + 3 * (row_height + gap), page_width - left - 10, row_height}, "II", "time (ms)", "mV", 20);
    return svg::figure(page_width, top + 4 * (row_height + gap) + 36, "12-lead ECG", content);
  }
}
