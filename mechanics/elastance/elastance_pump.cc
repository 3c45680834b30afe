#include "mechanics/elastance/elastance_pump.h"

#include "core/broadcast.h"
#include "core/error.h"
#include "core/ode/dense_solver.h"

#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr double tolerance = 1e-7; // mm^3: round-off of a heart's volumes is 1e-10
    constexpr unsigned most_iterations = 60;

    std::vector<std::string> names_of(const Anatomy &anatomy)
    {
      std::vector<std::string> names;
      for (const auto &[name, surface] : anatomy.cavities)
        names.push_back(name);
      return names;
    }

    std::vector<ChamberElastance> chambers_of(const std::vector<std::string> &names, const ElastanceSettings &settings)
    {
      std::vector<std::string> known;
      for (const auto &[name, chamber] : settings.chambers)
        known.push_back(name);
      std::vector<ChamberElastance> chambers;
      for (const std::string &name : names)
        {
          const auto found = settings.chambers.find(name);
          if (found == settings.chambers.end())
            throw UserError({"the cavity '" + name + "' has no elastance", "deck section mechanics.chambers",
                             "chambers are " + known[0] + ", " + known[1] + ", " + known[2] + " and " + known[3], nearest_of(name, known),
                             "rename the cavity or leave it out"});
          chambers.push_back(found->second);
        }
      return chambers;
    }
  }

  ElastancePump::ElastancePump(const PumpContext &context, const Parameters &mechanics)
    : comm(context.comm),
      names(names_of(context.anatomy)),
      chambers(chambers_of(names, read_elastance(mechanics, context.cycle_length))),
      drive(make_drive(context, names, mechanics))
  {
    if (context.surface_terms && !context.surface_terms->empty())
      throw UserError({"a device presses on the surface '" + context.surface_terms->front().surface + "'",
                       context.surface_terms->front().where, "chambers of elastance have no surfaces", "wall",
                       "set mechanics.model = wall, or leave the device out"});
    committed = {std::vector<double>(names.size(), 0.0), std::vector<double>(names.size(), 0.0)};
    trial = committed;
  }

  std::vector<double> ElastancePump::volume_of(const State &state) const
  {
    std::vector<double> volume;
    for (std::size_t k = 0; k < chambers.size(); ++k)
      volume.push_back(chambers[k].unstressed + state.pressure[k] / elastance(state, k));
    return volume;
  }

  void ElastancePump::preload(const std::vector<double> &pressure, const std::vector<double> &calcium)
  {
    trial = {drive->start(calcium), pressure};
    broadcast(comm, trial.contraction);
    commit();
  }

  ElastancePump::Mismatch ElastancePump::mismatch(const CavityLaw &law, std::string &reason) const
  {
    Mismatch m;
    m.norm = std::numeric_limits<double>::infinity();
    try
      {
        m.response = law(trial.pressure);
      }
    catch (const StepFailed &failure)
      {
        reason = failure.what();
        return m;
      }
    m.volume = volume_of(trial);
    double norm2 = 0;
    for (std::size_t k = 0; k < m.volume.size(); ++k)
      {
        m.volume[k] -= m.response.volume[k];
        norm2 += m.volume[k] * m.volume[k];
      }
    if (std::isfinite(norm2))
      m.norm = std::sqrt(norm2);
    return m;
  }

  // The derivative 1/E_k - dV_k/dp_l of the mismatch is an M-matrix where blood flows down pressures, so that a step, shortened where a
  // valve switches, always lowers it.
  std::vector<double> ElastancePump::direction(const Mismatch &m) const
  {
    const std::size_t n = chambers.size();
    DenseMatrix jacobian(n);
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t l = 0; l < n; ++l)
        jacobian(k, l) = (k == l ? 1 / elastance(trial, k) : 0.0) - m.response.dV_dp[k][l];
    const auto factors = DenseFactors::of(std::move(jacobian));
    return factors ? factors->solve(m.volume) : std::vector<double>();
  }

  Pump::Step ElastancePump::advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw &law)
  {
    constexpr double shortest = 1e-6;
    std::string reason = "no equilibrium of pressures";
    const auto failed = [&] { return StepFailed("elastance chambers at t = " + std::to_string(t + dt) + " ms: " + reason); };
    trial = {drive->advance(t, dt, calcium, committed.contraction), committed.pressure};
    broadcast(comm, trial.contraction); // the ranks' processors may round differently
    Step step;
    Mismatch m = mismatch(law, reason);
    while (m.norm > tolerance)
      {
        const std::vector<double> update = std::isfinite(m.norm) ? direction(m) : std::vector<double>();
        if (step.newton_iterations++ == most_iterations || update.empty())
          throw failed();
        const std::vector<double> before = trial.pressure;
        const double norm = m.norm;
        double length = 1;
        do
          {
            for (std::size_t k = 0; k < before.size(); ++k)
              trial.pressure[k] = before[k] - length * update[k];
            m = mismatch(law, reason);
            length /= 2;
        } while (!(m.norm < norm) && length > shortest);
        if (!(m.norm < norm))
          throw failed();
      }
    step.volume = volume_of(trial);
    step.pressure = trial.pressure;
    return step;
  }

  void ElastancePump::archive(Archive &archive)
  {
    archive.numbers("elastance/contraction", committed.contraction);
    archive.numbers("elastance/pressure", committed.pressure);
    trial = committed;
  }
}
