#include "mechanics/verification/arostica_ventricle.h"

#include "core/mesh/vectors.h"
#include "mechanics/verification/solid_anatomy.h"
#include "meshes/fibres/laplace.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace vivicor
{
  namespace
  {
    constexpr double half_turn = M_PI;
    constexpr double inner_short = 25, inner_long = 90, outer_short = 35, outer_long = 97; // mm

    struct Ellipse
    {
      double r_long, r_short, base; ///< base: parametric angle there
      std::array<double, 2> at(double along) const
      {
        const double mu = half_turn + along * (base - half_turn);
        return {r_long * std::cos(mu), r_short * std::sin(mu)};
      }
      std::array<double, 2> slope(double along) const
      {
        const double turn = base - half_turn, mu = half_turn + along * turn;
        return {-r_long * std::sin(mu) * turn, r_short * std::cos(mu) * turn};
      }
    };
    const Ellipse inner{inner_long, inner_short, std::acos(5.0 / 17)};
    const Ellipse outer{outer_long, outer_short, std::acos(5.0 / 20)};

    std::array<double, 2> between(double along, double depth)
    {
      const auto a = inner.at(along), b = outer.at(along);
      return {(1 - depth) * a[0] + depth * b[0], (1 - depth) * a[1] + depth * b[1]};
    }
  }

  Point3 ArosticaVentricle::place(double along, double around, double depth)
  {
    const auto [x, r] = between(along, depth);
    return {x, r * std::cos(around), r * std::sin(around)};
  }

  std::array<double, 2> ArosticaVentricle::chart(const Point3 &X)
  {
    const double x = X[0], r = std::hypot(X[1], X[2]);
    // Start on the ellipse of the middle of the wall.
    double along = (half_turn - std::atan2(r / 30, x / 93.5)) / (half_turn - 0.5 * (inner.base + outer.base)), depth = 0.5;
    for (unsigned k = 0; k < 30; ++k)
      {
        const auto at = between(along, depth), a = inner.at(along), b = outer.at(along), da = inner.slope(along), db = outer.slope(along);
        const double fx = at[0] - x, fr = at[1] - r;
        const double xa = (1 - depth) * da[0] + depth * db[0], ra = (1 - depth) * da[1] + depth * db[1];
        const double xd = b[0] - a[0], rd = b[1] - a[1], det = xa * rd - xd * ra;
        const double step_along = (fx * rd - xd * fr) / det, step_depth = (xa * fr - fx * ra) / det;
        along -= step_along;
        depth -= step_depth;
        if (std::abs(step_along) + std::abs(step_depth) < 1e-13)
          break;
      }
    return {along, depth};
  }

  // From linear elements on a fine mesh, along its meridian in the x-y plane: the solution is the same all around.
  ArosticaVentricle::ArosticaVentricle()
  {
    const VentricleCounts counts{8, 16, 6};
    const SolidMesh drawing = mesh(SolidMesh::Shape::tetrahedra, counts);
    const Anatomy anatomy = wall_problem(drawing, ventricle_inside, ventricle_base, [](const Point3 &) { return Frame{}; }).anatomy;
    std::map<unsigned, double> prescribed, meridian; // node: depth, along
    for (unsigned node = 0; node < anatomy.points.size(); ++node)
      {
        const Point3 &drawn = drawing.vertices[node], &X = anatomy.points[node];
        if (drawn[2] == 0 || drawn[2] == 1)
          prescribed[node] = drawn[2];
        if (std::abs(X[2]) < 1e-9 && X[1] > -1e-9)
          meridian[node] = chart(X)[0];
      }
    std::vector<unsigned> all(anatomy.cells.size());
    std::iota(all.begin(), all.end(), 0u);
    const std::vector<double> solution = Laplace(anatomy.points, anatomy.cells, all).solve(prescribed);

    std::vector<unsigned> order;
    for (const auto &[node, along] : meridian)
      order.push_back(node);
    std::sort(order.begin(), order.end(), [&](unsigned a, unsigned b) { return meridian[a] < meridian[b]; });
    for (std::size_t first = 0; first < order.size(); first += counts.wall + 1)
      {
        fractions.push_back(meridian[order[first]]);
        auto &row = depths.emplace_back(counts.wall + 1);
        for (std::size_t k = first; k < first + row.size(); ++k)
          row[static_cast<std::size_t>(std::lround(counts.wall * drawing.vertices[order[k]][2]))] = solution[order[k]];
      }
  }

  double ArosticaVentricle::laplace_depth(const Point3 &X) const
  {
    const auto [along, depth] = chart(X);
    const auto above = std::upper_bound(fractions.begin() + 1, fractions.end() - 1, along);
    const auto row = static_cast<std::size_t>(above - fractions.begin()) - 1;
    const double a = std::clamp((along - fractions[row]) / (fractions[row + 1] - fractions[row]), 0.0, 1.0);
    const std::size_t steps = depths[row].size() - 1;
    const double place = std::clamp(depth, 0.0, 1.0) * static_cast<double>(steps);
    const std::size_t l = std::min(static_cast<std::size_t>(place), steps - 1);
    const double b = place - static_cast<double>(l);
    return (1 - a) * ((1 - b) * depths[row][l] + b * depths[row][l + 1]) + a * ((1 - b) * depths[row + 1][l] + b * depths[row + 1][l + 1]);
  }

  Frame ArosticaVentricle::fibres(const Point3 &X) const
  {
    const double t = laplace_depth(X), angle = (-60 + 120 * t) * M_PI / 180;
    const double r_long = inner_long + t * (outer_long - inner_long), r_short = inner_short + t * (outer_short - inner_short);
    const double r = std::hypot(X[1], X[2]), mu = std::atan2(r / r_short, X[0] / r_long);
    const double theta = r > 1e-9 ? std::atan2(X[2], X[1]) : 0;
    const Point3 along = unit({-r_long * std::sin(mu), r_short * std::cos(mu) * std::cos(theta), r_short * std::cos(mu) * std::sin(theta)});
    const Point3 around{0, -std::sin(theta), std::cos(theta)};
    Frame frame;
    frame.fibre = std::sin(angle) * along + std::cos(angle) * around;
    frame.normal = cross(along, around);
    frame.sheet = cross(frame.normal, frame.fibre);
    return frame;
  }
}
