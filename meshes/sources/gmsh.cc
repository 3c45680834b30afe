// "mesh": {"source": "gmsh"}: a mesh of Gmsh.
#include "meshes/sources/files/mesh_file.h"
#include "meshes/sources/files/msh_reader.h"

namespace vivicor
{
  namespace
  {
    class GmshFile : public MeshFile
    {
      using MeshFile::MeshFile;
      MeshFileContent read_file(const std::string &file) const override
      {
        return read_msh(file, mesh.text("tag_kind") == "entity" ? MshTags::entity : MshTags::physical);
      }
    };

    void declare(Schema &mesh)
    {
      declare_mesh_file(mesh, "Mesh file (.msh)");
      mesh.choice("tag_kind", "physical", {"physical", "entity"},
                  "What tags are: numbers of physical groups, or those of the volumes and surfaces of the geometry.");
    }

    const Register<MeshSource> registered{{"gmsh", "Mesh of Gmsh (.msh, versions 2 and 4).",
                                           "Gmsh reference manual, section MSH file format, https://gmsh.info", declare,
                                           [](const Parameters &mesh) { return std::make_unique<GmshFile>(mesh); }}};
  }
}
