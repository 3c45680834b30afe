#include "electrophysiology/conduction_system/network.h"

#include <algorithm>
#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr double silence = std::numeric_limits<double>::infinity(), never = -1e30;

    /// State: the time of the next event, then by node the time at which a front is due and that of the last activation. A node
    /// has one front due at most: the first to come, since the others find it refractory.
    class EikonalNetwork : public PurkinjeNetwork
    {
    public:
      EikonalNetwork(const PurkinjeTree &tree, double velocity, double refractory)
        : refractory(refractory), n(tree.points.size()), neighbours(n), junction(n, PurkinjeTree::none), junctions(tree.junctions)
      {
        for (unsigned i = 1; i < n; ++i)
          if (!tree.severed[i])
            {
              const double delay = tree.length[i] / velocity;
              neighbours[i].emplace_back(tree.parent[i], delay);
              neighbours[tree.parent[i]].emplace_back(i, delay);
            }
        for (unsigned j = 0; j < junctions.size(); ++j)
          junction[junctions[j]] = j;
      }

      State initial() const override
      {
        State state(1 + 2 * n, never);
        std::fill_n(state.begin(), 1 + n, silence);
        return state;
      }

      void excite_root(State &state, double t) const override { expect(state, 0, t); }
      void excite_junction(State &state, unsigned j, double t) const override { expect(state, junctions[j], t); }

      std::vector<Arrival> advance(State &state, double t, double dt) const override
      {
        std::vector<Arrival> arrivals;
        while (state[0] <= t + dt)
          {
            const auto due = state.begin() + 1;
            const auto node = static_cast<unsigned>(std::min_element(due, due + static_cast<std::ptrdiff_t>(n)) - due);
            const double now = state[1 + node];
            state[1 + node] = silence;
            state[1 + n + node] = now;
            if (junction[node] != PurkinjeTree::none)
              arrivals.emplace_back(junction[node], now);
            for (const auto &[other, delay] : neighbours[node])
              expect(state, other, now + delay);
            state[0] = *std::min_element(due, due + static_cast<std::ptrdiff_t>(n));
          }
        return arrivals;
      }

      std::vector<double> activation(const State &state) const override
      {
        std::vector<double> times(state.begin() + 1 + static_cast<std::ptrdiff_t>(n), state.end());
        std::replace(times.begin(), times.end(), never, -1.0);
        return times;
      }

    private:
      void expect(State &state, unsigned node, double t) const
      {
        if (t < state[1 + n + node] + refractory || t >= state[1 + node])
          return;
        state[1 + node] = t;
        state[0] = std::min(state[0], t);
      }

      double refractory;
      std::size_t n;
      std::vector<std::vector<std::pair<unsigned, double>>> neighbours; ///< with the time (ms) to get there
      std::vector<unsigned> junction;                                   ///< by node
      std::vector<unsigned> junctions;
    };
  }

  std::unique_ptr<PurkinjeNetwork> eikonal_network(const PurkinjeTree &tree, double velocity, double refractory)
  {
    return std::make_unique<EikonalNetwork>(tree, velocity, refractory);
  }
}
