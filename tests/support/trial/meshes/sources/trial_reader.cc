// A trial, see tests/tools/trial.py: a reader of files that hold one number, the size of the elements of a generated heart.
// trial name: trial_reader
// trial explain: mesh.trial_comment
// trial deck: {"mesh": {"source": "trial_reader", "file": "size.trial"}}
// trial file: size.trial 14
#include "core/output/files.h"
#include "core/units.h"
#include "meshes/sources/files/mesh_file.h"

#include <string>

namespace vivicor
{
  namespace
  {
    std::unique_ptr<MeshSource> heart(double size)
    {
      Schema schema;
      const auto &generated = registry<MeshSource>().at("generated");
      generated.declare(schema);
      return generated.create(parameters_from_settings({"element_size=" + in_unit(size, "mm")}, schema));
    }

    class TrialReader : public MeshFile
    {
      using MeshFile::MeshFile;
      MeshFileContent read_file(const std::string &file) const override { return {heart(std::stod(read_whole(file)))->read({}).mesh, {}}; }
      TagMap tag_map(const Parameters &deck) const override { return heart(14)->tag_map(deck); }
      bool is_insulated() const override { return true; }
    };

    void declare(Schema &mesh)
    {
      declare_mesh_file(mesh, "Trial file (.trial)");
      mesh.text("trial_comment", "", "A comment that nothing reads.");
    }

    const Register<MeshSource> registered{{"trial_reader", "A trial: a heart of the element size that a file holds.", "a test", declare,
                                           [](const Parameters &mesh) { return std::make_unique<TrialReader>(mesh); }}};
  }
}
