// Which material and which active tension each region of the wall has, as the deck says.
#pragma once

#include "core/parameters/parameters.h"
#include "mechanics/active_tension/active_tension.h"
#include "mechanics/materials/material.h"
#include "meshes/anatomy.h"

#include <memory>
#include <vector>

namespace vivicor
{
  struct RegionLaw
  {
    std::shared_ptr<const Material> passive;
    double passive_scale = 1;
    std::shared_ptr<const ActiveTension> active; ///< null where nothing contracts
    double active_scale = 1;
    /// Share kappa of the contractile fibres that lie along the sheet normal: with H = (1 - kappa) f0 x f0 + kappa n0 x n0,
    /// the tension acts along H and feels the stretch sqrt(H : C), so that its tangent stays symmetric.
    double dispersion = 0;
    double shear_modulus() const { return passive_scale * passive->shear_modulus(); } ///< kPa, at rest
  };

  /// Entries "tissue" and "regions" of the mechanics section.
  void declare_region_laws(Schema &mechanics);

  /// One law per region of the anatomy.
  /// @throws UserError for an unknown region and for a region that two entries claim
  std::vector<RegionLaw> build_region_laws(const std::vector<Region> &all, const Parameters &mechanics);
}
