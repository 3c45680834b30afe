// Where a heart's mesh comes from: a generator or a reader of files. A source is one self-registering file in meshes/sources, and
// a deck names it in mesh.source. How to add one: docs/howto/mesh_source.md.
#pragma once

#include "core/mesh/mesh.h"
#include "core/registry.h"
#include "meshes/tag_map.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// Made from the section "mesh" of a deck. Readers of files derive from MeshFile (meshes/sources/files/mesh_file.h), which
  /// leaves them nothing but the reading.
  class MeshSource
  {
  public:
    virtual ~MeshSource() = default;

    /// Which tag of the mesh means what. By default the deck says so; a source that brings its own tags overrides it.
    /// @throws UserError
    virtual TagMap tag_map(const Parameters &deck) const { return read_tag_map(deck); }
    /// Whether no cell of the atria touches the ventricles' muscle, so that nothing need be insulated.
    virtual bool is_insulated() const { return false; }
    /// Files that the mesh is made of, found in the data folders: for the record of a run. @throws UserError when one is absent
    virtual std::vector<std::string> inputs(const std::vector<std::string> &) const { return {}; }

    struct Content
    {
      Mesh mesh;                        ///< mm, in its reference configuration; cells may have negative volume
      std::vector<long> held_tags = {}; ///< more tags of triangles that are held, beside those of the tag map
    };
    /// Rank 0 alone. @param data_folders where relative paths are sought, in order @throws UserError
    virtual Content read(const std::vector<std::string> &data_folders) const = 0;
    /// What only the source can judge, once ignored cells are dropped: such as the unit of a file. @throws UserError
    virtual void check(const Mesh &) const {}
    /// The mesh, for messages.
    virtual std::string where() const = 0;
  };

  /// mesh.source with the parameters of every source.
  inline void declare_mesh_sources(Schema &mesh)
  {
    declare_models<MeshSource>(mesh, "source", "generated", "Where the mesh comes from: the built-in generator or a file.");
  }

  inline std::unique_ptr<MeshSource> mesh_source_of(const Parameters &deck)
  {
    const Parameters mesh = deck.section("mesh");
    return create<MeshSource>(mesh.text("source"), mesh);
  }

  /// Files that a deck's mesh is made of. @throws UserError when one is absent
  inline std::vector<std::string> mesh_inputs(const Parameters &deck, const std::vector<std::string> &data_folders)
  {
    return mesh_source_of(deck)->inputs(data_folders);
  }
}
