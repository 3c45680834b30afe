// Exponential energies of single invariants (Holzapfel & Ogden 2009, doi:10.1098/rsta.2009.0091), of which the laws of
// that family are made.
#pragma once

#include "core/parameters/parameters.h"
#include "mechanics/materials/kinematics.h"

#include <string>

namespace vivicor
{
  struct ExponentialTerm
  {
    double a = 0., b = 1.; ///< kPa; 1

    /// a/(2b) (exp(b (I - 3)) - 1)
    void add_isotropic(kinematics::Response &response, const kinematics::Invariant &I1) const
    {
      const double x = I1.value - 3., exponential = std::exp(b * x);
      response.add(I1, 0.5 * a / b * std::expm1(b * x), 0.5 * a * exponential, 0.5 * a * b * exponential);
    }

    /// a/(2b) (exp(b I^2) - 1)
    void add_shear(kinematics::Response &response, const kinematics::Invariant &I8) const
    {
      if (a == 0.)
        return;
      const double x = I8.value, exponential = std::exp(b * x * x);
      response.add(I8, 0.5 * a / b * std::expm1(b * x * x), a * x * exponential, a * (1. + 2. * b * x * x) * exponential);
    }
  };

  /// Fibres bear tension only: the factor H(I4) on their energy is 1/(1 + exp(-k (I4 - 1))) (Arostica et al. 2025,
  /// doi:10.1016/j.cma.2024.117485), a hard step or 1.
  class FibreSwitch
  {
  public:
    explicit FibreSwitch(const Parameters &p)
      : kind(p.text("fibre_switch") == "smooth" ? Kind::smooth
             : p.text("fibre_switch") == "hard" ? Kind::hard
                                                : Kind::none),
        k(p.quantity("switch_steepness"))
    {
    }

    static void declare(Schema &schema)
    {
      schema.choice("fibre_switch", "smooth", {"smooth", "hard", "none"},
                    "How fibres cease to bear compression: a smooth step in the energy, a hard one, or not at all.");
      schema.quantity("switch_steepness", "100", 1, 1e4, "k of the smooth step 1/(1 + exp(-k (I4 - 1))).",
                      "Arostica et al. 2025, doi:10.1016/j.cma.2024.117485");
    }

    /// a/(2b) H g with g = exp(b x^2) - 1 and x = I4 - 1.
    void add_fibre(kinematics::Response &response, const ExponentialTerm &term, const kinematics::Invariant &I4) const
    {
      const double x = I4.value - 1., b = term.b;
      if (term.a == 0. || (kind == Kind::hard && x < 0.))
        return;
      const double exponential = std::exp(b * x * x);
      const double g = std::expm1(b * x * x), g1 = 2. * b * x * exponential, g2 = 2. * b * (1. + 2. * b * x * x) * exponential;
      double H = 1., H1 = 0., H2 = 0.;
      if (kind == Kind::smooth)
        {
          H = 1. / (1. + std::exp(-k * x));
          H1 = k * H * (1. - H);
          H2 = k * H1 * (1. - 2. * H);
        }
      const double scale = 0.5 * term.a / b;
      response.add(I4, scale * H * g, scale * (H1 * g + H * g1), scale * (H2 * g + 2. * H1 * g1 + H * g2));
    }

  private:
    enum class Kind { smooth, hard, none };
    Kind kind;
    double k;
  };
}
