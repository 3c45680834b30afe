// Pre-pacing with a memory: states of cells paced towards their rhythm, kept on disk from run to run.
#pragma once

#include "electrophysiology/cells/steady_state.h"

#include <optional>
#include <string>

namespace vivicor
{
  /// pace_to_steady_state() from rest, or what an earlier run stored for the same model, parameters, protocol and program.
  /// @param identity the model's name and its parameters, as text
  /// @param folder of the cache; empty: none
  /// @throws SolverError; a cache that cannot be read or written is no error but a line in the log
  SteadyState prepace(const IonicModel &model, const std::string &identity, const Pacing &pacing, double tolerance,
                      const std::string &folder);

  /// Where prepace() keeps its states by default: a folder below cache_folder().
  std::string prepacing_folder();

  /// All that a paced state depends on, as text: also a fingerprint of the equations, so that a change of the program
  /// outdates what it stored.
  std::string prepacing_key(const IonicModel &model, const std::string &identity, const Pacing &pacing, double tolerance);

  /// Name of the file for a key: its SHA-256.
  std::string prepacing_file(const std::string &folder, const std::string &key);
  /// Nothing where no file is; nothing, with a warning in the log, where it is damaged or of another key.
  std::optional<SteadyState> read_prepaced(const std::string &folder, const std::string &key, std::size_t n_states);
  void write_prepaced(const std::string &folder, const std::string &key, const SteadyState &steady);
}
