// What is unknown where: shape functions, numbers of the unknowns, and the geometry of the cells. Everything that knows
// deal.II's elements is in discretisation.cc.
#pragma once

#include "mechanics/verification/solid/element.h"
#include "meshes/fibres/fibres.h"

#include <mpi.h>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace vivicor
{
  /// Values and gradients of shape functions at points of the unit cell.
  struct ShapeTable
  {
    unsigned shapes = 0, points = 0;
    std::vector<double> value;    ///< shape a at point q: [q * shapes + a]
    std::vector<double> gradient; ///< [(q * shapes + a) * 3 + i]
    const double *values(unsigned q) const { return value.data() + std::size_t{q} * shapes; }
    const double *gradients(unsigned q) const { return gradient.data() + std::size_t{q} * shapes * 3; }
  };

  /// The three fields' tables at one set of points. No pressure field: pressure.shapes = 0.
  struct ShapeTables
  {
    ShapeTable geometry, displacement, pressure;
    std::vector<double> weights; ///< of the quadrature; empty for mere points
  };

  class Discretisation
  {
  public:
    /// Collective. @throws UserError for a mesh that does not suit the element
    Discretisation(MPI_Comm comm, const SolidElement &element, const SolidMesh &mesh, unsigned extra_quadrature);
    ~Discretisation();

    using Dof = int;
    struct Cell
    {
      unsigned rank;
      std::vector<Dof> u; ///< component c of node a at [3 a + c]
      std::vector<Dof> p;
      std::vector<Point3> nodes; ///< geometry
    };
    struct Face
    {
      unsigned cell, number; ///< of the cell and within it
      int id;
    };
    std::vector<Cell> cells;    ///< of all ranks
    std::vector<Face> faces;    ///< on the boundary, of all ranks
    std::vector<unsigned> mine; ///< numbers of this rank's cells
    Dof n_u = 0, n_p = 0;
    std::vector<Dof> u_begin, p_begin; ///< first unknown of each rank, and the number of all of them

    ShapeTables volume;                           ///< at the quadrature points of the unit cell
    std::vector<ShapeTables> on_face;             ///< at those of each of its faces
    std::vector<std::array<double, 3>> face_area; ///< outward normal of the unit cell's faces times (area of the face)/(sum of the weights)

    /// Tables at one point of the unit cell.
    ShapeTables at(const Point3 &xi) const;
    /// Middle of the unit cell.
    Point3 centre() const;
    /// How far a point lies outside the unit cell; 0 inside.
    double outside(const Point3 &xi) const;
    /// Nodes a of the displacement on a face of the unit cell.
    const std::vector<unsigned> &nodes_on_face(unsigned face) const { return face_nodes[face]; }
    /// Displacement node in the reference configuration.
    Point3 node_position(const Cell &cell, unsigned a) const;

  private:
    struct Elements;
    std::unique_ptr<Elements> elements;
    std::vector<std::vector<unsigned>> face_nodes;
    ShapeTable geometry_at_nodes;
  };

  /// Position and inverse Jacobian of one point of a cell.
  struct PointGeometry
  {
    Point3 X;
    std::array<double, 9> inverse; ///< d xi_k/dX_j at [3 k + j]
    double volume;                 ///< |det dX/dxi|
  };
  PointGeometry point_geometry(const std::vector<Point3> &nodes, const ShapeTable &geometry, unsigned q);
}
