// The ventricle of Arostica et al. 2025 (10.1016/j.cma.2024.117485), case "monoventricular": between two half ellipsoids about the
// x axis, apex at x = -90 and -97 mm, cut by a cone; fibres from -60 degrees at the endocardium to +60 at the epicardium.
#pragma once

#include "mechanics/verification/ventricle_mesh.h"
#include "meshes/fibres/fibres.h"

#include <array>
#include <vector>

namespace vivicor
{
  class ArosticaVentricle
  {
  public:
    ArosticaVentricle();

    /// Straight lines through the wall. @param along 0 at the apex to 1 at the base, by the parametric angle; @param around angle from
    /// the y axis; @param depth 0 endocardium to 1 epicardium. mm
    static Point3 place(double along, double around, double depth);
    /// Along and depth of a point, by Newton's method.
    static std::array<double, 2> chart(const Point3 &X);

    /// Fibre, sheet and normal at a point: the angle is linear in the solution of Laplace's equation from 0 on the
    /// endocardium to 1 on the epicardium, and the frame that of the ellipsoid through the point with the half axes of that depth. The
    /// sheet lies in that ellipsoid, the normal across the wall: the published results are of this choice, not of radial sheets.
    Frame fibres(const Point3 &X) const;
    double laplace_depth(const Point3 &X) const;

    /// With alternating diagonals: case 0B buckles, and parallel ones decide to which side.
    SolidMesh mesh(SolidMesh::Shape shape, const VentricleCounts &counts) const
    {
      return ventricle_mesh(shape, counts, place, Diagonals::alternating);
    }

  private:
    std::vector<double> fractions;           ///< `along` of the rows of the table
    std::vector<std::vector<double>> depths; ///< Laplace's solution by row, at equal steps of the chart's depth
  };
}
