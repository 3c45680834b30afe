#include "electrophysiology/conduction_system/walls.h"

#include "core/mpi.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <set>

namespace vivicor
{
  namespace
  {
    std::set<unsigned> nodes_of(const Anatomy &anatomy, const std::string &region)
    {
      std::set<unsigned> nodes;
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (const Region &r = anatomy.regions[anatomy.cell_region[c]]; r.name == region && r.tissue == Tissue::ventricle)
          nodes.insert(anatomy.cells[c].begin(), anatomy.cells[c].end());
      return nodes;
    }

    /// Mean of the cavity's endocardial points, by which its centre line goes.
    Point3 middle(const Anatomy &anatomy, const std::string &cavity)
    {
      Point3 sum{0, 0, 0};
      double n = 0;
      if (const auto found = anatomy.cavities.find(cavity); found != anatomy.cavities.end())
        for (const auto &[nodes, cell] : found->second)
          for (const unsigned node : nodes)
            {
              sum = sum + anatomy.points[node];
              ++n;
            }
      return n > 0 ? 1 / n * sum : sum;
    }

    /// Activation by node of the anatomy; absent: not on this rank, or not activated.
    std::map<unsigned, double> at_nodes(const Anatomy &anatomy, const VtuPiece &maps)
    {
      std::map<Point3, unsigned> number;
      for (unsigned n = 0; n < anatomy.points.size(); ++n)
        number[anatomy.points[n]] = n;
      const auto field = std::find_if(maps.point_fields.begin(), maps.point_fields.end(),
                                      [](const VtuField &f) { return f.name == "activation_ms"; });
      std::map<unsigned, double> times;
      for (std::size_t i = 0; i < maps.points.size(); ++i)
        if (const auto node = number.find(maps.points[i]); node != number.end() && field->values[i] >= 0)
          times[node->second] = std::max(times[node->second], field->values[i]); // at the ring: the ventricle, which comes later
      return times;
    }
  }

  std::vector<WallActivation> activation_by_wall(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const VtuPiece &maps)
  {
    const HeartAxes axes = heart_axes(anatomy, fibres);
    const Point3 centre = middle(anatomy, "LV");
    const auto times = at_nodes(anatomy, maps);
    const std::vector<std::string> names{"LV septal", "LV anterior", "LV lateral", "LV posterior", "RV"};
    std::vector<std::vector<unsigned>> walls(names.size());
    for (const unsigned n : nodes_of(anatomy, "LV"))
      {
        const Point3 arm = anatomy.points[n] - centre;
        const double degrees = std::atan2(dot(arm, axes.anterior), dot(arm, axes.right)) * 180 / std::numbers::pi;
        walls[std::abs(degrees) < 60 ? 0 : std::abs(degrees) > 120 ? 2 : degrees > 0 ? 1 : 3].push_back(n);
      }
    for (const unsigned n : nodes_of(anatomy, "RV"))
      walls[4].push_back(n);

    std::vector<WallActivation> result;
    for (std::size_t w = 0; w < walls.size(); ++w)
      {
        double first = std::numeric_limits<double>::max(), last = -first, total = 0, n = 0;
        Point3 latest{};
        for (const unsigned node : walls[w])
          if (const auto time = times.find(node); time != times.end())
            {
              first = std::min(first, time->second);
              total += time->second;
              ++n;
              if (time->second > last)
                {
                  last = time->second;
                  latest = anatomy.points[node];
                }
            }
        struct
        {
          double value;
          int rank;
        } mine{last, rank_of(comm)}, best{};
        MPI_Allreduce(&mine, &best, 1, MPI_DOUBLE_INT, MPI_MAXLOC, comm);
        MPI_Bcast(latest.data(), 3, MPI_DOUBLE, best.rank, comm);
        first = min(first, comm);
        const double nodes = sum(n, comm); // those on the border of two ranks count twice
        total = sum(total, comm);
        if (nodes > 0)
          result.push_back({names[w], first, total / nodes, best.value, latest});
      }
    return result;
  }
}
