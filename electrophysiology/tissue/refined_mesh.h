// This rank's part of the electrical mesh: the uniform refinement of the anatomy's excitable cells. Every rank works out its
// part, its owned nodes and its neighbours from the replicated anatomy alone: nothing is communicated.
#pragma once

#include "meshes/anatomy.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

namespace vivicor
{
  /// Which node it is, whatever the number of ranks: the anatomy nodes that carry it with their weights (in 2^-refinement)
  /// and the tissue. Nodes where an atrium touches a ventricle exist twice: the two do not conduct into each other.
  struct NodeKey
  {
    static constexpr std::uint32_t none = 0xffffffff;
    Tissue tissue = Tissue::passive;
    std::array<std::uint32_t, 4> carrier{none, none, none, none}; ///< ascending
    std::array<std::uint16_t, 4> weight{0, 0, 0, 0};
    auto operator<=>(const NodeKey &) const = default;
    bool is_anatomy_node() const { return carrier[0] != none && carrier[1] == none; }
    /// Value of a nodal field of the anatomy at this node.
    double interpolate(const std::vector<double> &anatomy_field) const;
  };

  struct RefinedMesh
  {
    /// A run of owned nodes that share an ionic model; padded to whole vectors of eight.
    struct Group
    {
      std::size_t begin = 0, count = 0;
    };

    unsigned refinement = 0;
    std::size_t n_owned = 0; ///< owned nodes with the padding of the groups; ghosts follow
    std::vector<Group> groups;
    std::vector<Point3> points; ///< mm; all local nodes
    std::vector<NodeKey> keys;  ///< all local nodes; padding has the tissue `passive` and no carrier
    /// The first n_own_cells lie in this rank's cells of the anatomy; the others touch an owned node.
    std::vector<std::array<unsigned, 4>> cells;
    std::vector<unsigned> parent; ///< cell of the anatomy
    std::size_t n_own_cells = 0;
    /// Elements of degree 2: their nodes are the mesh's, and each is what eight consecutive cells were cut from. Empty for degree 1.
    std::vector<unsigned> quadratic;  ///< ten nodes each, in the order of Element
    std::vector<std::uint16_t> group; ///< of all local nodes; padding has its group's

    /// By neighbour rank: owned nodes whose values it needs, and the run of ghosts that it owns, in the same order there.
    std::map<int, std::vector<unsigned>> send;
    std::map<int, Group> receive;

    std::size_t n_local() const { return points.size(); }
    bool is_real(std::size_t node) const { return keys[node].carrier[0] != NodeKey::none; }
    /// Weights of the parent cell's four nodes at the centroid of a cell.
    std::array<double, 4> centroid_weights(std::size_t cell, const std::array<unsigned, 4> &parent_nodes) const;
  };

  /// Each tetrahedron becomes eight, `refinement` times, its inner octahedron cut along the shortest diagonal.
  /// @param group number of the ionic model of a node, below n_groups
  /// @param degree of the elements; 2 needs a refinement of at least 1, whose last step makes their nodes
  RefinedMesh build_refined_mesh(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank, unsigned rank, unsigned refinement,
                                 const std::function<unsigned(const NodeKey &)> &group, unsigned n_groups, unsigned degree = 1);
}
