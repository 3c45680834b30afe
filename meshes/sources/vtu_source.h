// "mesh": {"source": "vtu"}: finding the file, its unit, its unloaded positions.
#pragma once

#include "core/mesh/mesh.h"
#include "core/parameters/parameters.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// Entries beside "source": "vtu".
  void declare_vtu_source(Schema &mesh);

  struct VtuSource
  {
    Mesh mesh;
    std::vector<long> held_tags; ///< tags given here to faces that mesh.fixed_points marks
  };

  /// The mesh in mm, in its reference configuration. Cells with negative volume are left as they are.
  /// @param mesh the section "mesh" @param data_folders where a relative path is sought, in order
  /// @throws UserError for a missing file (lists the places sought), bad content, an absent array of positions
  VtuSource load_vtu_source(const Parameters &mesh, const std::vector<std::string> &data_folders);

  /// Path of the mesh file that the section "mesh" names. @throws UserError that lists the places sought
  std::string mesh_file(const Parameters &mesh, const std::vector<std::string> &data_folders);

  /// A whole heart is 60 to 250 mm long. @throws UserError that suggests the unit
  void check_length_unit(const std::vector<Point3> &points, const Parameters &mesh);
}
