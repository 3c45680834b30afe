#include "electrophysiology/leads/heart_axes.h"

#include "meshes/surfaces.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    Point3 centre_of_ventricles(const Anatomy &anatomy, const Point3 &otherwise)
    {
      Point3 sum{0, 0, 0};
      double total = 0;
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (anatomy.regions[anatomy.cell_region[c]].tissue == Tissue::ventricle)
          {
            const auto &n = anatomy.cells[c];
            const Point3 &o = anatomy.points[n[0]];
            const double volume = dot(anatomy.points[n[1]] - o, cross(anatomy.points[n[2]] - o, anatomy.points[n[3]] - o));
            for (const unsigned node : n)
              sum = sum + volume / 4 * anatomy.points[node];
            total += volume;
          }
      return total > 0 ? 1 / total * sum : otherwise;
    }
  }

  HeartAxes heart_axes(const Anatomy &anatomy, const Fibres &fibres)
  {
    HeartAxes axes;
    axes.apex = fibres.apex;
    axes.up = unit(fibres.long_axis);
    axes.length = distance(fibres.apex, fibres.base);
    axes.centre = centre_of_ventricles(anatomy, fibres.apex);
    Point3 across = std::abs(axes.up[0]) < 0.9 ? Point3{1, 0, 0} : Point3{0, 1, 0};
    if (anatomy.cavities.count("LV") && anatomy.cavities.count("RV"))
      across = centre_of(anatomy.points, anatomy.cavities.at("RV")) - centre_of(anatomy.points, anatomy.cavities.at("LV"));
    axes.right = unit(across - dot(across, axes.up) * axes.up);
    axes.anterior = cross(axes.up, axes.right);
    return axes;
  }
}
