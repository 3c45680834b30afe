// A chamber of time-varying elastance in the network, where the mesh has none: p = E(t) (V - V0), circulation/elastance.h.
#include "circulation/elastance.h"
#include "circulation/compartment.h"

namespace vivicor
{
  namespace
  {
    class Elastance : public Compartment
    {
    public:
      Elastance(const Parameters &p, const double period)
        : chamber{p.quantity("active"),     p.quantity("passive"), p.quantity("contraction"),
                  p.quantity("relaxation"), p.quantity("onset"),   p.quantity("unstressed")},
          period(period),
          start(p.quantity("initial_pressure"))
      {
        if (chamber.contraction + chamber.relaxation > period)
          throw UserError({"a chamber that contracts and relaxes for longer than a beat", p.where("relaxation"),
                           "it would never come to rest", "", "shorten contraction or relaxation, or lengthen the cycle"});
      }
      Value volume(const double t, const double p) const override
      {
        const double E = chamber.elastance(t, period);
        return {chamber.unstressed + p / E, 1. / E};
      }
      double pressure(const double t, const double V) const override { return chamber.elastance(t, period) * (V - chamber.unstressed); }
      double initial_pressure() const override { return start; }

    private:
      const ElastanceChamber chamber;
      const double period, start; // ms, kPa
    };

    void declare(Schema &schema)
    {
      schema.quantity("active", " mmHg/mL", 0, 1e3, "Elastance that contraction adds at its peak.");
      schema.quantity("passive", " mmHg/mL", 1e-5, 1e3, "Elastance at rest.");
      schema.quantity("unstressed", "0 mL", 0, 1e4, "Volume at which the pressure is 0.");
      schema.quantity("onset", " ms", -1e4, 1e4, "Begin of contraction in each cycle.");
      schema.quantity("contraction", " ms", 1, 3000, "Time from the onset to the peak.");
      schema.quantity("relaxation", " ms", 1, 3000, "Time from the peak to rest.");
      schema.quantity("initial_pressure", " mmHg", -50, 300, "Pressure at the start.");
    }

    const Register<Compartment> registered{
      {"elastance", "p = E(t) (V - V0): a chamber that contracts once a cycle.", "Regazzoni et al. 2022, doi:10.1016/j.jcp.2022.111083",
       declare,
       [](const Parameters &p, const Compartment::Context &context) { return std::make_unique<Elastance>(p, context.cycle_length); }}};
  }
}
