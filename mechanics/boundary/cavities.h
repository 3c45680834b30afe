// Blood pools: their volumes and the pressure on their walls, which follows the motion.
#pragma once

#include "core/linear/block_matrix.h"
#include "mechanics/wall/space.h"
#include "meshes/anatomy.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// Volume V(x) enclosed by moving triangles and its derivatives. The force of pressure P on the wall is P dV/dx, so the
  /// tangent P d2V/dx2 of a closed surface is symmetric. For an open surface force and tangent are those of a follower load.
  class Cavities
  {
  public:
    /// @param rank this rank: it integrates the triangles of its own cells
    Cavities(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank, unsigned rank, const Space &space, const BlockMatrix &matrix);
    /// The same of any surfaces whose normals point out of the tissue, in their order.
    Cavities(const Anatomy &anatomy, const std::vector<std::pair<std::string, const Surface *>> &surfaces,
             const std::vector<unsigned> &cell_rank, unsigned rank, const Space &space, const BlockMatrix &matrix);

    const std::vector<std::string> &names() const { return cavity_names; }
    std::size_t size() const { return cavity_names.size(); }

    /// This rank's part of each volume, mm^3. @param u unknowns of the local blocks
    std::vector<double> volumes(const double *u) const;
    /// Adds -pressure_k dV_k/du to the residual.
    void add_forces(const double *u, const std::vector<double> &pressure, double *residual) const;
    /// This rank's part of dV_k/du.
    void gradient(const double *u, std::size_t cavity, double *result) const;
    /// Adds -pressure_k d2V_k/du2.
    void add_tangent(const double *u, const std::vector<double> &pressure, BlockMatrix &matrix) const;

  private:
    struct Face
    {
      std::array<unsigned, 3> nodes;   ///< local blocks, normal out of the blood
      std::array<Point3, 3> reference; ///< mm, about the centre of the mesh
      std::array<std::array<unsigned, 3>, 3> positions;
    };
    static std::array<Point3, 3> corners(const Face &face, const double *u);

    std::vector<std::string> cavity_names;
    std::vector<std::vector<Face>> faces;
  };
}
