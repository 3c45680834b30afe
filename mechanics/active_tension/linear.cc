// Stateless tension proportional to calcium, T = Tref (Ca - Ca_rest)/(Ca_full - Ca_rest), not below 0: through it, a
// driver prescribes any tension over time (mechanics/boundary/prescribed_loads.h), as the published benchmarks do.
#include "core/error.h"
#include "mechanics/active_tension/active_tension.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    class Linear : public ActiveTension
    {
    public:
      explicit Linear(const Parameters &p)
        : Tref(p.quantity("Tref")), calcium_rest(p.quantity("rest_calcium")), calcium_full(p.quantity("full_calcium"))
      {
        if (calcium_full <= calcium_rest)
          throw UserError({"full_calcium is not above rest_calcium", p.where("full_calcium"),
                           "tension rises from 0 to Tref between the two", "", "raise full_calcium"});
      }

      std::vector<std::string> state_names() const override { return {}; }
      std::vector<double> rest() const override { return {}; }
      double rest_calcium() const override { return calcium_rest; }

      void advance(const std::size_t n, double, const double *calcium, const double *, const double *, const double *, double *,
                   double *tension, double *stiffness) const override
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            tension[i] = Tref * std::max(0., (calcium[i] - calcium_rest) / (calcium_full - calcium_rest));
            stiffness[i] = 0.;
          }
      }

    private:
      const double Tref, calcium_rest, calcium_full;
    };

    void declare(Schema &schema)
    {
      schema.quantity("Tref", "60 kPa", 0, 1e4, "Tension at full_calcium.", "Land et al. 2015, doi:10.1098/rspa.2015.0641 (problem 3)");
      schema.quantity("rest_calcium", "0.1 uM", 0, 10, "Calcium without tension.",
                      "diastolic calcium of ten Tusscher & Panfilov 2006 and Courtemanche et al. 1998");
      schema.quantity("full_calcium", "1.1 uM", 1e-4, 100, "Calcium at which the tension is Tref: 1 uM above rest by default.");
    }

    const Register<ActiveTension> registered{{"linear", "Proportional to calcium, whatever the stretch; for benchmarks.",
                                              "Land et al. 2015, doi:10.1098/rspa.2015.0641", declare,
                                              [](const Parameters &p) { return std::make_unique<Linear>(p); }}};
  }
}
