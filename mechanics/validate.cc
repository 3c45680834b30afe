#include "mechanics/validate.h"

#include "core/error.h"
#include "core/log.h"
#include "mechanics/boundary/hold.h"
#include "mechanics/pump.h"
#include "mechanics/unloading/unloading.h"

#include <cstdio>

namespace vivicor
{
  namespace
  {
    // kPa/mm over the outer surface: docs/decisions/0029-held-heart.md.
    constexpr double too_little = 1e-6, little = 1e-4;

    void require_held(const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck)
    {
      const Parameters mechanics = deck.section("mechanics"), pericardium = mechanics.section("pericardium");
      const Hold hold = hold_of(anatomy, fibres, read_settings(mechanics), deck.section("time").quantity("cycle_length"));
      if (hold.clamped || hold.stiffness >= little)
        return;
      char stiffness[40];
      std::snprintf(stiffness, sizeof stiffness, "%.1e kPa/mm", hold.stiffness);
      if (hold.stiffness >= too_little)
        {
          log::warn("the heart is hardly held: springs and dampers resist {} with {} over its outer surface", hold.motion, stiffness);
          return;
        }
      throw UserError({"nothing holds the heart against " + hold.motion, pericardium.where("stiffness"),
                       "springs and dampers resist that with " + std::string(stiffness)
                         + " over its outer surface; it would drift away at the least force",
                       "1 kPa/mm at the pericardium, or vessel ends that are held",
                       "raise mechanics.pericardium.stiffness, or name the ends of the vessels (mesh.fixed_tags) and give "
                       "mechanics.vessel_ends a stiffness or clamp them"});
    }
  }

  void validate_mechanics(const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck)
  {
    check_mechanics(anatomy.regions, deck);
    const Parameters mechanics = deck.section("mechanics");
    if (!mechanics.has("reference")) // no wall: nothing that could drift
      return;
    std::vector<std::string> cavities;
    for (const auto &cavity : anatomy.cavities)
      cavities.push_back(cavity.first);
    if (mechanics.section("reference").text("scheme") == "unload")
      read_reference(mechanics, cavities);
    require_held(anatomy, fibres, deck);
  }
}
