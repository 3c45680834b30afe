#include "electrophysiology/tissue/conductivity.h"

#include "core/error.h"
#include "core/log.h"
#include "electrophysiology/conduction_system/endocardium.h"
#include "electrophysiology/conduction_system/his_bundle.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    const std::array<std::string, 3> directions{"longitudinal", "transverse", "normal"};

    struct Defaults
    {
      std::array<std::string, 3> velocity, conductivity;
    };

    void declare_tissue(Schema section, const Defaults &defaults, const std::string &source)
    {
      const std::array<std::string, 3> where{"along the fibres", "across the fibres, in the sheet", "across the sheets"};
      for (unsigned k = 0; k < 3; ++k)
        {
          section.quantity("velocity_" + directions[k], defaults.velocity[k] + " m/s", 0.05, 10,
                           "Wanted conduction velocity " + where[k] + ".", source);
          section.quantity("conductivity_" + directions[k], defaults.conductivity[k] + " S/m", 0, 100,
                           "Monodomain conductivity " + where[k] + "; used where set_by is conductivity.",
                           "tuned to the default velocities for the default heart, mass lumped");
        }
    }
  }

  void declare_conduction(Schema &deck)
  {
    Schema conduction = deck.section("conduction", "How fast excitation spreads.");
    conduction.choice("set_by", "velocity", {"velocity", "conductivity"},
                      "Whether velocities are given, from which conductivities are tuned on a cable with the mesh's spacing, "
                      "or conductivities themselves.");
    conduction.quantity("surface_to_volume", "140 1/mm", 1, 1e4, "Membrane area per volume of tissue, chi.",
                        "Niederer et al. 2011, 10.1098/rsta.2011.0139");
    conduction.quantity("capacitance", "0.01 uF/mm^2", 1e-4, 1, "Membrane capacitance, Cm.",
                        "Niederer et al. 2011, 10.1098/rsta.2011.0139");
    declare_tissue(conduction.section("ventricles", "Working muscle of the ventricles."),
                   {{"0.6", "0.3", "0.3"}, {"0.738", "0.195", "0.195"}}, "healthy ventricles: 0.6 to 0.7 along, 0.2 to 0.4 m/s across");
    declare_tissue(conduction.section("atria", "Working muscle of the atria."), {{"1.0", "0.6", "0.6"}, {"1.32", "0.429", "0.429"}},
                   "healthy atria: 0.6 to 1.0 m/s, faster in the bundles");
    Schema fast = conduction.section("fast_endocardial_layer", "Stands for the junctions of the Purkinje network with the muscle.");
    fast.flag("enabled", true, "Whether the ventricles' endocardium conducts faster.");
    fast.quantity("depth", "0.1", 0, 1,
                  "Transmural coordinate down to which it reaches; at least the cells with a face on the endocardium.");
    fast.quantity("velocity", "1.8 m/s", 0.05, 10, "Wanted velocity, the same in all directions.",
                  "fast endocardial layers in place of a Purkinje tree: Cardone-Noott et al. 2016, 10.1093/europace/euw346");
    fast.quantity("conductivity", "2.36 S/m", 0, 100, "Conductivity; used where set_by is conductivity.");
    fast.quantity("blocked_velocity", "0 m/s", 0, 10,
                  "Velocity in the layer of a ventricle whose bundle branch is cut; 0: that of the muscle below, as if no front came "
                  "back into the Purkinje network.",
                  "QRS of 176 and 200 ms in two patients' hearts with left bundle branch block, with a fast layer and without: Okada "
                  "et al. 2018, 10.3389/fphys.2018.00056");
    fast.quantity("blocked_conductivity", "0 S/m", 0, 100, "Its conductivity; used where set_by is conductivity.");
    Schema region = conduction.items("regions", "Regions of the mesh, by name, that conduct otherwise than their tissue.");
    region.quantity("factor", "1", 0, 100, "Multiplies the conductivities; 0 blocks conduction.");
  }

  double grid_spacing(const Anatomy &anatomy, Tissue tissue)
  {
    double volume = 0;
    std::size_t n = 0;
    for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
      if (anatomy.regions[anatomy.cell_region[c]].tissue == tissue)
        {
          const auto &cell = anatomy.cells[c];
          volume += P1Cell({&anatomy.points[cell[0]], &anatomy.points[cell[1]], &anatomy.points[cell[2]], &anatomy.points[cell[3]]}).volume;
          ++n;
        }
    return n ? std::cbrt(6 * volume / static_cast<double>(n)) : 0.0;
  }

  namespace
  {
    // See build_conduction().
    constexpr std::array<double, 3> spacing_factor{0.95, 0.5, 0.5};
    constexpr double isotropic_spacing_factor = 0.9;

    double tuned(const IonicModel &model, double velocity, CableOptions cable, double factor)
    {
      cable.edge *= factor;
      return tune_diffusivity(model, velocity, cable);
    }

    Diffusivities given_or_tuned(const Parameters &section, bool tune, double chi_Cm, const IonicModel &model, const CableOptions &cable)
    {
      Diffusivities d{};
      for (unsigned k = 0; k < 3; ++k)
        {
          const std::string velocity = "velocity_" + directions[k];
          const bool as_before = k == 2 && section.quantity(velocity) == section.quantity("velocity_" + directions[1]);
          d[k] = !tune       ? section.quantity("conductivity_" + directions[k]) / chi_Cm
                 : as_before ? d[1]
                             : tuned(model, section.quantity(velocity), cable, spacing_factor[k]);
        }
      return d;
    }
  }

  std::vector<double> region_factors(const std::vector<Region> &regions, const Parameters &section)
  {
    std::vector<double> factors(regions.size(), 1.0);
    std::vector<std::string> known;
    for (const auto &region : regions)
      known.push_back(region.name);
    for (const auto &name : section.names("regions"))
      {
        const auto found = std::find(known.begin(), known.end(), name);
        if (found == known.end())
          throw UserError({"no region named '" + name + "'", section.where("regions." + name + ".factor"), "the mesh has none",
                           nearest_of(name, known), "use the name of a region of the mesh"});
        factors[static_cast<std::size_t>(found - known.begin())] = section.section("regions").section(name).quantity("factor");
      }
    return factors;
  }

  Conduction build_conduction(const Anatomy &anatomy, const Parameters &deck, const std::map<Tissue, const IonicModel *> &membranes,
                              const CableOptions &numerics, unsigned refinement)
  {
    const Parameters section = deck.section("conduction");
    const bool tune = section.text("set_by") == "velocity";
    Conduction result;
    result.region_factor = region_factors(anatomy.regions, section);
    result.chi_Cm = section.quantity("surface_to_volume") * section.quantity("capacitance");
    for (const auto &[tissue, model] : membranes)
      {
        CableOptions cable = numerics;
        cable.edge = grid_spacing(anatomy, tissue) / (1u << refinement);
        if (cable.edge == 0)
          continue;
        const bool ventricle = tissue == Tissue::ventricle;
        const std::string name = ventricle ? "ventricles" : "atria";
        const auto d = result.tissue[tissue] = given_or_tuned(section.section(name), tune, result.chi_Cm, *model, cable);
        log::info("{}: conductivities {:.4f}, {:.4f}, {:.4f} S/m for a grid spacing of {:.3f} mm", name, d[0] * result.chi_Cm,
                  d[1] * result.chi_Cm, d[2] * result.chi_Cm, cable.edge);
        const Parameters layer = section.section("fast_endocardial_layer");
        if (ventricle && layer.flag("enabled"))
          {
            const auto rate = [&](const std::string &prefix) {
              const double velocity = layer.quantity(prefix + "velocity");
              return !tune           ? layer.quantity(prefix + "conductivity") / result.chi_Cm
                     : velocity == 0 ? 0.0
                                     : tuned(*model, velocity, cable, isotropic_spacing_factor);
            };
            const auto cuts = cut_bundles(deck.section("conduction_system"));
            const bool left = is_blocked("left_bundle", cuts), right = is_blocked("right_bundle", cuts);
            result.fast_left = rate(left ? "blocked_" : "");
            result.fast_right = right == left ? result.fast_left : rate(right ? "blocked_" : "");
            result.fast_depth = layer.quantity("depth");
            log::info("fast endocardial layers: conductivity {:.4f} S/m in the left ventricle, {:.4f} S/m in the right one",
                      result.fast_left * result.chi_Cm, result.fast_right * result.chi_Cm);
          }
      }
    return result;
  }

  namespace
  {
    /// Rate of the fast layer by place; 0: none there.
    class FastLayers
    {
    public:
      FastLayers(const Anatomy &anatomy, const Conduction &conduction)
        : left(conduction.fast_left),
          right(conduction.fast_right),
          left_endocardium(anatomy.points, muscular_part(anatomy, "LV", Tissue::ventricle)),
          right_endocardium(anatomy.points, muscular_part(anatomy, "RV", Tissue::ventricle))
      {
      }

      double at(const Point3 &p) const
      {
        return left == right || left_endocardium.nearest(p).distance <= right_endocardium.nearest(p).distance ? left : right;
      }

    private:
      double left, right;
      TriangleSet left_endocardium, right_endocardium;
    };

    Point3 centroid(const RefinedMesh &mesh, std::size_t c)
    {
      const auto &nodes = mesh.cells[c];
      return 0.25 * (mesh.points[nodes[0]] + mesh.points[nodes[1]] + mesh.points[nodes[2]] + mesh.points[nodes[3]]);
    }
  }

  std::vector<SymmetricTensor> diffusivity_tensors(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres,
                                                   const Conduction &conduction)
  {
    constexpr double slack = 1e-6; // endocardial nodes of an interpolated coordinate
    const FastLayers layers(anatomy, conduction);
    std::vector<SymmetricTensor> tensors;
    tensors.reserve(mesh.cells.size());
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      {
        const unsigned parent = mesh.parent[c];
        const Tissue tissue = mesh.keys[mesh.cells[c][0]].tissue;
        const double factor = conduction.region_factor[anatomy.cell_region[parent]];
        const auto deep = [&](unsigned n) { return mesh.keys[n].interpolate(fibres.transmural) > conduction.fast_depth + slack; };
        if (tissue == Tissue::ventricle && std::count_if(mesh.cells[c].begin(), mesh.cells[c].end(), deep) <= 1)
          if (const double d = factor * layers.at(centroid(mesh, c)); d > 0)
            {
              tensors.push_back({d, d, d, 0, 0, 0});
              continue;
            }
        const auto &nodes = anatomy.cells[parent];
        const Frame frame = fibres.at(nodes, mesh.centroid_weights(c, nodes));
        const auto &d = conduction.tissue.at(tissue);
        SymmetricTensor tensor{};
        for (const auto &[axis, value] : {std::pair{&frame.fibre, d[0]}, {&frame.sheet, d[1]}, {&frame.normal, d[2]}})
          {
            const auto &a = *axis;
            const std::array<double, 6> dyad{a[0] * a[0], a[1] * a[1], a[2] * a[2], a[0] * a[1], a[0] * a[2], a[1] * a[2]};
            for (unsigned k = 0; k < 6; ++k)
              tensor[k] += factor * value * dyad[k];
          }
        tensors.push_back(tensor);
      }
    return tensors;
  }

  std::vector<SymmetricTensor> element_means(const std::vector<SymmetricTensor> &cells)
  {
    constexpr std::size_t children = 8;
    std::vector<SymmetricTensor> means(cells.size() / children, SymmetricTensor{});
    for (std::size_t c = 0; c < cells.size(); ++c)
      for (unsigned k = 0; k < 6; ++k)
        means[c / children][k] += cells[c][k] / children;
    return means;
  }
}
