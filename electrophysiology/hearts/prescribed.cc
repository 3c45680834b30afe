#include "electrophysiology/prescribed/prescribed.h"

namespace vivicor
{
  namespace
  {
    std::unique_ptr<ElectricalHeart> create(const Parameters &electrophysiology, const ElectricalHeart::Context &context)
    {
      return std::make_unique<Prescribed>(electrophysiology, context);
    }

    const Register<ElectricalHeart> registered{{"prescribed", "A given wave: activation times in every beat, cells paced alone.",
                                                "docs/howto/prescribed_wave.md", declare_prescribed, create}};
  }
}
