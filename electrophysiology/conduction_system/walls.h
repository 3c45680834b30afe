// Activation told by the walls of the ventricles, as a cardiologist would.
#pragma once

#include "core/output/vtu.h"
#include "electrophysiology/leads/heart_axes.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  struct WallActivation
  {
    std::string wall;
    double first = 0, mean = 0, last = 0; ///< ms since the latest firing of the sinus node
    Point3 latest{};                      ///< mm
  };

  /// Collective. First, mean and last activation of the regions named LV and RV at the nodes of the anatomy. The LV is parted
  /// by the angle about its cavity's centre line: septal within 60 degrees of the direction to the RV, lateral within 60 of the
  /// opposite one, anterior and posterior between them. Walls without an activated node are left out.
  /// @param maps of ElectricalHeart::fields(), with the point field activation_ms
  std::vector<WallActivation> activation_by_wall(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const VtuPiece &maps);
}
