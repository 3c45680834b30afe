// Lagrange elements of degree 1 and 2 on simplices (line, triangle, tetrahedron) and cubes (line, square, hexahedron).
#pragma once

#include "core/mesh/mesh.h"

#include <cstddef>
#include <vector>

namespace vivicor
{
  /// Shape functions on the reference cell: corners at the origin and the unit vectors, or the unit cube. Nodes of a simplex are
  /// its corners, then the middles of the edges 01, 02, 03, 12, 13, 23; those of a cube run along x first.
  class Element
  {
  public:
    enum class Shape { simplex, cube };
    /// A quadrature point of the reference cell with the shape functions there.
    struct Point
    {
      double weight = 0;
      std::vector<double> value;    ///< by node
      std::vector<Point3> gradient; ///< by node; components beyond the dimension are 0
    };

    /// @param dimension 1, 2 or 3; @param degree 1 or 2
    Element(Shape shape, unsigned dimension, unsigned degree);

    unsigned n_nodes() const { return static_cast<unsigned>(nodes.size()); }
    unsigned n_corners() const { return shape == Shape::simplex ? dimension + 1 : 1u << dimension; }
    const std::vector<Point3> &reference_nodes() const { return nodes; }

    /// Points that integrate polynomials of this degree exactly: on simplices the rule of dimension + 1 points up to degree 2,
    /// then Grundmann and Moeller 1978 (10.1137/0715019), whose weights are not all positive; on cubes Gauss' in each direction.
    std::vector<Point> quadrature(unsigned exact_degree) const;
    /// Enough for mass matrices on straight cells.
    std::vector<Point> mass_quadrature() const { return quadrature(2 * degree); }

    /// Of cubes of degree 1: two points a direction that integrate the mean of the consistent and the lumped mass. Mass and stiffness by
    /// them make waves along and across a grid of straight cells travel with an error of fourth order in the edge length (Ainsworth and
    /// Wajid 2010, "Optimally blended spectral-finite element scheme for wave propagation and nonstandard reduced integration",
    /// 10.1137/090754017).
    std::vector<Point> blended_quadrature() const;

    const Shape shape;
    const unsigned dimension, degree;

  private:
    Point tabulate(const Point3 &at, double weight) const;
    std::vector<Point3> nodes;
  };

  /// Cells of one element, as lists of nodes one after the other.
  struct CellList
  {
    Element element;
    std::vector<unsigned> nodes;
    std::size_t size() const { return nodes.size() / element.n_nodes(); }
    const unsigned *operator[](std::size_t cell) const { return &nodes[cell * element.n_nodes()]; }
  };

  /// A quadrature point of a cell in space: gradients of the shape functions (1/mm) and the volume that it stands for.
  struct MappedPoint
  {
    std::vector<Point3> gradient;
    double volume = 0; ///< mm^3; mm^2 or mm in fewer dimensions
  };
  /// That volume alone.
  double mapped_volume(const Element &element, const Element::Point &point, const unsigned *nodes, const std::vector<Point3> &points);
  MappedPoint map(const Element &element, const Element::Point &point, const unsigned *nodes, const std::vector<Point3> &points);
}
