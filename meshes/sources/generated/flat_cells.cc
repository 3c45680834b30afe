#include "meshes/sources/generated/flat_cells.h"

#include "meshes/quality.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <set>

namespace vivicor
{
  namespace
  {
    using Edge = std::pair<unsigned, unsigned>;

    std::set<Edge> edges_of(const Surface &surface)
    {
      std::set<Edge> edges;
      for (const Triangle &t : surface)
        for (unsigned i = 0; i < 3; ++i)
          edges.insert(std::minmax(t.nodes[i], t.nodes[(i + 1) % 3]));
      return edges;
    }

    // The edge that becomes a boundary edge when the cell goes: the one that neither of its two outer faces has whole.
    Edge opposite_edge(const std::array<unsigned, 4> &cell, const Triangle &a, const Triangle &b)
    {
      const auto has = [](const Triangle &t, unsigned node) { return std::find(t.nodes.begin(), t.nodes.end(), node) != t.nodes.end(); };
      std::vector<unsigned> tips;
      for (const unsigned node : cell)
        if (has(a, node) != has(b, node))
          tips.push_back(node);
      return std::minmax(tips[0], tips[1]);
    }

    std::vector<std::size_t> removable(const Mesh &mesh, double angle_deg)
    {
      const Surface boundary = boundary_of(mesh.cells);
      std::set<Edge> edges = edges_of(boundary);
      std::vector<std::size_t> cells;
      for (std::size_t t = 1; t < boundary.size(); ++t) // faces of one cell stand side by side
        {
          const unsigned cell = boundary[t].cell;
          const bool two = boundary[t - 1].cell == cell && !(t > 1 && boundary[t - 2].cell == cell)
                           && !(t + 1 < boundary.size() && boundary[t + 1].cell == cell);
          if (two && min_dihedral_angle(mesh.points, mesh.cells[cell]) < angle_deg
              && edges.insert(opposite_edge(mesh.cells[cell], boundary[t - 1], boundary[t])).second)
            cells.push_back(cell);
        }
      return cells;
    }
  }

  std::size_t remove_flat_boundary_cells(Mesh &mesh, double angle_deg)
  {
    std::size_t removed = 0;
    for (auto cells = removable(mesh, angle_deg); !cells.empty(); cells = removable(mesh, angle_deg))
      {
        for (auto cell = cells.rbegin(); cell != cells.rend(); ++cell)
          {
            mesh.cells.erase(mesh.cells.begin() + *cell);
            if (*cell < mesh.cell_tag.size())
              mesh.cell_tag.erase(mesh.cell_tag.begin() + *cell);
          }
        removed += cells.size();
      }
    return removed;
  }
}
