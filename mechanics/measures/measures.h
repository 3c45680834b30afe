// What clinicians measure on the moving heart.
#pragma once

#include "meshes/fibres/fibres.h"

#include <vector>

namespace vivicor
{
  /// LV measures of one configuration against another; see measures.cc for each definition and its source.
  struct Measures
  {
    double avpd = 0;            ///< mm: approach of the mitral plane to the apex along the long axis
    double wall_thickening = 0; ///< mm: mean growth of the LV wall thickness
    double torsion = 0;         ///< deg/cm: (apical - basal rotation)/distance, counter-clockwise from the apex
    double gls = 0;             ///< %: global longitudinal strain of the LV endocardium (negative: shortening)
    double fibre_strain = 0;    ///< %: mean fibre strain of the LV wall (negative: shortening)
  };

  /// @param end_diastole, now displacements (mm) of every node of the anatomy
  Measures measure(const Anatomy &anatomy, const Fibres &fibres, const std::vector<Point3> &end_diastole, const std::vector<Point3> &now);
}
