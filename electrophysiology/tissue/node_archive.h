// The electrical nodes of a saved state: numbered in the same way whatever the number of ranks.
#pragma once

#include "core/checkpoint/archive.h"
#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/refined_mesh.h"

namespace vivicor
{
  /// By owned node: (cell, i, j, k) in one number, where the cell is the first of the anatomy that holds the node and has its
  /// tissue, and i, j, k are the node's weights, in 2^-refinement, on the first three of the cell's nodes. Padding: -1.
  EntityIds node_ids(const RefinedMesh &mesh, const Anatomy &anatomy);

  /// Moves arrays between the order of the mesh, with its padding, and an archive. The mesh must outlive it.
  class NodeArchive
  {
  public:
    NodeArchive(const RefinedMesh &mesh, const Anatomy &anatomy);

    /// One value by owned node.
    void field(Archive &archive, const std::string &name, AlignedVector &values) const;
    /// Membrane states of one group: state s of its node i at [s * stride + i].
    void states(Archive &archive, std::size_t group, std::size_t stride, std::size_t n_states, AlignedVector &values) const;

  private:
    const RefinedMesh &mesh;
    std::vector<std::size_t> nodes; ///< owned ones without the padding
    EntityIds ids;                  ///< theirs
    std::vector<EntityIds> group_ids;
  };
}
