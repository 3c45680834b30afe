#include "electrophysiology/conduction_system/sites.h"

#include "meshes/surfaces.h"

#include <algorithm>
#include <cmath>
#include <iterator>
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
    std::optional<unsigned> lowest(const Anatomy &anatomy, const std::set<unsigned> &nodes, const Score &score)
    {
      std::optional<unsigned> best;
      double lowest = std::numeric_limits<double>::max();
      for (const unsigned n : nodes)
        if (const double value = score(anatomy.points[n]); value < lowest)
          {
            lowest = value;
            best = n;
          }
      return best;
    }

    std::optional<Point3> point_of(const Anatomy &anatomy, const std::optional<unsigned> &node)
    {
      return node ? std::optional{anatomy.points[*node]} : std::nullopt;
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

    /// Those of the right ventricle's endocardium from which the blood lies in a direction.
    std::set<unsigned> right_nodes_facing(const Anatomy &anatomy, const Point3 &direction)
    {
      const auto all = endocardium(anatomy, "RV");
      std::set<unsigned> nodes;
      if (!all.empty())
        for (const auto &[triangle, cell] : anatomy.cavities.at("RV"))
          if (dot(normal_of(anatomy.points, triangle), direction) > 0) // normals point into the blood
            std::copy_if(triangle.begin(), triangle.end(), std::inserter(nodes, nodes.end()), [&](unsigned n) { return all.count(n) > 0; });
      return nodes;
    }

    Point3 middle_of(const Anatomy &anatomy, const std::set<unsigned> &nodes)
    {
      Point3 middle{0, 0, 0};
      for (const unsigned n : nodes)
        middle = middle + 1.0 / static_cast<double>(nodes.size()) * anatomy.points[n];
      return middle;
    }

    /// @param whole the endocardium that heights are counted on @param centre where the line runs that angles are counted about
    std::optional<unsigned> nearest_node(const Anatomy &anatomy, const HeartAxes &axes, const std::set<unsigned> &nodes,
                                         const std::set<unsigned> &whole, const Point3 &centre, double height, double degrees)
    {
      double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
      for (const unsigned n : whole)
        {
          const double up = dot(anatomy.points[n] - axes.apex, axes.up);
          low = std::min(low, up);
          high = std::max(high, up);
        }
      return lowest(anatomy, nodes, [&](const Point3 &p) {
        const Point3 arm = p - centre;
        const double above = (dot(p - axes.apex, axes.up) - low) / (high - low) - height;
        const double angle = std::remainder(std::atan2(dot(arm, axes.anterior), dot(arm, axes.right)) - degrees * std::numbers::pi / 180,
                                            2 * std::numbers::pi);
        return above * above + std::pow(angle / std::numbers::pi, 2);
      });
    }
  }

  std::optional<unsigned> endocardial_node(const Anatomy &anatomy, const HeartAxes &axes, const std::string &chamber, double height,
                                           double degrees)
  {
    const auto nodes = endocardium(anatomy, chamber);
    return nearest_node(anatomy, axes, nodes, nodes, middle_of(anatomy, nodes), height, degrees);
  }

  std::optional<unsigned> right_free_wall_node(const Anatomy &anatomy, const HeartAxes &axes, double height, double degrees)
  {
    const auto whole = endocardium(anatomy, "RV");
    return nearest_node(anatomy, axes, right_nodes_facing(anatomy, -1.0 * axes.right), whole, middle_of(anatomy, whole), height, degrees);
  }

  std::optional<unsigned> right_septal_node(const Anatomy &anatomy, const HeartAxes &axes, double height, double degrees)
  {
    const auto left = endocardium(anatomy, "LV");
    if (left.empty())
      return endocardial_node(anatomy, axes, "RV", height, 180 - degrees);
    return nearest_node(anatomy, axes, right_nodes_facing(anatomy, axes.right), endocardium(anatomy, "RV"), middle_of(anatomy, left),
                        height, degrees);
  }

  std::optional<Point3> sinus_node_site(const Anatomy &anatomy, const HeartAxes &axes)
  {
    return point_of(anatomy, lowest(anatomy, right_atrium(anatomy), [&](const Point3 &p) { return -dot(p - axes.apex, axes.up); }));
  }

  std::optional<Point3> av_node_site(const Anatomy &anatomy, const Fibres &fibres)
  {
    return point_of(anatomy, lowest(anatomy, right_atrium(anatomy), [&](const Point3 &p) { return distance(p, fibres.base); }));
  }

  std::vector<EarlySite> early_sites(const Anatomy &anatomy, const HeartAxes &axes)
  {
    std::vector<EarlySite> sites;
    const auto add = [&](const char *name, const char *bundle, const std::optional<unsigned> &node) {
      if (node)
        sites.push_back({name, *node, anatomy.points[*node], bundle});
    };
    add(left_septum, "left_septal_fascicle", endocardial_node(anatomy, axes, "LV", 0.5, 15));
    add(left_anterior, "left_anterior_fascicle", endocardial_node(anatomy, axes, "LV", 0.8, 60));
    add(left_posterior, "left_posterior_fascicle", endocardial_node(anatomy, axes, "LV", 0.33, -70));
    add(right_free_wall, "right_bundle", right_free_wall_node(anatomy, axes, 0.4, 60));
    add(right_septum, "right_bundle", right_septal_node(anatomy, axes, 0.4, 0));
    return sites;
  }
}
