// The three-dimensional moving wall: mechanics/mechanics.h.
#include "mechanics/mechanics.h"

namespace vivicor
{
  namespace
  {
    const Register<Pump> registered{
      {"wall", "The moving wall in three dimensions: active fibres, nearly incompressible.", "docs/theory/time_scheme.md", declare_wall,
       [](const Parameters &mechanics, const PumpContext &context) { return std::make_unique<Mechanics>(context, mechanics); }}};
  }
}
