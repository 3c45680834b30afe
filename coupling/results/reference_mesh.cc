#include "coupling/results/reference_mesh.h"

#include "meshes/sources/mesh_source.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace vivicor
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    /// One tag for each role: the deck's first one where it has any, else the next free number.
    struct Tags
    {
      std::vector<long> regions; ///< as in the anatomy
      std::map<std::string, long> cavities;
      long fixed = 0, epicardium = 0;
    };

    class Chosen
    {
    public:
      long first(const TagMap::Tags &tags)
      {
        if (!tags.values.empty())
          {
            largest = std::max(largest, *std::max_element(tags.values.begin(), tags.values.end()));
            return tags.values.front();
          }
        return none;
      }
      void number(long &tag) { tag = tag == none ? ++largest : tag; }
      static constexpr long none = -1;

    private:
      long largest = 0;
    };

    Tags choose_tags(const Parameters &deck, const Anatomy &anatomy)
    {
      const TagMap map = mesh_source_of(deck)->tag_map(deck);
      Tags tags;
      Chosen chosen;
      for (const Region &region : anatomy.regions)
        {
          const auto found = std::find_if(map.regions.begin(), map.regions.end(),
                                          [&](const auto &r) { return r.region.name == region.name; });
          tags.regions.push_back(found == map.regions.end() ? Chosen::none : chosen.first(found->tags));
        }
      for (const auto &[name, cavity] : map.cavities)
        tags.cavities[name] = chosen.first(cavity);
      tags.fixed = chosen.first(map.fixed);
      tags.epicardium = chosen.first(map.epicardium);
      for (long &tag : tags.regions)
        chosen.number(tag);
      chosen.number(tags.fixed);
      chosen.number(tags.epicardium);
      return tags;
    }

    VtuField vectors(const std::string &name, const std::vector<Point3> &values)
    {
      VtuField field{name, 3, {}};
      for (const Point3 &value : values)
        field.values.insert(field.values.end(), value.begin(), value.end());
      return field;
    }

    std::vector<Point3> axis_of(const Fibres &fibres, Point3 Frame::*axis)
    {
      std::vector<Point3> result;
      for (const Frame &frame : fibres.nodal)
        result.push_back(frame.*axis);
      return result;
    }

    std::string tissue_name(Tissue tissue)
    {
      return tissue == Tissue::ventricle ? "ventricle" : tissue == Tissue::atrium ? "atrium" : "passive";
    }

    Json list(bool any, long tag)
    {
      return any ? Json::array({tag}) : Json::array();
    }
  }

  VtuPiece tagged_mesh(const Parameters &deck, const Anatomy &anatomy, const Fibres &fibres, const std::vector<Point3> &imaged)
  {
    const Tags tags = choose_tags(deck, anatomy);
    VtuPiece piece;
    piece.points = anatomy.points;
    piece.cells = anatomy.cells;
    VtuField tag{"tag", 1, {}};
    for (const unsigned region : anatomy.cell_region)
      tag.values.push_back(static_cast<double>(tags.regions[region]));
    const auto add = [&](const Surface &surface, long value) {
      for (const Triangle &triangle : surface)
        {
          piece.triangles.push_back(triangle.nodes);
          tag.values.push_back(static_cast<double>(value));
        }
    };
    for (const auto &[name, cavity] : anatomy.cavities)
      add(cavity, tags.cavities.at(name));
    add(anatomy.fixed, tags.fixed);
    add(anatomy.epicardium, tags.epicardium);
    piece.cell_fields = {tag};
    piece.point_fields = {vectors("fibre", axis_of(fibres, &Frame::fibre)),
                          vectors("sheet", axis_of(fibres, &Frame::sheet)),
                          {"transmural", 1, fibres.transmural},
                          {"apicobasal", 1, fibres.apicobasal}};
    if (!imaged.empty())
      piece.point_fields.push_back(vectors("imaged_mm", imaged));
    return piece;
  }

  std::string deck_of_tagged_mesh(const Parameters &deck, const Anatomy &anatomy, const std::string &file)
  {
    const Tags tags = choose_tags(deck, anatomy);
    Json json = Json::parse(deck.resolved_json());
    Json mesh{{"source", "vtu"}, {"file", file}, {"length_unit", "mm"}, {"insulation", "none"}};
    Json regions, cavities;
    for (std::size_t r = 0; r < anatomy.regions.size(); ++r)
      regions[anatomy.regions[r].name] = {{"tags", {tags.regions[r]}}, {"tissue", tissue_name(anatomy.regions[r].tissue)}};
    for (const auto &cavity : anatomy.cavities)
      cavities[cavity.first] = {{"tags", {tags.cavities.at(cavity.first)}}};
    mesh["cavities"] = cavities;
    mesh["fixed_tags"] = list(!anatomy.fixed.empty(), tags.fixed);
    mesh["epicardium_tags"] = list(!anatomy.epicardium.empty(), tags.epicardium);
    json["mesh"] = mesh;
    json["regions"] = regions;
    json["fibres"]["source"] = "file";
    json["fibres"]["fibre_array"] = "fibre";
    json["fibres"]["sheet_array"] = "sheet";
    json["mechanics"]["reference"]["scheme"] = "given";
    return json.dump(2) + "\n";
  }
}
