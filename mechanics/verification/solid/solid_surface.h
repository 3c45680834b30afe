// The boundary of a solid: pressures that follow it, dead tractions, springs and dampers, and the volume it encloses.
#pragma once

#include "mechanics/verification/solid/cell_terms.h"
#include "mechanics/verification/solid/discretisation.h"
#include "mechanics/verification/solid/solid_problem.h"

namespace vivicor
{
  class SolidSurface
  {
  public:
    /// @throws UserError for a condition on a boundary that has no faces
    SolidSurface(const Discretisation &space, const SolidProblem &problem);

    /// Hands the terms of this rank's loaded or held faces to `sink`. @return sum of squares of their nodal forces, mN^2
    double assemble(const SolidMotion &motion, bool tangent, const TermSink &sink);

    /// Part of this rank in int (x.along)(n.along) da, n out of the cavity, over a boundary displaced by u.
    double volume(const double *u, int boundary, const Point3 &along) const;

  private:
    struct FacePoint;
    FacePoint point(const Discretisation::Face &face, unsigned q) const;
    std::array<double, 9> gradient(const Discretisation::Face &face, const FacePoint &at, const double *u) const;
    void add_pressure(const Discretisation::Face &face, const FacePoint &at, double P, const double *u, bool tangent);
    void add_robin(const Discretisation::Face &face, const FacePoint &at, const RobinCondition &robin, const SolidMotion &motion,
                   bool tangent);

    const Discretisation &space;
    const SolidProblem &problem;
    std::vector<Discretisation::Face> faces; ///< of this rank that carry a condition
    CellTerms terms;
  };
}
