#include "meshes/quality.h"

#include "core/mesh/vectors.h"
#include "core/sort_unique.h"
#include "core/units.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <limits>

namespace vivicor
{
  namespace
  {
    double area_cm2(const std::vector<Point3> &points, const Surface &surface)
    {
      double twice = 0;
      for (const Triangle &t : surface)
        {
          const Point3 u = points[t.nodes[1]] - points[t.nodes[0]], v = points[t.nodes[2]] - points[t.nodes[0]];
          twice += std::sqrt(std::max(0.0, dot(u, u) * dot(v, v) - dot(u, v) * dot(u, v)));
        }
      return twice / 200;
    }

    MeshQuality::Spread edge_lengths(const Anatomy &anatomy)
    {
      std::vector<std::pair<unsigned, unsigned>> edges;
      edges.reserve(6 * anatomy.cells.size());
      for (const auto &cell : anatomy.cells)
        for (unsigned i = 0; i < 4; ++i)
          for (unsigned j = 0; j < i; ++j)
            edges.push_back(std::minmax(cell[i], cell[j]));
      sort_unique(edges);
      MeshQuality::Spread spread{std::numeric_limits<double>::max(), 0, 0};
      for (const auto &[a, b] : edges)
        {
          const Point3 e = anatomy.points[a] - anatomy.points[b];
          const double length = std::sqrt(dot(e, e));
          spread.min = std::min(spread.min, length);
          spread.max = std::max(spread.max, length);
          spread.mean += length / edges.size();
        }
      return spread;
    }

    void measure_cells(const Anatomy &anatomy, MeshQuality &quality)
    {
      for (const Region &region : anatomy.regions)
        quality.regions.push_back({region, 0, 0});
      std::vector<double> angles;
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        {
          const double volume = signed_volume(anatomy.points, anatomy.cells[c]);
          quality.inverted_cells += !(volume > 0);
          auto &region = quality.regions[anatomy.cell_region[c]];
          ++region.cells;
          region.volume_mL += volume / units::mL;
          angles.push_back(min_dihedral_angle(anatomy.points, anatomy.cells[c]));
        }
      if (angles.empty())
        return;
      quality.worst_cell = std::min_element(angles.begin(), angles.end()) - angles.begin();
      for (const unsigned node : anatomy.cells[quality.worst_cell])
        for (unsigned d = 0; d < 3; ++d)
          quality.worst_cell_centre[d] += 0.25 * anatomy.points[node][d];
      std::sort(angles.begin(), angles.end());
      quality.min_dihedral_deg = angles.front();
      quality.first_percentile_dihedral_deg = angles[angles.size() / 100];
    }

    Point3 extent(const std::vector<Point3> &points)
    {
      Point3 side{};
      for (unsigned d = 0; d < 3 && !points.empty(); ++d)
        {
          const auto [low, high] = std::minmax_element(points.begin(), points.end(),
                                                       [d](const Point3 &a, const Point3 &b) { return a[d] < b[d]; });
          side[d] = (*high)[d] - (*low)[d];
        }
      return side;
    }

    __attribute__((format(printf, 2, 3))) void line(std::string &text, const char *format, ...)
    {
      char buffer[300];
      va_list values;
      va_start(values, format);
      std::vsnprintf(buffer, sizeof(buffer), format, values);
      va_end(values);
      text += buffer;
      text += '\n';
    }

    const char *name_of(Tissue tissue)
    {
      return tissue == Tissue::ventricle ? "ventricle" : tissue == Tissue::atrium ? "atrium" : "passive";
    }
  }

  double min_dihedral_angle(const std::vector<Point3> &points, const std::array<unsigned, 4> &cell)
  {
    std::array<Point3, 4> normal;
    for (unsigned f = 0; f < 4; ++f)
      {
        const auto &face = tetrahedron_faces[f];
        normal[f] = normal_of(points, {cell[face[0]], cell[face[1]], cell[face[2]]});
      }
    double largest_cosine = -1;
    for (unsigned i = 0; i < 4; ++i)
      for (unsigned j = 0; j < i; ++j)
        largest_cosine = std::max(largest_cosine, -dot(normal[i], normal[j]));
    return std::acos(std::min(1.0, largest_cosine)) / units::degree;
  }

  MeshQuality quality_of(const Anatomy &anatomy)
  {
    MeshQuality quality;
    quality.nodes = anatomy.points.size();
    quality.cells = anatomy.cells.size();
    quality.extent_mm = extent(anatomy.points);
    quality.edge_mm = edge_lengths(anatomy);
    measure_cells(anatomy, quality);
    for (const auto &[name, surface] : anatomy.cavities)
      quality.cavity_mL[name] = cavity_volume(anatomy.points, surface) / units::mL;
    quality.epicardium_cm2 = area_cm2(anatomy.points, anatomy.epicardium);
    quality.fixed_cm2 = area_cm2(anatomy.points, anatomy.fixed);
    return quality;
  }

  std::string describe(const MeshQuality &q)
  {
    std::string text;
    line(text, "nodes               %zu", q.nodes);
    line(text, "tetrahedra          %zu (%zu inverted)", q.cells, q.inverted_cells);
    line(text, "extent              %.1f x %.1f x %.1f mm", q.extent_mm[0], q.extent_mm[1], q.extent_mm[2]);
    line(text, "edges               %.2f min, %.2f mean, %.2f max mm", q.edge_mm.min, q.edge_mm.mean, q.edge_mm.max);
    line(text, "dihedral angle      %.1f min, %.1f first percentile, degrees", q.min_dihedral_deg, q.first_percentile_dihedral_deg);
    line(text, "worst cell          %zu at (%.1f, %.1f, %.1f) mm", q.worst_cell, q.worst_cell_centre[0], q.worst_cell_centre[1],
         q.worst_cell_centre[2]);
    line(text, "outside             %.1f cm2 free, %.1f cm2 held", q.epicardium_cm2, q.fixed_cm2);
    line(text, "%-19s %-10s %8s %10s", "region", "tissue", "cells", "volume/mL");
    for (const auto &r : q.regions)
      line(text, "%-19s %-10s %8zu %10.2f", r.region.name.c_str(), name_of(r.region.tissue), r.cells, r.volume_mL);
    line(text, "%-19s %10s", "cavity", "volume/mL");
    for (const auto &[name, volume] : q.cavity_mL)
      line(text, "%-19s %10.2f", name.c_str(), volume);
    return text;
  }
}
