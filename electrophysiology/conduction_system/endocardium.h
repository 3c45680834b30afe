// The inner surface of a chamber as a place to walk on: nearest points and shortest ways.
#pragma once

#include "electrophysiology/leads/heart_axes.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// A set of triangles with bins, so that the nearest point of them is found without looking at all.
  class TriangleSet
  {
  public:
    TriangleSet(const std::vector<Point3> &points, const Surface &triangles);

    struct Foot
    {
      Point3 point{};      ///< mm
      Point3 normal{};     ///< unit normal of its triangle, out of the tissue
      double distance = 0; ///< mm, from the point asked for; infinite: none within reach
      std::size_t triangle = 0;
      bool at_rim = false; ///< on an edge that belongs to one triangle only
    };
    /// The point of the triangles nearest to `p`, if any is within `reach` (mm).
    Foot nearest(const Point3 &p, double reach) const;
    Foot nearest(const Point3 &p) const;

    bool empty() const { return triangles.empty(); }
    std::vector<Point3> centres() const; ///< mm, of the triangles

  private:
    using Bin = std::array<int, 3>;
    Bin bin_of(const Point3 &p) const;
    const std::vector<unsigned> &in(const Bin &bin) const;
    void look(unsigned triangle, const Point3 &p, Foot &best) const;

    std::vector<std::array<Point3, 3>> triangles;
    std::vector<std::array<bool, 3>> rim; ///< by triangle, whether the edge opposite to a corner is on the rim
    Point3 low{};
    Bin n_bins{};
    double bin_size = 1, edge = 0;
    std::vector<std::vector<unsigned>> bins;
  };

  /// Triangles of a cavity that belong to muscle of a tissue.
  Surface muscular_part(const Anatomy &anatomy, const std::string &cavity, Tissue tissue);

  /// Points of the shortest way between two nodes along edges of the triangles and between the middles of their edges: up to
  /// a few per cent longer than the geodesic. Empty where the two are not connected.
  std::vector<Point3> shortest_way(const std::vector<Point3> &points, const Surface &triangles, unsigned from, unsigned to);
}
