// Phenomenological tension of Nash & Panfilov 2004 (doi:10.1016/j.pbiomolbio.2004.01.016), which follows the excitation u:
//   T' = eps(u) (k u - T),  eps = eps_rest for u < 0.05 and eps_excited above.
// Published: k = 47.9 kPa, eps = 1 and 10 per unit of Aliev and Panfilov's time, 12.9 ms. There, u is the normalised
// potential; here calcium takes its place, since it is what this contract hands over: u = (Ca - Ca_rest)/(Ca_excited -
// Ca_rest), not below 0. `rate` = smooth takes the growth of the rate of Goktepe & Kuhl 2010 (doi:10.1007/s00466-009-0434-z),
// eps = eps_rest + (eps_excited - eps_rest) exp(-exp(-xi (u - 0.05))), in place of the jump. Neither stretch nor its rate
// enters. Backward Euler, which is linear.
#include "core/error.h"
#include "mechanics/active_tension/active_tension.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double threshold = 0.05; // of the excitation

    class NashPanfilov2004 : public ActiveTension
    {
    public:
      explicit NashPanfilov2004(const Parameters &p)
        : k(p.quantity("k")),
          rest_rate(p.quantity("rest_rate")),
          excited_rate(p.quantity("excited_rate")),
          smooth(p.text("rate") == "smooth"),
          steepness(p.quantity("steepness")),
          calcium_rest(p.quantity("rest_calcium")),
          calcium_excited(p.quantity("excited_calcium"))
      {
        if (calcium_excited <= calcium_rest)
          throw UserError({"excited_calcium is not above rest_calcium", p.where("excited_calcium"),
                           "calcium is mapped from these two to an excitation of 0 and 1", "", "raise excited_calcium"});
      }

      std::vector<std::string> state_names() const override { return {"T"}; }
      std::vector<double> rest() const override { return {0.}; }
      double rest_calcium() const override { return calcium_rest; }

      void advance(const std::size_t n, const double dt, const double *calcium, const double *, const double *, const double *state_old,
                   double *state_new, double *tension, double *stiffness) const override
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            const double u = std::max(0., (calcium[i] - calcium_rest) / (calcium_excited - calcium_rest));
            const double decay = dt * rate(u);
            state_new[i] = tension[i] = (state_old[i] + decay * k * u) / (1. + decay);
            stiffness[i] = 0.;
          }
      }

    private:
      double rate(const double u) const
      {
        if (smooth)
          return rest_rate + (excited_rate - rest_rate) * std::exp(-std::exp(-steepness * (u - threshold)));
        return u < threshold ? rest_rate : excited_rate;
      }

      const double k, rest_rate, excited_rate;
      const bool smooth;
      const double steepness, calcium_rest, calcium_excited;
    };

    void declare(Schema &schema)
    {
      const std::string source = "Nash & Panfilov 2004, doi:10.1016/j.pbiomolbio.2004.01.016";
      schema.quantity("k", "47.9 kPa", 0, 1e4, "Tension at an excitation of 1.", source);
      schema.quantity("rest_rate", "0.0775 1/ms", 1e-5, 100, "Rate at which tension follows an excitation below 0.05.",
                      source + " (1 per 12.9 ms)");
      schema.quantity("excited_rate", "0.775 1/ms", 1e-5, 100, "Rate at which tension follows an excitation above 0.05.",
                      source + " (10 per 12.9 ms)");
      schema.choice("rate", "jump", {"jump", "smooth"}, "How the rate changes between the two.");
      schema.quantity("steepness", "100", 1, 1e4, "xi of the smooth change.");
      schema.quantity("rest_calcium", "0.1 uM", 1e-4, 10, "Calcium that stands for an excitation of 0.",
                      "diastolic calcium of ten Tusscher & Panfilov 2006 and Courtemanche et al. 1998");
      schema.quantity("excited_calcium", "0.9 uM", 1e-4, 100, "Calcium that stands for an excitation of 1.",
                      "systolic calcium of ten Tusscher & Panfilov 2006, about");
    }

    const Register<ActiveTension> registered{{"nash_panfilov_2004", "Phenomenological: tension follows the excitation with two rates.",
                                              "Nash & Panfilov 2004, doi:10.1016/j.pbiomolbio.2004.01.016", declare,
                                              [](const Parameters &p) { return std::make_unique<NashPanfilov2004>(p); }}};
  }
}
