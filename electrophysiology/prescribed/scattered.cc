#include "electrophysiology/prescribed/scattered.h"

#include "electrophysiology/tissue/activation_map.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t neighbours = 4;
    constexpr double same_place = 1e-12; // mm^2

    using Neighbour = std::pair<double, std::size_t>; ///< square of the distance (mm^2), row

    /// Nearest first; of fewer rows the last ones are infinitely far. Every row is looked at: some 1e4 of them, once.
    std::array<Neighbour, neighbours> nearest_rows(const NumberTable &rows, const Point3 &p)
    {
      std::array<Neighbour, neighbours> nearest;
      nearest.fill({std::numeric_limits<double>::infinity(), 0});
      for (std::size_t row = 0; row < rows.size(); ++row)
        {
          double square = 0;
          for (unsigned d = 0; d < 3; ++d)
            square += (rows(row, d) - p[d]) * (rows(row, d) - p[d]);
          if (square >= nearest.back().first)
            continue;
          nearest.back() = {square, row};
          std::sort(nearest.begin(), nearest.end());
        }
      return nearest;
    }
  }

  std::vector<double> between_points(const NumberTable &rows, const std::vector<Point3> &points, const std::vector<char> &inside)
  {
    std::vector<double> values(points.size(), ActivationMap::never);
    for (std::size_t n = 0; n < points.size(); ++n)
      {
        if (!inside[n])
          continue;
        const auto nearest = nearest_rows(rows, points[n]);
        if (rows(nearest[0].second, 3) < 0)
          continue;
        double value = 0, weights = 0;
        for (const auto &[square, row] : nearest)
          if (const double time = rows(row, 3); time >= 0)
            {
              const double weight = 1 / std::max(square, same_place);
              value += weight * time;
              weights += weight;
              if (square <= same_place)
                break;
            }
        values[n] = value / weights;
      }
    return values;
  }
}
