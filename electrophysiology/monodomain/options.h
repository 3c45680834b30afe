// What a deck may say about the monodomain tissue, read.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/tissue/conductivity.h"
#include "electrophysiology/tissue/diffusion.h"
#include "electrophysiology/tissue/time_step.h"

namespace vivicor
{
  /// Entries of the section "electrophysiology" with model = monodomain.
  void declare_monodomain(Schema &electrophysiology);

  unsigned element_degree(const Parameters &electrophysiology);
  DiffusionOptions diffusion_options(const Parameters &electrophysiology);
  /// @throws UserError for schemes that do not go together
  TimeStepOptions time_step_options(const Parameters &electrophysiology);
  /// As the tissue's scheme needs it. @throws UserError as build_conduction()
  Conduction tissue_conduction(const Anatomy &anatomy, const Parameters &electrophysiology, unsigned refinement);
}
