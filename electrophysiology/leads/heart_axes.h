// Directions and size of a heart, found from its fibres and cavities: what automatic rules of place are written in.
#pragma once

#include "core/mesh/vectors.h"
#include "meshes/fibres/fibres.h"

namespace vivicor
{
  struct HeartAxes
  {
    Point3 apex;       ///< mm, of the left ventricle
    Point3 centre;     ///< mm, of the ventricular walls' volume
    Point3 up;         ///< unit vector from the apex to the mitral plane
    Point3 right;      ///< unit vector across it, from the left ventricle to the right one (any, where there is no right one)
    Point3 anterior;   ///< up x right: towards the anterior wall of the left ventricle, in a human heart
    double length = 0; ///< mm, apex to mitral plane
  };

  HeartAxes heart_axes(const Anatomy &anatomy, const Fibres &fibres);
}
