#include "core/mesh/vectors.h"
#include "meshes/fibres/frames.h"
#include "meshes/fibres/rules.h"

namespace vivicor
{
  namespace
  {
    // Sum of the area vectors of the triangles around each node: sheets at passive nodes.
    std::vector<Point3> surface_normals(const Anatomy &anatomy)
    {
      std::vector<Point3> normals(anatomy.points.size(), Point3{0, 0, 0});
      const auto add = [&](const Surface &surface) {
        for (const Triangle &triangle : surface)
          {
            const auto &[a, b, c] = triangle.nodes;
            const Point3 area = cross(anatomy.points[b] - anatomy.points[a], anatomy.points[c] - anatomy.points[a]);
            for (const unsigned n : triangle.nodes)
              normals[n] = normals[n] + area;
          }
      };
      add(anatomy.epicardium);
      add(anatomy.fixed);
      for (const auto &[name, cavity] : anatomy.cavities)
        add(cavity);
      return normals;
    }
  }

  TissueFibres passive_frames(const Anatomy &anatomy, const LongAxis &axis)
  {
    TissueFibres fibres{{}, std::vector<std::optional<Frame>>(anatomy.points.size()), std::vector<double>(anatomy.points.size(), 0.5)};
    const std::vector<char> passive = of_tissue(anatomy, Tissue::passive);
    const std::vector<Point3> normals = surface_normals(anatomy);
    for (unsigned n = 0; n < passive.size(); ++n)
      if (passive[n])
        {
          fibres.nodes.push_back(n);
          if (const Point3 outward = unit(normals[n]); norm(outward) > 0)
            {
              const auto around = frame_from(cross(axis.direction, outward), outward);
              fibres.frame[n] = around ? around : frame_from(any_perpendicular(outward), outward);
            }
        }
    return fibres;
  }
}
