#include "electrophysiology/tissue/refined_mesh.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <span>
#include <unordered_map>

namespace vivicor
{
  namespace
  {
    using Cell = std::array<unsigned, 4>;

    /// Cells, nodes and parents before ownership is known.
    struct Raw
    {
      std::vector<Point3> points;
      std::vector<NodeKey> keys;
      std::vector<Cell> cells;
      std::vector<unsigned> parent;
    };

    NodeKey midpoint(const NodeKey &a, const NodeKey &b)
    {
      NodeKey mid;
      mid.tissue = a.tissue;
      unsigned i = 0, j = 0, n = 0;
      while ((i < 4 && a.carrier[i] != NodeKey::none) || (j < 4 && b.carrier[j] != NodeKey::none))
        {
          const auto from_a = i < 4 ? a.carrier[i] : NodeKey::none, from_b = j < 4 ? b.carrier[j] : NodeKey::none;
          unsigned weight = 0;
          mid.carrier[n] = std::min(from_a, from_b);
          if (from_a == mid.carrier[n])
            weight += a.weight[i++];
          if (from_b == mid.carrier[n])
            weight += b.weight[j++];
          mid.weight[n++] = static_cast<std::uint16_t>(weight / 2);
        }
      return mid;
    }

    double squared_distance(const Point3 &a, const Point3 &b)
    {
      return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]);
    }

    double six_volumes(const Raw &raw, const Cell &cell)
    {
      std::array<Point3, 3> e;
      for (unsigned k = 0; k < 3; ++k)
        for (unsigned d = 0; d < 3; ++d)
          e[k][d] = raw.points[cell[k + 1]][d] - raw.points[cell[0]][d];
      return e[0][0] * (e[1][1] * e[2][2] - e[1][2] * e[2][1]) - e[0][1] * (e[1][0] * e[2][2] - e[1][2] * e[2][0])
             + e[0][2] * (e[1][0] * e[2][1] - e[1][1] * e[2][0]);
    }

    /// The excitable cells of this rank and those that touch one of them, unrefined.
    Raw coarse_cells(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank, unsigned rank, unsigned refinement)
    {
      const auto tissue = [&](std::size_t c) { return anatomy.regions[anatomy.cell_region[c]].tissue; };
      const auto slot = [&](unsigned node, Tissue t) { return 2 * std::size_t(node) + (t == Tissue::atrium); };
      std::vector<char> mine(2 * anatomy.points.size(), 0);
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (cell_rank[c] == rank && tissue(c) != Tissue::passive)
          for (const unsigned node : anatomy.cells[c])
            mine[slot(node, tissue(c))] = 1;

      Raw raw;
      std::vector<unsigned> local(2 * anatomy.points.size(), NodeKey::none);
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        {
          const auto &nodes = anatomy.cells[c];
          const Tissue t = tissue(c);
          if (t == Tissue::passive || std::none_of(nodes.begin(), nodes.end(), [&](unsigned n) { return mine[slot(n, t)]; }))
            continue;
          Cell cell;
          for (unsigned k = 0; k < 4; ++k)
            {
              unsigned &number = local[slot(nodes[k], t)];
              if (number == NodeKey::none)
                {
                  number = static_cast<unsigned>(raw.points.size());
                  raw.points.push_back(anatomy.points[nodes[k]]);
                  NodeKey key;
                  key.tissue = t;
                  key.carrier[0] = nodes[k];
                  key.weight[0] = static_cast<std::uint16_t>(1u << refinement);
                  raw.keys.push_back(key);
                }
              cell[k] = number;
            }
          raw.cells.push_back(cell);
          raw.parent.push_back(static_cast<unsigned>(c));
        }
      return raw;
    }

    /// Finds or makes the node in the middle of an edge.
    class Midpoints
    {
    public:
      explicit Midpoints(Raw &raw) : raw(raw) { numbers.reserve(2 * raw.cells.size()); }

      unsigned operator()(unsigned a, unsigned b)
      {
        if (a > b)
          std::swap(a, b);
        const auto [entry, is_new] = numbers.try_emplace((std::uint64_t(a) << 32) | b, static_cast<unsigned>(raw.points.size()));
        if (is_new)
          {
            const Point3 &p = raw.points[a], &q = raw.points[b];
            raw.keys.push_back(midpoint(NodeKey(raw.keys[a]), NodeKey(raw.keys[b])));
            raw.points.push_back(Point3{0.5 * (p[0] + q[0]), 0.5 * (p[1] + q[1]), 0.5 * (p[2] + q[2])});
          }
        return entry->second;
      }

    private:
      Raw &raw;
      std::unordered_map<std::uint64_t, unsigned> numbers;
    };

    void refine_once(Raw &raw)
    {
      std::vector<Cell> children;
      std::vector<unsigned> parents;
      children.reserve(8 * raw.cells.size());
      Midpoints middle(raw);
      for (std::size_t c = 0; c < raw.cells.size(); ++c)
        {
          const auto [a, b, d, e] = raw.cells[c];
          const unsigned ab = middle(a, b), ad = middle(a, d), ae = middle(a, e), bd = middle(b, d), be = middle(b, e), de = middle(d, e);
          for (const Cell &corner : {Cell{a, ab, ad, ae}, Cell{ab, b, bd, be}, Cell{ad, bd, d, de}, Cell{ae, be, de, e}})
            children.push_back(corner);
          // The three diagonals of the octahedron, each with the ring of the other four nodes around it.
          const std::array<std::array<unsigned, 6>, 3> cuts{{{ab, de, ad, bd, be, ae}, {ad, be, ab, bd, de, ae}, {ae, bd, ab, ad, de, be}}};
          unsigned best = 0;
          double shortest = std::numeric_limits<double>::max();
          for (unsigned k = 0; k < 3; ++k)
            if (const double length = squared_distance(raw.points[cuts[k][0]], raw.points[cuts[k][1]]);
                length < shortest * (1 - 1e-9)) // equal ones: the first, whatever the rounding
              {
                shortest = length;
                best = k;
              }
          const auto &cut = cuts[best];
          for (unsigned k = 0; k < 4; ++k)
            {
              Cell child{cut[0], cut[1], cut[2 + k], cut[2 + (k + 1) % 4]};
              if (six_volumes(raw, child) < 0)
                std::swap(child[2], child[3]);
              children.push_back(child);
            }
          parents.insert(parents.end(), 8, raw.parent[c]);
        }
      raw.cells = std::move(children);
      raw.parent = std::move(parents);
    }

    /// The ranks whose cells of the anatomy contain a node, ascending; the first owns it.
    class Sharing
    {
    public:
      Sharing(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank) : anatomy(anatomy), cell_rank(cell_rank)
      {
        begin.assign(anatomy.points.size() + 1, 0);
        for (const auto &cell : anatomy.cells)
          for (const unsigned node : cell)
            ++begin[node + 1];
        std::partial_sum(begin.begin(), begin.end(), begin.begin());
        incident.resize(begin.back());
        auto fill = begin;
        for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
          for (const unsigned node : anatomy.cells[c])
            incident[fill[node]++] = static_cast<unsigned>(c);
      }

      std::vector<unsigned> ranks(const NodeKey &key) const
      {
        std::vector<unsigned> found;
        for (std::size_t k = begin[key.carrier[0]]; k < begin[key.carrier[0] + 1]; ++k)
          {
            const unsigned c = incident[k];
            const auto &cell = anatomy.cells[c];
            bool holds = anatomy.regions[anatomy.cell_region[c]].tissue == key.tissue;
            for (unsigned i = 1; i < 4 && holds && key.carrier[i] != NodeKey::none; ++i)
              holds = std::find(cell.begin(), cell.end(), key.carrier[i]) != cell.end();
            if (holds && std::find(found.begin(), found.end(), cell_rank[c]) == found.end())
              found.push_back(cell_rank[c]);
          }
        std::sort(found.begin(), found.end());
        return found;
      }

    private:
      const Anatomy &anatomy;
      const std::vector<unsigned> &cell_rank;
      std::vector<std::size_t> begin;
      std::vector<unsigned> incident;
    };

    /// Position along the Z-order curve: neighbours in space become neighbours in memory.
    std::uint64_t z_order(const Point3 &p, const Point3 &low, double size)
    {
      std::uint64_t code = 0;
      for (unsigned d = 0; d < 3; ++d)
        {
          const auto q = static_cast<std::uint64_t>(std::clamp((p[d] - low[d]) / size, 0.0, 1.0) * ((1 << 16) - 1));
          for (unsigned bit = 0; bit < 16; ++bit)
            code |= ((q >> bit) & 1) << (3 * bit + d);
        }
      return code;
    }

    std::vector<std::uint64_t> z_orders(const Anatomy &anatomy, const std::vector<Point3> &points)
    {
      Point3 low, high;
      low.fill(std::numeric_limits<double>::max());
      high.fill(std::numeric_limits<double>::lowest());
      for (const auto &p : anatomy.points)
        for (unsigned d = 0; d < 3; ++d)
          {
            low[d] = std::min(low[d], p[d]);
            high[d] = std::max(high[d], p[d]);
          }
      const double size = std::max({high[0] - low[0], high[1] - low[1], high[2] - low[2], 1e-12});
      std::vector<std::uint64_t> codes;
      codes.reserve(points.size());
      for (const auto &p : points)
        codes.push_back(z_order(p, low, size));
      return codes;
    }

    constexpr std::size_t padded(std::size_t n)
    {
      return (n + 7) / 8 * 8;
    }

    /// Numbers the nodes: owned by group and place, then the needed ghosts by owner and key.
    class Numbering
    {
    public:
      Numbering(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank, unsigned rank, const Raw &raw, unsigned degree)
        : raw(raw),
          cell_rank(cell_rank),
          rank(rank),
          block(degree == 2 ? 8 : 1),
          sharing(anatomy, cell_rank),
          owner(raw.keys.size()),
          number(raw.keys.size(), NodeKey::none),
          codes(z_orders(anatomy, raw.points))
      {
        for (std::size_t n = 0; n < raw.keys.size(); ++n)
          owner[n] = sharing.ranks(raw.keys[n]).front();
      }

      RefinedMesh build(const std::function<unsigned(const NodeKey &)> &group, unsigned n_groups)
      {
        RefinedMesh mesh;
        group_of = group;
        number_owned(mesh, n_groups);
        keep_cells(mesh);
        find_neighbours(mesh);
        for (auto &cell : mesh.cells)
          for (unsigned &node : cell)
            node = number[node];
        if (block == 8)
          for (std::size_t c = 0; c < mesh.cells.size(); c += block)
            add_quadratic(mesh, c);
        return mesh;
      }

    private:
      void add(RefinedMesh &mesh, unsigned raw_node)
      {
        number[raw_node] = static_cast<unsigned>(mesh.points.size());
        mesh.points.push_back(raw.points[raw_node]);
        mesh.keys.push_back(raw.keys[raw_node]);
        mesh.group.push_back(static_cast<std::uint16_t>(group_of(raw.keys[raw_node])));
      }

      /// The tetrahedron that eight cells were cut from, see refine_once().
      static void add_quadratic(RefinedMesh &mesh, std::size_t first)
      {
        const Cell &a = mesh.cells[first], &b = mesh.cells[first + 1], &c = mesh.cells[first + 2], &d = mesh.cells[first + 3];
        mesh.quadratic.insert(mesh.quadratic.end(), {a[0], b[1], c[2], d[3], a[1], a[2], a[3], b[2], b[3], c[3]});
      }

      void number_owned(RefinedMesh &mesh, unsigned n_groups)
      {
        std::vector<std::vector<unsigned>> members(n_groups);
        for (unsigned n = 0; n < raw.keys.size(); ++n)
          if (owner[n] == rank)
            members[group_of(raw.keys[n])].push_back(n);
        for (unsigned g = 0; g < n_groups; ++g)
          {
            auto &list = members[g];
            std::sort(list.begin(), list.end(),
                      [&](unsigned a, unsigned b) { return codes[a] != codes[b] ? codes[a] < codes[b] : raw.keys[a] < raw.keys[b]; });
            mesh.groups.push_back({mesh.points.size(), list.size()});
            for (const unsigned n : list)
              add(mesh, n);
            mesh.points.resize(padded(mesh.points.size()), Point3{0, 0, 0});
            mesh.keys.resize(mesh.points.size());
            mesh.group.resize(mesh.points.size(), static_cast<std::uint16_t>(g));
          }
        mesh.n_owned = mesh.points.size();
      }

      void keep_cells(RefinedMesh &mesh) const
      {
        for (const bool own : {true, false})
          {
            for (std::size_t c = 0; c < raw.cells.size(); c += block)
              {
                const auto nodes = nodes_of(raw.cells, c);
                const bool touches = std::any_of(nodes.begin(), nodes.end(), [&](unsigned n) { return owner[n] == rank; });
                if ((cell_rank[raw.parent[c]] == rank) == own && (own || touches))
                  for (std::size_t k = c; k < c + block; ++k)
                    {
                      mesh.cells.push_back(raw.cells[k]);
                      mesh.parent.push_back(raw.parent[k]);
                    }
              }
            if (own)
              mesh.n_own_cells = mesh.cells.size();
          }
      }

      /// All nodes of an element: of one cell or of the eight that a quadratic one was cut into.
      std::span<const unsigned> nodes_of(const std::vector<Cell> &cells, std::size_t first) const
      {
        return {cells[first].data(), 4 * block};
      }

      /// A rank needs the nodes of its own cells and the matrix neighbours of its owned nodes. Both sides find the same set.
      void find_neighbours(RefinedMesh &mesh)
      {
        std::map<int, std::set<unsigned>> needed, given; // raw nodes by rank
        for (std::size_t c = 0; c < mesh.cells.size(); c += block)
          for (const unsigned a : nodes_of(mesh.cells, c))
            {
              if (owner[a] != rank)
                needed[static_cast<int>(owner[a])].insert(a);
              else
                for (const unsigned b : nodes_of(mesh.cells, c))
                  if (owner[b] != rank)
                    given[static_cast<int>(owner[b])].insert(a);
            }
        for (unsigned a = 0; a < raw.keys.size(); ++a)
          if (owner[a] == rank)
            for (const unsigned other : sharing.ranks(raw.keys[a]))
              if (other != rank)
                given[static_cast<int>(other)].insert(a);
        const auto by_key = [&](const std::set<unsigned> &nodes) {
          std::vector<unsigned> list(nodes.begin(), nodes.end());
          std::sort(list.begin(), list.end(), [&](unsigned a, unsigned b) { return raw.keys[a] < raw.keys[b]; });
          return list;
        };
        for (const auto &[other, nodes] : needed)
          {
            mesh.receive[other] = {mesh.points.size(), nodes.size()};
            for (const unsigned n : by_key(nodes))
              add(mesh, n);
          }
        for (const auto &[other, nodes] : given)
          for (const unsigned n : by_key(nodes))
            mesh.send[other].push_back(number[n]);
      }

      const Raw &raw;
      const std::vector<unsigned> &cell_rank;
      const unsigned rank;
      const std::size_t block; ///< cells of an element
      std::function<unsigned(const NodeKey &)> group_of;
      Sharing sharing;
      std::vector<unsigned> owner, number;
      std::vector<std::uint64_t> codes;
    };
  }

  double NodeKey::interpolate(const std::vector<double> &anatomy_field) const
  {
    double value = 0, total = 0;
    for (unsigned k = 0; k < 4 && carrier[k] != none; ++k)
      {
        value += weight[k] * anatomy_field[carrier[k]];
        total += weight[k];
      }
    return value / total;
  }

  std::array<double, 4> RefinedMesh::centroid_weights(std::size_t cell, const std::array<unsigned, 4> &parent_nodes) const
  {
    std::array<double, 4> weights{0, 0, 0, 0};
    for (const unsigned node : cells[cell])
      for (unsigned k = 0; k < 4 && keys[node].carrier[k] != NodeKey::none; ++k)
        for (unsigned i = 0; i < 4; ++i)
          if (parent_nodes[i] == keys[node].carrier[k])
            weights[i] += keys[node].weight[k] / (4.0 * (1u << refinement));
    return weights;
  }

  RefinedMesh build_refined_mesh(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank, unsigned rank, unsigned refinement,
                                 const std::function<unsigned(const NodeKey &)> &group, unsigned n_groups, unsigned degree)
  {
    Raw raw = coarse_cells(anatomy, cell_rank, rank, refinement);
    for (unsigned level = 0; level < refinement; ++level)
      refine_once(raw);
    RefinedMesh mesh = Numbering(anatomy, cell_rank, rank, raw, degree).build(group, n_groups);
    mesh.refinement = refinement;
    return mesh;
  }
}
