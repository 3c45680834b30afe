// Small solids for the tests of the moving wall: a box, a hollow sphere, a truncated hollow ellipsoid.
#pragma once

#include "core/error.h"
#include "mechanics/mechanics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

namespace vivicor::test
{
  inline Point3 cross(const Point3 &a, const Point3 &b)
  {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
  }
  inline double dot(const Point3 &a, const Point3 &b)
  {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
  inline double norm(const Point3 &a)
  {
    return std::sqrt(dot(a, a));
  }
  inline Point3 scaled(const Point3 &a, double s)
  {
    return {a[0] * s, a[1] * s, a[2] * s};
  }
  inline Point3 minus(const Point3 &a, const Point3 &b)
  {
    return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }

  struct Solid
  {
    Anatomy anatomy;
    Fibres fibres;
  };

  inline void add_cell(Anatomy &anatomy, std::array<unsigned, 4> cell)
  {
    const auto &x = anatomy.points;
    if (dot(minus(x[cell[1]], x[cell[0]]), cross(minus(x[cell[2]], x[cell[0]]), minus(x[cell[3]], x[cell[0]]))) < 0)
      std::swap(cell[2], cell[3]);
    anatomy.cells.push_back(cell);
    anatomy.cell_region.push_back(0);
  }

  /// Faces of single cells, turned outwards.
  inline Surface boundary(const Anatomy &anatomy)
  {
    constexpr unsigned face[4][3] = {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}};
    std::map<std::array<unsigned, 3>, std::vector<Triangle>> faces;
    for (unsigned c = 0; c < anatomy.cells.size(); ++c)
      for (const auto &f : face)
        {
          const Triangle triangle{{anatomy.cells[c][f[0]], anatomy.cells[c][f[1]], anatomy.cells[c][f[2]]}, c};
          auto key = triangle.nodes;
          std::sort(key.begin(), key.end());
          faces[key].push_back(triangle);
        }
    Surface surface;
    for (const auto &[key, list] : faces)
      if (list.size() == 1)
        surface.push_back(list.front());
    return surface;
  }

  inline Surface where(const Anatomy &anatomy, const Surface &surface, const std::function<bool(const Point3 &)> &inside)
  {
    Surface result;
    for (const Triangle &triangle : surface)
      if (std::all_of(triangle.nodes.begin(), triangle.nodes.end(), [&](unsigned n) { return inside(anatomy.points[n]); }))
        result.push_back(triangle);
    return result;
  }

