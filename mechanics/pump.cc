#include "mechanics/pump.h"

#include "mechanics/elastance/settings.h"
#include "mechanics/wall/regions.h"

namespace vivicor
{
  void declare_mechanics(Schema &deck)
  {
    Schema mechanics = deck.section("mechanics", "what pumps the blood");
    declare_models<Pump>(mechanics, "model", "wall", "the moving wall, or a pump in its place");
  }

  void check_mechanics(const std::vector<Region> &regions, const Parameters &deck)
  {
    const Parameters mechanics = deck.section("mechanics");
    if (mechanics.has("tissue"))
      build_region_laws(regions, mechanics);
    if (mechanics.has("chambers"))
      read_elastance(mechanics, deck.section("time").quantity("cycle_length"));
  }
}
