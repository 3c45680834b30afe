// The twelve-lead electrocardiogram of a heart in an unbounded, uniform torso.
//
//   phi(x_e) = -1/(4 pi sigma_b) integral of (sigma_i grad V) . grad(1/|x - x_e|) dx        (Plonsey's dipole formula)
//
// V is linear in every cell, so phi is one dot product of V with weights worked out once for each electrode.
#pragma once

#include "core/parameters.h"
#include "electrophysiology/heart_axes.h"
#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/refined_mesh.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  /// Entry "ecg" of the section "electrophysiology".
  void declare_electrocardiogram(Schema &electrophysiology);

  /// Right arm, left arm, left leg, V1 to V6, mm: on a torso of usual shape, scaled with the heart and turned with its axes.
  std::array<Point3, 9> electrodes_of(const HeartAxes &axes);

  class Electrocardiogram
  {
  public:
    Electrocardiogram(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const Parameters &electrophysiology);

    static const std::vector<std::string> &leads();
    /// Collective. mV, in the order of leads(). @param V owned nodes
    std::vector<double> operator()(MPI_Comm comm, const double *V) const;

  private:
    std::vector<AlignedVector> weights; ///< by electrode and owned node
  };
}
