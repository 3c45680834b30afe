// What registers itself in this folder.
#include "core/registries.h"
#include "mechanics/materials/material.h"

namespace vivicor
{
  namespace
  {
    const Announce<Material> kind{
      {"materials",
       "Passive laws of the wall.",
       "mechanics/materials",
       {"mechanics.tissue.ventricle.passive.model", "mechanics.tissue.atrium.passive.model", "mechanics.tissue.passive.passive.model"}}};
  }
}
