#include "electrophysiology/conduction_system/network.h"
#include "electrophysiology/ionic_models/ionic_model.h"
#include "electrophysiology/tissue/cable.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double never = -1e30;
    constexpr double stimulated_length = 4, amplitude = 100, duration = 2; // mm, uA/uF, ms: of the root and of the junctions
    constexpr double excitable_below = -60;                                // mV: above it a membrane is not stimulated again

    /// The tree cut into pieces of equal length between its forks and ends.
    struct CableGrid
    {
      CableGrid(const PurkinjeTree &tree, double edge)
      {
        const std::size_t n = tree.points.size();
        std::vector<unsigned> children(n, 0);
        std::vector<char> is_key(n, 0);
        is_key[0] = 1;
        for (unsigned i = 1; i < n; ++i)
          {
            ++children[tree.parent[i]];
            if (tree.severed[i])
              is_key[i] = is_key[tree.parent[i]] = 1;
          }
        for (const unsigned j : tree.junctions)
          is_key[j] = 1;
        for (unsigned i = 0; i < n; ++i)
          is_key[i] |= children[i] != 1;

        number.assign(n, 0);
        parent = {PurkinjeTree::none};
        length = {0.0};
        connected = {0};
        for (unsigned end = 1; end < n; ++end)
          if (is_key[end])
            add_chain(tree, end, is_key, edge);
        for (const unsigned j : tree.junctions)
          junctions.push_back(number[j]);
      }

      void add_chain(const PurkinjeTree &tree, unsigned end, const std::vector<char> &is_key, double edge)
      {
        std::vector<unsigned> chain;
        double span = 0;
        unsigned begin = end;
        do
          {
            chain.push_back(begin);
            span += tree.length[begin];
            begin = tree.parent[begin];
        } while (!is_key[begin]);
        const auto pieces = std::max(1u, static_cast<unsigned>(std::ceil(span / edge - 1e-9)));
        const auto first = static_cast<unsigned>(parent.size());
        for (unsigned k = 0; k < pieces; ++k)
          {
            parent.push_back(k ? first + k - 1 : number[begin]);
            length.push_back(span / pieces);
            connected.push_back(k || !tree.severed[end]);
          }
        double from_end = 0;
        for (const unsigned node : chain)
          {
            const auto back = std::min<long>(pieces - 1, std::lround(from_end / span * pieces));
            number[node] = first + pieces - 1 - static_cast<unsigned>(back);
            from_end += tree.length[node];
          }
      }

      /// Nodes within a distance of one along the tree.
      std::vector<unsigned> around(unsigned centre, double reach) const
      {
        std::vector<double> away(parent.size(), 1e30);
        away[centre] = 0;
        for (bool changed = true; changed;)
          {
            changed = false;
            for (unsigned i = 1; i < parent.size(); ++i)
              if (connected[i])
                for (const auto &[a, b] : {std::pair{i, parent[i]}, {parent[i], i}})
                  if (const double d = away[a] + length[i]; d <= reach && d < away[b])
                    {
                      away[b] = d;
                      changed = true;
                    }
          }
        std::vector<unsigned> nodes;
        for (unsigned i = 0; i < parent.size(); ++i)
          if (away[i] <= reach)
            nodes.push_back(i);
        return nodes;
      }

      std::vector<unsigned> parent; ///< a lower number
      std::vector<double> length;   ///< mm, to the parent
      std::vector<char> connected;  ///< to the parent
      std::vector<unsigned> number; ///< by node of the tree, the nearest node of the grid
      std::vector<unsigned> junctions;
    };

    /// Potential and states of rest; of a model that fires by itself, which has no rest, those at the end of an action potential:
    /// the next one is then a whole cycle away, and a sinus node that is quicker keeps the network from firing.
    std::vector<double> starting_state(const IonicModel &model)
    {
      std::vector<double> start{model.rest_potential()};
      for (const double state : model.rest())
        start.push_back(state);
      if (!model.traits().self_firing)
        return start;
      constexpr std::size_t lanes = 8;
      constexpr double step = 0.02, longest_cycle = 5000, fired_above = 0, over_below = -70; // ms, ms, mV, mV
      AlignedVector cell(lanes * start.size());
      for (std::size_t k = 0; k < cell.size(); ++k)
        cell[k] = start[k / lanes];
      bool fired = false;
      for (double t = 0; t < longest_cycle && !(fired && cell[0] < over_below); t += step)
        {
          model.step(1, lanes, step, cell.data(), cell.data() + lanes, nullptr);
          fired |= cell[0] > fired_above;
        }
      for (std::size_t k = 0; k < start.size(); ++k)
        start[k] = cell[k * lanes];
      return start;
    }

    /// State: potentials, the model's states, last activations, last increments by diffusion (all with the grid's
    /// stride); then the start of the latest
    /// stimulus of the root and of every junction.
    class CableNetwork : public PurkinjeNetwork
    {
    public:
      CableNetwork(const PurkinjeTree &tree, std::shared_ptr<const IonicModel> model_, const CableNetworkOptions &options)
        : model(std::move(model_)),
          threshold(options.threshold),
          grid(tree, options.edge),
          n(grid.parent.size()),
          stride((n + 7) / 8 * 8),
          n_states(model->rest().size())
      {
        CableOptions cable;
        cable.edge = options.edge;
        cable.time_step = options.time_step;
        cable.threshold = threshold;
        cable.length = std::max(60.0, 40 * options.edge);
        cable.stimulated_length = stimulated_length;
        cable.amplitude = amplitude;
        cable.duration = duration;
        diffusivity = tune_diffusivity(*model, options.velocity, cable);
        mass.assign(n, 0.0);
        for (unsigned i = 1; i < n; ++i)
          {
            mass[i] += grid.length[i] / 2;
            mass[grid.parent[i]] += grid.length[i] / 2;
          }
        sites.push_back(grid.around(0, stimulated_length));
        for (const unsigned j : grid.junctions)
          sites.push_back(grid.around(j, stimulated_length));
      }

      State initial() const override
      {
        State state((3 + n_states) * stride + sites.size(), never);
        const auto rest = starting_state(*model);
        for (std::size_t s = 0; s <= n_states; ++s)
          std::fill_n(state.begin() + static_cast<std::ptrdiff_t>(s * stride), stride, rest[s]);
        std::fill_n(state.begin() + static_cast<std::ptrdiff_t>(increments()), stride, 0.0);
        return state;
      }

      void excite_root(State &state, double t) const override { stimulus_start(state)[0] = t; }
      void excite_junction(State &state, unsigned j, double t) const override
      {
        if (t > stimulus_start(state)[1 + j] + duration)
          stimulus_start(state)[1 + j] = t;
      }

      std::vector<Arrival> advance(State &state, double t, double dt) const override
      {
        double *V = state.data();
        const std::vector<double> before(V, V + n);
        const AlignedVector current = stimulus(state, t, dt);
        double *increment = state.data() + increments();
        AlignedVector middle(V, V + stride); // half-way through the last diffusion: what the gates see, as in TimeStep
        for (unsigned i = 0; i < n; ++i)
          middle[i] -= 0.5 * increment[i];
        model->step(n, stride, dt, V, V + stride, current.empty() ? nullptr : current.data(), middle.data());
        diffuse(V, dt, increment);

        double *activated = state.data() + activations();
        for (unsigned i = 0; i < n; ++i)
          if (before[i] < threshold && V[i] >= threshold)
            activated[i] = t + dt * (threshold - before[i]) / (V[i] - before[i]);
        std::vector<Arrival> arrivals;
        for (unsigned j = 0; j < grid.junctions.size(); ++j)
          if (const unsigned i = grid.junctions[j]; before[i] < threshold && V[i] >= threshold)
            arrivals.emplace_back(j, activated[i]);
        std::sort(arrivals.begin(), arrivals.end(), [](const Arrival &a, const Arrival &b) { return a.second < b.second; });
        return arrivals;
      }

      std::vector<double> activation(const State &state) const override
      {
        std::vector<double> times;
        for (const unsigned i : grid.number)
          times.push_back(std::max(-1.0, state[activations() + i]));
        return times;
      }

    private:
      std::size_t activations() const { return (1 + n_states) * stride; }
      std::size_t increments() const { return (2 + n_states) * stride; }
      double *stimulus_start(State &state) const { return state.data() + (3 + n_states) * stride; }

      AlignedVector stimulus(State &state, double t, double dt) const
      {
        AlignedVector current;
        for (std::size_t k = 0; k < sites.size(); ++k)
          {
            double &start = stimulus_start(state)[k];
            const double overlap = std::min(t + dt, start + duration) - std::max(t, start);
            if (overlap <= 0)
              continue;
            const unsigned end = k ? grid.junctions[k - 1] : 0;
            if (start >= t && state[end] > excitable_below)
              {
                start = never; // refractory: nothing happens
                continue;
              }
            current.resize(stride, 0.0);
            for (const unsigned i : sites[k])
              current[i] = amplitude * overlap / dt;
          }
        return current;
      }

      void diffuse(double *V, double dt, double *increment) const
      {
        constexpr double theta = 0.5;
        std::fill_n(increment, n, 0.0);
        std::vector<double> diagonal(mass), off(n, 0.0);
        for (unsigned i = 1; i < n; ++i)
          if (grid.connected[i])
            {
              const unsigned p = grid.parent[i];
              const double k = dt * diffusivity / grid.length[i], flux = k * (V[p] - V[i]);
              increment[i] += flux;
              increment[p] -= flux;
              diagonal[i] += theta * k;
              diagonal[p] += theta * k;
              off[i] = -theta * k;
            }
        for (std::size_t i = n; i-- > 1;)
          {
            const double factor = off[i] / diagonal[i];
            diagonal[grid.parent[i]] -= factor * off[i];
            increment[grid.parent[i]] -= factor * increment[i];
          }
        for (std::size_t i = 0; i < n; ++i)
          {
            if (i)
              increment[i] -= off[i] * increment[grid.parent[i]];
            increment[i] /= diagonal[i];
            V[i] += increment[i];
          }
      }

      std::shared_ptr<const IonicModel> model;
      double threshold, diffusivity = 0;
      CableGrid grid;
      std::size_t n, stride, n_states;
      std::vector<double> mass;                 ///< mm
      std::vector<std::vector<unsigned>> sites; ///< stimulated nodes of the root and of the junctions
    };
  }

  std::unique_ptr<PurkinjeNetwork> cable_network(const PurkinjeTree &tree, std::shared_ptr<const IonicModel> model,
                                                 const CableNetworkOptions &options)
  {
    return std::make_unique<CableNetwork>(tree, std::move(model), options);
  }
}
