// The phases of the ventricular cycle.
#pragma once

#include <string>

namespace vivicor
{
  /// Of the ventricular cycle, by the pressures around the mitral and the aortic valve.
  enum class Phase { filling, isovolumic_contraction, ejection, isovolumic_relaxation };
  const std::string &name_of(Phase phase);

  /// The phase after `before`. A ventricle that filled and did not contract yet goes on filling while its pressure is hardly
  /// above the atrium's: in late diastole the two are nearly the same.
  Phase phase_of(Phase before, double p_LV, double p_LA, double p_aorta, double dp_LV);
}
