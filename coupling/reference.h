// The unloaded shape of a heart that was imaged under pressure: found before the parts are set up, written with the results.
#pragma once

#include "core/timers.h"
#include "mechanics/unloading/unloading.h"
#include "report/page.h"

#include <mpi.h>

#include <optional>
#include <string>
#include <vector>

namespace vivicor
{
  /// Whether the deck's mesh is a heart under pressure, whose unloaded shape is sought.
  bool unloads(const Parameters &deck);

  /// Collective. Where the deck asks for it (mechanics.reference.scheme = unload), anatomy and fibres become those of the
  /// unloaded heart. Logs every iteration.
  /// @return what the search found, its heart inflated to the image; nothing where the mesh is unloaded already, or the pump has no wall to
  /// unload
  /// @throws SolverError when no unloaded shape is found
  std::optional<Unloading> unload_reference(MPI_Comm comm, const Parameters &deck, Anatomy &anatomy, Fibres &fibres,
                                            const std::vector<unsigned> &cell_rank, Timers &timers);

  /// Errors and cavity volumes by iteration.
  std::string unloading_csv(const Unloading &unloading);
  ReportTable unloading_table(const Unloading &unloading);
}
