// A vessel that resists: Q = (p_from - p_to)/R.
#include "circulation/element.h"

namespace vivicor
{
  namespace
  {
    class Resistance : public CirculationElement
    {
    public:
      explicit Resistance(const Parameters &p) : R(p.quantity("resistance")) {}
      Step advance(double, double, const double *, const Ends &p, double *) const override
      {
        return {(p.from - p.to) / R, 1. / R, -1. / R};
      }
      double rate(double, const double *, const Ends &p, double *) const override { return (p.from - p.to) / R; }

    private:
      const double R; // kPa ms/mm^3
    };

    const Register<CirculationElement> registered{
      {"resistance", "Q = (p_from - p_to)/R.", "Westerhof et al. 2009, doi:10.1007/s11517-008-0359-2",
       [](Schema &schema) { schema.quantity("resistance", " mmHg s/mL", 1e-9, 1e9, "Pressure that drives a unit of flow."); },
       [](const Parameters &p) { return std::make_unique<Resistance>(p); }}};
  }
}
