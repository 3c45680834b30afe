// The grid of a meshed heart, its fields and its size.
#include "electrophysiology/readout/meshed_heart.h"

#include "core/mpi.h"
#include "electrophysiology/readout/field_names.h"

#include <array>
#include <optional>

namespace vivicor
{
  VtuPiece MeshedHeart::grid() const
  {
    VtuPiece piece;
    for (const unsigned node : piece_nodes)
      piece.points.push_back(mesh.points[node]);
    std::vector<unsigned> number(mesh.n_local(), NodeKey::none);
    for (unsigned k = 0; k < piece_nodes.size(); ++k)
      number[piece_nodes[k]] = k;
    piece.cells.assign(mesh.cells.begin(), mesh.cells.begin() + static_cast<std::ptrdiff_t>(mesh.n_own_cells));
    for (auto &cell : piece.cells)
      for (unsigned &n : cell)
        n = number[n];
    return piece;
  }

  std::vector<NodeKey> MeshedHeart::grid_nodes() const
  {
    std::vector<NodeKey> keys;
    for (const unsigned node : piece_nodes)
      keys.push_back(mesh.keys[node]);
    return keys;
  }

  std::vector<unsigned> MeshedHeart::grid_parents() const
  {
    const auto first = mesh.parent.begin();
    return {first, first + static_cast<std::ptrdiff_t>(mesh.n_own_cells)};
  }

  /// The point fields of one moment. What several need is worked out when the first asks.
  struct MeshedHeart::PointFields
  {
    using Values = std::vector<double>;

    explicit PointFields(const MeshedHeart &heart) : heart(heart) {}

    template <class Value>
    Values at_nodes(const Value &value) const
    {
      Values values;
      values.reserve(heart.piece_nodes.size());
      for (const unsigned n : heart.piece_nodes)
        values.push_back(value(n));
      return values;
    }

    Values potential()
    {
      const auto V = heart.with_ghosts(heart.potential());
      return at_nodes([&](unsigned n) { return V[n]; });
    }

    Values calcium()
    {
      AlignedVector own(heart.mesh.n_owned, 0.0);
      heart.cell_calcium(own.data());
      const auto all = heart.with_ghosts(own);
      return at_nodes([&](unsigned n) { return all[n]; });
    }

    template <AlignedVector Maps::*map>
    Values mapped()
    {
      if (!maps)
        maps = heart.maps();
      const AlignedVector &values = (*maps).*map;
      return at_nodes([&](unsigned n) { return values[n] == ActivationMap::never ? -1.0 : values[n]; });
    }

    struct Entry
    {
      const char *name;
      Values (PointFields::*values)();
    };
    static const std::array<Entry, 6> all;

    const MeshedHeart &heart;
    std::optional<Maps> maps;
  };

  const std::array<MeshedHeart::PointFields::Entry, 6> MeshedHeart::PointFields::all{
    {{field_names::potential, &PointFields::potential},
     {field_names::calcium, &PointFields::calcium},
     {field_names::activation, &PointFields::mapped<&Maps::activation>},
     {field_names::repolarisation, &PointFields::mapped<&Maps::repolarisation>},
     {field_names::duration, &PointFields::mapped<&Maps::apd90>},
     {field_names::velocity, &PointFields::mapped<&Maps::velocity>}}};

  std::vector<VtuField> MeshedHeart::point_fields(const std::function<bool(const std::string &)> &wanted) const
  {
    PointFields now(*this);
    std::vector<VtuField> fields;
    for (const auto &entry : PointFields::all)
      if (wanted(entry.name))
        fields.push_back({entry.name, 1, (now.*entry.values)()});
    return fields;
  }

  ElectricalHeart::Size MeshedHeart::size() const
  {
    long long nodes = 0;
    for (const auto &group : mesh.groups)
      nodes += static_cast<long long>(group.count);
    double edges = 0;
    for (std::size_t c = 0; c < mesh.n_own_cells; ++c)
      for (unsigned i = 0; i < 4; ++i)
        for (unsigned j = 0; j < i; ++j)
          edges += distance(mesh.points[mesh.cells[c][i]], mesh.points[mesh.cells[c][j]]) / 6;
    Size size;
    size.nodes = sum(nodes, comm);
    size.cells = sum(static_cast<long long>(mesh.n_own_cells), comm);
    size.edge_mean = size.cells ? sum(edges, comm) / static_cast<double>(size.cells) : 0.0;
    return size;
  }
}
