// An elastic vessel: V = V0 + C (p - p_external).
#include "circulation/compartment.h"

namespace vivicor
{
  namespace
  {
    class Compliance : public Compartment
    {
    public:
      explicit Compliance(const Parameters &p)
        : C(p.quantity("compliance")),
          V0(p.quantity("unstressed")),
          outside(p.quantity("external_pressure")),
          start(p.quantity("initial_pressure"))
      {
      }
      Value volume(double, const double p) const override { return {V0 + C * (p - outside), C}; }
      double pressure(double, const double V) const override { return outside + (V - V0) / C; }
      double initial_pressure() const override { return start; }

    private:
      const double C, V0, outside, start; // mm^3/kPa, mm^3, kPa, kPa
    };

    void declare(Schema &schema)
    {
      schema.quantity("compliance", " mL/mmHg", 1e-6, 1e4, "Volume that a unit of pressure adds.");
      schema.quantity("unstressed", "0 mL", 0, 1e4, "Volume at the pressure outside.");
      schema.quantity("external_pressure", "0 mmHg", -50, 300, "Pressure outside: of the chest, of a muscle.");
      schema.quantity("initial_pressure", " mmHg", -50, 300, "Pressure at the start.");
    }

    const Register<Compartment> registered{
      {"compliance", "V = V0 + C (p - p_external): an elastic vessel.", "Westerhof et al. 2009, doi:10.1007/s11517-008-0359-2", declare,
       [](const Parameters &p, const Compartment::Context &) { return std::make_unique<Compliance>(p); }}};
  }
}
