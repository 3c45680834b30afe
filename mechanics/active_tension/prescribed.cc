// Stateless tension from calcium alone, T = Tref Ca^n / (Ca^n + ca50^n): for benchmarks and for tests of everything
// around it.
#include "mechanics/active_tension/active_tension.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    class Prescribed : public ActiveTension
    {
    public:
      explicit Prescribed(const Parameters &parameters)
        : Tref(parameters.quantity("Tref")), ca50(parameters.quantity("ca50")), hill(parameters.quantity("hill"))
      {
      }

      std::vector<std::string> state_names() const override { return {}; }
      std::vector<double> rest() const override { return {}; }

      void advance(const std::size_t n, double, const double *calcium, const double *, const double *, const double *, double *,
                   double *tension, double *stiffness) const override
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            const double activation = std::pow(calcium[i] / ca50, hill);
            tension[i] = Tref * activation / (1. + activation);
            stiffness[i] = 0.;
          }
      }

    private:
      const double Tref, ca50, hill;
    };

    void declare(Schema &schema)
    {
      schema.quantity("Tref", "60 kPa", 0, 1e4, "Tension at saturating calcium.",
                      "Land et al. 2015, doi:10.1098/rspa.2015.0641 (problem 3)");
      schema.quantity("ca50", "0.5 uM", 1e-3, 100, "Calcium of half tension.");
      schema.quantity("hill", "4", 0.5, 50, "Exponent of calcium.");
    }

    const Register<ActiveTension> registered{{"prescribed", "Stateless Hill curve of calcium, whatever the stretch; for tests.",
                                              "Hill 1910, J. Physiol. 40:iv-vii", declare,
                                              [](const Parameters &p) { return std::make_unique<Prescribed>(p); }}};
  }
}
