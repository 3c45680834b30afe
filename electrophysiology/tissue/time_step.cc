#include "electrophysiology/tissue/time_step.h"

namespace vivicor
{
  TimeStep::TimeStep(const RefinedMesh &mesh, const CellList &cells, Halo &halo, Reaction &reaction, Diffusion &diffusion,
                     const TimeStepOptions &options, Timers &timers)
    : mesh(mesh), halo(halo), reaction(reaction), diffusion(diffusion), options(options), timers(timers), gate_V(mesh.n_owned, 0.0)
  {
    if (options.interpolate_states)
      interpolation = std::make_unique<StateInterpolation>(mesh, cells, halo, reaction);
    if (options.quiet.rate > 0)
      quiet = std::make_unique<QuietTissue>(mesh, reaction, options.quiet);
    if (options.splitting == Splitting::none)
      {
        at.assign(mesh.n_local(), 0.0);
        f.assign(mesh.n_local(), 0.0);
        load.assign(mesh.n_owned, 0.0);
      }
  }

  void TimeStep::operator()(double dt, double *V, const double *stimulus, const std::vector<char> &stimulated)
  {
    if (options.splitting == Splitting::none)
      unsplit_step(dt, V, stimulus, stimulated);
    else
      split_step(dt, V, stimulus, stimulated);
  }

  void TimeStep::diffuse(double dt, double *V, const double *load)
  {
    const auto scope = timers.scope("diffusion");
    diffusion.step(dt, V, load);
  }

  /// Between two updates of V by the currents the gates relax once, half-way through the diffusion: at V less half of what it
  /// added. Gates relaxed before or after all of it cost an order in time (docs/theory/monodomain.md).
  void TimeStep::split_step(double dt, double *V, const double *stimulus, const std::vector<char> &stimulated)
  {
    const bool strang = options.splitting == Splitting::strang;
    if (strang)
      diffuse(dt / 2, V);
    {
      const auto scope = timers.scope("ionic");
      const AlignedVector &rate = diffusion.history().last;
      if (quiet)
        quiet->step(dt, V, rate.data(), stimulus, stimulated);
      else
        {
          for (std::size_t i = 0; i < mesh.n_owned; ++i)
            gate_V[i] = V[i] - 0.5 * dt * rate[i];
          reaction.step(dt, V, stimulus, stimulated, gate_V.data());
        }
    }
    diffuse(strang ? dt / 2 : dt, V);
  }

  void TimeStep::begin_steps()
  {
    if (quiet)
      quiet->wake();
  }

  void TimeStep::end_steps(double *V)
  {
    if (!quiet)
      return;
    const auto scope = timers.scope("ionic");
    quiet->catch_up(V, diffusion.history().last.data());
  }

  /// States first, then the currents through them. With BDF2 both see V extrapolated, the states to the middle of the step and
  /// the currents to its end; else both see the old V, which is of first order.
  void TimeStep::unsplit_step(double dt, double *V, const double *stimulus, const std::vector<char> &stimulated)
  {
    {
      const auto scope = timers.scope("ionic");
      const AlignedVector &rate = diffusion.history().last;
      const double ahead = options.bdf2 ? dt : 0.0;
      for (std::size_t i = 0; i < mesh.n_owned; ++i)
        at[i] = V[i] + 0.5 * ahead * rate[i];
      reaction.step(dt, at.data(), stimulus, stimulated);
      for (std::size_t i = 0; i < mesh.n_owned; ++i)
        at[i] = V[i] + ahead * rate[i];
      reaction.rates(at.data(), f.data());
    }
    if (interpolation)
      {
        const auto scope = timers.scope("ionic");
        halo.update(at.data());
        halo.update(f.data());
        std::fill(load.begin(), load.end(), 0.0);
        interpolation->correct(at.data(), f.data(), load.data());
      }
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      if (stimulated[g])
        for (std::size_t i = mesh.groups[g].begin; i < mesh.groups[g].begin + mesh.groups[g].count; ++i)
          f[i] += stimulus[i];
    diffusion.apply_mass(f.data(), at.data());
    for (std::size_t i = 0; i < mesh.n_owned; ++i)
      load[i] = interpolation ? load[i] + at[i] : at[i];
    diffuse(dt, V, load.data());
  }
}
