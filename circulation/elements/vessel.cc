// A vessel whose blood has mass: L dQ/dt = p_from - p_to - R Q.
#include "circulation/element.h"

namespace vivicor
{
  namespace
  {
    class Vessel : public CirculationElement
    {
    public:
      explicit Vessel(const Parameters &p) : R(p.quantity("resistance")), L(p.quantity("inertance")), start(p.quantity("initial_flow")) {}
      std::vector<std::string> state_names() const override { return {"flow"}; }
      std::vector<double> initial() const override { return {start}; }
      Step advance(double, const double dt, const double *old, const Ends &p, double *state) const override
      {
        const double conductance = 1. / (L / dt + R); // backward Euler
        state[0] = conductance * (L / dt * old[0] + p.from - p.to);
        return {state[0], conductance, -conductance};
      }
      double rate(double, const double *state, const Ends &p, double *rate) const override
      {
        rate[0] = (p.from - p.to - R * state[0]) / L;
        return state[0];
      }

    private:
      const double R, L, start; // kPa ms/mm^3, kPa ms^2/mm^3, mm^3/ms
    };

    void declare(Schema &schema)
    {
      schema.quantity("resistance", " mmHg s/mL", 0, 1e9, "Pressure that keeps up a unit of flow.");
      schema.quantity("inertance", " mmHg s^2/mL", 1e-12, 1e3, "Pressure that accelerates the blood by a unit of flow in a unit of time.");
      schema.quantity("initial_flow", "0 mL/s", -1e4, 1e4, "Flow at the start.");
    }

    const Register<CirculationElement> registered{{"vessel", "L dQ/dt = p_from - p_to - R Q: resistance with inertance.",
                                                   "Westerhof et al. 2009, doi:10.1007/s11517-008-0359-2", declare,
                                                   [](const Parameters &p) { return std::make_unique<Vessel>(p); }}};
  }
}
