// What all readers of mesh files share: finding the file, its unit, its unloaded positions, held nodes.
#pragma once

#include "meshes/sources/files/file_content.h"
#include "meshes/sources/mesh_source.h"

#include <string>
#include <vector>

namespace vivicor
{
  class MeshFile : public MeshSource
  {
  public:
    /// @param mesh the section "mesh"
    explicit MeshFile(const Parameters &mesh) : mesh(mesh) {}

    /// @throws UserError that lists the places sought
    std::vector<std::string> inputs(const std::vector<std::string> &data_folders) const override;
    /// @throws UserError for a missing file, bad content, an absent array of positions
    Content read(const std::vector<std::string> &data_folders) const override;
    /// A whole heart is 60 to 250 mm long. @throws UserError that suggests the unit
    void check(const Mesh &mesh) const override;
    std::string where() const override { return mesh.where("file"); }

  protected:
    /// The file as it is: lengths unscaled, order of the nodes of a cell kept. @throws UserError
    virtual MeshFileContent read_file(const std::string &file) const = 0;

    const Parameters mesh;
  };

  /// Entries that every reader has. @param kinds of files, for people: "Mesh file (.vtu)"
  void declare_mesh_file(Schema &mesh, const std::string &kinds);
}
