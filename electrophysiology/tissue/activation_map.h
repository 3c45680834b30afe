// When each node was activated and repolarised in the present beat.
//
// Activation: the first rise through a threshold. Repolarisation: the first fall after it below
//   V_peak - level (V_peak - V_rest),
// V_rest the lowest potential of the node between the beginning of the beat and its activation, V_peak the highest
// since. With level = 0.9 the time between is APD90 in its usual sense, up to the foot of the upstroke (below 0.5 ms).
#pragma once

#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/refined_mesh.h"

#include <algorithm>
#include <limits>

namespace vivicor
{
  class ActivationMap
  {
  public:
    static constexpr double never = -1e30;

    ActivationMap() = default;
    /// @param threshold mV, of activation; @param level share of the amplitude that repolarisation must regain, in (0,
    /// 1)
    ActivationMap(std::size_t n, double threshold, double level)
      : activation(n, never), repolarisation(n, never), rest(n, highest), peak(n, never), threshold(threshold), level(level)
    {
    }

    /// A new beat: nothing has been activated in it yet. A node still depolarised is counted when it next rises.
    void begin_beat()
    {
      std::fill(activation.begin(), activation.end(), never);
      std::fill(repolarisation.begin(), repolarisation.end(), never);
      std::fill(rest.begin(), rest.end(), highest);
    }

    /// The step that ends at t took the nodes from `before` to V. Times are linear within the step.
    void observe(double t, double dt, const double *before, const double *V)
    {
      for (std::size_t i = 0; i < activation.size(); ++i)
        {
          const double a = before[i], b = V[i];
          if (activation[i] == never)
            {
              rest[i] = std::min(rest[i], a);
              if (a < threshold && b >= threshold)
                {
                  activation[i] = t - dt * (b - threshold) / (b - a);
                  peak[i] = b;
                }
            }
          else if (repolarisation[i] == never)
            {
              peak[i] = std::max(peak[i], b);
              const double repolarised = peak[i] - level * (peak[i] - rest[i]);
              if (a > repolarised && b <= repolarised)
                repolarisation[i] = t - dt * (repolarised - b) / (a - b);
            }
        }
    }

    /// Calls visit(array) with all that changes in time.
    template <class Self, class Visit>
    static void visit(Self &map, const Visit &visit)
    {
      for (auto *array : {&map.activation, &map.repolarisation, &map.rest, &map.peak})
        visit(*array);
    }

    AlignedVector activation, repolarisation; ///< ms on the run's clock, or `never`; by owned node
    AlignedVector rest, peak;                 ///< mV: before and since the activation

  private:
    static constexpr double highest = std::numeric_limits<double>::max();
    double threshold = 0, level = 0.9;
  };
}
