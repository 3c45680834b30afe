// Orthotropic law of Holzapfel & Ogden 2009 (doi:10.1098/rsta.2009.0091):
//   W = a/(2b) (exp(b (I1 - 3)) - 1) + sum over i = f, s of a_i/(2 b_i) H(I4i) (exp(b_i (I4i - 1)^2) - 1)
//       + a_fs/(2 b_fs) (exp(b_fs I8fs^2) - 1),
// I1 = tr C, I4f = C11, I4s = C22 and I8fs = C12. Each of the three terms takes its invariant as it is or times J^(-2/3)
// (isochoric), by option: the benchmark of Arostica et al. 2025 (doi:10.1016/j.cma.2024.117485) splits I1 alone, and so do
// the defaults. A whole I1 leaves the stress a 1 at rest, which the pressure of the mixed formulation bears. H: see
// exponential_terms.h.
#include "mechanics/materials/exponential_terms.h"
#include "mechanics/materials/material.h"

namespace vivicor
{
  namespace
  {
    using namespace kinematics;

    class HolzapfelOgden : public Material
    {
    public:
      explicit HolzapfelOgden(const Parameters &p)
        : isotropic{p.quantity("a"), p.quantity("b")},
          fibre{p.quantity("a_f"), p.quantity("b_f")},
          sheet{p.quantity("a_s"), p.quantity("b_s")},
          shear{p.quantity("a_fs"), p.quantity("b_fs")},
          split_isotropic(p.flag("isochoric_isotropic")),
          split_fibres(p.flag("isochoric_fibres")),
          split_shear(p.flag("isochoric_shear")),
          fibre_switch(p)
      {
      }

      void evaluate(const std::size_t n, const double *E, double *W, double *S, double *D) const override
      {
        constexpr Voigt slope_f{2., 0., 0., 0., 0., 0.}, slope_s{0., 2., 0., 0., 0., 0.}, slope_fs{0., 0., 0., 1., 0., 0.};
        const bool hessian = D != nullptr;
        for (std::size_t i = 0; i < n; ++i)
          {
            const Voigt e = engineering_strain(n, E, i);
            const Volume volume(e);
            const auto invariant = [&](const double value, const Voigt &slope, const bool split) {
              return split ? isochoric(value, slope, volume, hessian) : linear(value, slope);
            };
            Response response(hessian);
            isotropic.add_isotropic(response, invariant(trace_of_C(e), trace_slope, split_isotropic));
            fibre_switch.add_fibre(response, fibre, invariant(1. + 2. * e[0], slope_f, split_fibres));
            fibre_switch.add_fibre(response, sheet, invariant(1. + 2. * e[1], slope_s, split_fibres));
            shear.add_shear(response, invariant(e[3], slope_fs, split_shear));
            response.store(n, i, W, S, D);
          }
      }

      double shear_modulus() const override { return rest_shear_modulus(*this); }

    private:
      const ExponentialTerm isotropic, fibre, sheet, shear;
      const bool split_isotropic, split_fibres, split_shear;
      const FibreSwitch fibre_switch;
    };

    void declare(Schema &schema)
    {
      const std::string source = "Holzapfel & Ogden 2009, doi:10.1098/rsta.2009.0091 (orthotropic set)";
      schema.quantity("a", "0.059 kPa", 1e-6, 1e4, "Isotropic stiffness.", source);
      schema.quantity("b", "8.023", 1e-3, 1e3, "Isotropic exponent.", source);
      schema.quantity("a_f", "18.472 kPa", 0, 1e5, "Stiffness along the fibre.", source);
      schema.quantity("b_f", "16.026", 1e-3, 1e3, "Exponent along the fibre.", source);
      schema.quantity("a_s", "2.481 kPa", 0, 1e5, "Stiffness along the sheet.", source);
      schema.quantity("b_s", "11.12", 1e-3, 1e3, "Exponent along the sheet.", source);
      schema.quantity("a_fs", "0.216 kPa", 0, 1e5, "Fibre-sheet shear stiffness.", source);
      schema.quantity("b_fs", "11.436", 1e-3, 1e3, "Fibre-sheet shear exponent.", source);
      schema.flag("isochoric_isotropic", true,
                  "Use J^(-2/3) I1 instead of I1 in the isotropic term: without it, the unloaded wall needs a pressure.");
      schema.flag("isochoric_fibres", false, "Use J^(-2/3) I4 instead of I4 in the fibre and sheet terms.");
      schema.flag("isochoric_shear", false, "Use J^(-2/3) I8 instead of I8 in the fibre-sheet shear term.");
      FibreSwitch::declare(schema);
    }

    const Register<Material> registered{{"holzapfel_ogden", "Orthotropic exponential invariants of the myocardium.",
                                         "Holzapfel & Ogden 2009, doi:10.1098/rsta.2009.0091", declare,
                                         [](const Parameters &p) { return std::make_unique<HolzapfelOgden>(p); }}};
  }
}
