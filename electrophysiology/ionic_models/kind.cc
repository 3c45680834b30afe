// What registers itself in this folder.
#include "core/registries.h"
#include "electrophysiology/ionic_models/ionic_model.h"

#if VIVICOR_ISA == 2 // in one of the versions that are linked
namespace vivicor
{
  namespace
  {
    const Announce<IonicModel> kind{{"ionic_models",
                                     "Membranes of heart cells.",
                                     "electrophysiology/ionic_models",
                                     {"electrophysiology.membranes.endo.model", "electrophysiology.membranes.mid.model",
                                      "electrophysiology.membranes.epi.model", "electrophysiology.membranes.atria.model"}}};
  }
}
#endif
