#include "core/output/svg.h"
#include "report/figures.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vivicor::figures
{
  namespace
  {
    constexpr double page_width = 1000;

    // --- Bull's eye

    constexpr double centre_radius = 24, ring_width = 32;

    struct Sector
    {
      double inner, outer, from, to; ///< radii; degrees counter-clockwise from the right
    };

    /// Segments 1 to 6 and 7 to 12 take 60 degrees, 13 to 16 take 90; each ring begins with the anterior segment, up, and goes
    /// counter-clockwise over the septum on the left.
    Sector sector_of(unsigned segment)
    {
      if (segment == 16)
        return {0, centre_radius, 0, 360};
      const unsigned ring = segment / 6; // from the base
      const double span = ring < 2 ? 60 : 90, middle = 90 + span * (segment % 6), inner = centre_radius + (2 - ring) * ring_width;
      return {inner, inner + ring_width, middle - span / 2, middle + span / 2};
    }

    std::string point_at(double x, double y, double radius, double degrees)
    {
      const double angle = degrees * std::numbers::pi / 180;
      return svg::number(x + radius * std::cos(angle)) + " " + svg::number(y - radius * std::sin(angle));
    }

    std::string shape_of(const Sector &s, double x, double y)
    {
      if (s.inner == 0)
        return "<circle cx=\"" + svg::number(x) + "\" cy=\"" + svg::number(y) + "\" r=\"" + svg::number(s.outer) + "\"";
      const auto arc = [&](double radius, double to, int sweep) {
        return "A" + svg::number(radius) + " " + svg::number(radius) + " 0 0 " + std::to_string(sweep) + " " + point_at(x, y, radius, to);
      };
      return "<path d=\"M" + point_at(x, y, s.outer, s.from) + arc(s.outer, s.to, 0) + "L" + point_at(x, y, s.inner, s.to)
             + arc(s.inner, s.from, 1) + "Z\"";
    }

    std::string bulls_eye(const BullsEye &plot, double x, double y)
    {
      constexpr double label_from_top = centre_radius + 3 * ring_width + 24;
      const svg::Range range = svg::widened(svg::range_of({{plot.values.begin(), plot.values.end()}}), 0);
      std::string content = svg::text(x, y - label_from_top, plot.title + " (" + plot.unit + ")", "title", "middle");
      for (unsigned segment = 0; segment < plot.values.size(); ++segment)
        {
          const Sector s = sector_of(segment);
          const double value = plot.values[segment], share = (value - range.low) / (range.high - range.low);
          const bool known = std::isfinite(value);
          content += shape_of(s, x, y) + " class=\"segment\" fill=\"" + (known ? svg::colour(share) : "#999999") + "\"/>\n";
          const double angle = (s.from + s.to) / 2 * std::numbers::pi / 180, radius = s.inner == 0 ? 0 : (s.inner + s.outer) / 2;
          const std::string ink = known && share > 0.55 ? "on-light" : "on-dark";
          content += svg::text(x + radius * std::cos(angle), y - radius * std::sin(angle) + 4,
                               known ? svg::tick_label(value, range.high - range.low > 20 ? 1 : 0.1) : "-", ink, "middle");
        }
      return content;
    }
  }

  std::string bulls_eyes(const std::vector<BullsEye> &plots)
  {
    constexpr unsigned per_row = 4;
    constexpr double width = page_width / per_row, height = 2 * (centre_radius + 3 * ring_width) + 64;
    std::string content;
    for (std::size_t i = 0; i < plots.size(); ++i)
      content += bulls_eye(plots[i], (i % per_row + 0.5) * width, (i / per_row + 0.5) * height + 16);
    const double rows = std::ceil(static_cast<double>(plots.size()) / per_row);
    return plots.empty() ? "" : svg::figure(page_width, rows * height + 16, "Bull's eye of the left ventricle", content);
  }

  std::string passive_filling(const std::vector<PressureVolume> &curves, const std::array<double, 2> &point)
  {
    std::vector<std::vector<double>> volumes, pressures;
    for (const PressureVolume &curve : curves)
      {
        volumes.push_back(curve.volume_mL);
        pressures.push_back(curve.pressure_mmHg);
      }
    const svg::Axes axes({70, 30, 560, 300}, svg::widened(svg::range_of(volumes), 0.06), svg::widened(svg::range_of(pressures), 0.03));
    std::string content = axes.frame("volume (mL)", "pressure (mmHg)", 8, 6);
    std::vector<std::pair<std::string, std::string>> keys;
    for (std::size_t i = 0; i < curves.size(); ++i)
      {
        keys.emplace_back(curves[i].name, i == 0 ? "LV" : "expected");
        content += axes.line(curves[i].volume_mL, curves[i].pressure_mmHg, keys.back().second);
      }
    content += "<circle class=\"mark-point\" r=\"4\" cx=\"" + svg::number(axes.x(point[0])) + "\" cy=\"" + svg::number(axes.y(point[1]))
               + "\"/>\n";
    content += svg::legend(axes.box.left + 8, axes.box.top - 8, keys);
    return svg::figure(660, 380, "Pressure-volume curves of passive filling", content);
  }
}
