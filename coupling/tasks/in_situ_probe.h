// Tries a script of in situ on a tiny block with a heart's channels and fields, without a heart.
#pragma once

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  struct ProbeOptions
  {
    std::string back_end = "paraview";
    std::string script; ///< a file; empty: none
    std::string live;   ///< HOST:PORT where a ParaView waits; empty: nowhere
    std::string folder; ///< where the script writes
    unsigned looks = 2;
    double pause_s = 0; ///< between two looks
  };

  struct ProbeResult
  {
    std::string problem; ///< why no script can run here; empty where they can
    std::string display; ///< why nothing can be drawn; empty where it can
    std::string failure; ///< of the script; empty: it works
    std::vector<std::string> written;
  };

  /// Collective. Shows the script some moments, 100 ms apart. @throws OutputError
  ProbeResult probe_in_situ(MPI_Comm comm, const ProbeOptions &options);
}
