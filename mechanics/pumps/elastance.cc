// Chambers of time-varying elastance: mechanics/elastance/elastance_pump.h.
#include "mechanics/elastance/elastance_pump.h"

namespace vivicor
{
  namespace
  {
    const Register<Pump> registered{
      {"elastance", "Chambers of time-varying elastance, without a wall.", "Suga and Sagawa 1974, doi:10.1161/01.RES.35.1.117",
       declare_elastance,
       [](const Parameters &mechanics, const PumpContext &context) { return std::make_unique<ElastancePump>(context, mechanics); }}};
  }
}
