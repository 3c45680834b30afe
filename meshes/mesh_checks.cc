#include "meshes/mesh_checks.h"

#include "core/error.h"
#include "core/numbers.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace vivicor
{
  namespace
  {
    Point3 centre_of_cell(const Mesh &mesh, std::size_t cell)
    {
      Point3 centre{};
      for (const unsigned node : mesh.cells[cell])
        for (unsigned d = 0; d < 3; ++d)
          centre[d] += 0.25 * mesh.points[node][d];
      return centre;
    }

    std::string more(std::size_t n)
    {
      return n > 1 ? ", and " + std::to_string(n - 1) + " more" : "";
    }

    // Pairs of nodes nearer than a millionth of a millimetre, found along x.
    void check_nodes(const Mesh &mesh, const std::string &where)
    {
      constexpr double same = 1e-6; // mm
      std::vector<unsigned> order(mesh.points.size());
      std::iota(order.begin(), order.end(), 0);
      std::sort(order.begin(), order.end(), [&](unsigned a, unsigned b) { return mesh.points[a] < mesh.points[b]; });
      std::size_t n = 0;
      std::pair<unsigned, unsigned> first;
      for (std::size_t i = 0; i < order.size(); ++i)
        for (std::size_t j = i + 1; j < order.size(); ++j)
          {
            const Point3 &p = mesh.points[order[i]], &q = mesh.points[order[j]];
            if (q[0] - p[0] > same)
              break;
            if (std::abs(q[1] - p[1]) <= same && std::abs(q[2] - p[2]) <= same && n++ == 0)
              first = std::minmax(order[i], order[j]);
          }
      if (n)
        throw UserError({"nodes " + std::to_string(first.first) + " and " + std::to_string(first.second) + " are at the same place "
                           + position(mesh.points[first.first]) + more(n),
                         where, "the tissue would be torn there", "", "merge duplicate nodes in the mesh generator"});
    }

    void check_cells(const Mesh &mesh, const std::string &where)
    {
      std::vector<std::pair<std::array<unsigned, 4>, std::size_t>> sorted;
      for (std::size_t c = 0; c < mesh.cells.size(); ++c)
        {
          sorted.emplace_back(mesh.cells[c], c);
          std::sort(sorted.back().first.begin(), sorted.back().first.end());
        }
      std::sort(sorted.begin(), sorted.end());
      std::size_t n = 0, first = 0;
      for (std::size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i].first == sorted[i - 1].first && n++ == 0)
          first = i;
      if (n)
        throw UserError({"tetrahedra " + std::to_string(sorted[first - 1].second) + " and " + std::to_string(sorted[first].second)
                           + " have the same nodes, at " + position(centre_of_cell(mesh, sorted[first].second)) + more(n),
                         where, "the tissue would count twice there", "", "remove duplicate cells"});
    }

    // Cells on both sides of each inner face.
    std::vector<std::pair<unsigned, unsigned>> neighbours(const Mesh &mesh, const std::string &where)
    {
      std::vector<std::pair<FaceKey, unsigned>> faces;
      faces.reserve(4 * mesh.cells.size());
      for (unsigned c = 0; c < mesh.cells.size(); ++c)
        for (const auto &f : tetrahedron_faces)
          faces.emplace_back(face_key({mesh.cells[c][f[0]], mesh.cells[c][f[1]], mesh.cells[c][f[2]]}), c);
      std::sort(faces.begin(), faces.end());
      std::vector<std::pair<unsigned, unsigned>> pairs;
      for (std::size_t i = 1; i < faces.size(); ++i)
        if (faces[i].first == faces[i - 1].first)
          {
            if (i > 1 && faces[i].first == faces[i - 2].first)
              throw UserError({"three tetrahedra share one face, at " + position(centre_of(mesh.points, faces[i].first)), where,
                               "the cells overlap there", "", "mesh the heart again without overlapping parts"});
            pairs.emplace_back(faces[i - 1].second, faces[i].second);
          }
      return pairs;
    }

    unsigned root_of(std::vector<unsigned> &parent, unsigned i)
    {
      while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
      return i;
    }
  }

  bool orient_cells(Mesh &mesh, const std::string &where)
  {
    std::vector<double> volume(mesh.cells.size());
    std::size_t positive = 0;
    for (std::size_t c = 0; c < volume.size(); ++c)
      positive += (volume[c] = signed_volume(mesh, c)) > 0;
    const bool flip = 2 * positive < volume.size();
    std::size_t n = 0, first = 0;
    for (std::size_t c = 0; c < volume.size(); ++c)
      if (!((flip ? -volume[c] : volume[c]) > 1e-12) && n++ == 0)
        first = c;
    if (n)
      throw UserError({"inverted cell: tetrahedron " + std::to_string(first) + " at " + position(centre_of_cell(mesh, first))
                         + " has the volume " + six_digits(flip ? -volume[first] : volume[first]) + " mm^3" + more(n),
                       where, "its reference volume must be positive (tetrahedra are counted from 0 in the order of the file)", "",
                       "repair the mesh there, or choose other mesh.reference_points"});
    if (flip)
      for (auto &cell : mesh.cells)
        std::swap(cell[2], cell[3]);
    return flip;
  }

  void check_unique(const Mesh &mesh, const std::string &where)
  {
    check_nodes(mesh, where);
    check_cells(mesh, where);
  }

  void check_connected(const Mesh &mesh, const std::string &where)
  {
    std::vector<unsigned> parent(mesh.cells.size());
    std::iota(parent.begin(), parent.end(), 0);
    for (const auto &[a, b] : neighbours(mesh, where))
      {
        const unsigned ra = root_of(parent, a), rb = root_of(parent, b);
        parent[std::max(ra, rb)] = std::min(ra, rb);
      }
    std::map<unsigned, std::size_t> pieces;
    for (unsigned c = 0; c < parent.size(); ++c)
      ++pieces[root_of(parent, c)];
    if (pieces.size() < 2)
      return;
    const auto smallest = std::min_element(pieces.begin(), pieces.end(), [](auto &a, auto &b) { return a.second < b.second; });
    throw UserError({"the mesh falls into " + std::to_string(pieces.size()) + " pieces that share no faces; the smallest has "
                       + std::to_string(smallest->second) + " cells of tag " + std::to_string(mesh.cell_tag[smallest->first]) + " at "
                       + position(centre_of_cell(mesh, smallest->first)),
                     where, "a loose piece would float away", "",
                     "join the pieces in the mesh, or drop loose ones with mesh.ignored_tags"});
  }

  std::size_t drop_unused_nodes(Mesh &mesh)
  {
    std::vector<unsigned> number(mesh.points.size(), -1u);
    for (const auto &cell : mesh.cells)
      for (const unsigned node : cell)
        number[node] = 0;
    unsigned n = 0;
    for (unsigned &i : number)
      if (i == 0)
        i = n++;
    const auto compact = [&](std::vector<Point3> &values) {
      for (std::size_t i = 0; i < number.size(); ++i)
        if (number[i] != -1u)
          values[number[i]] = values[i];
      values.resize(n);
    };
    compact(mesh.points);
    for (auto &field : mesh.vectors)
      compact(field.second);
    for (auto &cell : mesh.cells)
      for (unsigned &node : cell)
        node = number[node];
    std::erase_if(mesh.facets, [&](const Mesh::Facet &f) {
      return std::any_of(f.nodes.begin(), f.nodes.end(), [&](unsigned i) { return number[i] == -1u; });
    });
    for (auto &facet : mesh.facets)
      for (unsigned &node : facet.nodes)
        node = number[node];
    return number.size() - n;
  }
}
