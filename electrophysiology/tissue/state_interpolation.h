// State-variable interpolation: what the ionic current of interpolated states differs from the interpolated nodal currents by.
#pragma once

#include "electrophysiology/tissue/elements.h"
#include "electrophysiology/tissue/halo.h"
#include "electrophysiology/tissue/reaction.h"

#include <functional>

namespace vivicor
{
  /// With f(V, s) = dV/dt of the membrane, nodal currents (ICI) load a node by  integral of N_i sum_j N_j f(V_j, s_j),
  /// state-variable interpolation (SVI) by  integral of N_i f(sum_j N_j V_j, sum_j N_j s_j).  They differ in the wave front alone,
  /// so SVI is computed as a correction there: in cells whose nodal f differ by more than `threshold`, as Chaste does
  /// (Pathmanathan, Bernabeu, Niederer, Gavaghan and Kay 2012, Int. J. Numer. Methods Biomed. Eng. 28:890). Cells whose nodes
  /// have different models keep nodal currents.
  class StateInterpolation
  {
  public:
    static constexpr double threshold = 1.0; ///< mV/ms
    /// The referenced objects outlive this one.
    StateInterpolation(const RefinedMesh &mesh, const CellList &cells, Halo &halo, const Reaction &reaction);

    /// Collective. Adds the correction (mm^3 mV/ms) to the load of owned nodes.
    /// @param V and @param f of all local nodes, ghosts up to date
    /// @return cells that were corrected, of this rank
    std::size_t correct(const double *V, const double *f, double *load);

  private:
    void fetch_ghosts(std::size_t group);
    void correct_group(std::size_t group, const std::vector<unsigned> &front, const double *V, const double *f, double *load);

    const RefinedMesh &mesh;
    const CellList &cells;
    Halo &halo;
    const Reaction &reaction;
    const std::vector<Element::Point> points;
    AlignedVector exchange, ghosts; ///< states of ghost nodes: state s at [s * n_ghosts + k]
    AlignedVector V_at, states_at, f_at, scratch;
  };
}
