#include "electrophysiology/conduction_system/junction_balls.h"

#include "electrophysiology/leads/heart_axes.h"

#include <map>
#include <numeric>

namespace vivicor
{
  namespace
  {
    /// Barycentric weights of 35 points that fill a tetrahedron evenly.
    std::vector<std::array<double, 4>> sample_weights()
    {
      constexpr unsigned n = 5;
      std::vector<std::array<double, 4>> weights;
      for (unsigned i = 0; i < n; ++i)
        for (unsigned j = 0; i + j < n; ++j)
          for (unsigned k = 0; i + j + k < n; ++k)
            weights.push_back({(i + 0.25) / n, (j + 0.25) / n, (k + 0.25) / n, (n - 1 - i - j - k + 0.25) / n});
      return weights;
    }

    struct Corners
    {
      Corners(const RefinedMesh &mesh, std::size_t c)
      {
        for (unsigned k = 0; k < 4; ++k)
          {
            point[k] = mesh.points[mesh.cells[c][k]];
            centre = centre + 0.25 * point[k];
          }
        for (const Point3 &p : point)
          radius = std::max(radius, distance(p, centre));
      }

      double share_inside(const Point3 &ball, double ball_radius) const
      {
        static const auto samples = sample_weights();
        double inside = 0;
        for (const auto &w : samples)
          inside += distance(w[0] * point[0] + w[1] * point[1] + w[2] * point[2] + w[3] * point[3], ball) <= ball_radius;
        return inside / static_cast<double>(samples.size());
      }

      std::array<Point3, 4> point;
      Point3 centre{0, 0, 0};
      double radius = 0;
    };
  }

  std::vector<StimulatedNodes> stimulated_balls(const RefinedMesh &mesh, Tissue tissue, const std::vector<Point3> &centres, double radius)
  {
    std::vector<unsigned> order(centres.size()); // by x, so that a cell looks at few
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](unsigned a, unsigned b) { return centres[a][0] < centres[b][0]; });
    std::vector<double> around(mesh.n_owned, 0.0);
    std::vector<std::map<unsigned, double>> within(centres.size());
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      if (mesh.keys[mesh.cells[c][0]].tissue == tissue)
        {
          const Corners cell(mesh, c);
          const double volume = p1_cell(mesh, c).volume, reach = radius + cell.radius;
          for (const unsigned n : mesh.cells[c])
            if (n < mesh.n_owned)
              around[n] += volume;
          auto b = std::lower_bound(order.begin(), order.end(), cell.centre[0] - reach,
                                    [&](unsigned ball, double x) { return centres[ball][0] < x; });
          for (; b != order.end() && centres[*b][0] <= cell.centre[0] + reach; ++b)
            if (distance(centres[*b], cell.centre) <= reach)
              if (const double share = cell.share_inside(centres[*b], radius); share > 0)
                for (const unsigned n : mesh.cells[c])
                  if (n < mesh.n_owned)
                    within[*b][n] += share * volume;
        }
    std::vector<StimulatedNodes> balls(centres.size());
    for (std::size_t b = 0; b < balls.size(); ++b)
      for (const auto &[node, volume] : within[b])
        balls[b].emplace_back(node, volume / around[node]);
    return balls;
  }
}
