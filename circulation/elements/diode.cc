// A valve without mass that opens and closes at once: Q = (p_from - p_to)/R(p_from - p_to), valves/smooth_diode.h.
#include "circulation/element.h"
#include "circulation/valves/smooth_diode.h"

namespace vivicor
{
  namespace
  {
    class Diode : public CirculationElement
    {
    public:
      explicit Diode(const Parameters &p) : valve{p.quantity("open_resistance"), p.quantity("closed_resistance"), p.quantity("width")}
      {
        if (valve.R_open >= valve.R_closed)
          throw UserError({"the open valve resists more than a closed one", p.where("open_resistance"),
                           "a valve must let blood pass when it is open", "below closed_resistance", "lower it"});
      }
      Step advance(double, double, const double *, const Ends &p, double *) const override
      {
        const ValveFlow through = valve(p.from - p.to);
        return {through.flow, through.slope, -through.slope};
      }
      double rate(double, const double *, const Ends &p, double *) const override { return valve(p.from - p.to).flow; }

    private:
      SmoothDiode valve;
    };

    const std::string source = "Regazzoni et al. 2022, doi:10.1016/j.jcp.2022.111083";

    void declare(Schema &schema)
    {
      schema.quantity("open_resistance", "0.0075 mmHg s/mL", 1e-6, 10, "Resistance of the open valve.", source);
      schema.quantity("closed_resistance", "75006.2 mmHg s/mL", 1e-3, 1e9, "Resistance of the closed valve: lower means a leak.", source);
      schema.quantity("width", "0.01 mmHg", 1e-6, 10, "Pressure difference within which the valve opens.", source);
    }

    const Register<CirculationElement> registered{{"diode", "A valve that opens and closes at once with the pressure difference.", source,
                                                   declare, [](const Parameters &p) { return std::make_unique<Diode>(p); }}};
  }
}
