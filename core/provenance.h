// What made a result: program, libraries, machine, job. Written into run.json and shown by `vivicor about --json`.
#pragma once

#include <mpi.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vivicor
{
  struct Provenance
  {
    std::string version; ///< of Vivicor
    std::string git;     ///< commit, with "-dirty" when the tree differed from it; "unknown" outside a repository
    std::string build_type, compiler;
    std::map<std::string, std::string> libraries; ///< name and version
    std::string host;                             ///< of rank 0
    int ranks = 1;
    std::string started;                      ///< local time with offset from UTC, ISO 8601
    std::map<std::string, std::string> slurm; ///< SLURM_* variables that identify the job; empty outside one
  };

  /// @param libraries name and version of libraries that core does not see (deal.II, Trilinos, Gmsh, SUNDIALS)
  Provenance provenance(MPI_Comm comm, const std::map<std::string, std::string> &libraries = {});

  /// Version and revision of this program, such as "0.1.0 (1a2b3c4)".
  std::string own_version();

  /// Facts about one run beside its provenance.
  struct RunFacts
  {
    std::string command;                                            ///< as typed
    std::string deck_file, resolved_deck_json;                      ///< the deck that gives the same run
    std::vector<std::pair<std::string, std::string>> inputs_sha256; ///< file and hash
    std::string restart_parent;                                     ///< run.json of the run that this one resumed; empty: none
  };

  /// JSON text, indented; with `run` as run.json wants it.
  std::string provenance_json(const Provenance &provenance);
  std::string provenance_json(const Provenance &provenance, const RunFacts &run);
}
