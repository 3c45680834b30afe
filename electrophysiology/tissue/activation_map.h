// When each node was activated and repolarised in the present beat.
#pragma once

#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/refined_mesh.h"

namespace vivicor
{
  class ActivationMap
  {
  public:
    static constexpr double never = -1e30;

    ActivationMap() = default;
    ActivationMap(std::size_t n, double threshold, double repolarised)
      : activation(n, never), repolarisation(n, never), threshold(threshold), repolarised(repolarised)
    {}

    /// A new beat: nothing has been activated in it yet. A node still depolarised is counted when it next rises.
    void begin_beat()
    {
      std::fill(activation.begin(), activation.end(), never);
      std::fill(repolarisation.begin(), repolarisation.end(), never);
    }

    /// The step that ends at t took the nodes from `before` to V. First rise through the threshold, then first fall through
    /// the repolarised potential, linear within the step.
    void observe(double t, double dt, const double *before, const double *V)
    {
      for (std::size_t i = 0; i < activation.size(); ++i)
        {
          const double a = before[i], b = V[i];
          if (a < threshold && b >= threshold && activation[i] == never)
            activation[i] = t - dt * (b - threshold) / (b - a);
          else if (a > repolarised && b <= repolarised && activation[i] != never && repolarisation[i] == never)
            repolarisation[i] = t - dt * (repolarised - b) / (a - b);
        }
    }

    AlignedVector activation, repolarisation; ///< ms on the run's clock, or `never`; by owned node

  private:
    double threshold = 0, repolarised = 0; ///< mV
  };
}
