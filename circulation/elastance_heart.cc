#include "circulation/elastance_heart.h"

#include "core/error.h"
#include "core/numbers.h"
#include "core/ode/dense_solver.h"
#include "core/units.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vivicor
{
  namespace
  {
    double modulo(const double x, const double period)
    {
      return x - period * std::floor(x / period);
    }

    double norm(const Chambers &x)
    {
      return std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.));
    }

    double reported(const Circulation &circulation, const ElastanceHeart::State &state, const std::string &name)
    {
      for (const auto &entry : circulation.report(state.t, state.circulation, state.pressure))
        if (entry.name == name)
          return entry.value * units::mmHg;
      return std::nan("");
    }
  }

  ElastanceHeart::ElastanceHeart(std::vector<ElastanceChamber> chambers, const double period) : heart(std::move(chambers)), period(period)
  {
  }

  // The atria begin to contract 40 ms after the sinus node fires and the ventricles 130 ms later. Values: see
  // docs/decisions/circulation_defaults.md.
  ElastanceHeart ElastanceHeart::healthy_adult()
  {
    const double E = units::mmHg / units::mL, mL = units::mL;
    const ElastanceChamber LV{2.85 * E, 0.081 * E, 250., 250., 170., 15. * mL}, RV{0.443 * E, 0.04 * E, 250., 250., 170., 20. * mL},
      LA{0.18 * E, 0.14 * E, 130., 150., 40., 5. * mL}, RA{0.134 * E, 0.059 * E, 130., 150., 40., 5. * mL};
    return ElastanceHeart({LV, RV, LA, RA}, 800.);
  }

  ElastanceHeart::State ElastanceHeart::start(const Circulation &circulation) const
  {
    Chambers volume(heart.size());
    for (std::size_t k = 0; k < heart.size(); ++k)
      volume[k] = heart[k].unstressed + circulation.initial_pressures()[k] / heart[k].passive;
    return start(circulation, volume);
  }

  ElastanceHeart::State ElastanceHeart::start(const Circulation &circulation, const Chambers &volume) const
  {
    return {0., circulation.initial(), volume, pressures(0., volume)};
  }

  Chambers ElastanceHeart::pressures(const double t, const Chambers &volume) const
  {
    Chambers pressure(heart.size());
    for (std::size_t k = 0; k < heart.size(); ++k)
      pressure[k] = heart[k].elastance(t, period) * (volume[k] - heart[k].unstressed);
    return pressure;
  }

  // Unknown: the four pressures p. Residual: p_k / E_k + V0_k - V_k(p), mm^3. Its derivative 1/E_k - dV_k/dp_l is an
  // M-matrix, so a full Newton step or a shortened one always reduces it; steps must be shortened when a valve
  // switches.
  void ElastanceHeart::advance(const Circulation &circulation, const double dt, State &state) const
  {
    const std::size_t n = heart.size();
    Chambers E(n);
    for (std::size_t k = 0; k < n; ++k)
      E[k] = heart[k].elastance(state.t + dt, period);

    Circulation::Step step;
    const auto residual = [&](const Chambers &p) {
      step = circulation.advance(state.t, dt, state.circulation, state.volume, p);
      Chambers r(n);
      for (std::size_t k = 0; k < n; ++k)
        r[k] = p[k] / E[k] + heart[k].unstressed - step.volume[k];
      return r;
    };

    Chambers p = state.pressure, r = residual(p);
    for (unsigned iteration = 0; norm(r) > 1e-7; ++iteration)
      {
        if (iteration == 60 || !std::isfinite(norm(r)))
          throw StepFailed("elastance heart: no equilibrium of pressures at t = " + six_digits(state.t + dt) + " ms");
        DenseMatrix jacobian(n);
        for (std::size_t k = 0; k < n; ++k)
          for (std::size_t l = 0; l < n; ++l)
            jacobian(k, l) = (k == l ? 1. / E[k] : 0.) - step.dV_dp[k][l];
        const auto factors = DenseFactors::of(jacobian);
        if (!factors)
          throw StepFailed("elastance heart: the pressures' equations are singular at t = " + six_digits(state.t + dt) + " ms");
        const Chambers update = factors->solve(r), p_old = p;
        const double r_old = norm(r);
        double length = 1.;
        do
          {
            for (std::size_t k = 0; k < n; ++k)
              p[k] = p_old[k] - length * update[k];
            r = residual(p);
            length *= 0.5;
        } while (!(norm(r) < r_old) && length > 1e-6);
      }

    state.t += dt;
    state.circulation = step.state;
    state.volume = step.volume;
    state.pressure = p;
  }

  ElastanceBeat ElastanceHeart::beat(const Circulation &circulation, const unsigned steps, State &state) const
  {
    ElastanceBeat beat;
    beat.volume_max = beat.volume_min = state.volume;
    beat.pressure_max = beat.pressure_min = state.pressure;
    beat.arterial_max = beat.arterial_min = reported(circulation, state, "aortic_pressure");
    beat.pulmonary_max = beat.pulmonary_min = reported(circulation, state, "pulmonary_arterial_pressure");
    beat.pressure_mean.assign(heart.size(), 0.);
    beat.period = period;
    const double begin = state.t, dt = period / steps;
    for (unsigned i = 1; i <= steps; ++i)
      {
        // Onset of the LV within this step: its state at the start is the end of diastole.
        if (modulo(begin + i * dt - heart[0].onset, period) <= dt * (1. - 1e-9) || steps == 1)
          {
            beat.volume_at_ventricular_onset = state.volume;
            beat.pressure_at_ventricular_onset = state.pressure;
          }
        advance(circulation, dt, state);
        state.t = begin + i * dt;
        for (std::size_t k = 0; k < heart.size(); ++k)
          {
            beat.volume_max[k] = std::max(beat.volume_max[k], state.volume[k]);
            beat.volume_min[k] = std::min(beat.volume_min[k], state.volume[k]);
            beat.pressure_max[k] = std::max(beat.pressure_max[k], state.pressure[k]);
            beat.pressure_min[k] = std::min(beat.pressure_min[k], state.pressure[k]);
            beat.pressure_mean[k] += state.pressure[k] / steps;
          }
        const double arterial = reported(circulation, state, "aortic_pressure"),
                     pulmonary = reported(circulation, state, "pulmonary_arterial_pressure");
        beat.arterial_max = std::max(beat.arterial_max, arterial);
        beat.arterial_min = std::min(beat.arterial_min, arterial);
        beat.pulmonary_max = std::max(beat.pulmonary_max, pulmonary);
        beat.pulmonary_min = std::min(beat.pulmonary_min, pulmonary);
      }
    return beat;
  }

  ElastanceBeat ElastanceHeart::limit_cycle(const Circulation &circulation, const unsigned steps, const double tolerance,
                                            const unsigned max_beats, State &state) const
  {
    for (unsigned n = 0; n < max_beats; ++n)
      {
        const Chambers before = state.volume;
        const ElastanceBeat result = beat(circulation, steps, state);
        double drift = 0.;
        for (std::size_t k = 0; k < heart.size(); ++k)
          drift = std::max(drift, std::abs(state.volume[k] - before[k]));
        if (drift < tolerance)
          return result;
      }
    throw SolverError({"no limit cycle of the circulation after " + std::to_string(max_beats) + " beats", "", "", "",
                       "start nearer to it or allow more beats"});
  }
}
