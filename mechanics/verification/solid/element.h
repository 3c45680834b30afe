// The elements of the general solid solver, by name.
#pragma once

#include "mechanics/verification/solid/solid_mesh.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// A pair of spaces for displacement and pressure.
  struct SolidElement
  {
    enum class Pressure {
      none,         ///< p = kappa U'(J) at each quadrature point: needs a finite bulk modulus
      continuous,   ///< nodes shared by cells
      discontinuous ///< complete polynomials within a cell
    };
    std::string name, doc;
    SolidMesh::Shape shape;
    unsigned degree; ///< of the displacement
    Pressure pressure;
    unsigned pressure_degree;
    bool locking_free; ///< keeps its order when nearly incompressible
    /// Equal orders made stable by - tau/mu int (q - mean q)(p - mean p), means of cells: Dohrmann and Bochev 2004, 10.1002/fld.752.
    bool projected = false;
  };

  /// P1, P1-P1 (as the moving wall of whole hearts), P2, P2-P1, Q1, Q1-P0, Q2, Q2-Q1, Q2-P1disc.
  const std::vector<SolidElement> &solid_elements();
  /// @throws UserError for an unknown name
  const SolidElement &solid_element(const std::string &name);
}
