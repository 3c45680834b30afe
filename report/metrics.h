// Numbers that clinicians read off a beat and an ECG. Definitions and sources in metrics.cc and metrics_ecg.cc.
#pragma once

#include "circulation/circulation.h"

#include <array>
#include <optional>
#include <vector>

namespace vivicor
{
  /// One beat, recorded from the firing of the sinus node (so that it holds one whole ejection) to the next. Ascending
  /// times, at least two, and one value per time in every series.
  struct TimeSeries
  {
    std::vector<double> t;                               ///< ms
    std::array<std::vector<double>, 4> volume, pressure; ///< LV, RV, LA, RA as in chamber_names; mm^3, kPa
    std::array<std::vector<double>, 2> inflow;           ///< through the mitral and tricuspid valve, mm^3/ms, forward positive
    std::array<std::vector<double>, 2> outflow;          ///< through the aortic and pulmonary valve, mm^3/ms, forward positive
    std::vector<double> aortic_pressure;                 ///< kPa
  };

  struct ChamberMetrics
  {
    double edv_mL = 0, esv_mL = 0, sv_mL = 0, ef_pct = 0, p_max_mmHg = 0, p_ed_mmHg = 0, dpdt_max_mmHg_s = 0;
    double work_mJ = 0; ///< done on the blood: area of the pressure-volume loop, counter-clockwise positive
  };

  /// Of one side of the heart, ms after the beginning of the recording; empty where the valve does not do so in this
  /// beat.
  struct ValveTimes
  {
    std::optional<double> inflow_closes, outflow_opens, outflow_closes, inflow_opens;

    bool in_order() const;                                                               ///< all four happened, in the order written here
    std::optional<double> isovolumic_contraction() const, isovolumic_relaxation() const; ///< ms
  };

  struct BeatMetrics
  {
    std::array<ChamberMetrics, 4> chambers; ///< LV, RV, LA, RA
    std::array<ValveTimes, 2> valves;       ///< left, right
    std::array<double, 2> atrial_kick_mL{}; ///< volume that the atrium gives away before its valve closes: left, right
    double cardiac_output_L_min = 0, aortic_systolic_mmHg = 0, aortic_diastolic_mmHg = 0;
    double periodicity_error_pct = 0;
  };

  /// @throws std::invalid_argument when the series differ in length or have less than two times
  BeatMetrics beat_metrics(const TimeSeries &beat);

  /// Empty where the wave is not found (flat line, or the recording ends before it does).
  struct EcgMetrics
  {
    std::optional<double> qrs_onset_ms, qrs_ms, qt_ms; ///< onset counted from the first sample
    std::optional<double> t_peak_ms, t_end_ms;         ///< counted from the first sample
    /// Direction of the mean QRS vector in the frontal plane, downwards positive (0: to the left, 90: down); of twelve leads only.
    std::optional<double> qrs_axis_deg;
  };

  /// @param leads potentials (mV) by lead and sample, twelve in the usual order (I, II, III, aVR, aVL, aVF, V1...) or any others; @param dt
  /// sampling interval (ms)
  EcgMetrics ecg_metrics(const std::vector<std::vector<double>> &leads, double dt);
}
