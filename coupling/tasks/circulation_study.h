// The closed loop alone, four elastance chambers in place of the 3D heart: what `vivicor circulation` does.
#pragma once

#include "circulation/elastance_heart.h"
#include "coupling/results/blood_table.h"
#include "report/metrics.h"
#include "report/recording.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// Sections "circulation" (as in decks of the whole heart), "heart" (the elastances) and "protocol".
  Schema circulation_schema();

  /// The named chambers of the section "heart". @throws UserError when they contract and relax for longer than a beat
  ElastanceHeart elastance_heart(const Parameters &heart, const std::vector<std::string> &names);

  /// Means and extremes of one chamber over a beat.
  struct ChamberExtremes
  {
    double volume_min = 0, volume_max = 0;                        ///< mL
    double pressure_min = 0, pressure_max = 0, pressure_mean = 0; ///< mmHg
  };

  struct CirculationStudy
  {
    Parameters parameters;                ///< of circulation_schema()
    std::vector<std::string> chambers;    ///< of the circulation
    bool periodic = false;                ///< the last beat ended where it began, within the protocol's tolerance
    std::vector<double> changes;          ///< mL, of every beat: largest change of a chamber's volume
    double blood = 0;                     ///< mL, all of it
    double drift = 0;                     ///< mL: largest change of it over a beat
    long steps = 0, rate_evaluations = 0; ///< of the integrator
    double seconds = 0;                   ///< wall clock of the integration
    Recording recording;                  ///< the last beat, columns as in timeseries.csv of a whole heart

    BeatMetrics metrics() const;
    ChamberExtremes extremes(const std::string &chamber) const;
  };

  /// Integrates with SUNDIALS CVODE beat after beat until a beat ends where it began, or to the protocol's last beat.
  /// @throws UserError, SolverError
  CirculationStudy study_circulation(const Parameters &parameters);
}
