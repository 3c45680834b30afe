// "mesh": {"source": "vtu"}: an unstructured grid of VTK.
#include "meshes/sources/files/mesh_file.h"
#include "meshes/sources/files/vtu_reader.h"

namespace vivicor
{
  namespace
  {
    class VtuFile : public MeshFile
    {
      using MeshFile::MeshFile;
      MeshFileContent read_file(const std::string &file) const override { return read_vtu(file, mesh.text("tag_array")); }
    };

    void declare(Schema &mesh)
    {
      declare_mesh_file(mesh, "Mesh file (.vtu)");
      mesh.text("tag_array", "tag", "Cell array that holds the tags of tetrahedra and triangles.");
    }

    const Register<MeshSource> registered{{"vtu", "Unstructured grid of VTK (.vtu).", "VTK file formats, https://docs.vtk.org", declare,
                                           [](const Parameters &mesh) { return std::make_unique<VtuFile>(mesh); }}};
  }
}
