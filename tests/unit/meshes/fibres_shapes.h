// Idealised ventricles for tests: truncated ellipsoids with known directions, optionally with a right ventricle.
#pragma once

#include "core/mesh/vectors.h"
#include "meshes/anatomy.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numbers>

namespace vivicor::shapes
{
  struct Size
  {
    unsigned layers = 6, rows = 16, columns = 32;                                      ///< through the wall, apex to base, around
    double inner_radius = 20, outer_radius = 30, inner_length = 50, outer_length = 60; ///< semi-axes, mm
  };

  /// The LV wall is the set of x = r sin(a) cos(v), y = r sin(a) sin(v), z = -l cos(a) with r and l linear in the depth
  /// and the base in z = 0; a right ventricle is a second wall lifted off columns and rows in a patch of the LV's.
  class Ventricles
  {
  public:
    explicit Ventricles(const Size &size = {}, bool with_right = false) : size(size)
    {
      add_layers(
        0, size.layers, 0, size.columns, 0, [&](double t, unsigned, unsigned) { return t; }, 0);
      if (with_right)
        add_right();
      collect_surfaces();
    }

    Anatomy anatomy;
    std::vector<double> angle_from_apex, around, depth; ///< a, v, t by node (t > 1 in the right ventricle's wall)

    /// Unit vectors at a node: around (counter-clockwise seen from the base), towards the base, outwards.
    std::array<Point3, 3> directions(unsigned n) const
    {
      const double a = angle_from_apex[n], v = around[n], r = radius(depth[n]), l = length(depth[n]);
      const Point3 circumferential{-std::sin(v), std::cos(v), 0};
      const Point3 longitudinal = unit({r * std::cos(a) * std::cos(v), r * std::cos(a) * std::sin(v), l * std::sin(a)});
      return {circumferential, longitudinal, cross(circumferential, longitudinal)};
    }

  private:
    Size size;
    std::map<std::array<long, 3>, unsigned> known;
    std::vector<char> in_patch, is_inner, is_outer, is_base, is_right; ///< by node

    double radius(double t) const { return size.inner_radius + t * (size.outer_radius - size.inner_radius); }
    double length(double t) const { return size.inner_length + t * (size.outer_length - size.inner_length); }

    unsigned node(double t, unsigned row, unsigned column)
    {
      const double a = 0.5 * std::numbers::pi * row / size.rows, v = 2 * std::numbers::pi * column / size.columns;
      const double r = radius(t) * std::sin(a);
      const Point3 x{r * std::cos(v), r * std::sin(v), row == size.rows ? 0.0 : -length(t) * std::cos(a)};
      const std::array<long, 3> key{std::lround(1e6 * x[0]), std::lround(1e6 * x[1]), std::lround(1e6 * x[2])};
      const auto [found, is_new] = known.emplace(key, anatomy.points.size());
      if (is_new)
        {
          anatomy.points.push_back(x);
          angle_from_apex.push_back(a);
          around.push_back(v);
          depth.push_back(t);
          is_base.push_back(row == size.rows);
          in_patch.push_back(patch(row, column));
          is_inner.push_back(t == 0);
          is_outer.push_back(t == 1);
          is_right.push_back(0);
        }
      return found->second;
    }

    unsigned first_row() const { return size.rows / 4; }
    unsigned first_column() const { return size.columns / 8; }
    unsigned last_column() const { return size.columns / 2; }
    bool patch(unsigned row, unsigned column) const { return row >= first_row() && column >= first_column() && column <= last_column(); }

    // Hexahedra between rows and columns, six tetrahedra each (Kuhn), so that neighbours share diagonals.
    void add_layers(unsigned first_layer, unsigned end_layer, unsigned column0, unsigned column1, unsigned row0,
                    const std::function<double(double, unsigned, unsigned)> &lift, unsigned region)
    {
      constexpr unsigned orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
      for (unsigned i = first_layer; i < end_layer; ++i)
        for (unsigned j = row0; j < size.rows; ++j)
          for (unsigned k = column0; k < column1; ++k)
            for (const auto &order : orders)
              {
                std::array<unsigned, 3> corner{i, j, k};
                std::array<unsigned, 4> cell;
                for (unsigned step = 0; step < 4; ++step)
                  {
                    cell[step] = node(lift(double(corner[0]) / size.layers, corner[1], corner[2]), corner[1], corner[2]);
                    if (step < 3)
                      ++corner[order[step]];
                  }
                add_cell(cell, region);
              }
    }

