// Conduction on one-dimensional cables of ten Tusscher-Panfilov 2006 epicardial cells with the constants of Niederer et al. 2011.
#pragma once

#include "core/verification_table.h"
#include "electrophysiology/ionic_models/ionic_model.h"

#include <memory>

namespace vivicor
{
  /// The cell model of the published cases, as published.
  std::shared_ptr<const IonicModel> epicardial_cell();

  /// Arrival and speed along and across the fibres by edge length and scheme, against values computed from the published CellML file
  /// by an explicit scheme with steps of 0.0005 and 0.001 ms that shares nothing with this program. Within 1 %. Seconds.
  VerificationTable cable_table();

  /// Arrival along the fibres by time step, against that of a step of 0.001 ms: the order of the split scheme.
  VerificationTable cable_time_steps();
}
