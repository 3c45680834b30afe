#include "mechanics/measures/segments.h"

#include "core/mesh/vectors.h"
#include "meshes/fibres/landmarks.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vivicor
{
  namespace
  {
    /// Unit vector across the axis from the LV's cavity to the septum: to the part of the RV's surface that the LV's own wall
    /// carries, or to the whole of it where walls are not told apart.
    Point3 septal_direction(const Anatomy &anatomy, const LongAxis &axis)
    {
      Surface septum = endocardium(anatomy, "RV");
      if (septum.empty())
        return any_perpendicular(axis.direction);
      Surface carried;
      std::copy_if(septum.begin(), septum.end(), std::back_inserter(carried),
                   [&](const Triangle &t) { return anatomy.regions[anatomy.cell_region[t.cell]].name == "LV"; });
      if (!carried.empty())
        septum = carried;
      return unit(
        perpendicular_part(centre_of(anatomy.points, septum) - centre_of(anatomy.points, endocardium(anatomy, "LV")), axis.direction));
    }

    int segment_at(double height, double degrees)
    {
      if (height < 0)
        return 16;
      const bool apical = height < 1.0 / 3;
      const int ring_begin = apical ? 12 : height < 2.0 / 3 ? 6 : 0, count = apical ? 4 : 6;
      const double span = 360.0 / count, from_first = std::fmod(degrees + span / 2 + 720, 360);
      return ring_begin + std::min(count - 1, static_cast<int>(from_first / span));
    }
  }

  const std::array<std::string, n_segments> &segment_names()
  {
    static const std::array<std::string, n_segments> names{"basal anterior",
                                                           "basal anteroseptal",
                                                           "basal inferoseptal",
                                                           "basal inferior",
                                                           "basal inferolateral",
                                                           "basal anterolateral",
                                                           "mid anterior",
                                                           "mid anteroseptal",
                                                           "mid inferoseptal",
                                                           "mid inferior",
                                                           "mid inferolateral",
                                                           "mid anterolateral",
                                                           "apical anterior",
                                                           "apical septal",
                                                           "apical inferior",
                                                           "apical lateral",
                                                           "apex"};
    return names;
  }

  std::vector<int> segments_of(const Anatomy &anatomy)
  {
    const LongAxis axis = find_long_axis(anatomy);
    const Point3 septal = septal_direction(anatomy, axis), anterior = cross(axis.direction, septal);
    const Point3 inner_apex = anatomy.points[axis.inner_apex_node];
    const double length = dot(axis.base - inner_apex, axis.direction);
    std::vector<int> segment(anatomy.cells.size(), -1);
    for (const unsigned c : lv_cells(anatomy))
      {
        Point3 centre{0, 0, 0};
        for (const unsigned n : anatomy.cells[c])
          centre = centre + 0.25 * anatomy.points[n];
        const Point3 arm = centre - axis.base; // septal and anterior are across the axis, which passes the base
        const double degrees = std::atan2(dot(arm, septal), dot(arm, anterior)) * 180 / std::numbers::pi;
        segment[c] = segment_at(dot(centre - inner_apex, axis.direction) / length, degrees);
      }
    return segment;
  }
}