  inline void constant_fibres(Solid &solid, const Frame &frame = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}})
  {
    const std::size_t n = solid.anatomy.points.size();
    solid.fibres.nodal.assign(n, frame);
    solid.fibres.transmural.assign(n, 0.5);
    solid.fibres.apicobasal.assign(n, 0.0);
    solid.fibres.long_axis = {0, 0, 1};
    solid.fibres.apex = solid.fibres.base = {0, 0, 0};
  }

  /// Box [0, size] of n cubes a side, each in six tetrahedra around its diagonal.
  inline Solid box(const Point3 &size, const std::array<unsigned, 3> &n)
  {
    Solid solid;
    Anatomy &a = solid.anatomy;
    a.regions = {{"LV", Tissue::ventricle}};
    const auto node = [&](unsigned i, unsigned j, unsigned k) { return i + (n[0] + 1) * (j + (n[1] + 1) * k); };
    for (unsigned k = 0; k <= n[2]; ++k)
      for (unsigned j = 0; j <= n[1]; ++j)
        for (unsigned i = 0; i <= n[0]; ++i)
          a.points.push_back({size[0] * i / n[0], size[1] * j / n[1], size[2] * k / n[2]});
    constexpr unsigned order[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (unsigned k = 0; k < n[2]; ++k)
      for (unsigned j = 0; j < n[1]; ++j)
        for (unsigned i = 0; i < n[0]; ++i)
          for (const auto &o : order)
            {
              std::array<unsigned, 3> at{i, j, k};
              std::array<unsigned, 4> cell{node(i, j, k)};
              for (unsigned s = 0; s < 3; ++s)
                {
                  ++at[o[s]];
                  cell[s + 1] = node(at[0], at[1], at[2]);
                }
              add_cell(a, cell);
            }
    constant_fibres(solid);
    return solid;
  }

  /// Prisms on a triangulated surface, `layers` thick, cut into tetrahedra; `place` says where surface node s lies at depth t.
  inline void extrude(Anatomy &anatomy, std::size_t surface_nodes, const std::vector<std::array<unsigned, 3>> &triangles, unsigned layers,
                      const std::function<Point3(unsigned, double)> &place)
  {
    for (unsigned l = 0; l <= layers; ++l)
      for (unsigned s = 0; s < surface_nodes; ++s)
        anatomy.points.push_back(place(s, static_cast<double>(l) / layers));
    const auto n = static_cast<unsigned>(surface_nodes);
    for (unsigned l = 0; l < layers; ++l)
      for (auto t : triangles)
        {
          std::sort(t.begin(), t.end()); // all side faces are cut from the lower number below to the higher above
          std::array<unsigned, 3> low, high;
          for (unsigned i = 0; i < 3; ++i)
            {
              low[i] = l * n + t[i];
              high[i] = low[i] + n;
            }
          add_cell(anatomy, {low[0], low[1], low[2], high[2]});
          add_cell(anatomy, {low[0], low[1], high[1], high[2]});
          add_cell(anatomy, {low[0], high[0], high[1], high[2]});
        }
  }

  /// Hollow sphere from a subdivided icosahedron; cavity "LV", outside `fixed`.
  inline Solid hollow_sphere(double inner, double outer, unsigned refinements, unsigned layers)
  {
    const double g = (1 + std::sqrt(5.0)) / 2;
    std::vector<Point3> p{{-1, g, 0},  {1, g, 0},  {-1, -g, 0}, {1, -g, 0}, {0, -1, g},  {0, 1, g},
                          {0, -1, -g}, {0, 1, -g}, {g, 0, -1},  {g, 0, 1},  {-g, 0, -1}, {-g, 0, 1}};
    std::vector<std::array<unsigned, 3>> t{{0, 11, 5},  {0, 5, 1},  {0, 1, 7},  {0, 7, 10}, {0, 10, 11}, {1, 5, 9}, {5, 11, 4},
                                           {11, 10, 2}, {10, 7, 6}, {7, 1, 8},  {3, 9, 4},  {3, 4, 2},   {3, 2, 6}, {3, 6, 8},
                                           {3, 8, 9},   {4, 9, 5},  {2, 4, 11}, {6, 2, 10}, {8, 6, 7},   {9, 8, 1}};
    for (unsigned r = 0; r < refinements; ++r)
      {
        std::map<std::pair<unsigned, unsigned>, unsigned> middle;
        const auto between = [&](unsigned a, unsigned b) {
          const auto [found, fresh] = middle.try_emplace(std::minmax(a, b), static_cast<unsigned>(p.size()));
          if (fresh)
            p.push_back({(p[a][0] + p[b][0]) / 2, (p[a][1] + p[b][1]) / 2, (p[a][2] + p[b][2]) / 2});
          return found->second;
        };
        std::vector<std::array<unsigned, 3>> finer;
        for (const auto &[a, b, c] : t)
          {
            const unsigned ab = between(a, b), bc = between(b, c), ca = between(c, a);
            for (const auto &f : {std::array<unsigned, 3>{a, ab, ca}, {ab, b, bc}, {ca, bc, c}, {ab, bc, ca}})
              finer.push_back(f);
          }
        t = finer;
      }
    for (Point3 &x : p)
      x = scaled(x, 1 / norm(x));
    Solid solid;
    solid.anatomy.regions = {{"LV", Tissue::ventricle}};
    extrude(solid.anatomy, p.size(), t, layers, [&](unsigned s, double depth) { return scaled(p[s], inner + depth * (outer - inner)); });
    const Surface surface = boundary(solid.anatomy);
    const double middle = (inner + outer) / 2;
    solid.anatomy.cavities["LV"] = where(solid.anatomy, surface, [&](const Point3 &x) { return norm(x) < middle; });
    solid.anatomy.fixed = where(solid.anatomy, surface, [&](const Point3 &x) { return norm(x) > middle; });
    constant_fibres(solid);
    return solid;
  }

  inline std::vector<unsigned> one_rank(const Solid &solid)
  {
    return std::vector<unsigned>(solid.anatomy.cells.size(), 0);
  }

  inline Parameters deck(const std::string &mechanics_json)
  {
    Schema schema;
    declare_mechanics(schema);
    return parameters_from_json("{\"mechanics\": " + mechanics_json + "}", schema);
  }
}
