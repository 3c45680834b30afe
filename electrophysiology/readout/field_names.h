// Names of the fields that electrical hearts show, with their units.
#pragma once

namespace vivicor::field_names
{
  inline constexpr const char *potential = "transmembrane_potential_mV", *calcium = "calcium_uM", *activation = "activation_ms",
                              *repolarisation = "repolarisation_ms", *duration = "action_potential_duration_ms",
                              *velocity = "conduction_velocity_m_s";
}
