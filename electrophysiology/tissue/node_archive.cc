#include "electrophysiology/tissue/node_archive.h"

#include <algorithm>

namespace vivicor
{
  EntityIds node_ids(const RefinedMesh &mesh, const Anatomy &anatomy)
  {
    // All cells that touch an owned node are here, so the first of them is known without asking the other ranks.
    std::vector<unsigned> first(mesh.n_owned, NodeKey::none);
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      for (const unsigned node : mesh.cells[c])
        if (node < mesh.n_owned)
          first[node] = std::min(first[node], mesh.parent[c]);

    const std::int64_t base = (std::int64_t{1} << mesh.refinement) + 1;
    EntityIds ids(mesh.n_owned, -1);
    for (std::size_t node = 0; node < mesh.n_owned; ++node)
      if (mesh.is_real(node))
        {
          const NodeKey &key = mesh.keys[node];
          std::int64_t id = first[node];
          for (unsigned corner = 0; corner < 3; ++corner)
            {
              id *= base;
              for (unsigned k = 0; k < 4; ++k)
                if (key.carrier[k] == anatomy.cells[first[node]][corner])
                  id += key.weight[k];
            }
          ids[node] = id;
        }
    return ids;
  }

  NodeArchive::NodeArchive(const RefinedMesh &mesh, const Anatomy &anatomy) : mesh(mesh)
  {
    const EntityIds all = node_ids(mesh, anatomy);
    for (std::size_t node = 0; node < mesh.n_owned; ++node)
      if (mesh.is_real(node))
        {
          nodes.push_back(node);
          ids.push_back(all[node]);
        }
    for (const auto &[begin, count] : mesh.groups)
      group_ids.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(begin + count));
  }

  void NodeArchive::field(Archive &archive, const std::string &name, AlignedVector &values) const
  {
    std::vector<double> packed(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i)
      packed[i] = values[nodes[i]];
    archive.by_entity("electrical nodes", name, ids, 1, packed);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      values[nodes[i]] = packed[i];
  }

  void NodeArchive::states(Archive &archive, std::size_t group, std::size_t stride, std::size_t n_states, AlignedVector &values) const
  {
    const std::size_t n = mesh.groups[group].count;
    const std::string name = "membrane " + std::to_string(group);
    std::vector<double> packed(n * n_states);
    for (std::size_t s = 0; s < n_states; ++s)
      for (std::size_t i = 0; i < n; ++i)
        packed[i * n_states + s] = values[s * stride + i];
    archive.by_entity("electrical nodes of " + name, "electrophysiology/" + name, group_ids[group], static_cast<unsigned>(n_states),
                      packed);
    for (std::size_t s = 0; s < n_states; ++s)
      for (std::size_t i = 0; i < n; ++i)
        values[s * stride + i] = packed[i * n_states + s];
  }
}
