#include "electrophysiology/stimuli/sites.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>

namespace vivicor
{
  namespace
  {
    /// Nodes of the right atrium, or of every atrium where none is named so.
    std::set<unsigned> right_atrium(const Anatomy &anatomy)
    {
      std::set<unsigned> named, all;
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        {
          const Region &region = anatomy.regions[anatomy.cell_region[c]];
          if (region.tissue == Tissue::atrium)
            {
              all.insert(anatomy.cells[c].begin(), anatomy.cells[c].end());
              if (region.name == "RA")
                named.insert(anatomy.cells[c].begin(), anatomy.cells[c].end());
            }
        }
      return named.empty() ? all : named;
    }

    template <class Score>
    std::optional<Point3> lowest(const Anatomy &anatomy, const std::set<unsigned> &nodes, const Score &score)
    {
      std::optional<Point3> best;
      double lowest = std::numeric_limits<double>::max();
      for (const unsigned n : nodes)
        if (const double value = score(anatomy.points[n]); value < lowest)
          {
            lowest = value;
            best = anatomy.points[n];
          }
      return best;
    }

    /// The muscular part of a ventricle's endocardium.
    std::set<unsigned> endocardium(const Anatomy &anatomy, const std::string &chamber)
    {
      std::set<unsigned> nodes;
      if (const auto cavity = anatomy.cavities.find(chamber); cavity != anatomy.cavities.end())
        for (const auto &[triangle, cell] : cavity->second)
          if (anatomy.regions[anatomy.cell_region[cell]].tissue == Tissue::ventricle)
            nodes.insert(triangle.begin(), triangle.end());
      return nodes;
    }

    /// Height from 0 (lowest endocardial node) to 1 and angle from the axis' right towards anterior.
    struct Place
    {
      std::string name, chamber;
      double height, degrees;
    };

    /// The endocardial node whose height and angle about the chamber's own centre line come nearest to the wanted ones.
    std::optional<Point3> nearest(const Anatomy &anatomy, const HeartAxes &axes, const Place &place)
    {
      const auto nodes = endocardium(anatomy, place.chamber);
      double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
      Point3 centre{0, 0, 0};
      for (const unsigned n : nodes)
        {
          const double height = dot(anatomy.points[n] - axes.apex, axes.up);
          low = std::min(low, height);
          high = std::max(high, height);
          centre = centre + 1.0 / static_cast<double>(nodes.size()) * anatomy.points[n];
        }
      return lowest(anatomy, nodes, [&](const Point3 &p) {
        const Point3 arm = p - centre;
        const double height = (dot(p - axes.apex, axes.up) - low) / (high - low) - place.height;
        const double angle = std::remainder(std::atan2(dot(arm, axes.anterior), dot(arm, axes.right)) -
                                              place.degrees * std::numbers::pi / 180, 2 * std::numbers::pi);
        return height * height + std::pow(angle / std::numbers::pi, 2);
      });
    }
  }

  std::optional<Point3> sinus_node_site(const Anatomy &anatomy, const HeartAxes &axes)
  {
    return lowest(anatomy, right_atrium(anatomy), [&](const Point3 &p) { return -dot(p - axes.apex, axes.up); });
  }

  std::optional<Point3> av_node_site(const Anatomy &anatomy, const Fibres &fibres)
  {
    return lowest(anatomy, right_atrium(anatomy), [&](const Point3 &p) { return distance(p, fibres.base); });
  }

  std::vector<EarlySite> early_sites(const Anatomy &anatomy, const HeartAxes &axes)
  {
    const std::vector<Place> places{{"left septum", "LV", 0.5, 0},
                                    {"left anterior paraseptal", "LV", 0.65, 60},
                                    {"left posterior paraseptal", "LV", 0.33, -70},
                                    {"right free wall", "RV", 0.4, 0},
                                    {"right septum", "RV", 0.4, 180}};
    std::vector<EarlySite> sites;
    for (const auto &place : places)
      if (const auto point = nearest(anatomy, axes, place))
        sites.push_back({place.name, *point, place.chamber == "RV"});
    return sites;
  }
}
