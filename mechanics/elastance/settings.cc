#include "mechanics/elastance/settings.h"

#include "core/error.h"
#include "core/units.h"

namespace vivicor
{
  namespace
  {
    struct Defaults
    {
      std::string name, active, passive, unstressed, onset, contraction, relaxation;
    };
    // Those of `vivicor circulation`, so that one heart beats alike in both.
    const Defaults chambers[] = {{"LV", "2.85", "0.081", "15", "170", "250", "250"},
                                 {"RV", "0.443", "0.04", "20", "170", "250", "250"},
                                 {"LA", "0.18", "0.14", "5", "40", "130", "150"},
                                 {"RA", "0.134", "0.059", "5", "40", "130", "150"}};

    void declare_chamber(Schema &section, const Defaults &d)
    {
      const std::string tuned = "tuned, see docs/decisions/circulation_defaults.md";
      Schema chamber = section.section(d.name, "p = (active e + passive) (V - unstressed), e between 0 and 1");
      chamber.quantity("active", d.active + " mmHg/mL", 0, 1e3, "elastance that contraction adds at its peak", tuned);
      chamber.quantity("passive", d.passive + " mmHg/mL", 1e-5, 1e3, "elastance at rest", tuned);
      chamber.quantity("unstressed", d.unstressed + " mL", -1e3, 1e4, "volume at which the pressure is 0", tuned);
      chamber.quantity("onset", d.onset + " ms", -1e4, 1e4, "begin of contraction in each cycle; with drive = cycle", tuned);
      chamber.quantity("contraction", d.contraction + " ms", 1, 3000, "time from the onset to the peak of e; with drive = cycle", tuned);
      chamber.quantity("relaxation", d.relaxation + " ms", 1, 3000, "time from the peak of e to rest; with drive = cycle", tuned);
    }
  }

  void declare_elastance(Schema &mechanics)
  {
    Schema section = mechanics.section("chambers", "elastance chambers, for those that the mesh has");
    for (const Defaults &chamber : chambers)
      declare_chamber(section, chamber);
    mechanics.choice("drive", "cycle", {"cycle", "calcium"},
                     "what contracts the chambers: cycle: onset, contraction and relaxation in every cycle; calcium: the mean calcium of "
                     "the muscle that lines each");
    Schema calcium = mechanics.section("calcium", "contraction by calcium: lag de/dt = c^n/(c^n + half^n) - e");
    calcium.quantity("half", "0.45 uM", 1e-3, 1e2, "calcium at which a steady contraction is half of the strongest");
    calcium.quantity("steepness", "4", 0.1, 20, "n, Hill's exponent", "Hunter et al. 1998, 10.1016/S0079-6107(98)00013-3");
    calcium.quantity("lag", "50 ms", 0, 1e4, "time in which contraction follows calcium");
  }

  ElastanceSettings read_elastance(const Parameters &mechanics, const double cycle_length)
  {
    ElastanceSettings settings;
    const Parameters section = mechanics.section("chambers"), calcium = mechanics.section("calcium");
    settings.by_calcium = mechanics.text("drive") == "calcium";
    settings.calcium = {calcium.quantity("half"), calcium.quantity("steepness"), calcium.quantity("lag")};
    for (const Defaults &named : chambers)
      {
        const Parameters p = section.section(named.name);
        const ChamberElastance chamber{p.quantity("active"),
                                       p.quantity("passive"),
                                       p.quantity("unstressed"),
                                       {p.quantity("contraction"), p.quantity("relaxation"), p.quantity("onset")}};
        const double busy = chamber.pulse.rise + chamber.pulse.fall;
        if (!settings.by_calcium && busy > cycle_length)
          throw UserError({named.name + " contracts and relaxes for " + in_unit(busy, "ms"), p.where("relaxation"),
                           "a beat lasts " + in_unit(cycle_length, "ms") + " only", "",
                           "shorten contraction or relaxation, or lengthen time.cycle_length"});
        settings.chambers[named.name] = chamber;
      }
    return settings;
  }
}
