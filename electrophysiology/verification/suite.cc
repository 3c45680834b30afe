#include "electrophysiology/verification/suite.h"

#include "electrophysiology/verification/cable_table.h"
#include "electrophysiology/verification/manufactured.h"
#include "electrophysiology/verification/slab.h"

namespace vivicor
{
  void verify_electrophysiology(MPI_Comm comm, bool all, const std::function<void(const VerificationTable &)> &report)
  {
    for (const unsigned dimension : {1u, 2u, 3u})
      report(manufactured_orders(dimension));
    report(cable_table());
    report(cable_time_steps());
    report(slab_table(comm, 0.5));
    report(slab_table(comm, 0.2));
    report(slab_converged(comm, all));
    report(slab_table(comm, 0.1, all));
  }
}
