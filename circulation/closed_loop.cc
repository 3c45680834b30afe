#include "circulation/closed_loop.h"

#include <algorithm>
#include <numeric>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t chambers = 4;

    std::vector<double> joined(const std::vector<double> &state, const Chambers &volume)
    {
      std::vector<double> y = state;
      y.insert(y.end(), volume.begin(), volume.end());
      return y;
    }

    // Pressures (kPa) and flows (mm^3/ms) are of order 1 to 100, volumes a thousand times more.
    CvodeSettings settings(const std::size_t states, const double tolerance)
    {
      CvodeSettings result;
      result.relative_tolerance = tolerance;
      result.absolute_tolerances.assign(states, tolerance);
      result.absolute_tolerances.resize(states + chambers, 1000. * tolerance);
      return result;
    }
  }

  ClosedLoop::ClosedLoop(const Circulation &circulation, const ElastanceHeart &heart, const ElastanceHeart::State &start,
                         const double tolerance)
    : circulation(circulation),
      heart(heart),
      states(start.circulation.size()),
      integrator([this](double t, const double *y, double *dy) { rate(t, y, dy); }, joined(start.circulation, start.volume), start.t,
                 settings(states, tolerance))
  {
  }

  void ClosedLoop::advance(const double t)
  {
    integrator.advance(t);
  }

  void ClosedLoop::rate(const double t, const double *y, double *dy) const
  {
    Chambers V;
    std::copy_n(y + states, chambers, V.begin());
    const Circulation::Rate rate = circulation.rate(t, std::vector<double>(y, y + states), heart.pressures(t, V));
    std::copy(rate.state.begin(), rate.state.end(), dy);
    std::copy(rate.volume.begin(), rate.volume.end(), dy + states);
  }

  std::vector<double> ClosedLoop::state() const
  {
    std::vector<double> y = integrator.values();
    y.resize(states);
    return y;
  }

  Chambers ClosedLoop::volume() const
  {
    Chambers V;
    for (std::size_t k = 0; k < chambers; ++k)
      V[k] = integrator.value(states + k);
    return V;
  }

  Chambers ClosedLoop::pressure() const
  {
    return heart.pressures(time(), volume());
  }

  double ClosedLoop::blood() const
  {
    const Chambers V = volume();
    return std::accumulate(V.begin(), V.end(), circulation.stored_volume(state()));
  }
}
