// Transversely isotropic member of the family of Holzapfel & Ogden 2009 (doi:10.1098/rsta.2009.0091):
//   W = a/(2b) (exp(b (I1bar - 3)) - 1) + a_f/(2 b_f) H(I4f) (exp(b_f (I4f - 1)^2) - 1),
// I1bar = J^(-2/3) tr C, I4f = C11 whole or isochoric by option. H: see exponential_terms.h.
#include "mechanics/materials/exponential_terms.h"
#include "mechanics/materials/material.h"

namespace vivicor
{
  namespace
  {
    using namespace kinematics;

    class HolzapfelOgdenTransverse : public Material
    {
    public:
      explicit HolzapfelOgdenTransverse(const Parameters &p)
        : isotropic{p.quantity("a"), p.quantity("b")},
          fibre{p.quantity("a_f"), p.quantity("b_f")},
          split_fibre(p.flag("isochoric_fibre")),
          fibre_switch(p)
      {
      }

      void evaluate(const std::size_t n, const double *E, double *W, double *S, double *D) const override
      {
        constexpr Voigt slope{2., 0., 0., 0., 0., 0.};
        const bool hessian = D != nullptr;
        for (std::size_t i = 0; i < n; ++i)
          {
            const Voigt e = engineering_strain(n, E, i);
            const Volume volume(e);
            const double C11 = 1. + 2. * e[0];
            Response response(hessian);
            isotropic.add_isotropic(response, isochoric(trace_of_C(e), trace_slope, volume, hessian));
            fibre_switch.add_fibre(response, fibre, split_fibre ? isochoric(C11, slope, volume, hessian) : linear(C11, slope));
            response.store(n, i, W, S, D);
          }
      }

      double shear_modulus() const override { return rest_shear_modulus(*this); }

    private:
      const ExponentialTerm isotropic, fibre;
      const bool split_fibre;
      const FibreSwitch fibre_switch;
    };

    void declare(Schema &schema)
    {
      const std::string source = "Holzapfel & Ogden 2009, doi:10.1098/rsta.2009.0091 (transversely isotropic set)";
      schema.quantity("a", "2.28 kPa", 1e-6, 1e4, "Isotropic stiffness.", source);
      schema.quantity("b", "9.726", 1e-3, 1e3, "Isotropic exponent.", source);
      schema.quantity("a_f", "1.685 kPa", 0, 1e5, "Stiffness along the fibre.", source);
      schema.quantity("b_f", "15.779", 1e-3, 1e3, "Exponent along the fibre.", source);
      schema.flag("isochoric_fibre", false, "Use J^(-2/3) I4 instead of I4 in the fibre term.");
      FibreSwitch::declare(schema);
    }

    const Register<Material> registered{{"holzapfel_ogden_transverse",
                                         "Transversely isotropic exponential invariants: fibres in an isotropic matrix.",
                                         "Holzapfel & Ogden 2009, doi:10.1098/rsta.2009.0091", declare,
                                         [](const Parameters &p) { return std::make_unique<HolzapfelOgdenTransverse>(p); }}};
  }
}
