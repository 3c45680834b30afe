#include "electrophysiology/tissue/cable.h"

#include "core/error.h"
#include "core/units.h"
#include "electrophysiology/tissue/aligned.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    /// Tridiagonal (M + theta dt K) d = -dt K V on equal edges, factorised once.
    class CableDiffusion
    {
    public:
      CableDiffusion(std::size_t n, double diffusivity, double dt, const CableOptions &o)
        : n(n), flux(dt * diffusivity / (o.edge * o.edge)), off((1 - o.lumping) / 6 - o.theta * flux), pivot(n), d(n)
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            const bool end = i == 0 || i + 1 == n;
            const double diagonal = (end ? 0.5 : 1.0) - (end ? 1 : 2) * off;
            pivot[i] = diagonal - (i ? off * off / pivot[i - 1] : 0.0);
          }
      }

      void step(double *V)
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            d[i] = flux * ((i ? V[i - 1] - V[i] : 0.0) + (i + 1 < n ? V[i + 1] - V[i] : 0.0));
            if (i)
              d[i] -= off / pivot[i - 1] * d[i - 1];
          }
        for (std::size_t i = n; i-- > 0;)
          {
            d[i] = (d[i] - (i + 1 < n ? off * d[i + 1] : 0.0)) / pivot[i];
            V[i] += d[i];
          }
      }

    private:
      std::size_t n;
      double flux, off;
      std::vector<double> pivot, d;
    };

    double cable_length(const CableOptions &o) { return o.length > 0 ? o.length : std::max(20.0, 32 * o.edge); }
  }

  std::vector<double> cable_activation(const IonicModel &model, double diffusivity, const CableOptions &o, double t_end)
  {
    const auto n = static_cast<std::size_t>(std::lround(cable_length(o) / o.edge)) + 1;
    const std::size_t stride = (n + 7) / 8 * 8;
    const auto rest = model.rest();
    AlignedVector V(stride, model.rest_potential()), states(stride * rest.size()), stimulus(stride, 0.0);
    for (std::size_t s = 0; s < rest.size(); ++s)
      std::fill_n(states.begin() + static_cast<std::ptrdiff_t>(s * stride), stride, rest[s]);
    const double reach = std::max(o.stimulated_length, 2 * o.edge) * (1 + 1e-9);
    for (std::size_t i = 0; i < n && static_cast<double>(i) * o.edge <= reach; ++i)
      stimulus[i] = o.amplitude;

    std::vector<double> activation(n, -1.0);
    AlignedVector before(V);
    CableDiffusion diffusion(n, diffusivity, o.strang ? o.time_step / 2 : o.time_step, o);
    for (long k = 0; static_cast<double>(k) * o.time_step < t_end; ++k)
      {
        const double t = static_cast<double>(k) * o.time_step;
        if (o.strang)
          diffusion.step(V.data());
        model.step(n, stride, o.time_step, V.data(), states.data(), t < o.duration * (1 - 1e-9) ? stimulus.data() : nullptr);
        diffusion.step(V.data());
        double highest = -1e9;
        for (std::size_t i = 0; i < n; ++i)
          {
            if (activation[i] < 0 && before[i] < o.threshold && V[i] >= o.threshold)
              activation[i] = t + o.time_step * (o.threshold - before[i]) / (V[i] - before[i]);
            highest = std::max(highest, V[i]);
          }
        const bool died = t > o.duration && highest < model.rest_potential() + 5;
        if (died || !std::isfinite(highest) || activation[n - 1] >= 0)
          break;
        before = V;
      }
    return activation;
  }

  double conduction_velocity(const IonicModel &model, double diffusivity, const CableOptions &o)
  {
    const double slowest = 0.02; // mm/ms: below it conduction counts as blocked
    const auto activation = cable_activation(model, diffusivity, o, cable_length(o) / slowest);
    const std::size_t n = activation.size() - 1, a = n / 4, b = 3 * n / 4;
    return activation[a] < 0 || activation[b] <= activation[a]
             ? 0.0
             : static_cast<double>(b - a) * o.edge / (activation[b] - activation[a]);
  }

  double tune_diffusivity(const IonicModel &model, double velocity, const CableOptions &o)
  {
    double low = 0.0, high = 0.0; // bracket, once found
    double diffusivity = 0.1 * std::pow(velocity / 0.6, 2) + 0.04 * o.edge * o.edge * velocity; // near the answer
    double slope = 1.0, last_diffusivity = 0.0, last_reached = 0.0;                             // d log velocity / d log D
    for (unsigned trial = 0; trial < 60 && diffusivity < 1e3; ++trial)
      {
        const double reached = conduction_velocity(model, diffusivity, o);
        if (std::abs(reached / velocity - 1) < 1e-3)
          return diffusivity;
        (reached < velocity ? low : high) = diffusivity;
        if (reached > 0 && last_reached > 0)
          slope = std::clamp(std::log(reached / last_reached) / std::log(diffusivity / last_diffusivity), 0.4, 4.0);
        last_diffusivity = diffusivity;
        last_reached = reached;
        const double guess = reached > 0 ? diffusivity * std::pow(velocity / reached, 1 / slope) : 2 * diffusivity;
        const bool inside = guess > low && (high == 0 || guess < high);
        diffusivity = inside ? guess : high == 0 ? 2 * low : 0.5 * (low + high);
      }
    throw UserError({"no conductivity gives a conduction velocity of " + in_unit(velocity, "m/s") + " on edges of " +
                       in_unit(o.edge, "mm"),
                     "electrophysiology.conduction", "the wave front is lost between nodes this far apart", "",
                     "raise electrophysiology.refinement by one, or ask for a higher velocity"});
  }
}
