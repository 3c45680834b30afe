// The volume of a solid: stresses, incompressibility, mass and body force, at quadrature points.
#pragma once

#include "mechanics/verification/solid/cell_terms.h"
#include "mechanics/verification/solid/discretisation.h"
#include "mechanics/verification/solid/solid_problem.h"
#include "mechanics/verification/solid/volumetric.h"

namespace vivicor
{
  class SolidBulk
  {
  public:
    /// @throws UserError for a cell that is folded in the reference configuration
    SolidBulk(const Discretisation &space, const SolidProblem &problem);

    struct Result
    {
      double min_J = 1;
      unsigned worst_cell = 0;
      double force2 = 0; ///< mN^2: sum of squares of the nodal forces of single cells
    };
    /// Hands the terms of this rank's cells to `sink`, as long as det F > 0: with a cell turned inside out it stops early.
    Result assemble(const SolidMotion &motion, bool tangent, const TermSink &sink);

    double volume2() const; ///< mm^6: sum of squares of this rank's cell volumes

  private:
    void gather(std::size_t first, std::size_t count, const SolidMotion &motion);
    void evaluate_laws(std::size_t points, const SolidMotion &motion, bool tangent);
    void add_viscous(std::size_t points, const SolidMotion &motion, bool tangent);
    /// Adds one point's stress and pressure to the terms of its cell. @param at number of the point in the batch; @param weight mm^3
    void add_point(unsigned q, std::size_t at, std::size_t points, double weight, const SolidMotion &motion, bool tangent);
    void add_stiffness(std::size_t at, std::size_t points, double weight, double p, double slope, const SolidMotion &motion);
    void add_coupling(unsigned q, std::size_t at, std::size_t points, double weight, double U2);
    void add_projection(std::size_t cell, bool tangent);
    void add_forces(unsigned cell, unsigned q, double weight, const SolidMotion &motion, bool tangent);

    const Discretisation &space;
    const SolidProblem &problem;
    const VolumetricLaw &law;
    double over_kappa;
    double stabilisation;         ///< tau/mu, 1/kPa; 0: none
    std::vector<double> to_frame; ///< d xi_k/dX_A in the fibre frame, 9 a point of this rank's cells: [3 k + A]
    std::vector<double> weight;   ///< mm^3
    std::vector<double> frames;   ///< F at rest: the fibre frame, 9 a point; displacements are added to it, without loss of digits
    struct Workspace
    {
      std::vector<double> x, v, p, g; ///< of the cells of a batch
      std::vector<double> F, rate;    ///< 9 a point; dF/dt
      std::vector<double> E, S, D;    ///< structures of arrays
      std::vector<double> stiffness;
    } work;
    CellTerms terms;
  };
}
