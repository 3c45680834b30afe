// How much each segment of the left ventricle deforms, and in which direction.
#pragma once

#include "mechanics/measures/segments.h"

namespace vivicor
{
  /// Means over a segment's cells, weighted by their volume at end diastole; 0 where a segment has no cells.
  struct SegmentMeasures
  {
    double volume = 0; ///< mm^3 of wall, at end diastole
    /// %: |F d| - 1 with d a unit vector at end diastole and F the deformation from there. Negative: shortening.
    double fibre_strain = 0, circumferential_strain = 0, longitudinal_strain = 0, radial_strain = 0;
    double thickness_ed = 0, thickness = 0; ///< mm, endocardium to epicardium or RV, see measures.cc; 0: no ray in the segment
  };

  /// Directions of the wall at the centre of a cell at end diastole: radial is the outward normal of the nearest node of the LV's
  /// endocardium, longitudinal the long axis across it, circumferential perpendicular to both.
  struct WallDirections
  {
    Point3 radial, longitudinal, circumferential;
  };

  /// @param end_diastole, now displacements (mm) of every node of the anatomy
  /// @return by place of the segment, see segments_of()
  std::array<SegmentMeasures, n_segments> regional_measures(const Anatomy &anatomy, const Fibres &fibres,
                                                            const std::vector<Point3> &end_diastole, const std::vector<Point3> &now);

  /// The same over the whole wall of the LV. Thickness is the mean over the segments' means.
  SegmentMeasures whole_wall(const std::array<SegmentMeasures, n_segments> &segments);
}
