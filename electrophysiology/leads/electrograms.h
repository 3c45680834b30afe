// Unipolar electrograms: the potential at points in or near the tissue against one far away, as if the heart lay in an
// unbounded conductor (Plonsey and Barr, Bioelectricity, chapter 8). Exact for the piecewise linear potential at any
// distance, also at contact.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/leads/source_weights.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// Entry "electrograms" of the section "electrophysiology".
  void declare_electrograms(Schema &electrophysiology);

  /// Of the electrodes, mm, in the deck's order. @throws UserError for a position that is not a point
  std::vector<Point3> electrogram_positions(const Parameters &electrophysiology);

  class Electrograms
  {
  public:
    /// @param conductivities those of the electrocardiogram
    /// @throws UserError for a position that is not a point
    Electrograms(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const SourceConductivities &conductivities,
                 const Parameters &electrophysiology);

    const std::vector<std::string> &names() const { return own_names; }
    /// Collective. mV, in the order of names(). @param V owned nodes
    std::vector<double> operator()(MPI_Comm comm, const double *V) const { return potentials(comm, V); }
    const SourceWeights &electrodes() const { return potentials; }

  private:
    std::vector<std::string> own_names;
    SourceWeights potentials;
  };
}
