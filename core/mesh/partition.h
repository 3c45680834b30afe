// Which rank owns which cell of a replicated mesh. Deterministic: every rank computes the same answer.
#pragma once

#include <array>
#include <vector>

namespace vivicor
{
  /// Splits cells into `parts` of about equal weight with little surface between them (METIS dual graph, fixed seed).
  /// @param cells node numbers of each tetrahedron
  /// @param n_nodes number of nodes
  /// @param weight cost of each cell, positive; empty: all equal
  /// @return owner rank of each cell, 0 <= rank < parts; all zero for parts = 1
  std::vector<unsigned> partition_cells(const std::vector<std::array<unsigned, 4>> &cells, std::size_t n_nodes, unsigned parts,
                                        const std::vector<double> &weight = {});

  /// Splits the nodes of a graph into connected-looking parts of about equal size (METIS, fixed seed).
  /// @param neighbours of each node, symmetric, without the node itself
  /// @return part of each node
  std::vector<unsigned> partition_graph(const std::vector<std::vector<unsigned>> &neighbours, unsigned parts);

  /// Order in which a sparse matrix with this graph is factored with little fill (METIS nested dissection, fixed seed).
  /// @param neighbours of each node, symmetric, without the node itself
  /// @return order[new] = old
  std::vector<unsigned> nested_dissection(const std::vector<std::vector<unsigned>> &neighbours);
}
