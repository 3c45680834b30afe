// Isotropic law of Mooney 1940 (doi:10.1063/1.1712836) and Rivlin 1948 (doi:10.1098/rsta.1948.0024):
//   W = c1 (J^(-2/3) I1 - 3) + c2 (J^(-4/3) I2 - 3),  I1 = tr C, I2 = ((tr C)^2 - tr C^2)/2.
// The shear modulus at rest is 2 (c1 + c2); c2 = 0 is neo_hooke with mu = 2 c1.
#include "core/error.h"
#include "mechanics/materials/kinematics.h"
#include "mechanics/materials/material.h"

namespace vivicor
{
  namespace
  {
    class MooneyRivlin : public Material
    {
    public:
      explicit MooneyRivlin(const Parameters &p) : c1(p.quantity("c1")), c2(p.quantity("c2"))
      {
        if (c1 + c2 <= 0.)
          throw UserError({"c1 + c2 <= 0", p.where("c1"), "the wall would resist no shear", "c1 or c2 above 0 kPa",
                           "give at least one of them a stiffness"});
      }

      void evaluate(const std::size_t n, const double *E, double *W, double *S, double *D) const override
      {
        using namespace kinematics;
        const bool hessian = D != nullptr;
        for (std::size_t i = 0; i < n; ++i)
          {
            const Voigt e = engineering_strain(n, E, i);
            const Volume volume(e);
            const Invariant I1 = isochoric(trace_of_C(e), trace_slope, volume, hessian),
                            I2 = isochoric(second_invariant_of_C(e), 2, volume, hessian);
            Response response(hessian);
            response.add(I1, c1 * (I1.value - 3.), c1, 0.);
            response.add(I2, c2 * (I2.value - 3.), c2, 0.);
            response.store(n, i, W, S, D);
          }
      }

      double shear_modulus() const override { return 2. * (c1 + c2); }

    private:
      const double c1, c2;
    };

    void declare(Schema &schema)
    {
      const std::string source = "shear modulus 7.45 kPa of vessel walls in Gerach et al. 2021, doi:10.3390/math9111247, shared equally";
      schema.quantity("c1", "1.8625 kPa", 0, 1e5, "Coefficient of the first invariant.", source);
      schema.quantity("c2", "1.8625 kPa", 0, 1e5, "Coefficient of the second invariant.", source);
    }

    const Register<Material> registered{{"mooney_rivlin",
                                         "Isotropic, linear in both isochoric invariants; for vessels, valves and surroundings.",
                                         "Mooney 1940, doi:10.1063/1.1712836; Rivlin 1948, doi:10.1098/rsta.1948.0024", declare,
                                         [](const Parameters &p) { return std::make_unique<MooneyRivlin>(p); }}};
  }
}
