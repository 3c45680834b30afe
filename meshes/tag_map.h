// Which number in a mesh file means what: the deck's part of the tag contract.
#pragma once

#include "core/mesh/mesh.h"
#include "meshes/anatomy.h"

#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  struct TagMap
  {
    struct Tags
    {
      std::vector<long> values;
      std::string where; ///< position in the deck, for messages
    };
    struct RegionTags
    {
      Region region;
      Tags tags;
    };

    std::vector<RegionTags> regions;
    std::map<std::string, Tags> cavities; ///< by chamber
    Tags ignored, fixed;
    Tags epicardium; ///< empty: every outer face that is neither cavity nor fixed
  };

  /// Entries of a file's tag map: "regions" at the root, the others in the section of the mesh.
  void declare_regions(Schema &deck);
  void declare_surface_tags(Schema &mesh);

  TagMap read_tag_map(const Parameters &deck);

  /// Every tag of the map stands in the mesh, none has two roles, every cell has a region or is ignored.
  /// @throws UserError
  void check_tags(const TagMap &map, const Mesh &mesh);
}
