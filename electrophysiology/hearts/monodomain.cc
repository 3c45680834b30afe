#include "electrophysiology/monodomain/monodomain.h"
#include "electrophysiology/monodomain/options.h"

namespace vivicor
{
  namespace
  {
    std::unique_ptr<ElectricalHeart> create(const Parameters &electrophysiology, const ElectricalHeart::Context &context)
    {
      return std::make_unique<Monodomain>(electrophysiology, context);
    }

    const Register<ElectricalHeart> registered{{"monodomain", "Monodomain tissue, fired by sinus node and conduction system.",
                                                "Niederer et al. 2011, 10.1098/rsta.2011.0139", declare_monodomain, create}};
  }
}
