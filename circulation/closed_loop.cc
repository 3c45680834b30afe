#include "circulation/closed_loop.h"

#include <algorithm>
#include <numeric>

namespace vivicor
{
  namespace
  {
    std::vector<double> joined(const std::vector<double> &state, const Chambers &volume)
    {
      std::vector<double> y = state;
      y.insert(y.end(), volume.begin(), volume.end());
      return y;
    }

    // Pressures (kPa) and flows (mm^3/ms) are of order 1 to 100, volumes a thousand times more.
    CvodeSettings settings(const Circulation &circulation, const double tolerance)
    {
      CvodeSettings result;
      result.relative_tolerance = tolerance;
      for (const double scale : circulation.state_scales())
        result.absolute_tolerances.push_back(scale * tolerance);
      result.absolute_tolerances.resize(result.absolute_tolerances.size() + circulation.chambers().size(), 1000. * tolerance);
      return result;
    }
  }

  ClosedLoop::ClosedLoop(const Circulation &circulation, const ElastanceHeart &heart, const ElastanceHeart::State &start,
                         const double tolerance)
    : circulation(circulation),
      heart(heart),
      states(start.circulation.size()),
      integrator([this](double t, const double *y, double *dy) { rate(t, y, dy); }, joined(start.circulation, start.volume), start.t,
                 settings(circulation, tolerance))
  {
  }

  void ClosedLoop::advance(const double t)
  {
    integrator.advance(t);
  }

  void ClosedLoop::rate(const double t, const double *y, double *dy) const
  {
    const Chambers V(y + states, y + states + heart.chambers().size());
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
    const auto y = integrator.values();
    return {y.begin() + static_cast<std::ptrdiff_t>(states), y.end()};
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
