// How well each part of the tissue conducts: from the deck's conductivities, or tuned to the deck's velocities.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/ionic_models/ionic_model.h"
#include "electrophysiology/tissue/cable.h"
#include "electrophysiology/tissue/matrices.h"
#include "meshes/fibres/fibres.h"

#include <map>

namespace vivicor
{
  /// Entry "conduction" of the section "electrophysiology".
  void declare_conduction(Schema &electrophysiology);

  /// Diffusivities sigma / (chi Cm), mm^2/ms, along fibre, sheet and sheet normal.
  using Diffusivities = std::array<double, 3>;

  struct Conduction
  {
    std::map<Tissue, Diffusivities> tissue;
    double fast_left = 0, fast_right = 0; ///< isotropic, of either ventricle's fast endocardial layer; 0: as the muscle below
    double fast_depth = 0;                ///< transmural coordinate down to which the layers reach
    std::vector<double> region_factor;    ///< by region of the anatomy
    double chi_Cm = 1.4;                  ///< uF/mm^3: conductivity (mS/mm) per diffusivity (mm^2/ms)
  };

  /// Factors on the conductivities by region. @param conduction the section of that name @throws UserError for unknown regions
  std::vector<double> region_factors(const std::vector<Region> &regions, const Parameters &conduction);

  /// Velocities are tuned on a cable whose nodes stand as far apart as an equivalent grid's, times a factor: 0.95 along the
  /// fibres, 0.5 across them, 0.9 in the isotropic layer. On unstructured tetrahedra with edges of 1.5 to 3.5 mm short and
  /// oblique edges carry the front on, above all across the fibres. Measured with these factors and lumped mass on boxes that
  /// Gmsh filled (12 x 12 x 64 mm): along 0.55 to 0.62 for 0.6 m/s, across 0.19 to 0.36 for 0.3 m/s on edges above 2.2 mm and
  /// 0.28 to 0.31 m/s below.
  /// The layer of a ventricle whose bundle branch is cut conducts at the deck's velocity for that.
  /// @param membranes the model that each tissue's velocities are tuned with
  /// @param numerics scheme of the tissue; its edge is replaced
  /// @throws UserError for regions that do not exist and velocities out of reach
  Conduction build_conduction(const Anatomy &anatomy, const Parameters &electrophysiology,
                              const std::map<Tissue, const IonicModel *> &membranes, const CableOptions &numerics, unsigned refinement);

  /// Edge (mm) of the cubes that, cut into six tetrahedra each, make cells of a tissue's mean volume: the spacing of the
  /// equivalent grid; 0 without any cell. The same on every rank.
  double grid_spacing(const Anatomy &anatomy, Tissue tissue);

  /// D of every cell of the mesh:  D = d_f f f + d_s s s + d_n n n. A cell of the ventricles with three or more nodes in the
  /// fast layer conducts isotropically at the rate of the ventricle whose endocardium is nearest.
  std::vector<SymmetricTensor> diffusivity_tensors(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres,
                                                   const Conduction &conduction);

  /// Of elements of degree 2: the mean of the eight cells that each was cut into, which follow one another.
  std::vector<SymmetricTensor> element_means(const std::vector<SymmetricTensor> &cells);
}
