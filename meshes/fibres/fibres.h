// Where the muscle runs: an orthonormal frame and a depth in the wall at every node, by rule or from the mesh file.
#pragma once

#include "meshes/anatomy.h"

#include <array>
#include <vector>

namespace vivicor
{
  /// Orthonormal, right-handed: fibre x sheet = normal.
  struct Frame
  {
    Point3 fibre, sheet, normal;
  };

  /// Replicated on every rank, indexed like Anatomy::points.
  struct Fibres
  {
    std::vector<Frame> nodal;
    std::vector<double> transmural; ///< 0 at the endocardium, 1 at the epicardium; septa: 0, 0.5, 0
    std::vector<double> apicobasal; ///< ventricles: 0 at the apex to 1 at the mitral plane along the axis; else 1
    Point3 long_axis;               ///< unit vector from the LV apex to the centre of the mitral plane
    Point3 apex, base;              ///< mm: LV epicardial apex and centre of the mitral plane, reference configuration

    /// The frame at a point of a cell given by barycentric weights, or the mean over any set of nodes: vectors nearly
    /// opposite to the first node's turned round, averaged and made orthonormal again. A fibre has no head or tail, but
    /// nodal ones of one wall wind in the same sense, so that the mean between +60 and -60 degrees is 0, not 90.
    template <std::size_t N>
    Frame at(const std::array<unsigned, N> &nodes, const std::array<double, N> &weights) const;
  };

  Frame mean_frame(const Frame *const *frames, const double *weights, std::size_t n);

  /// Entries below "fibres" of a deck.
  void declare_fibres(Schema &deck);

  /// Laplace-Dirichlet rules for ventricles (Bayer et al. 2012, 10.1007/s10439-012-0593-5) and atria (after Piersanti
  /// et al. 2021, 10.1016/j.cma.2020.113468), or the file's fields. Every rank computes the same answer.
  /// @throws UserError when a needed surface or field is absent
  Fibres build_fibres(const Anatomy &anatomy, const Parameters &deck);

  template <std::size_t N>
  Frame Fibres::at(const std::array<unsigned, N> &nodes, const std::array<double, N> &weights) const
  {
    std::array<const Frame *, N> frames;
    for (std::size_t i = 0; i < N; ++i)
      frames[i] = &nodal[nodes[i]];
    return mean_frame(frames.data(), weights.data(), N);
  }
}
