#include "mechanics/measures/regional_strain.h"

#include "core/mesh/vectors.h"
#include "mechanics/measures/wall_thickness.h"
#include "meshes/fibres/landmarks.h"

#include <limits>

namespace vivicor
{
  namespace
  {
    using Points = std::vector<Point3>;
    constexpr double percent = 100;

    /// Where a cell takes a line element d of the shape `from` in the shape `to`.
    Point3 carried(const std::array<unsigned, 4> &n, const Points &from, const Points &to, const Point3 &d)
    {
      const Point3 a = from[n[1]] - from[n[0]], b = from[n[2]] - from[n[0]], c = from[n[3]] - from[n[0]];
      const double volume = dot(a, cross(b, c));
      return (dot(d, cross(b, c)) / volume) * (to[n[1]] - to[n[0]]) + (dot(d, cross(c, a)) / volume) * (to[n[2]] - to[n[0]])
             + (dot(d, cross(a, b)) / volume) * (to[n[3]] - to[n[0]]);
    }

    /// The wall's directions in one shape, at any point.
    class Directions
    {
    public:
      Directions(const Points &x, const Surface &endocardium, const Point3 &axis) : axis(axis)
      {
        const Points outward = outward_normals(x, endocardium);
        for (std::size_t n = 0; n < x.size(); ++n)
          if (norm(outward[n]) > 0)
            {
              nodes.push_back(x[n]);
              normals.push_back(unit(outward[n]));
            }
      }

      WallDirections at(const Point3 &point) const
      {
        std::size_t nearest = 0;
        double distance2 = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < nodes.size(); ++i)
          if (const Point3 d = nodes[i] - point; dot(d, d) < distance2)
            {
              distance2 = dot(d, d);
              nearest = i;
            }
        WallDirections result;
        result.radial = normals[nearest];
        const Point3 along = perpendicular_part(axis, result.radial);
        result.longitudinal = norm(along) > 1e-6 ? unit(along) : any_perpendicular(result.radial);
        result.circumferential = cross(result.longitudinal, result.radial);
        return result;
      }

    private:
      Point3 axis;
      Points nodes, normals;
    };

    Point3 mean_of(const Points &x, const std::vector<unsigned> &nodes)
    {
      Point3 sum{0, 0, 0};
      for (const unsigned n : nodes)
        sum = sum + x[n];
      return (1.0 / nodes.size()) * sum;
    }

    void add_thickness(const Anatomy &anatomy, const std::vector<int> &segment, const Points &x_ed, const Points &x_now,
                       std::array<SegmentMeasures, n_segments> &result)
    {
      std::vector<int> at_node(anatomy.points.size(), -1); // of any of its cells
      for (std::size_t c = 0; c < segment.size(); ++c)
        if (segment[c] >= 0)
          for (const unsigned n : anatomy.cells[c])
            at_node[n] = segment[c];
      std::array<double, n_segments> count{};
      for (const Transmural &line : transmural_lines(anatomy))
        if (const int s = at_node[line.inner]; s >= 0)
          {
            result[s].thickness_ed += line.length(x_ed);
            result[s].thickness += line.length(x_now);
            count[s] += 1;
          }
      for (unsigned s = 0; s < n_segments; ++s)
        if (count[s] > 0)
          {
            result[s].thickness_ed /= count[s];
            result[s].thickness /= count[s];
          }
    }

    using Strain = double SegmentMeasures::*;
    constexpr Strain strains[] = {&SegmentMeasures::fibre_strain, &SegmentMeasures::circumferential_strain,
                                  &SegmentMeasures::longitudinal_strain, &SegmentMeasures::radial_strain};
  }

  std::array<SegmentMeasures, n_segments> regional_measures(const Anatomy &anatomy, const Fibres &fibres, const Points &end_diastole,
                                                            const Points &now)
  {
    const Points x_ed = moved(anatomy.points, end_diastole), x_now = moved(anatomy.points, now);
    const LongAxis landmarks = find_long_axis(anatomy);
    const Point3 axis = unit(mean_of(x_ed, landmarks.mitral_ring) - x_ed[landmarks.apex_node]);
    const Directions directions(x_ed, endocardium(anatomy, "LV"), axis);
    const std::vector<int> segment = segments_of(anatomy);

    std::array<SegmentMeasures, n_segments> result{};
    for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
      {
        if (segment[c] < 0)
          continue;
        const auto &n = anatomy.cells[c];
        SegmentMeasures &sums = result[segment[c]];
        const double volume = signed_volume(x_ed, n);
        sums.volume += volume;
        const Point3 fibre = fibres.at(n, std::array<double, 4>{0.25, 0.25, 0.25, 0.25}).fibre;
        sums.fibre_strain += volume * (norm(carried(n, anatomy.points, x_now, fibre)) / norm(carried(n, anatomy.points, x_ed, fibre)) - 1);
        const WallDirections wall = directions.at(0.25 * (x_ed[n[0]] + x_ed[n[1]] + x_ed[n[2]] + x_ed[n[3]]));
        const auto strain = [&](const Point3 &d) { return volume * (norm(carried(n, x_ed, x_now, d)) - 1); };
        sums.circumferential_strain += strain(wall.circumferential);
        sums.longitudinal_strain += strain(wall.longitudinal);
        sums.radial_strain += strain(wall.radial);
      }
    for (SegmentMeasures &s : result)
      if (s.volume > 0)
        for (const Strain strain : strains)
          s.*strain *= percent / s.volume;
    add_thickness(anatomy, segment, x_ed, x_now, result);
    return result;
  }

  SegmentMeasures whole_wall(const std::array<SegmentMeasures, n_segments> &segments)
  {
    SegmentMeasures whole;
    double measured = 0;
    for (const SegmentMeasures &s : segments)
      {
        whole.volume += s.volume;
        for (const Strain strain : strains)
          whole.*strain += s.volume * s.*strain;
        if (s.thickness_ed > 0)
          {
            whole.thickness_ed += s.thickness_ed;
            whole.thickness += s.thickness;
            measured += 1;
          }
      }
    if (whole.volume > 0)
      for (const Strain strain : strains)
        whole.*strain /= whole.volume;
    if (measured > 0)
      {
        whole.thickness_ed /= measured;
        whole.thickness /= measured;
      }
    return whole;
  }
}
