// "mesh": {"source": "generated"}: the project's own heart and its sizes.
#include "core/error.h"
#include "core/log.h"
#include "core/units.h"
#include "meshes/quality.h"
#include "meshes/sources/generated/gmsh_heart.h"
#include "meshes/sources/mesh_source.h"

#include <algorithm>

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

    void declare(Schema &mesh)
    {
      const HeartSizes defaults;
      for (const Size &size : sizes)
        mesh.quantity(size.key, in_unit(defaults.*size.value, "mm"), size.min, size.max, size.doc,
                      size.value == &HeartSizes::element
                        ? ""
                        : "chosen; healthy adult dimensions as in Lang et al. 2015, 10.1016/j.echo.2014.10.003, unloaded");
    }

    HeartSizes read_sizes(const Parameters &mesh)
    {
      HeartSizes heart;
      for (const Size &size : sizes)
        heart.*size.value = mesh.quantity(size.key);
      return heart;
    }

    TagMap own_tags()
    {
      using namespace heart_tag;
      const std::string where = "generated mesh";
      TagMap map;
      const auto add = [&](const char *name, Tissue tissue, long tag) { map.regions.push_back({{name, tissue}, {{tag}, where}}); };
      add("LV", Tissue::ventricle, LV);
      add("RV", Tissue::ventricle, RV);
      add("LA", Tissue::atrium, LA);
      add("RA", Tissue::atrium, RA);
      add("MV", Tissue::passive, MV);
      add("TV", Tissue::passive, TV);
      add("AV", Tissue::passive, AV);
      add("PV", Tissue::passive, PV);
      add("ring", Tissue::passive, ring);
      add("aorta", Tissue::passive, aorta);
      add("pulmonary_artery", Tissue::passive, pulmonary);
      add("veins", Tissue::passive, veins);
      map.cavities = {
        {"LV", {{LV_cavity}, where}}, {"RV", {{RV_cavity}, where}}, {"LA", {{LA_cavity}, where}}, {"RA", {{RA_cavity}, where}}};
      map.fixed = {{vessel_ends}, where};
      return map;
    }

    constexpr double poor_angle = 5; // degrees

    class GeneratedHeart : public MeshSource
    {
    public:
      explicit GeneratedHeart(const Parameters &mesh) : sizes(read_sizes(mesh)) {}

      TagMap tag_map(const Parameters &deck) const override
      {
        if (!deck.names("regions").empty())
          throw UserError({"regions are mapped for a generated heart", deck.where("regions"), "a generated heart brings its own regions",
                           "", "remove \"regions\", or set mesh.source to vtu"});
        return own_tags();
      }

      bool is_insulated() const override { return true; } // by the fibrous plate

      Content read(const std::vector<std::string> &) const override
      {
        Content content{generate_heart(sizes)};
        double angle = 90;
        for (const auto &cell : content.mesh.cells)
          angle = std::min(angle, min_dihedral_angle(content.mesh.points, cell));
        if (angle < poor_angle)
          log::warn("mesh: the smallest dihedral angle is {:.1f} degrees; a slightly different mesh.element_size may avoid it", angle);
        return content;
      }

      std::string where() const override { return "generated mesh"; }

    private:
      HeartSizes sizes;
    };

    const Register<MeshSource> registered{{"generated", "Four chambers made of ellipsoids and cylinders, tags included.", "this project",
                                           declare, [](const Parameters &mesh) { return std::make_unique<GeneratedHeart>(mesh); }}};
  }
}
