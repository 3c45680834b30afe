// Springs and dampers between the heart and what surrounds it.
#pragma once

#include "core/linear/block_matrix.h"
#include "core/parameters/parameters.h"
#include "mechanics/wall/space.h"
#include "meshes/fibres/fibres.h"

#include <functional>
#include <vector>

namespace vivicor
{
  struct RobinSettings
  {
    double stiffness = 0, damping = 0;             ///< pericardium, normal: kPa/mm, kPa ms/mm
    double base_factor = 1;                        ///< of both, at the ventricular base and beyond; 1 at the apex, linear between
    double fixed_stiffness = 0, fixed_damping = 0; ///< vessel stubs, all directions
    bool smooth_normals = false; ///< of the surface that the mesh stands for: means at its nodes; else those of the triangles
  };

  /// Of the pericardium's springs and dampers on a triangle: 1 at the apex, `base_factor` at the base, linear between.
  double pericardium_factor(const Fibres &fibres, const Triangle &triangle, double base_factor);

  /// Traction t = -N (k N.u + c N.du/dt) on the epicardium with reference normals N (Pfaller et al. 2019,
  /// 10.1007/s10237-018-1098-4), stiffer at the apex than at the base (Strocchi et al. 2020, 10.1016/j.jbiomech.2020.109645),
  /// and t = -(k u + c du/dt) on the fixed vessel ends. Linear, over reference areas. Stiff springs normal to flat triangles hinder
  /// sliding along a curved surface: at each node, several normals differ by about edge/radius. Smooth normals do not.
  class Robin
  {
  public:
    Robin(const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank, unsigned rank, const Space &space,
          const BlockMatrix &matrix, const RobinSettings &settings);

    /// Further springs and dampers, along the reference normals of a surface; stiffness kPa/mm, damping kPa ms/mm.
    void add_springs(const Anatomy &anatomy, const Surface &surface, const std::vector<unsigned> &cell_rank, unsigned rank,
                     const Space &space, const BlockMatrix &matrix, double stiffness, double damping)
    {
      add(
        anatomy, surface, cell_rank, rank, space, matrix, [](const Triangle &) { return 1.0; }, stiffness, damping, false, false);
    }

    /// @param dt ms; 0: static, no damping
    void add_residual(const double *u, const double *u_old, double dt, double *residual) const;
    void add_tangent(double dt, BlockMatrix &matrix) const;

  private:
    struct Face
    {
      std::array<unsigned, 3> nodes;
      std::array<std::array<unsigned, 3>, 3> positions;
      std::array<Point3, 3> normals;   ///< at the nodes
      double area, stiffness, damping; ///< mm^2, with all factors
      bool all_directions;
    };
    void add(const Anatomy &anatomy, const Surface &surface, const std::vector<unsigned> &cell_rank, unsigned rank, const Space &space,
             const BlockMatrix &matrix, const std::function<double(const Triangle &)> &factor, double stiffness, double damping,
             bool all_directions, bool smooth_normals);
    std::vector<Face> faces;
  };
}
