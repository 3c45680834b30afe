// Isotropic neo-Hooke: W = mu/2 (J^(-2/3) tr C - 3). Vessels, valves, surrounding tissue.
#include "mechanics/materials/kinematics.h"
#include "mechanics/materials/material.h"

namespace vivicor
{
  namespace
  {
    class NeoHooke : public Material
    {
    public:
      explicit NeoHooke(const Parameters &parameters) : mu(parameters.quantity("mu")) {}

      void evaluate(const std::size_t n, const double *E, double *W, double *S, double *D) const override
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            const kinematics::Voigt e = kinematics::engineering_strain(n, E, i);
            const kinematics::Volume volume(e);
            const auto I1 = kinematics::isochoric(kinematics::trace_of_C(e), kinematics::trace_slope, volume, D != nullptr);
            kinematics::Response response(D != nullptr);
            response.add(I1, 0.5 * mu * (I1.value - 3.), 0.5 * mu, 0.);
            response.store(n, i, W, S, D);
          }
      }

      double shear_modulus() const override { return mu; }

    private:
      const double mu;
    };

    void declare(Schema &schema)
    {
      schema.quantity("mu", "7.45 kPa", 1e-4, 1e5, "Shear modulus of W = mu/2 (J^(-2/3) tr C - 3).",
                      "Gerach et al. 2021, doi:10.3390/math9111247 (vessel walls)");
    }

    const Register<Material> registered{{"neo_hooke", "Isotropic, one shear modulus; for vessels, valves and surroundings.",
                                         "Ogden 1997, Non-linear Elastic Deformations", declare,
                                         [](const Parameters &p) { return std::make_unique<NeoHooke>(p); }}};
  }
}
