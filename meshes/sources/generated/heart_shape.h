// The generated heart as a handful of primitives: where each wall, cavity, valve and vessel lies. No mesh, no Gmsh.
//
// Frame: the base of the ventricles is the plane z = 0, the LV long axis the z axis (apex below), x points to the left
// side of the body (the RV lies at x < 0), y to its back: left, posterior, superior, as images of patients have it
// (DICOM), and right-handed, as a heart that is no mirror image needs it. A fibrous plate 0 <= z <= top carries the four
// valves and parts the atria above from the ventricles below. Lengths in mm.
#pragma once

#include "core/mesh/mesh.h"

#include <vector>

namespace vivicor
{
  /// Sizes of the unloaded heart, mm. Defaults: a healthy adult whose unloaded volumes are those of a heart at zero
  /// pressure.
  struct HeartSizes
  {
    double lv_radius = 22.0; ///< largest inner radius of the LV
    double lv_length = 74.0; ///< LV cavity, apex to valve plane
    double lv_wall = 9.5;
    double rv_width = 25.0;  ///< largest distance from the septum to the RV free wall, inside
    double rv_depth = 38.0;  ///< half the front-to-back extent of the RV cavity
    double rv_length = 64.0; ///< RV cavity, apex to valve plane
    double rv_wall = 4.0;
    double la_radius = 23.0; ///< mean inner radius of the LA
    double ra_radius = 24.0; ///< mean inner radius of the RA
    double atrial_wall = 3.0;
    double ring = 4.0;                                   ///< thickness of the fibrous plate and of the closed valves in it
    double aorta_radius = 10.0, pulmonary_radius = 10.0; ///< inner
    double vessel_wall = 2.5;
    double vein_radius = 6.0;
    double element = 5.0; ///< target edge length
  };

  /// Tags of the generated mesh.
  namespace heart_tag
  {
    enum Volume { LV = 1, RV = 2, LA = 3, RA = 4, MV = 5, TV = 6, AV = 7, PV = 8, ring = 9, aorta = 10, pulmonary = 11, veins = 12 };
    enum Surface { LV_cavity = 101, RV_cavity = 102, LA_cavity = 103, RA_cavity = 104, vessel_ends = 110 };
  }

  struct Ellipsoid
  {
    Point3 centre, semi_axes;
    double turn = 0; ///< rad, about the z axis through the centre

    bool contains(const Point3 &p) const;
    Ellipsoid grown(double by) const;
  };

  struct Cylinder
  {
    Point3 foot, axis; ///< unit axis
    double length = 0, radius = 0;

    bool contains(const Point3 &p) const;
    bool end_contains(const Point3 &p, double tolerance) const; ///< p on the far end disc
    Cylinder grown(double by) const;
  };

  struct HeartShape
  {
    Ellipsoid lv, rv, la, ra; ///< blood pools, before cuts by planes and each other
    Ellipsoid lv_outer, rv_outer, la_outer, ra_outer;
    Cylinder aorta, pulmonary; ///< lumens
    Cylinder aorta_outer, pulmonary_outer;
    std::vector<Cylinder> veins; ///< solid plugs that close the atria
    double top = 0;              ///< upper face of the fibrous plate
  };

  HeartShape heart_shape(const HeartSizes &sizes);

  /// The volume tag (heart_tag) of tissue at p.
  int heart_tag_at(const HeartShape &shape, const Point3 &p);

  /// True where p lies on the outer end of a vessel stub.
  bool on_vessel_end(const HeartShape &shape, const Point3 &p, double tolerance);
}
