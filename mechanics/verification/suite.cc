#include "mechanics/verification/suite.h"

#include "mechanics/verification/arostica.h"
#include "mechanics/verification/cook.h"
#include "mechanics/verification/land_tables.h"
#include "mechanics/verification/solid/element.h"
#include "mechanics/verification/solid_manufactured.h"
#include "mechanics/verification/wall_manufactured.h"

namespace vivicor
{
  void verify_mechanics(MPI_Comm comm, bool all, const std::function<void(const VerificationTable &)> &report)
  {
    const unsigned finer = all ? 2 : 1;
    report(manufactured_wall_orders(comm, 8 * finer, 16 * finer));
    for (const SolidElement &element : solid_elements())
      report(manufactured_solid_orders(comm, element.name, (element.degree > 1 ? 2 : 4) * finer, (element.degree > 1 ? 4 : 8) * finer));
    report(cook_table(comm, all ? 96 : 64, 8 * finer));
    verify_land_2015(comm, all, report);
    verify_arostica(comm, all, report);
  }
}
