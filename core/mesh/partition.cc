#include "core/mesh/partition.h"

#include "core/error.h"

#include <metis.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <numeric>
#include <string>

namespace vivicor
{
  namespace
  {
    std::vector<idx_t> integer_weights(const std::vector<double> &weight, std::size_t n_cells)
    {
      if (weight.empty())
        return std::vector<idx_t>(n_cells, 1);
      // METIS wants integers; a heaviest cell of 1000 keeps the rounding below a per mille.
      const double heaviest = *std::max_element(weight.begin(), weight.end());
      std::vector<idx_t> integers(n_cells);
      for (std::size_t c = 0; c < n_cells; ++c)
        integers[c] = std::max<idx_t>(1, std::lround(1000.0 * weight[c] / heaviest));
      return integers;
    }

    struct Options
    {
      Options()
      {
        METIS_SetDefaultOptions(values);
        values[METIS_OPTION_SEED] = 1;
        values[METIS_OPTION_NUMBERING] = 0;
      }
      idx_t values[METIS_NOPTIONS];
    };

    /// METIS takes SIGTERM and SIGABRT for its own alarms: while it works it would answer a request to stop with a failure, and
    /// afterwards it gives the handlers back by signal(), for one call only. Here such a request waits until METIS is done, and
    /// the handlers come back as they were.
    class SignalsWait
    {
    public:
      SignalsWait()
      {
        sigset_t held;
        sigemptyset(&held);
        sigaddset(&held, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &held, &mask);
        sigaction(SIGTERM, nullptr, &terminate);
        sigaction(SIGABRT, nullptr, &abort);
      }
      ~SignalsWait()
      {
        sigaction(SIGTERM, &terminate, nullptr);
        sigaction(SIGABRT, &abort, nullptr);
        pthread_sigmask(SIG_SETMASK, &mask, nullptr);
      }
      SignalsWait(const SignalsWait &) = delete;
      SignalsWait &operator=(const SignalsWait &) = delete;

    private:
      sigset_t mask;
      struct sigaction terminate, abort;
    };

    void require(int status, const std::string &what, unsigned parts)
    {
      if (status != METIS_OK)
        throw SolverError({what + " cannot be split into " + std::to_string(parts) + " parts", "METIS, status " + std::to_string(status),
                           "METIS gave up", "", "run on fewer ranks"});
    }

    /// Compressed rows as METIS wants them.
    struct Graph
    {
      explicit Graph(const std::vector<std::vector<unsigned>> &neighbours) : nodes(static_cast<idx_t>(neighbours.size())), start(1, 0)
      {
        for (const auto &list : neighbours)
          {
            flat.insert(flat.end(), list.begin(), list.end());
            start.push_back(static_cast<idx_t>(flat.size()));
          }
      }
      idx_t nodes;
      std::vector<idx_t> start, flat;
    };
  }

  std::vector<unsigned> partition_cells(const std::vector<std::array<unsigned, 4>> &cells, std::size_t n_nodes, unsigned parts,
                                        const std::vector<double> &weight)
  {
    std::vector<unsigned> owner(cells.size(), 0);
    if (parts <= 1 || cells.empty())
      return owner;

    std::vector<idx_t> offsets(cells.size() + 1), nodes(4 * cells.size());
    for (std::size_t c = 0; c < cells.size(); ++c)
      {
        offsets[c + 1] = static_cast<idx_t>(4 * (c + 1));
        std::copy(cells[c].begin(), cells[c].end(), nodes.begin() + 4 * c);
      }
    std::vector<idx_t> weights = integer_weights(weight, cells.size());

    Options options;

    idx_t n_cells = static_cast<idx_t>(cells.size()), nn = static_cast<idx_t>(n_nodes), common_nodes = 3;
    idx_t n_parts = static_cast<idx_t>(parts), cut = 0;
    std::vector<idx_t> cell_part(cells.size()), node_part(n_nodes);
    const SignalsWait wait;
    const int status = METIS_PartMeshDual(&n_cells, &nn, offsets.data(), nodes.data(), weights.data(), nullptr, &common_nodes, &n_parts,
                                          nullptr, options.values, &cut, cell_part.data(), node_part.data());
    require(status, "the mesh", parts);
    std::copy(cell_part.begin(), cell_part.end(), owner.begin());
    return owner;
  }

  std::vector<unsigned> partition_graph(const std::vector<std::vector<unsigned>> &neighbours, unsigned parts)
  {
    std::vector<unsigned> result(neighbours.size(), 0);
    if (parts <= 1 || neighbours.empty())
      return result;
    Graph graph(neighbours);
    Options options;
    idx_t constraints = 1, n_parts = static_cast<idx_t>(parts), cut = 0;
    std::vector<idx_t> part(neighbours.size());
    const SignalsWait wait;
    const int status = METIS_PartGraphKway(&graph.nodes, &constraints, graph.start.data(), graph.flat.data(), nullptr, nullptr, nullptr,
                                           &n_parts, nullptr, nullptr, options.values, &cut, part.data());
    require(status, "the graph", parts);
    std::copy(part.begin(), part.end(), result.begin());
    return result;
  }

  std::vector<unsigned> nested_dissection(const std::vector<std::vector<unsigned>> &neighbours)
  {
    Graph graph(neighbours);
    std::vector<unsigned> result(neighbours.size());
    std::iota(result.begin(), result.end(), 0u);
    if (graph.flat.empty())
      return result;
    Options options;
    std::vector<idx_t> order(neighbours.size()), place(neighbours.size());
    const SignalsWait wait;
    const int status = METIS_NodeND(&graph.nodes, graph.start.data(), graph.flat.data(), nullptr, options.values, order.data(),
                                    place.data());
    require(status, "the graph", 2);
    std::copy(order.begin(), order.end(), result.begin());
    return result;
  }
}
