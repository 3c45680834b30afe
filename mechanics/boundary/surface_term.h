// Loads on a named surface that others than the heart bring along: a sac around it, a patch, a balloon.
#pragma once

#include "meshes/anatomy.h"

#include <functional>
#include <string>

namespace vivicor
{
  /// Per area, so that the load does not depend on the mesh: traction -(k N.u + c N.du/dt) N over reference areas, with reference
  /// normals N and displacement u from the unloaded shape, and a pressure that follows the motion.
  struct SurfaceTerm
  {
    std::string surface;                                ///< named_surface()
    std::string where;                                  ///< in the deck, for messages
    double stiffness = 0, damping = 0;                  ///< kPa/mm, kPa ms/mm
    std::function<double(double t)> pressure = nullptr; ///< kPa at t (ms), against the tissue; none: no pressure
  };

  /// "epicardium", "vessel_ends", or the inner surface of a blood pool by its name. @throws UserError with the nearest
  const Surface &named_surface(const Anatomy &anatomy, const std::string &name, const std::string &where);
}
