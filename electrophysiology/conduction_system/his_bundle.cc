#include "electrophysiology/conduction_system/his_bundle.h"

#include "core/error.h"
#include "core/log.h"
#include "electrophysiology/conduction_system/growth.h"
#include "electrophysiology/conduction_system/sites.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    enum Bundle : unsigned { his, left, right, anterior, septal, posterior };

    GrowthOptions growth_options(const Parameters &tree)
    {
      GrowthOptions o;
      o.branch_length = tree.quantity("branch_length");
      o.length_spread = tree.quantity("length_spread");
      o.branch_angle = tree.quantity("branch_angle");
      o.repulsion = tree.quantity("repulsion");
      o.spacing = tree.quantity("spacing");
      o.segment = tree.quantity("segment");
      o.generations = static_cast<unsigned>(tree.integer("generations"));
      return o;
    }

    /// One ventricle's endocardium with what the bundles need of it.
    struct Side
    {
      Side(const Anatomy &anatomy, const HeartAxes &axes, const std::string &chamber)
        : anatomy(anatomy),
          axes(axes),
          chamber(chamber),
          surface(muscular_part(anatomy, chamber, Tissue::ventricle)),
          triangles(anatomy.points, surface),
          sites(early_sites(anatomy, axes))
      {
      }

      bool exists() const { return !surface.empty(); }
      /// In the middle of the septum. @param height 0 lowest endocardial point, 1 highest
      unsigned septal_node(double height) const
      {
        return chamber == "RV" ? *right_septal_node(anatomy, axes, height, 0) : *endocardial_node(anatomy, axes, chamber, height, 0);
      }
      unsigned early(const std::string &name) const
      {
        return std::find_if(sites.begin(), sites.end(), [&](const EarlySite &site) { return site.name == name; })->node;
      }
      Point3 place(unsigned n) const { return anatomy.points[n]; }

      std::vector<Point3> way(unsigned from, unsigned to) const
      {
        auto points = shortest_way(anatomy.points, surface, from, to);
        if (points.empty())
          {
            log::warn("the endocardium of the {} is in pieces: a bundle branch runs straight from one to another", chamber);
            points = {place(from), place(to)};
          }
        return points;
      }

      const Anatomy &anatomy;
      const HeartAxes &axes;
      std::string chamber;
      Surface surface;
      TriangleSet triangles;
      std::vector<EarlySite> sites;
    };

    Bud bud(const PurkinjeTree &tree, unsigned node, unsigned bundle)
    {
      unsigned back = node; // the way of the last few segments
      for (unsigned k = 0; k < 4 && tree.parent[back] != PurkinjeTree::none; ++k)
        back = tree.parent[back];
      return {node, tree.points[node] - tree.points[back], bundle};
    }

    void add_left(PurkinjeTree &tree, unsigned crest, const Side &lv, const GrowthOptions &options, Dice &dice)
    {
      const unsigned top = lv.septal_node(0.9), division = lv.septal_node(0.75);
      unsigned stem = tree.add_way(crest, {lv.place(top)}, options.segment, left);
      stem = tree.add_way(stem, lv.way(top, division), options.segment, left);
      std::vector<Bud> buds;
      for (const auto &[bundle, site] : {std::pair{anterior, left_anterior}, {septal, left_septum}, {posterior, left_posterior}})
        {
          const unsigned end = tree.add_way(stem, lv.way(division, lv.early(site)), options.segment, bundle);
          buds.push_back(bud(tree, end, bundle));
        }
      grow(tree, lv.triangles, buds, options, dice);
    }

    void add_right(PurkinjeTree &tree, unsigned crest, const Side &rv, const GrowthOptions &options, Dice &dice)
    {
      const unsigned top = rv.septal_node(0.9), foot = rv.early(right_septum), papillary = rv.early(right_free_wall);
      unsigned stem = tree.add_way(crest, {rv.place(top)}, options.segment, right);
      stem = tree.add_way(stem, rv.way(top, foot), options.segment, right);
      std::vector<Bud> buds{bud(tree, stem, right)};
      buds.push_back(bud(tree, tree.add_way(stem, {rv.place(papillary)}, options.segment, right), right)); // the moderator band
      grow(tree, rv.triangles, buds, options, dice);
    }

    /// A part is cut at its first segment.
    void cut(PurkinjeTree &tree, const std::vector<std::string> &parts)
    {
      for (unsigned n = 1; n < tree.points.size(); ++n)
        if (tree.bundle[n] != tree.bundle[tree.parent[n]] || (tree.bundle[n] == his && tree.parent[n] == 0))
          tree.severed[n] = std::count(parts.begin(), parts.end(), tree.bundles[tree.bundle[n]]) > 0;
    }
  }

  const std::vector<std::string> &bundle_names()
  {
    static const std::vector<std::string> names{
      "his_bundle", "left_bundle", "right_bundle", "left_anterior_fascicle", "left_septal_fascicle", "left_posterior_fascicle"};
    return names;
  }

  void declare_purkinje_tree(Schema &deck)
  {
    const std::string growth = "Sahli Costabal et al. 2016, 10.1016/j.jbiomech.2015.12.025";
    deck.list("cut", {},
              "Parts that do not conduct: his_bundle, left_bundle, right_bundle, left_anterior_fascicle, "
              "left_septal_fascicle, left_posterior_fascicle. A bundle branch block is one of them cut.");
    Schema tree = deck.section("tree", "How the Purkinje network grows over the endocardia.");
    tree.integer("seed", 1, 0, 2147483647, "Another seed gives another network.");
    tree.quantity("branch_length", "8 mm", 0.5, 100, "Mean length of a branch.", growth);
    tree.quantity("length_spread", "0.3", 0, 1, "Standard deviation of the length over its mean.");
    tree.quantity("branch_angle", "20 deg", 1, 90, "Turn of either daughter from the direction of the mother.", growth);
    tree.quantity("repulsion", "0.1", 0, 10, "How strongly a segment turns away from the nearest other branch.", growth);
    tree.quantity("spacing", "3 mm", 0.1, 50, "A branch that comes this near to another one ends in a junction.");
    tree.quantity("segment", "1 mm", 0.05, 10, "Length of the segments that branches consist of.");
    tree.integer("generations", 30, 1, 1000, "Generations of branches at most.");
  }

  std::vector<std::string> cut_bundles(const Parameters &deck)
  {
    const auto parts = deck.list("cut");
    for (const auto &part : parts)
      if (std::find(bundle_names().begin(), bundle_names().end(), part) == bundle_names().end())
        throw UserError({"no part of the conduction system is called '" + part + "'", deck.where("cut"), "it cannot be cut",
                         nearest_of(part, bundle_names()),
                         "name a bundle branch or a fascicle; see: vivicor explain "
                         "electrophysiology.conduction_system.cut"});
    return parts;
  }

  bool is_blocked(const std::string &branch, const std::vector<std::string> &cuts)
  {
    return std::any_of(cuts.begin(), cuts.end(), [&](const std::string &part) { return part == branch || part == "his_bundle"; });
  }

  PurkinjeTree build_purkinje_tree(const Anatomy &anatomy, const HeartAxes &axes, const Point3 *av_node, const Parameters &deck)
  {
    const Side lv(anatomy, axes, "LV"), rv(anatomy, axes, "RV");
    if (!lv.exists() && !rv.exists())
      throw UserError({"a Purkinje network without a ventricle", deck.where("model"),
                       "it grows on the endocardium of the cavities LV and RV, and the mesh has neither", "early_sites",
                       "name the cavities of the mesh or choose another model"});
    const GrowthOptions options = growth_options(deck.section("tree"));
    Dice dice(static_cast<std::uint64_t>(deck.section("tree").integer("seed")));

    Point3 crest{0, 0, 0};
    for (const Side *side : {&lv, &rv})
      if (side->exists())
        crest = crest + (lv.exists() && rv.exists() ? 0.5 : 1.0) * side->place(side->septal_node(0.9));
    constexpr double bundle_length = 15; // mm, where no atrium says where the His bundle begins
    PurkinjeTree tree;
    tree.bundles = bundle_names();
    tree.add(PurkinjeTree::none, av_node ? *av_node : crest + bundle_length * axes.up, his);
    const unsigned end = tree.add_way(0, {crest}, options.segment, his);
    if (lv.exists())
      add_left(tree, end, lv, options, dice);
    if (rv.exists())
      add_right(tree, end, rv, options, dice);
    cut(tree, cut_bundles(deck));
    double total = 0;
    for (const double length : tree.length)
      total += length;
    log::info("conduction system: {} mm of fibres with {} junctions", std::lround(total), tree.junctions.size());
    return tree;
  }
}