    void add_cell(std::array<unsigned, 4> n, unsigned region)
    {
      for (unsigned i = 0; i < 4; ++i)
        for (unsigned j = 0; j < i; ++j)
          if (n[i] == n[j])
            return;
      const auto &x = anatomy.points;
      if (dot(x[n[1]] - x[n[0]], cross(x[n[2]] - x[n[0]], x[n[3]] - x[n[0]])) < 0)
        std::swap(n[2], n[3]);
      anatomy.cells.push_back(n);
      anatomy.cell_region.push_back(region);
    }

    // The wall leaves the LV two cells inside the patch's border, so that both walls share faces there.
    void add_right()
    {
      const auto bump = [](double distance) { return std::clamp(distance - 2, 0.0, 3.0) / 3; };
      const auto lift = [&](double t, unsigned row, unsigned column) {
        const double gap = 1.2 * bump(column - first_column()) * bump(last_column() - column) * bump(row - first_row());
        return 1 + gap + 0.5 * t;
      };
      add_layers(0, size.layers, first_column(), last_column(), first_row(), lift, 1);
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (anatomy.cell_region[c] == 1)
          for (const unsigned n : anatomy.cells[c])
            is_right[n] = 1;
    }

    void collect_surfaces()
    {
      anatomy.regions = {{"LV", Tissue::ventricle}, {"RV", Tissue::ventricle}};
      std::map<std::array<unsigned, 3>, std::pair<Triangle, unsigned>> faces;
      for (unsigned c = 0; c < anatomy.cells.size(); ++c)
        for (unsigned opposite = 0; opposite < 4; ++opposite)
          {
            const Triangle triangle = outward(c, opposite);
            auto key = triangle.nodes;
            std::sort(key.begin(), key.end());
            auto &entry = faces[key];
            entry.first = triangle;
            ++entry.second;
          }
      for (const auto &[key, face] : faces)
        if (face.second == 1)
          sort_in(face.first);
    }

    Triangle outward(unsigned c, unsigned opposite) const
    {
      const auto &n = anatomy.cells[c];
      std::array<unsigned, 3> f{n[(opposite + 1) % 4], n[(opposite + 2) % 4], n[(opposite + 3) % 4]};
      const auto &x = anatomy.points;
      if (dot(cross(x[f[1]] - x[f[0]], x[f[2]] - x[f[0]]), x[n[opposite]] - x[f[0]]) > 0)
        std::swap(f[1], f[2]);
      return {f, c};
    }

    void sort_in(const Triangle &triangle)
    {
      const auto all = [&](const auto &flag) {
        return std::all_of(triangle.nodes.begin(), triangle.nodes.end(), [&](unsigned n) { return flag(n); });
      };
      const bool right_wall = anatomy.cell_region[triangle.cell] == 1;
      const auto &x = anatomy.points;
      const Point3 area = cross(x[triangle.nodes[1]] - x[triangle.nodes[0]], x[triangle.nodes[2]] - x[triangle.nodes[0]]);
      const bool inwards = dot(area, directions(triangle.nodes[0])[2]) < -0.5 * norm(area);
      if (all([&](unsigned n) { return is_base[n]; }))
        return;
      if (all([&](unsigned n) { return is_inner[n]; }))
        anatomy.cavities["LV"].push_back(triangle);
      else if (right_wall ? inwards : has_right() && all([&](unsigned n) { return in_patch[n] && is_outer[n]; }))
        anatomy.cavities["RV"].push_back(triangle);
      else
        anatomy.epicardium.push_back(triangle);
    }

    bool has_right() const { return std::count(is_right.begin(), is_right.end(), 1) > 0; }
  };

  /// The same heart turned about `axis` (unit vector) and shifted.
  inline Point3 turned(const Point3 &x, const Point3 &axis, double angle)
  {
    const double c = std::cos(angle), s = std::sin(angle);
    return c * x + s * cross(axis, x) + ((1 - c) * dot(axis, x)) * axis;
  }
}
