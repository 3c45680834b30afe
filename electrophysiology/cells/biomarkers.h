// What an action potential looks like, in numbers.
#pragma once

#include "electrophysiology/ionic_models/ionic_model.h"

#include <vector>

namespace vivicor
{
  struct CellSample
  {
    double t = 0.0, V = 0.0, calcium = 0.0; ///< ms, mV, uM
  };

  /// The action potential of one stimulus, up to the next one (of a cell without stimuli: of one cycle). Durations run from
  /// the steepest rise to the first crossing, after the peak, of the fraction of repolarisation from the peak towards the
  /// lowest potential; 0 where the cell did not fire or did not repolarise in that time.
  struct Biomarkers
  {
    double rest = 0.0, peak = 0.0;                      ///< lowest and highest potential, mV
    double dVdt_max = 0.0;                              ///< with the stimulus, mV/ms
    double APD50 = 0.0, APD90 = 0.0;                    ///< ms
    double calcium_diastolic = 0.0, calcium_peak = 0.0; ///< uM; 0 for a cell without calcium
    double gate_min = 0.0, gate_max = 0.0;              ///< over all gates and the whole time
    double start = 0.0;                                 ///< potential at the stimulus, mV

    /// The stimulus found the cell repolarised by 90 % and made an action potential that ended.
    bool captured() const { return APD90 > 0.0 && start < peak - 0.9 * (peak - rest); }
  };

  /// Follows one action potential and measures it.
  class BeatObserver
  {
  public:
    explicit BeatObserver(const IonicModel &model);

    /// @param y V, then the states
    void see(double t, const std::vector<double> &y);
    Biomarkers result();
    CellSample sample(double t, const std::vector<double> &y) const;

  private:
    /// Time from the upstroke to the crossing, linear between samples.
    double duration(double repolarised) const;

    std::vector<bool> gates;
    bool has_calcium;
    std::size_t calcium;
    double to_uM;
    std::vector<CellSample> seen;
    Biomarkers b;
    double t_upstroke = 0.0;
    std::size_t at_peak = 0;
  };
}
