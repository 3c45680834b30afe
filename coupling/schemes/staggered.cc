#include "coupling/schemes/staggered.h"

#include "coupling/schemes/shared_loop.h"

namespace vivicor
{
  Staggered::Staggered(MPI_Comm comm, ElectricalHeart &electrophysiology, Pump &mechanics, const Circulation &circulation, Timers &timers)
    : comm(comm),
      electrophysiology(electrophysiology),
      mechanics(mechanics),
      circulation(circulation),
      timers(timers),
      chambers(mechanics.cavities(), circulation.chambers())
  {
    committed.state = circulation.initial();
    committed.volume = chambers.to_chambers(mechanics.volume());
    committed.pressure = chambers.to_chambers(mechanics.pressure());
  }

  Circulation::Step Staggered::loop(double t, double dt, const Chambers &pressure) const
  {
    const auto scope = timers.scope("circulation");
    return advance_on_rank_0(comm, circulation, t, dt, committed.state, committed.volume, pressure);
  }

  CavityResponse Staggered::cavity_response(double t, double dt, const std::vector<double> &pressure) const
  {
    const auto step = loop(t, dt, chambers.to_chambers(pressure));
    const auto &place = chambers.cavity_of();
    CavityResponse response;
    response.volume = chambers.to_cavities(step.volume);
    response.dV_dp.assign(place.size(), std::vector<double>(place.size(), 0.0));
    for (std::size_t k = 0; k < place.size(); ++k)
      for (std::size_t l = 0; l < place.size(); ++l)
        response.dV_dp[place[k]][place[l]] = step.dV_dp[k][l];
    return response;
  }

  Pump::Step Staggered::advance(double t, double dt)
  {
    electrophysiology.advance(t + dt);
    const auto step = mechanics.advance(t, dt, electrophysiology.calcium(),
                                        [&](const std::vector<double> &p) { return cavity_response(t, dt, p); });
    trial.pressure = chambers.to_chambers(step.pressure);
    const auto flow = loop(t, dt, trial.pressure);
    trial.state = flow.state;
    trial.volume = flow.volume;
    return step;
  }

  void Staggered::commit()
  {
    electrophysiology.commit();
    mechanics.commit();
    committed = trial;
  }

  void Staggered::rollback()
  {
    electrophysiology.rollback();
    mechanics.rollback();
  }

  void Staggered::archive(Archive &archive)
  {
    archive.numbers("circulation/state", committed.state);
    const std::vector<std::string> &names = circulation.chambers();
    for (std::size_t k = 0; k < names.size(); ++k)
      {
        archive_number(archive, "circulation/" + names[k] + "_volume", committed.volume[k]);
        archive_number(archive, "circulation/" + names[k] + "_pressure", committed.pressure[k]);
      }
  }
}
