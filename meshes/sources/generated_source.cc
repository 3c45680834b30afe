#include "meshes/sources/generated_source.h"

#include "core/units.h"

namespace vivicor
{
  namespace
  {
    struct Size
    {
      const char *key;
      double HeartSizes::*value;
      double min, max; // mm
      const char *doc;
    };

    const Size sizes[] = {
      {"lv_radius", &HeartSizes::lv_radius, 18, 30, "Largest inner radius of the left ventricle."},
      {"lv_length", &HeartSizes::lv_length, 60, 100, "Length of the left ventricular cavity from apex to valve plane."},
      {"lv_wall", &HeartSizes::lv_wall, 6, 15, "Thickness of the left ventricular wall."},
      {"rv_width", &HeartSizes::rv_width, 18, 40, "Distance from the septum to the right ventricular free wall, inside."},
      {"rv_depth", &HeartSizes::rv_depth, 32, 48, "Half the extent of the right ventricular cavity from front to back."},
      {"rv_length", &HeartSizes::rv_length, 50, 85, "Length of the right ventricular cavity from apex to valve plane."},
      {"rv_wall", &HeartSizes::rv_wall, 3, 8, "Thickness of the right ventricular free wall."},
      {"la_radius", &HeartSizes::la_radius, 21, 28, "Mean inner radius of the left atrium."},
      {"ra_radius", &HeartSizes::ra_radius, 21, 30, "Mean inner radius of the right atrium."},
      {"atrial_wall", &HeartSizes::atrial_wall, 2, 5, "Thickness of the atrial walls and of the septum between them."},
      {"ring_thickness", &HeartSizes::ring, 2.5, 6,
       "Thickness of the fibrous plate between atria and ventricles and of the closed valves in it."},
      {"aorta_radius", &HeartSizes::aorta_radius, 8, 14, "Inner radius of the aorta."},
      {"pulmonary_radius", &HeartSizes::pulmonary_radius, 8, 14, "Inner radius of the pulmonary artery."},
      {"vessel_wall", &HeartSizes::vessel_wall, 2, 4, "Thickness of the walls of aorta and pulmonary artery."},
      {"vein_radius", &HeartSizes::vein_radius, 4, 8, "Radius of the pulmonary vein stubs; the caval veins are 1.4 times as wide."},
      {"element_size", &HeartSizes::element, 2.5, 14, "Target edge length of the tetrahedra."},
    };
  }

  void declare_heart_sizes(Schema &mesh)
  {
    const HeartSizes defaults;
    for (const Size &size : sizes)
      mesh.quantity(size.key, in_unit(defaults.*size.value, "mm"), size.min, size.max, size.doc,
                    size.value == &HeartSizes::element
                      ? ""
                      : "chosen; healthy adult dimensions as in Lang et al. 2015, 10.1016/j.echo.2014.10.003, unloaded");
  }

  HeartSizes read_heart_sizes(const Parameters &mesh)
  {
    HeartSizes heart;
    for (const Size &size : sizes)
      heart.*size.value = mesh.quantity(size.key);
    return heart;
  }
}
