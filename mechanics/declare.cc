#include "mechanics/settings.h"

#include "mechanics/mechanics.h"
#include "mechanics/unloading/unloading.h"

namespace vivicor
{
  namespace
  {
    void declare_solver(Schema &mechanics)
    {
      Schema solver = mechanics.section("solver", "Newton's method and the linear solver inside it");
      solver.quantity("tolerance", "1e-5", 1e-14, 1e-1,
                      "largest residual relative to the forces of single cells (momentum) and to their volumes (incompressibility)");
      solver.quantity("volume_tolerance", "0.1 mm^3", 1e-9, 1e3, "largest difference between a cavity and what the circulation holds");
      solver.integer("max_newton_iterations", 15, 1, 200, "then the step has failed");
      solver.quantity("linear_tolerance", "1e-3", 1e-14, 0.5, "of each linear solve, relative to Newton's residual");
      solver.integer("max_linear_iterations", 400, 1, 100000, "of each linear solve");
      solver.integer("coarse_groups", -1, -1, 100000,
                     "groups of nodes in the coarse level of the preconditioner, over all ranks; -1: one for each 40 nodes, at most "
                     "4,000; 0: none");
      solver.integer("fill", 1, 0, 10, "level of fill of the block ILU preconditioner");
    }

    void declare_boundary(Schema &mechanics)
    {
      Schema pericardium = mechanics.section("pericardium", "springs and dampers normal to the outer surface");
      pericardium.quantity("stiffness", "1 kPa/mm", 0, 1e6, "spring per area, at the apex",
                           "Strocchi et al. 2020, 10.1016/j.jbiomech.2020.109645");
      pericardium.quantity("damping", "5e-3 kPa s/mm", 0, 1e3, "damper per area, at the apex",
                           "Pfaller et al. 2019, 10.1007/s10237-018-1098-4");
      pericardium.quantity("base_factor", "0.05", 0, 1e3, "factor on both at the ventricular base and on atria and vessels",
                           "Strocchi et al. 2020, 10.1016/j.jbiomech.2020.109645");
      pericardium.choice("normals", "triangles", {"triangles", "nodes"},
                         "normals of the outer surface: of its triangles, or means at its nodes, with which very stiff springs do "
                         "not hinder sliding along a curved surface");
      Schema vessels = mechanics.section("vessel_ends", "springs and dampers at the ends of vessel stubs, in all directions");
      vessels.quantity("stiffness", "5 kPa/mm", 0, 1e6, "spring per area");
      vessels.quantity("damping", "5e-3 kPa s/mm", 0, 1e3, "damper per area");
      vessels.flag("clamped", false, "hold them fast instead of by springs: no displacement at all");
    }
  }

  void declare_wall(Schema &mechanics)
  {
    mechanics.quantity("bulk_modulus", "1000 kPa", 1, 1e7, "resistance to changes of volume");
    mechanics.quantity("stabilisation", "1", 0, 100, "factor tau of the pressure projection", "Dohrmann and Bochev 2004, 10.1002/fld.752");
    mechanics.quantity("stabilisation_modulus", "10 kPa", 0, 1e5,
                       "shear stiffness mu in the pressure projection, of the order of the contracting wall's; "
                       "0: that of each region's passive law at rest, which lets cells lose volume when they contract");
    mechanics.quantity("volume_barrier", "3 kPa", 0, 1e5,
                       "factor k of the energy k/4 (J^2 - 1 - 2 ln J) in each cell: the pressures bind volumes about nodes, this "
                       "keeps single cells from collapsing");
    mechanics.quantity("viscosity", "100 Pa s", 0, 1e6, "Kelvin-Voigt: second Piola-Kirchhoff stress viscosity times strain rate",
                       "Arostica et al. 2025, 10.1016/j.cma.2024.117485");
    mechanics.choice("active_stress", "stretch", {"stretch", "square"},
                     "second Piola-Kirchhoff stress of tension T along the fibre: stretch: T/lambda (energy T (lambda - 1)); "
                     "square: T (energy T (lambda^2 - 1)/2, as in the published benchmarks)");
    declare_region_laws(mechanics);
    declare_boundary(mechanics);
    declare_reference(mechanics);
    declare_time(mechanics);
    declare_solver(mechanics);
  }

  MechanicsSettings read_settings(const Parameters &mechanics)
  {
    MechanicsSettings s;
    s.wall.bulk_modulus = mechanics.quantity("bulk_modulus");
    s.wall.stabilisation = mechanics.quantity("stabilisation");
    s.wall.stabilisation_modulus = mechanics.quantity("stabilisation_modulus");
    s.wall.volume_barrier = mechanics.quantity("volume_barrier");
    s.wall.viscosity = mechanics.quantity("viscosity");
    s.wall.tension_per_stretch = mechanics.text("active_stress") == "stretch";

    const Parameters pericardium = mechanics.section("pericardium"), vessels = mechanics.section("vessel_ends");
    s.robin.stiffness = pericardium.quantity("stiffness");
    s.robin.damping = pericardium.quantity("damping");
    s.robin.base_factor = pericardium.quantity("base_factor");
    s.robin.smooth_normals = pericardium.text("normals") == "nodes";
    s.robin.fixed_stiffness = vessels.quantity("stiffness");
    s.robin.fixed_damping = vessels.quantity("damping");
    s.clamped_ends = vessels.flag("clamped");

    const Parameters solver = mechanics.section("solver");
    s.newton.tolerance = solver.quantity("tolerance");
    s.newton.volume_tolerance = solver.quantity("volume_tolerance");
    s.newton.max_iterations = static_cast<unsigned>(solver.integer("max_newton_iterations"));
    s.linear.tolerance = solver.quantity("linear_tolerance");
    s.linear.max_iterations = static_cast<unsigned>(solver.integer("max_linear_iterations"));
    s.linear.coarse_groups = static_cast<int>(solver.integer("coarse_groups"));
    s.linear.fill = static_cast<unsigned>(solver.integer("fill"));
    s.time = read_time(mechanics);
    return s;
  }
}
