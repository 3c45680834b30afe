#include "electrophysiology/tissue/box_mesh.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    using Place = std::array<unsigned, 3>; ///< on the grid of nodes

    unsigned number(const std::array<unsigned, 3> &n, const Place &p)
    {
      return p[0] + (n[0] + 1) * (p[1] + (n[1] + 1) * p[2]);
    }

    void add_nodes(BoxMesh &box)
    {
      RefinedMesh &mesh = box.nodes;
      for (unsigned k = 0; k <= box.n[2]; ++k)
        for (unsigned j = 0; j <= box.n[1]; ++j)
          for (unsigned i = 0; i <= box.n[0]; ++i)
            {
              NodeKey key;
              key.tissue = Tissue::ventricle;
              key.carrier[0] = static_cast<std::uint32_t>(mesh.points.size());
              key.weight[0] = 1;
              mesh.points.push_back({i * box.spacing, j * box.spacing, k * box.spacing});
              mesh.keys.push_back(key);
            }
      mesh.groups = {{0, mesh.points.size()}};
      mesh.n_owned = (mesh.points.size() + 7) / 8 * 8;
      mesh.points.resize(mesh.n_owned, Point3{0, 0, 0});
      mesh.keys.resize(mesh.n_owned);
      mesh.group.assign(mesh.n_owned, 0);
    }

    void add_cube(BoxMesh &box, const Place &first)
    {
      const Element &element = box.cells.element;
      for (const Point3 &node : element.reference_nodes())
        {
          Place place = first;
          for (unsigned d = 0; d < element.dimension; ++d)
            place[d] += static_cast<unsigned>(std::lround(node[d] * element.degree));
          box.cells.nodes.push_back(number(box.n, place));
        }
    }

    /// One simplex for every order of the axes that a path from the first to the last corner takes.
    void add_simplices(BoxMesh &box, const Place &first)
    {
      const Element &element = box.cells.element;
      std::array<unsigned, 3> axes{0, 1, 2};
      do
        {
          std::vector<Place> corners{first};
          for (unsigned d = 0; d < element.dimension; ++d)
            {
              corners.push_back(corners.back());
              corners.back()[axes[d]] += element.degree;
            }
          for (const Place &corner : corners)
            box.cells.nodes.push_back(number(box.n, corner));
          if (element.degree == 2)
            for (std::size_t a = 0; a < corners.size(); ++a)
              for (std::size_t b = a + 1; b < corners.size(); ++b)
                box.cells.nodes.push_back(number(
                  box.n, {(corners[a][0] + corners[b][0]) / 2, (corners[a][1] + corners[b][1]) / 2, (corners[a][2] + corners[b][2]) / 2}));
      } while (std::next_permutation(axes.begin(), axes.begin() + element.dimension));
    }
  }

  unsigned BoxMesh::nearest(const Point3 &point) const
  {
    Place place{0, 0, 0};
    for (unsigned d = 0; d < 3; ++d)
      place[d] = static_cast<unsigned>(std::clamp(std::lround(point[d] / spacing), 0l, static_cast<long>(n[d])));
    return number(n, place);
  }

  BoxMesh box_mesh(const Element &element, const std::array<unsigned, 3> &n, double h)
  {
    BoxMesh box{{}, {element, {}}, {}, h / element.degree};
    for (unsigned d = 0; d < element.dimension; ++d)
      box.n[d] = n[d] * element.degree;
    add_nodes(box);
    for (unsigned k = 0; k < (element.dimension > 2 ? n[2] : 1); ++k)
      for (unsigned j = 0; j < (element.dimension > 1 ? n[1] : 1); ++j)
        for (unsigned i = 0; i < n[0]; ++i)
          {
            const Place first{i * element.degree, j * element.degree, k * element.degree};
            if (element.shape == Element::Shape::cube)
              add_cube(box, first);
            else
              add_simplices(box, first);
          }
    return box;
  }
}
