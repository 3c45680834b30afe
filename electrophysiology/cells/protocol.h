// What the command `vivicor cell` is asked to do, and doing it.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/cells/restitution.h"
#include "electrophysiology/cells/steady_state.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vivicor
{
  /// A registered model's parameters at the root, "drugs" as in the section electrophysiology of decks, and the section "protocol".
  /// @throws UserError for an unknown model, with the nearest name
  Schema cell_schema(const std::string &model);

  struct CellProtocol
  {
    enum class Kind {
      steady,  ///< one rhythm
      s1s2,    ///< one premature beat after a train
      dynamic, ///< ever faster rhythms
    };
    Kind kind = Kind::steady;
    Pacing pacing;
    unsigned prepace_beats = 0;
    double prepace_tolerance = 0.0;
    bool cache = true;
    std::vector<double> intervals; ///< ms; empty: chosen by the protocol
    double alternans = 1.0;        ///< ms
    unsigned trace_beats = 1;      ///< of the last beats of a rhythm
  };

  /// @param parameters of cell_schema() @throws UserError for settings that do not go together
  CellProtocol cell_protocol(const IonicModel &model, const Parameters &parameters);

  struct CellStudy
  {
    std::string model;
    Parameters parameters; ///< of cell_schema()
    CellProtocol protocol;
    std::vector<std::string> state_names;
    bool has_calcium = true;
    std::optional<SteadyState> prepaced = {};
    std::vector<Biomarkers> beats = {}; ///< of a rhythm
    std::vector<CellSample> trace = {};
    std::vector<std::vector<double>> trace_states = {};
    std::vector<RestitutionPoint> restitution = {};
    std::optional<double> slope = {};                 ///< steepest of the restitution curve
    CellState end = {};                               ///< of a rhythm
    std::map<std::string, double> channels_left = {}; ///< what drugs leave of each channel that they block

    /// Difference of the last two beats' APD90, ms; empty unless both have one.
    std::optional<double> APD90_difference() const;
    bool alternates() const;
  };

  /// @throws UserError, also for drugs that block a channel the model has not; SolverError
  CellStudy study_cell(const std::string &model, const Parameters &parameters);
}
