#include "coupling/fields/heart_surface.h"

#include "meshes/surfaces.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace vivicor
{
  namespace
  {
    using Face = FaceKey;

    template <class Action>
    void for_each_boundary_triangle(const Anatomy &anatomy, const Action &action)
    {
      for (const auto &[chamber, cavity] : anatomy.cavities)
        for (const Triangle &triangle : cavity)
          action(triangle);
      for (const Surface *surface : {&anatomy.epicardium, &anatomy.fixed})
        for (const Triangle &triangle : *surface)
          action(triangle);
    }

    /// Nodes of the anatomy between which all nodes of a face lie, when they are three.
    bool lies_on(const std::set<Face> &boundary, const std::array<const NodeKey *, 3> &corners)
    {
      Face carriers{};
      unsigned n = 0;
      for (const NodeKey *corner : corners)
        for (const auto carrier : corner->carrier)
          if (carrier != NodeKey::none && std::find(carriers.begin(), carriers.begin() + n, carrier) == carriers.begin() + n)
            {
              if (n == 3)
                return false;
              carriers[n++] = carrier;
            }
      if (n < 3)
        return false;
      return boundary.contains(face_key(carriers));
    }

    class Builder
    {
    public:
      explicit Builder(const std::vector<Point3> &points) : points(points) {}
      void add(const Face &nodes, unsigned cell)
      {
        for (const unsigned node : nodes)
          {
            const auto [place, is_new] = number.try_emplace(node, static_cast<unsigned>(surface.nodes.size()));
            if (is_new)
              {
                surface.nodes.push_back(node);
                surface.points.push_back(points[node]);
              }
            surface.triangles.push_back(place->second);
          }
        surface.cells.push_back(cell);
      }
      SurfaceGrid surface;

    private:
      const std::vector<Point3> &points;
      std::map<unsigned, unsigned> number;
    };
  }

  SurfaceGrid muscle_surface(const Anatomy &anatomy, const VtuPiece &grid, const std::vector<NodeKey> &keys)
  {
    std::set<Face> boundary;
    for_each_boundary_triangle(anatomy, [&](const Triangle &triangle) { boundary.insert(face_key(triangle.nodes)); });
    Builder builder(grid.points);
    for (unsigned c = 0; c < grid.cells.size(); ++c)
      for (const auto &corner : tetrahedron_faces)
        {
          const Face face{grid.cells[c][corner[0]], grid.cells[c][corner[1]], grid.cells[c][corner[2]]};
          if (lies_on(boundary, {&keys[face[0]], &keys[face[1]], &keys[face[2]]}))
            builder.add(face, c);
        }
    return std::move(builder.surface);
  }

  SurfaceGrid passive_surface(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank, unsigned rank)
  {
    Builder builder(anatomy.points);
    for_each_boundary_triangle(anatomy, [&](const Triangle &triangle) {
      if (cell_rank[triangle.cell] == rank && anatomy.regions[anatomy.cell_region[triangle.cell]].tissue == Tissue::passive)
        builder.add(triangle.nodes, triangle.cell);
    });
    return std::move(builder.surface);
  }
}
