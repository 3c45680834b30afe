// The twelve-lead electrocardiogram: the heart's currents seen by nine electrodes on a uniform torso, bounded or not.
// docs/theory/electrocardiogram.md
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/leads/heart_axes.h"
#include "electrophysiology/leads/source_weights.h"

#include <mpi.h>

#include <array>
#include <string>
#include <vector>

namespace vivicor
{
  /// Entry "ecg" of the section "electrophysiology".
  void declare_electrocardiogram(Schema &electrophysiology);

  /// The deck's own places of RA, LA, LL, V1 to V6, mm; none: they are placed by the heart's axes.
  /// @param ecg the section "ecg" @throws UserError for another number of coordinates
  std::vector<Point3> given_electrodes(const Parameters &ecg);

  /// Of the sources and of the torso, from the entry "ecg".
  SourceConductivities source_conductivities(const Parameters &electrophysiology);

  /// A usual torso around this heart: scaled with its size and turned with its axes. Body coordinates are mm of a torso
  /// whose left ventricle is 90 mm long, from the centre of the ventricles to the left, back and head.
  class BodyFrame
  {
  public:
    explicit BodyFrame(const HeartAxes &axes);
    Point3 place(const Point3 &left_posterior_superior) const;

  private:
    Point3 centre, left, posterior, superior; ///< the last three times the scale
  };

  /// Right arm, left arm, left leg, V1 to V6, mm.
  std::array<Point3, 9> electrodes_of(const HeartAxes &axes);

  class Electrocardiogram
  {
  public:
    Electrocardiogram(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const Parameters &electrophysiology);

    static const std::vector<std::string> &leads();
    /// Collective. mV, in the order of leads(). @param V owned nodes
    std::vector<double> operator()(MPI_Comm comm, const double *V) const { return leads_of(potentials(comm, V)); }

    /// Of the nine electrodes, and what the leads show of their potentials.
    const SourceWeights &electrodes() const { return potentials; }
    static std::vector<double> leads_of(const std::vector<double> &potentials);

  private:
    SourceWeights potentials; ///< RA, LA, LL, V1 to V6
  };
}
