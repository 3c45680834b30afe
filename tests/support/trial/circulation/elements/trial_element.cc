// trial name: trial_element
// trial explain: circulation.elements.*.trial_resistance
// trial deck: {"circulation": {"model": "network", "compartments": {"aortic": {"compliance": "1.36 mL/mmHg", "initial_pressure": "91
// mmHg"}, "lung": {"compliance": "3 mL/mmHg", "initial_pressure": "11 mmHg"}}, "elements": {"mitral": {"kind": "diode", "from": "LA", "to":
// "LV"}, "aortic": {"kind": "diode", "from": "LV", "to": "aortic"}, "tricuspid": {"kind": "diode", "from": "RA", "to": "RV"}, "pulmonary":
// {"kind": "diode", "from": "RV", "to": "lung"}, "body": {"kind": "trial_element", "from": "aortic", "to": "RA", "trial_resistance": "1
// mmHg s/mL"}, "lungs": {"from": "lung", "to": "LA", "resistance": "0.1 mmHg s/mL"}}, "chambers": {"LV": {"initial_pressure": "6.5 mmHg"},
// "RV": {"initial_pressure": "2.9 mmHg"}, "LA": {"initial_pressure": "7.5 mmHg"}, "RA": {"initial_pressure": "3.6 mmHg"}}}} trial summary:
// circulation.aortic_systolic_mmHg
#include "circulation/element.h"

namespace vivicor
{
  namespace
  {
    class TrialElement : public CirculationElement
    {
    public:
      explicit TrialElement(const Parameters &p) : R(p.quantity("trial_resistance")) {}
      Step advance(double, double, const double *, const Ends &p, double *) const override { return {(p.from - p.to) / R, 1 / R, -1 / R}; }
      double rate(double, const double *, const Ends &p, double *) const override { return (p.from - p.to) / R; }

    private:
      const double R; // kPa ms/mm^3
    };

    const Register<CirculationElement> registered{
      {"trial_element", "A resistance for a trial.", "this project",
       [](Schema &schema) { schema.quantity("trial_resistance", " mmHg s/mL", 1e-6, 1e6, "Of the trial."); },
       [](const Parameters &p) { return std::make_unique<TrialElement>(p); }}};
  }
}
