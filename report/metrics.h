// Numbers that clinicians read off a beat and an ECG. Definitions and sources in metrics.cc and metrics_ecg.cc.
#pragma once

#include "circulation/circulation.h"

#include <array>
#include <limits>
#include <optional>
#include <vector>

namespace vivicor
{
  /// One beat, recorded from the firing of the sinus node (so that it holds one whole ejection) to the next. Ascending
  /// times, at least two, and one value per time in every series; those of chambers and valves that a heart lacks are empty.
  struct TimeSeries
  {
    bool whole = true;                                   ///< false: a part of a cycle, as the recording of a short run is
    std::vector<double> t;                               ///< ms
    std::array<std::vector<double>, 4> volume, pressure; ///< LV, RV, LA, RA as in chamber_names; mm^3, kPa
    std::array<std::vector<double>, 2> inflow;           ///< through the mitral and tricuspid valve, mm^3/ms, forward positive
    std::array<std::vector<double>, 2> outflow;          ///< through the aortic and pulmonary valve, mm^3/ms, forward positive
    std::vector<double> aortic_pressure;                 ///< kPa
  };

  struct ChamberMetrics
  {
    bool present = false; ///< whether the heart has this chamber; the rest means nothing otherwise
    double edv_mL = 0, p_max_mmHg = 0, p_ed_mmHg = 0, dpdt_max_mmHg_s = 0, dpdt_min_mmHg_s = 0;
    std::optional<double> esv_mL, sv_mL, ef_pct; ///< empty where no blood is ejected; of atria, where the cycle is not whole
    /// Done on the blood: area of the pressure-volume loop, counter-clockwise positive; empty where the cycle is not whole.
    std::optional<double> work_mJ;
  };

  /// Of one side of the heart, ms after the beginning of the recording; empty where the valve does not do so in this
  /// beat.
  struct ValveTimes
  {
    std::optional<double> inflow_closes, outflow_opens, outflow_closes, inflow_opens;

    bool in_order() const; ///< all four happened, in the order written here
    std::optional<double> isovolumic_contraction() const, ejection() const, isovolumic_relaxation() const; ///< ms
  };

  struct BeatMetrics
  {
    std::array<ChamberMetrics, 4> chambers; ///< LV, RV, LA, RA
    std::array<ValveTimes, 2> valves;       ///< left, right
    /// Volume that the atrium gives away before its valve closes: left, right; empty where the valve does not close.
    std::array<std::optional<double>, 2> atrial_kick_mL;
    /// Highest flow of early filling over that of the atrial kick: left, right; empty where either is missing.
    std::array<std::optional<double>, 2> e_a_ratio;
    std::optional<double> aortic_systolic_mmHg, aortic_diastolic_mmHg; ///< of a heart with an aorta
    std::optional<double> cardiac_output_L_min, periodicity_error_pct; ///< of whole cycles only
  };

  /// @throws std::invalid_argument when series that are not empty differ in length, or there are less than two times
  BeatMetrics beat_metrics(const TimeSeries &beat);

  /// Empty where the wave is not found (flat line, or the recording ends before it does).
  struct EcgMetrics
  {
    std::optional<double> qrs_onset_ms, qrs_ms, qt_ms; ///< onset on the clock of the samples
    std::optional<double> t_peak_ms, t_end_ms;         ///< on the clock of the samples
    /// Direction of the mean QRS vector in the frontal plane, downwards positive (0: to the left, 90: down); of twelve leads only.
    std::optional<double> qrs_axis_deg;
  };

  /// The cycle whose QRS is sought, ms on the clock of the samples. Edges and T may lie beyond it.
  struct EcgWindow
  {
    double from = -std::numeric_limits<double>::infinity(), to = std::numeric_limits<double>::infinity();
  };

  /// @param time_ms ascending; samples that are not equally far apart are interpolated to the shortest distance between two
  /// @param leads potentials (mV) by lead and sample, twelve in the usual order (I, II, III, aVR, aVL, aVF, V1...) or any others
  EcgMetrics ecg_metrics(const std::vector<double> &time_ms, const std::vector<std::vector<double>> &leads, EcgWindow cycle = {});
  /// Of samples every dt ms from 0 on.
  EcgMetrics ecg_metrics(const std::vector<std::vector<double>> &leads, double dt);
}
