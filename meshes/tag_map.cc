#include "meshes/tag_map.h"

#include "core/error.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace vivicor
{
  namespace
  {
    const std::vector<std::string> chambers{"LV", "RV", "LA", "RA"};

    TagMap::Tags tags_at(const Parameters &section, const std::string &key)
    {
      return {section.integers(key), section.where(key)};
    }

    Tissue tissue_named(const std::string &name)
    {
      return name == "ventricle" ? Tissue::ventricle : name == "atrium" ? Tissue::atrium : Tissue::passive;
    }

    std::string list_of(const std::set<int> &tags)
    {
      std::string text;
      for (const int tag : tags)
        text += (text.empty() ? "" : ", ") + std::to_string(tag);
      return text.empty() ? "none" : text;
    }

    std::string nearest_to(long tag, const std::set<int> &present)
    {
      if (present.empty())
        return "";
      return std::to_string(
        *std::min_element(present.begin(), present.end(), [&](int a, int b) { return std::abs(a - tag) < std::abs(b - tag); }));
    }

    void check_present(const TagMap::Tags &tags, const std::string &role, const std::string &kind, const std::set<int> &present,
                       const std::set<int> &other_kind, const std::string &other_name)
    {
      for (const long tag : tags.values)
        if (!present.count(static_cast<int>(tag)))
          throw UserError({"tag " + std::to_string(tag) + " of " + role + " is not in the mesh", tags.where,
                           "no " + kind + " has it" + (other_kind.count(static_cast<int>(tag)) ? ", but " + other_name + " do" : "")
                             + "; tags of " + kind + "s: " + list_of(present),
                           nearest_to(tag, present), "correct the tag map or choose the mesh that it belongs to"});
    }

    // Each tag may be claimed once.
    class Claims
    {
    public:
      void claim(const TagMap::Tags &tags, const std::string &role)
      {
        for (const long tag : tags.values)
          if (const auto [owner, fresh] = owner_of.emplace(tag, role); !fresh)
            throw UserError({"tag " + std::to_string(tag) + " belongs to " + owner->second + " and to " + role, tags.where,
                             "a cell or face can have one role, and one material, only", "", "take the tag out of one of them"});
      }

    private:
      std::map<long, std::string> owner_of;
    };

    void check_every_cell_has_a_region(const TagMap &map, const Mesh &mesh)
    {
      std::set<long> known(map.ignored.values.begin(), map.ignored.values.end());
      for (const auto &region : map.regions)
        known.insert(region.tags.values.begin(), region.tags.values.end());
      std::map<int, std::size_t> orphans;
      for (const int tag : mesh.cell_tag)
        if (!known.count(tag))
          ++orphans[tag];
      if (orphans.empty())
        return;
      std::string which;
      for (const auto &[tag, n] : orphans)
        which += (which.empty() ? "" : ", ") + std::to_string(tag) + " (" + std::to_string(n) + " cells)";
      throw UserError({"cells without a region: tag " + which, "deck section regions",
                       "every cell needs a region, which gives it a material", "", "add the tag to a region or to mesh.ignored_tags"});
    }
  }

  void declare_regions(Schema &deck)
  {
    Schema region = deck.items(
      "regions", "Parts of the wall by name, for meshes from a file; the chambers' walls are named LV, RV, LA and RA. A generated "
                 "heart brings its own: LV, RV, LA, RA, MV, TV, AV, PV, ring, aorta, pulmonary_artery, veins.");
    region.integers("tags", {}, "Cell tags of the mesh file that make up the region.");
    region.choice("tissue", "passive", {"ventricle", "atrium", "passive"}, "Kind of tissue: which cell model it has, if any.");
  }

  void declare_surface_tags(Schema &mesh)
  {
    mesh.integers("ignored_tags", {}, "Cells with these tags are dropped, such as tissue around the heart.");
    Schema cavity = mesh.items("cavities", "Blood pools by name: LV, RV, LA, RA.");
    cavity.integers("tags", {}, "Tags of the triangles that enclose the blood pool, closed valves included.");
    mesh.integers("fixed_tags", {}, "Tags of the triangles at the ends of vessel stubs, which are held.");
    mesh.integers("epicardium_tags", {},
                  "Tags of the triangles on which the pericardium acts; empty: every outer face that is neither cavity nor fixed.");
  }

  TagMap read_tag_map(const Parameters &deck)
  {
    TagMap map;
    const Parameters mesh = deck.section("mesh"), regions = deck.section("regions");
    for (const std::string &name : deck.names("regions"))
      map.regions.push_back({{name, tissue_named(regions.section(name).text("tissue"))}, tags_at(regions.section(name), "tags")});
    if (map.regions.empty())
      throw UserError({"the deck maps no region", deck.where("regions"), "the tags of a mesh file mean nothing without it", "",
                       "add for instance \"regions\": {\"LV\": {\"tags\": [1], \"tissue\": \"ventricle\"}}"});
    for (const std::string &name : mesh.names("cavities"))
      {
        const Parameters cavity = mesh.section("cavities").section(name);
        if (std::find(chambers.begin(), chambers.end(), name) == chambers.end())
          throw UserError({"no chamber is named '" + name + "'", cavity.where("tags"), "cavities are LV, RV, LA and RA",
                           nearest_of(name, chambers), "rename it"});
        map.cavities[name] = tags_at(cavity, "tags");
      }
    map.ignored = tags_at(mesh, "ignored_tags");
    map.fixed = tags_at(mesh, "fixed_tags");
    map.epicardium = tags_at(mesh, "epicardium_tags");
    return map;
  }

  void check_tags(const TagMap &map, const Mesh &mesh)
  {
    const std::set<int> cell_tags(mesh.cell_tag.begin(), mesh.cell_tag.end());
    std::set<int> facet_tags;
    for (const Mesh::Facet &facet : mesh.facets)
      facet_tags.insert(facet.tag);
    Claims cells, facets;
    const auto check_cells = [&](const TagMap::Tags &tags, const std::string &role) {
      check_present(tags, role, "cell", cell_tags, facet_tags, "surface triangles");
      cells.claim(tags, role);
    };
    const auto check_facets = [&](const TagMap::Tags &tags, const std::string &role) {
      check_present(tags, role, "surface triangle", facet_tags, cell_tags, "cells");
      facets.claim(tags, role);
    };
    for (const auto &[region, tags] : map.regions)
      {
        check_cells(tags, "region '" + region.name + "'");
        if (tags.values.empty())
          throw UserError({"region '" + region.name + "' has no tags", tags.where, "it would be empty", "", "give its tags or remove it"});
      }
    check_cells(map.ignored, "mesh.ignored_tags");
    for (const auto &[name, tags] : map.cavities)
      {
        check_facets(tags, "cavity '" + name + "'");
        if (tags.values.empty())
          throw UserError({"cavity '" + name + "' has no tags", tags.where, "it would be empty", "", "give its tags or remove it"});
      }
    check_facets(map.fixed, "mesh.fixed_tags");
    check_facets(map.epicardium, "mesh.epicardium_tags");
    check_every_cell_has_a_region(map, mesh);
  }
}
