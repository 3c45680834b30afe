#include "core/mesh/vectors.h"
#include "core/output/svg.h"
#include "report/figures.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace vivicor::figures
{
  namespace
  {
    constexpr unsigned colour_levels = 20, light_levels = 4;
    constexpr double view_size = 290; ///< figure units that the largest extent of the surface takes

    Point3 direction(const Point3 &a)
    {
      return norm(a) > 0 ? unit(a) : Point3{0, 0, 1};
    }

    /// Axes of the picture plane: right, up and towards the viewer.
    struct Camera
    {
      explicit Camera(const SurfaceMap::View &view)
        : out(direction(view.towards_viewer)), right(direction(cross(view.up, out))), up(cross(out, right))
      {
      }
      Point3 seen(const Point3 &p) const { return {dot(p, right), dot(p, up), dot(p, out)}; }
      Point3 out, right, up;
    };

    struct Frame
    {
      double x_low = 1e300, x_high = -1e300, y_low = 1e300, y_high = -1e300;
      void include(const Point3 &p)
      {
        x_low = std::min(x_low, p[0]);
        x_high = std::max(x_high, p[0]);
        y_low = std::min(y_low, p[1]);
        y_high = std::max(y_high, p[1]);
      }
    };

    /// A corner of a polygon on the picture plane (tenths of a figure unit) with the mapped value.
    struct Corner
    {
      double x, y, value;
    };
    using Polygon = std::vector<Corner>;

    /// The part of a polygon on one side of a value: sign = 1 above, -1 below.
    Polygon cut(const Polygon &polygon, double value, double sign)
    {
      Polygon result;
      for (std::size_t i = 0; i < polygon.size(); ++i)
        {
          const Corner &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
          const double from = sign * (a.value - value), to = sign * (b.value - value);
          if (from >= 0)
            result.push_back(a);
          if ((from < 0) != (to < 0))
            {
              const double f = from / (from - to);
              result.push_back({a.x + f * (b.x - a.x), a.y + f * (b.y - a.y), value});
            }
        }
      return result;
    }

    std::string path_of(const Polygon &polygon)
    {
      long x = std::lround(polygon[0].x), y = std::lround(polygon[0].y);
      std::string result = "M" + std::to_string(x) + " " + std::to_string(y) + "l";
      for (std::size_t i = 1; i < polygon.size(); ++i)
        {
          const long dx = std::lround(polygon[i].x) - x, dy = std::lround(polygon[i].y) - y;
          x += dx;
          y += dy;
          result += std::to_string(dx) + (dy < 0 ? "" : " ") + std::to_string(dy) + (i + 1 < polygon.size() ? " " : "z");
        }
      return result;
    }

    struct Painted
    {
      long depth;            ///< slab, from far to near
      std::string css_class; ///< colour level (or n: no value) and light
      std::string path;
    };

    /// A triangle as one polygon per colour level that it crosses, so that isochrones are crisp lines.
    void paint_triangle(const Polygon &triangle, long depth, const std::string &light, svg::Range range, std::vector<Painted> &painted)
    {
      const auto level_of = [&](double value) {
        const double share = (value - range.low) / (range.high - range.low);
        return std::clamp(static_cast<int>(share * colour_levels), 0, static_cast<int>(colour_levels) - 1);
      };
      const auto [least, greatest] = std::minmax_element(triangle.begin(), triangle.end(),
                                                         [](const Corner &a, const Corner &b) { return a.value < b.value; });
      if (std::any_of(triangle.begin(), triangle.end(), [](const Corner &c) { return !std::isfinite(c.value); }))
        {
          painted.push_back({depth, "n" + light, path_of(triangle)});
          return;
        }
      const double step = (range.high - range.low) / colour_levels;
      const int first = level_of(least->value), last = level_of(greatest->value);
      for (int level = first; level <= last; ++level)
        {
          Polygon part = triangle;
          if (level > first)
            part = cut(part, range.low + level * step, 1);
          if (level < last)
            part = cut(part, range.low + (level + 1) * step, -1);
          if (part.size() > 2)
            painted.push_back({depth, "m" + std::to_string(level) + "l" + light, path_of(part)});
        }
    }

    /// Painter's algorithm over the triangles that face the viewer, from far to near in thin slabs; within a slab,
    /// where hardly anything overlaps, one path per colour.
    std::string paint(const SurfaceMap &map, const Camera &camera, svg::Range range, double scale, const Frame &frame)
    {
      constexpr double slab = 2.5; // figure units
      std::vector<Point3> seen(map.points.size());
      std::transform(map.points.begin(), map.points.end(), seen.begin(), [&](const Point3 &p) { return camera.seen(p); });
      std::vector<Painted> painted;
      for (const auto &nodes : map.triangles)
        {
          const Point3 &p = seen[nodes[0]], &q = seen[nodes[1]], &r = seen[nodes[2]];
          const Point3 normal = cross({q[0] - p[0], q[1] - p[1], q[2] - p[2]}, {r[0] - p[0], r[1] - p[1], r[2] - p[2]});
          if (normal[2] <= 0)
            continue;
          const double facing = normal[2] / std::sqrt(dot(normal, normal));
          const auto light = std::min(light_levels - 1, static_cast<unsigned>(facing * light_levels));
          Polygon triangle;
          for (const unsigned node : nodes)
            triangle.push_back({10 * scale * (seen[node][0] - frame.x_low), 10 * scale * (frame.y_high - seen[node][1]), map.values[node]});
          paint_triangle(triangle, std::lround((p[2] + q[2] + r[2]) / 3 * scale / slab), std::to_string(light), range, painted);
        }
      std::stable_sort(painted.begin(), painted.end(),
                       [](const Painted &a, const Painted &b) { return std::tie(a.depth, a.css_class) < std::tie(b.depth, b.css_class); });

      std::string result;
      for (std::size_t i = 0; i < painted.size(); ++i)
        {
          if (i == 0 || painted[i].css_class != painted[i - 1].css_class)
            result += (i == 0 ? "<path class=\"" : "\"/>\n<path class=\"") + painted[i].css_class + "\" d=\"";
          result += painted[i].path;
        }
      return painted.empty() ? "" : result + "\"/>\n";
    }

    /// Fill of every class; darker where the surface turns away.
    std::string styles()
    {
      std::string result;
      const auto rule = [&](const std::string &css_class, const std::string &colour, unsigned light) {
        const double brightness = 0.62 + 0.38 * (light + 0.5) / light_levels;
        const auto channel = [&](int at) { return std::to_string(std::lround(std::stoi(colour.substr(at, 2), nullptr, 16) * brightness)); };
        const std::string rgb = "rgb(" + channel(1) + "," + channel(3) + "," + channel(5) + ")";
        result += ".map ." + css_class + "{fill:" + rgb + ";stroke:" + rgb + "}";
      };
      for (unsigned light = 0; light < light_levels; ++light)
        {
          rule("n" + std::to_string(light), "#b4b4b4", light);
          for (unsigned level = 0; level < colour_levels; ++level)
            rule("m" + std::to_string(level) + "l" + std::to_string(light), svg::colour((level + 0.5) / colour_levels), light);
        }
      return "<style>" + result + "</style>\n";
    }
  }

  std::string surface_map(const SurfaceMap &map)
  {
    if (map.triangles.empty() || map.values.size() != map.points.size())
      return "";
    auto views = map.views;
    if (views.empty())
      views = {{"front", {0, -1, 0}, {0, 0, 1}}, {"left", {1, 0, 0}, {0, 0, 1}}, {"back", {0, 1, 0}, {0, 0, 1}}};

    // All views on one scale, so that the heart does not change size between them.
    std::vector<Camera> cameras(views.begin(), views.end());
    std::vector<Frame> frames(views.size());
    double extent = 1e-12;
    for (std::size_t i = 0; i < cameras.size(); ++i)
      {
        for (const auto &triangle : map.triangles)
          for (const unsigned node : triangle)
            frames[i].include(cameras[i].seen(map.points[node]));
        extent = std::max({extent, frames[i].x_high - frames[i].x_low, frames[i].y_high - frames[i].y_low});
      }
    const double scale = view_size / extent;
    svg::Range range = svg::range_of({map.values});
    if (!(range.high > range.low))
      range = svg::widened(range, 0);

    std::string content = styles();
    double left = 10;
    for (std::size_t i = 0; i < cameras.size(); ++i)
      {
        const double x = left + (view_size - scale * (frames[i].x_high - frames[i].x_low)) / 2;
        const double y = 34 + (view_size - scale * (frames[i].y_high - frames[i].y_low)) / 2;
        content += svg::text(left + view_size / 2, 20, views[i].name, "title", "middle") + "<g class=\"map\" transform=\"translate("
                   + svg::number(x) + " " + svg::number(y) + ") scale(.1)\">\n" + paint(map, cameras[i], range, scale, frames[i])
                   + "</g>\n";
        left += view_size + 10;
      }
    content += svg::colour_bar({left + 14, 70, 16, view_size - 70}, range, colour_levels, map.unit);
    return svg::figure(left + 80, 34 + view_size + 12, map.title, content);
  }
}
