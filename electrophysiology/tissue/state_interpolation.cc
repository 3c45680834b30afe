#include "electrophysiology/tissue/state_interpolation.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t chunk = 64; // cells whose points are one batch of the model

    std::size_t padded(std::size_t n)
    {
      return (n + 7) / 8 * 8;
    }
  }

  StateInterpolation::StateInterpolation(const RefinedMesh &mesh, const CellList &cells, Halo &halo, const Reaction &reaction)
    : mesh(mesh), cells(cells), halo(halo), reaction(reaction), points(cells.element.mass_quadrature())
  {
  }

  std::size_t StateInterpolation::correct(const double *V, const double *f, double *load)
  {
    std::vector<std::vector<unsigned>> front(mesh.groups.size());
    const unsigned n = cells.element.n_nodes();
    for (std::size_t c = 0; c < cells.size(); ++c)
      {
        const unsigned *nodes = cells[c];
        double low = f[nodes[0]], high = low;
        bool alike = true;
        for (unsigned a = 1; a < n; ++a)
          {
            low = std::min(low, f[nodes[a]]);
            high = std::max(high, f[nodes[a]]);
            alike = alike && mesh.group[nodes[a]] == mesh.group[nodes[0]];
          }
        if (alike && high - low > threshold)
          front[mesh.group[nodes[0]]].push_back(static_cast<unsigned>(c));
      }
    std::size_t corrected = 0;
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      {
        fetch_ghosts(g);
        correct_group(g, front[g], V, f, load);
        corrected += front[g].size();
      }
    return corrected;
  }

  void StateInterpolation::fetch_ghosts(std::size_t group)
  {
    const std::size_t n_ghosts = mesh.n_local() - mesh.n_owned;
    if (mesh.send.empty() && mesh.receive.empty())
      return;
    exchange.resize(mesh.n_local());
    ghosts.resize(std::max(ghosts.size(), n_ghosts * reaction.n_states(group)));
    const auto [begin, count] = mesh.groups[group];
    for (std::size_t s = 0; s < reaction.n_states(group); ++s)
      {
        std::copy_n(&reaction.states[group][s * reaction.stride_of(group)], count, &exchange[begin]);
        halo.update(exchange.data());
        std::copy_n(exchange.data() + mesh.n_owned, n_ghosts, ghosts.data() + s * n_ghosts);
      }
  }

  void StateInterpolation::correct_group(std::size_t group, const std::vector<unsigned> &front, const double *V, const double *f,
                                         double *load)
  {
    const unsigned n = cells.element.n_nodes();
    const std::size_t n_states = reaction.n_states(group), n_ghosts = mesh.n_local() - mesh.n_owned, stride = padded(chunk * points.size()),
                      node_stride = reaction.stride_of(group);
    V_at.resize(std::max(V_at.size(), stride));
    f_at.resize(V_at.size());
    states_at.resize(std::max(states_at.size(), stride * n_states));
    scratch.resize(states_at.size());
    for (std::size_t first = 0; first < front.size(); first += chunk)
      {
        const std::size_t last = std::min(first + chunk, front.size());
        std::size_t k = 0;
        for (std::size_t c = first; c < last; ++c)
          for (const auto &point : points)
            {
              const unsigned *nodes = cells[front[c]];
              V_at[k] = 0;
              for (std::size_t s = 0; s < n_states; ++s)
                states_at[s * stride + k] = 0;
              for (unsigned a = 0; a < n; ++a)
                {
                  const unsigned node = nodes[a];
                  const bool owned = node < mesh.n_owned;
                  const double *from = owned ? &reaction.states[group][node - mesh.groups[group].begin] : &ghosts[node - mesh.n_owned];
                  const std::size_t from_stride = owned ? node_stride : n_ghosts;
                  V_at[k] += point.value[a] * V[node];
                  for (std::size_t s = 0; s < n_states; ++s)
                    states_at[s * stride + k] += point.value[a] * from[s * from_stride];
                }
              ++k;
            }
        reaction.model(group).rates(k, stride, V_at.data(), states_at.data(), nullptr, f_at.data(), scratch.data());
        k = 0;
        for (std::size_t c = first; c < last; ++c)
          for (const auto &point : points)
            {
              const unsigned *nodes = cells[front[c]];
              double difference = f_at[k++];
              for (unsigned a = 0; a < n; ++a)
                difference -= point.value[a] * f[nodes[a]];
              difference *= mapped_volume(cells.element, point, nodes, mesh.points);
              for (unsigned a = 0; a < n; ++a)
                if (nodes[a] < mesh.n_owned)
                  load[nodes[a]] += point.value[a] * difference;
            }
      }
  }
}
