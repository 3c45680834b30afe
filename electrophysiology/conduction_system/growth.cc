#include "electrophysiology/conduction_system/growth.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace vivicor
{
  double Dice::normal()
  {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

  namespace
  {
    struct Tip
    {
      unsigned node;
      Point3 direction; ///< unit vector in the surface
      unsigned bundle;
      unsigned branch, mother; ///< numbers of its own branch and of the one that bore it
    };

    class Grower
    {
    public:
      Grower(PurkinjeTree &tree, const TriangleSet &surface, const GrowthOptions &options, Dice &dice)
        : tree(tree), surface(surface), options(options), dice(dice), first_own(tree.points.size())
      {
      }

      void run(const std::vector<Bud> &buds)
      {
        std::vector<Tip> tips;
        for (const Bud &bud : buds)
          {
            tips.push_back(
              {bud.node, tangent(bud.direction, surface.nearest(tree.points[bud.node]).normal), bud.bundle, n_branches, n_branches});
            ++n_branches;
          }
        grow_generations(std::move(tips));
        fill_gaps();
        add_junctions(buds);
      }

    private:
      static Point3 tangent(const Point3 &direction, const Point3 &normal)
      {
        const Point3 flat = direction - dot(direction, normal) * normal;
        const double size = std::sqrt(dot(flat, flat));
        return size > 1e-9 ? 1 / size * flat : unit(std::abs(normal[0]) < 0.9 ? cross(normal, {1, 0, 0}) : cross(normal, {0, 1, 0}));
      }

      void grow_generations(std::vector<Tip> tips)
      {
        for (unsigned generation = 0; generation < options.generations && !tips.empty(); ++generation)
          {
            for (std::size_t k = tips.size(); k > 1; --k) // no side is always first
              std::swap(tips[k - 1], tips[dice.below(k)]);
            std::vector<Tip> next;
            for (const Tip &tip : tips)
              bear_daughters(tip, next);
            tips = std::move(next);
          }
      }

      /// Twigs that shut each other in leave bare places. The barest one gets a sprout from the nearest node, which grows on like
      /// any tip, until none is farther from the tree than a branch is long.
      void fill_gaps()
      {
        const auto places = surface.centres();
        std::vector<double> away(places.size(), std::numeric_limits<double>::infinity());
        std::vector<unsigned> nearest(places.size(), PurkinjeTree::none);
        std::size_t seen = first_own;
        for (std::size_t sprout = 0; sprout < places.size(); ++sprout)
          {
            for (; seen < tree.points.size(); ++seen)
              for (std::size_t k = 0; k < places.size(); ++k)
                if (const double d = distance(places[k], tree.points[seen]); d < std::abs(away[k]))
                  {
                    away[k] = d;
                    nearest[k] = static_cast<unsigned>(seen);
                  }
            const auto barest = static_cast<std::size_t>(std::max_element(away.begin(), away.end()) - away.begin());
            if (away[barest] <= options.branch_length || nearest[barest] == PurkinjeTree::none)
              break;
            const unsigned node = nearest[barest];
            const Point3 normal = surface.nearest(tree.points[node]).normal;
            const unsigned number = n_branches;
            n_branches += 2;
            Tip tip{node, tangent(places[barest] - tree.points[node], normal), tree.bundle[node], number, branch_of[node - first_own]};
            std::vector<Tip> tips;
            if (extend(tip, number, tips))
              grow_generations(std::move(tips));
            else
              away[barest] = -away[barest]; // out of reach from there: not asked again until something grows nearer
          }
      }

      void add_junctions(const std::vector<Bud> &buds)
      {
        std::vector<char> is_inner(tree.points.size(), 0);
        for (std::size_t n = 1; n < tree.points.size(); ++n)
          is_inner[tree.parent[n]] = 1;
        for (const Bud &bud : buds)
          if (!is_inner[bud.node])
            tree.junctions.push_back(bud.node);
        for (std::size_t n = first_own; n < tree.points.size(); ++n)
          if (!is_inner[n])
            tree.junctions.push_back(static_cast<unsigned>(n));
        std::sort(tree.junctions.begin(), tree.junctions.end());
      }

      void bear_daughters(const Tip &mother, std::vector<Tip> &next)
      {
        const Point3 normal = surface.nearest(tree.points[mother.node]).normal, side = cross(normal, mother.direction);
        const unsigned sisters = n_branches; // both numbers are taken at once: sisters do not repel each other at their root
        n_branches += 2;
        for (const unsigned k : {0u, 1u})
          {
            const double angle = k ? -options.branch_angle : options.branch_angle;
            Tip daughter{mother.node, std::cos(angle) * mother.direction + std::sin(angle) * side, mother.bundle, sisters + k,
                         mother.branch};
            extend(daughter, sisters, next);
          }
      }

      /// @return whether it grew at all
      bool extend(Tip &tip, unsigned sisters, std::vector<Tip> &next)
      {
        const double wanted = options.branch_length * std::max(0.3, 1 + options.length_spread * dice.normal());
        const auto n_segments = std::max(1l, std::lround(wanted / options.segment));
        for (long grown = 0; grown < n_segments; ++grown)
          {
            const Point3 here = tree.points[tip.node];
            const auto [other, away] = nearest_foreign(here, tip, sisters);
            Point3 way = tip.direction;
            if (other != PurkinjeTree::none && away > 0)
              way = way + options.repulsion / away * (here - tree.points[other]);
            const auto there = surface.nearest(here + options.segment * tangent(way, surface.nearest(here).normal));
            const double step = distance(there.point, here), ahead = nearest_foreign(there.point, tip, sisters).second;
            if (there.at_rim || step < 0.3 * options.segment || (ahead < options.spacing && ahead < away))
              return grown > 0;
            tip.direction = tangent(1 / step * (there.point - here), there.normal);
            tip.node = tree.add(tip.node, there.point, tip.bundle);
            branch_of.push_back(tip.branch);
          }
        next.push_back(tip);
        return true;
      }

      /// The nearest node of a branch that is neither its own, nor its mother, nor its sister.
      std::pair<unsigned, double> nearest_foreign(const Point3 &p, const Tip &tip, unsigned sisters) const
      {
        unsigned nearest = PurkinjeTree::none;
        double shortest = std::numeric_limits<double>::infinity();
        for (std::size_t n = first_own; n < tree.points.size(); ++n)
          if (const unsigned branch = branch_of[n - first_own]; branch != sisters && branch != sisters + 1 && branch != tip.mother)
            if (const double d = distance(p, tree.points[n]); d < shortest)
              {
                shortest = d;
                nearest = static_cast<unsigned>(n);
              }
        return {nearest, shortest};
      }

      PurkinjeTree &tree;
      const TriangleSet &surface;
      const GrowthOptions &options;
      Dice &dice;
      const std::size_t first_own;
      unsigned n_branches = 0;
      std::vector<unsigned> branch_of; ///< by node from first_own on
    };
  }

  void grow(PurkinjeTree &tree, const TriangleSet &surface, const std::vector<Bud> &buds, const GrowthOptions &options, Dice &dice)
  {
    Grower(tree, surface, options, dice).run(buds);
  }
}
