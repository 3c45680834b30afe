#include "electrophysiology/monodomain/monodomain.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  void Monodomain::step(double dt)
  {
    before = V;
    if (conduction_system.begin_step(t, dt, current))
      map.begin_beat();
    electrodes.drive(t, dt, current);
    time_step(dt, V.data(), current.values.data(), current.stimulated);
  }

  void Monodomain::sample_step(double t, double dt)
  {
    constexpr double slack = 1e-6; // of a step: times are sums of steps
    for (const double due : recorder.due_times(t - dt, t))
      if (const double share = (due - (t - dt)) / dt; share > 1 - slack)
        sample(t, V);
      else
        {
          AlignedVector between = before;
          for (std::size_t i = 0; i < V.size(); ++i)
            between[i] += share * (V[i] - before[i]);
          sample(due, between);
        }
  }

  void Monodomain::advance(double t_end)
  {
    const double t_begin = t, duration = t_end - t_begin;
    if (duration <= 0)
      return;
    const double steps = std::max(1.0, std::ceil(duration / longest_step - 1e-6)), dt = duration / steps;
    double undecided = 0;
    time_step.begin_steps();
    for (double k = 0; k < steps; ++k)
      {
        t = t_begin + k * dt;
        step(dt);
        if (k + 1 == steps) // before anyone looks
          time_step.end_steps(V.data());
        t += dt;
        map.observe(t, dt, before.data(), V.data());
        sample_step(t, dt);
        electrodes.hear(t, dt, V.data());
        conduction_system.observe(t, dt, threshold, before.data(), V.data());
        if ((undecided += dt) > conduction_system.decision_interval() - 1.5 * dt || k + 1 == steps)
          {
            conduction_system.decide();
            undecided = 0;
          }
      }
    t = t_end;
    update_calcium();
  }

  Monodomain::State Monodomain::save() const
  {
    return {t, V, reaction.states, map, conduction_system.state, diffusion.history()};
  }

  void Monodomain::restore(const State &state)
  {
    t = state.t;
    V = state.V;
    reaction.states = state.membranes;
    map = state.map;
    conduction_system.state = state.conduction_system;
    diffusion.set_history(state.history);
    update_calcium();
  }

  void Monodomain::commit()
  {
    committed = save();
    recorder.commit();
  }

  void Monodomain::rollback()
  {
    restore(committed);
    recorder.rollback();
  }
}
