#include "core/output/svg.h"

#include "core/output/xml_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace vivicor::svg
{
  std::string number(double value)
  {
    char digits[64];
    std::snprintf(digits, sizeof digits, "%.2f", value);
    std::string result = digits;
    result.erase(result.find_last_not_of('0') + 1);
    if (result.back() == '.')
      result.pop_back();
    return result == "-0" ? "0" : result;
  }

  Range range_of(const std::vector<std::vector<double>> &curves)
  {
    Range range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const auto &curve : curves)
      for (const double value : curve)
        if (std::isfinite(value))
          range = {std::min(range.low, value), std::max(range.high, value)};
    return range.low <= range.high ? range : Range{0, 1};
  }

  Range widened(Range range, double share)
  {
    const double length = range.high - range.low;
    const double margin = length > 1e-12 * std::max(std::abs(range.low), std::abs(range.high)) ? share * length : 1.0;
    return {range.low - margin, range.high + margin};
  }

  namespace
  {
    /// The distance between ticks: the round number next above length / count.
    double spacing(Range range, unsigned count)
    {
      const double raw = (range.high - range.low) / count;
      const double power = std::pow(10.0, std::floor(std::log10(raw)));
      for (const double factor : {1.0, 2.0, 2.5, 5.0})
        if (factor * power >= raw * (1 - 1e-9))
          return factor * power;
      return 10 * power;
    }

    struct Colour
    {
      double r, g, b;
    };

    // Anchors of the viridis scale (S. van der Walt and N. Smith, 2015, CC0), linear in between.
    constexpr std::array<Colour, 9> anchors{{{68, 1, 84},
                                             {71, 44, 122},
                                             {59, 81, 139},
                                             {44, 113, 142},
                                             {33, 144, 141},
                                             {39, 173, 129},
                                             {92, 200, 99},
                                             {170, 220, 50},
                                             {253, 231, 37}}};
  }

  std::vector<double> nice_ticks(Range range, unsigned count)
  {
    if (!(range.high > range.low) || count == 0)
      return {};
    const double step = spacing(range, count);
    std::vector<double> ticks;
    for (double k = std::ceil(range.low / step - 1e-9); k * step <= range.high + 1e-9 * step; ++k)
      ticks.push_back(k * step);
    return ticks;
  }

  std::string tick_label(double value, double spacing)
  {
    int decimals = 0;
    for (double scaled = spacing; decimals < 6 && std::abs(scaled - std::round(scaled)) > 1e-6 * scaled; scaled *= 10)
      ++decimals;
    char digits[64];
    std::snprintf(digits, sizeof digits, "%.*f", decimals, std::abs(value) < 1e-9 * spacing ? 0.0 : value);
    return digits;
  }

  std::string text(double x, double y, const std::string &content, const std::string &css_class, const std::string &anchor)
  {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\""
           + (css_class.empty() ? "" : " class=\"" + css_class + "\"") + ">" + escaped_xml(content) + "</text>\n";
  }

  std::string Axes::frame(const std::string &x_title, const std::string &y_title, unsigned x_ticks, unsigned y_ticks) const
  {
    const double right = box.left + box.width, bottom = box.top + box.height;
    std::string grid, labels;
    const double x_step = spacing(x_range, x_ticks), y_step = spacing(y_range, y_ticks);
    for (const double tick : nice_ticks(x_range, x_ticks))
      {
        grid += "M" + number(x(tick)) + " " + number(box.top) + "V" + number(bottom);
        if (!x_title.empty())
          labels += text(x(tick), bottom + 15, tick_label(tick, x_step), "tick", "middle");
      }
    for (const double tick : nice_ticks(y_range, y_ticks))
      {
        grid += "M" + number(box.left) + " " + number(y(tick)) + "H" + number(right);
        if (!y_title.empty())
          labels += text(box.left - 6, y(tick) + 4, tick_label(tick, y_step), "tick", "end");
      }
    if (!x_title.empty())
      labels += text(box.left + box.width / 2, bottom + 32, x_title, "axis", "middle");
    if (!y_title.empty())
      labels += "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(" + number(box.left - 44) + " "
                + number(box.top + box.height / 2) + ") rotate(-90)\">" + escaped_xml(y_title) + "</text>\n";
    return "<path class=\"grid\" d=\"" + grid + "\"/>\n<rect class=\"frame\" x=\"" + number(box.left) + "\" y=\"" + number(box.top)
           + "\" width=\"" + number(box.width) + "\" height=\"" + number(box.height) + "\"/>\n" + labels;
  }

  std::string Axes::line(const std::vector<double> &xs, const std::vector<double> &ys, const std::string &css_class) const
  {
    std::string path;
    bool drawing = false;
    double last_x = 0, last_y = 0;
    const std::size_t n = std::min(xs.size(), ys.size());
    for (std::size_t i = 0; i < n; ++i)
      {
        if (!std::isfinite(xs[i]) || !std::isfinite(ys[i]))
          {
            drawing = false;
            continue;
          }
        const double px = x(xs[i]), py = y(ys[i]);
        if (drawing && i + 1 < n && std::hypot(px - last_x, py - last_y) < 0.2)
          continue;
        path += (drawing ? "L" : "M") + number(px) + " " + number(py);
        drawing = true;
        last_x = px;
        last_y = py;
      }
    return path.empty() ? "" : "<path class=\"line " + css_class + "\" d=\"" + path + "\"/>\n";
  }

  std::string Axes::band(Range range, const std::string &css_class) const
  {
    const double left = std::clamp(x(range.low), box.left, box.left + box.width);
    const double right = std::clamp(x(range.high), box.left, box.left + box.width);
    return "<rect class=\"" + css_class + "\" x=\"" + number(left) + "\" y=\"" + number(box.top) + "\" width=\"" + number(right - left)
           + "\" height=\"" + number(box.height) + "\"/>\n";
  }

  std::string legend(double x, double y, const std::vector<std::pair<std::string, std::string>> &items)
  {
    std::string result;
    for (const auto &[name, css_class] : items)
      {
        result += "<path class=\"line " + css_class + "\" d=\"M" + number(x) + " " + number(y - 4) + "h18\"/>\n"
                  + text(x + 23, y, name, "key");
        x += 40 + 6.6 * static_cast<double>(name.size());
      }
    return result;
  }

  std::string colour(double share)
  {
    const double position = std::clamp(share, 0.0, 1.0) * (anchors.size() - 1);
    const std::size_t i = std::min<std::size_t>(static_cast<std::size_t>(position), anchors.size() - 2);
    const double f = position - static_cast<double>(i);
    const auto mix = [f](double a, double b) { return static_cast<int>(std::lround(a + f * (b - a))); };
    char text[8];
    std::snprintf(text, sizeof text, "#%02x%02x%02x", mix(anchors[i].r, anchors[i + 1].r) & 255, mix(anchors[i].g, anchors[i + 1].g) & 255,
                  mix(anchors[i].b, anchors[i + 1].b) & 255);
    return text;
  }

  std::string colour_bar(Axes::Box box, Range range, unsigned levels, const std::string &title)
  {
    std::string result = text(box.left, box.top - 10, title, "axis");
    const double step = box.height / levels;
    for (unsigned level = 0; level < levels; ++level)
      result += "<rect x=\"" + number(box.left) + "\" y=\"" + number(box.top + box.height - (level + 1) * step) + "\" width=\""
                + number(box.width) + "\" height=\"" + number(step + 0.3) + "\" fill=\"" + colour((level + 0.5) / levels) + "\"/>\n";
    const Axes axes(box, {0, 1}, range);
    for (const double tick : nice_ticks(range, 6))
      result += "<path class=\"frame\" d=\"M" + number(box.left + box.width) + " " + number(axes.y(tick)) + "h4\"/>\n"
                + text(box.left + box.width + 8, axes.y(tick) + 4, tick_label(tick, spacing(range, 6)), "tick");
    return result;
  }

  std::string figure(double width, double height, const std::string &label, const std::string &content)
  {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " + number(height)
           + "\" role=\"img\" aria-label=\"" + escaped_xml(label) + "\">\n" + content + "</svg>\n";
  }
}
