// Orthotropic law of Holzapfel & Ogden 2009 (doi:10.1098/rsta.2009.0091):
//   W = a/(2b) (exp(b (I1bar - 3)) - 1) + sum over i = f, s of a_i/(2 b_i) H(I4i) (exp(b_i (I4i - 1)^2) - 1)
//       + a_fs/(2 b_fs) (exp(b_fs I8fs^2) - 1),
// I1bar = J^(-2/3) tr C always isochoric, so that the rest state is free of stress; I4f = C11, I4s = C22 and I8fs = C12
// whole or isochoric by option. H makes fibres bear tension only: a smooth step 1/(1 + exp(-k (I4 - 1))) inside the
// energy (Arostica et al. 2025, doi:10.1016/j.cma.2024.117485), a hard one, or none.
#include "mechanics/materials/kinematics.h"
#include "mechanics/materials/material.h"

namespace vivicor
{
  namespace
  {
    using namespace kinematics;

    struct Term
    {
      double a, b;
    };

    enum class FibreSwitch
    {
      smooth,
      hard,
      none
    };

    class HolzapfelOgden : public Material
    {
    public:
      explicit HolzapfelOgden(const Parameters &p)
        : isotropic{p.quantity("a"), p.quantity("b")},
          fibre{p.quantity("a_f"), p.quantity("b_f")},
          sheet{p.quantity("a_s"), p.quantity("b_s")},
          shear{p.quantity("a_fs"), p.quantity("b_fs")},
          split_fibres(p.flag("isochoric_fibres")),
          split_shear(p.flag("isochoric_shear")),
          fibre_switch(p.text("fibre_switch") == "smooth" ? FibreSwitch::smooth
                       : p.text("fibre_switch") == "hard" ? FibreSwitch::hard
                                                          : FibreSwitch::none),
          k(p.quantity("switch_steepness"))
      {
      }

      void evaluate(const std::size_t n, const double *E, double *W, double *S, double *D) const override
      {
        constexpr Voigt slope_f{2., 0., 0., 0., 0., 0.}, slope_s{0., 2., 0., 0., 0., 0.},
          slope_fs{0., 0., 0., 1., 0., 0.};
        const bool hessian = D != nullptr;
        for (std::size_t i = 0; i < n; ++i)
          {
            const Voigt e = engineering_strain(n, E, i);
            const Volume volume(e);
            const auto invariant = [&](const double value, const Voigt &slope, const bool split) {
              return split ? isochoric(value, slope, volume, hessian) : linear(value, slope);
            };
            Response response(hessian);
            add_isotropic(response, isochoric(trace_of_C(e), trace_slope, volume, hessian));
            add_fibre(response, fibre, invariant(1. + 2. * e[0], slope_f, split_fibres));
            add_fibre(response, sheet, invariant(1. + 2. * e[1], slope_s, split_fibres));
            add_shear(response, invariant(e[3], slope_fs, split_shear));
            response.store(n, i, W, S, D);
          }
      }

      double shear_modulus() const override
      {
        const double E[6] = {};
        double S[6], D[36];
        evaluate(1, E, nullptr, S, D);
        return mean_shear_modulus(D);
      }

    private:
      void add_isotropic(Response &response, const Invariant &I1) const
      {
        const double x = I1.value - 3., exponential = std::exp(isotropic.b * x);
        response.add(I1, 0.5 * isotropic.a / isotropic.b * std::expm1(isotropic.b * x), 0.5 * isotropic.a * exponential,
                     0.5 * isotropic.a * isotropic.b * exponential);
      }

      /// a/(2b) H g with g = exp(b x^2) - 1 and x = I4 - 1.
      void add_fibre(Response &response, const Term &term, const Invariant &I4) const
      {
        const double x = I4.value - 1.;
        if (term.a == 0. || (fibre_switch == FibreSwitch::hard && x < 0.))
          return;
        const double exponential = std::exp(term.b * x * x);
        const double g = std::expm1(term.b * x * x), g1 = 2. * term.b * x * exponential,
                     g2 = 2. * term.b * (1. + 2. * term.b * x * x) * exponential;
        double H = 1., H1 = 0., H2 = 0.;
        if (fibre_switch == FibreSwitch::smooth)
          {
            H = 1. / (1. + std::exp(-k * x));
            H1 = k * H * (1. - H);
            H2 = k * H1 * (1. - 2. * H);
          }
        const double scale = 0.5 * term.a / term.b;
        response.add(I4, scale * H * g, scale * (H1 * g + H * g1), scale * (H2 * g + 2. * H1 * g1 + H * g2));
      }

      void add_shear(Response &response, const Invariant &I8) const
      {
        if (shear.a == 0.)
          return;
        const double x = I8.value, exponential = std::exp(shear.b * x * x);
        response.add(I8, 0.5 * shear.a / shear.b * std::expm1(shear.b * x * x), shear.a * x * exponential,
                     shear.a * (1. + 2. * shear.b * x * x) * exponential);
      }

      const Term isotropic, fibre, sheet, shear;
      const bool split_fibres, split_shear;
      const FibreSwitch fibre_switch;
      const double k;
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
      schema.flag("isochoric_fibres", false, "Use J^(-2/3) I4 instead of I4 in the fibre and sheet terms.");
      schema.flag("isochoric_shear", false, "Use J^(-2/3) I8 instead of I8 in the fibre-sheet shear term.");
      schema.choice("fibre_switch", "smooth", {"smooth", "hard", "none"},
                    "How fibres cease to bear compression: a smooth step in the energy, a hard one, or not at all.");
      schema.quantity("switch_steepness", "100", 1, 1e4, "k of the smooth step 1/(1 + exp(-k (I4 - 1))).",
                      "Arostica et al. 2025, doi:10.1016/j.cma.2024.117485");
    }

    const Register<Material> registered{{"holzapfel_ogden", "Orthotropic exponential invariants of the myocardium.",
                                         "Holzapfel & Ogden 2009, doi:10.1098/rsta.2009.0091", declare,
                                         [](const Parameters &p) { return std::make_unique<HolzapfelOgden>(p); }}};
  }
}
