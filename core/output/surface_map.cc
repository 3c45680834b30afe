#include "core/output/figures.h"
#include "core/output/svg.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vivicor::figures
{
  namespace
  {
    constexpr unsigned colour_levels = 20, light_levels = 4;
    constexpr double view_size = 290; ///< figure units that the largest extent of the surface takes

    double dot(const Point3 &a, const Point3 &b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
    Point3 cross(const Point3 &a, const Point3 &b)
    {
      return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }
    Point3 unit(const Point3 &a)
    {
      const double length = std::sqrt(dot(a, a));
      return length > 0 ? Point3{a[0] / length, a[1] / length, a[2] / length} : Point3{0, 0, 1};
    }

    /// Axes of the picture plane: right, up and towards the viewer.
    struct Camera
    {
      explicit Camera(const SurfaceMap::View &view)
        : out(unit(view.towards_viewer)), right(unit(cross(view.up, out))), up(cross(out, right))
      {}
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

    /// Fill class of a triangle: level of its mean value (or "n") and of the light that falls on it from the viewer's side.
    std::string fill_class(const SurfaceMap &map, const std::array<unsigned, 3> &nodes, double facing, svg::Range range)
    {
      const double value = (map.values[nodes[0]] + map.values[nodes[1]] + map.values[nodes[2]]) / 3;
      const auto light = std::min(light_levels - 1, static_cast<unsigned>(facing * light_levels));
      if (!std::isfinite(value))
        return "n" + std::to_string(light);
      const double share = (value - range.low) / (range.high - range.low);
      const auto level = std::clamp(static_cast<int>(share * colour_levels), 0, static_cast<int>(colour_levels) - 1);
      return "m" + std::to_string(level) + "l" + std::to_string(light);
    }

    /// Painter's algorithm: triangles that face the viewer, from far to near; neighbours in that order that share a colour
    /// share a path. Coordinates are tenths of a figure unit.
    std::string paint(const SurfaceMap &map, const Camera &camera, svg::Range range, double scale, const Frame &frame)
    {
      struct Facet
      {
        double depth, facing;
        std::size_t index;
      };
      std::vector<Point3> seen(map.points.size());
      std::transform(map.points.begin(), map.points.end(), seen.begin(), [&](const Point3 &p) { return camera.seen(p); });
      std::vector<Facet> facets;
      for (std::size_t i = 0; i < map.triangles.size(); ++i)
        {
          const auto &[a, b, c] = map.triangles[i];
          const double twice_area = (seen[b][0] - seen[a][0]) * (seen[c][1] - seen[a][1]) -
                                    (seen[b][1] - seen[a][1]) * (seen[c][0] - seen[a][0]);
          if (twice_area <= 0)
            continue;
          const Point3 &p = seen[a], &q = seen[b], &r = seen[c];
          const Point3 normal = cross({q[0] - p[0], q[1] - p[1], q[2] - p[2]}, {r[0] - p[0], r[1] - p[1], r[2] - p[2]});
          facets.push_back({p[2] + q[2] + r[2], twice_area / std::sqrt(dot(normal, normal)), i});
        }
      std::stable_sort(facets.begin(), facets.end(), [](const Facet &a, const Facet &b) { return a.depth < b.depth; });

      const auto coordinate = [&](const Point3 &p, int axis) {
        return std::lround(10 * scale * (axis == 0 ? p[0] - frame.x_low : frame.y_high - p[1]));
      };
      std::string result, present;
      for (const Facet &facet : facets)
        {
          const auto &nodes = map.triangles[facet.index];
          const std::string css_class = fill_class(map, nodes, facet.facing, range);
          if (css_class != present)
            {
              result += (present.empty() ? "<path class=\"" : "\"/>\n<path class=\"") + css_class + "\" d=\"";
              present = css_class;
            }
          const long x = coordinate(seen[nodes[0]], 0), y = coordinate(seen[nodes[0]], 1);
          result += "M" + std::to_string(x) + " " + std::to_string(y) + "l";
          long last_x = x, last_y = y;
          for (const unsigned node : {nodes[1], nodes[2]})
            {
              const long next_x = coordinate(seen[node], 0), next_y = coordinate(seen[node], 1);
              result += std::to_string(next_x - last_x) + " " + std::to_string(next_y - last_y) + " ";
              last_x = next_x;
              last_y = next_y;
            }
          result.back() = 'z';
        }
      return present.empty() ? "" : result + "\"/>\n";
    }

    /// Fill of every class; darker where the surface turns away.
    std::string styles()
    {
      std::string result;
      const auto rule = [&](const std::string &css_class, const std::string &colour, unsigned light) {
        const double brightness = 0.62 + 0.38 * (light + 0.5) / light_levels;
        const auto channel = [&](int at) {
          return std::to_string(std::lround(std::stoi(colour.substr(at, 2), nullptr, 16) * brightness));
        };
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
        content += svg::text(left + view_size / 2, 20, views[i].name, "title", "middle") + "<g class=\"map\" transform=\"translate(" +
                   svg::number(x) + " " + svg::number(y) + ") scale(.1)\">\n" +
                   paint(map, cameras[i], range, scale, frames[i]) + "</g>\n";
        left += view_size + 10;
      }
    content += svg::colour_bar({left + 14, 70, 16, view_size - 70}, range, colour_levels, map.unit);
    return svg::figure(left + 80, 34 + view_size + 12, map.title, content);
  }
}
