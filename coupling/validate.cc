#include "coupling/validate.h"

#include "circulation/circulation.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/output/formatted.h"
#include "coupling/chambers.h"
#include "coupling/devices.h"
#include "coupling/script_files.h"
#include "electrophysiology/validate.h"
#include "mechanics/pump.h"
#include "mechanics/validate.h"
#include "meshes/sources/mesh_source.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    /// An interval of output, ms: what happens at the end of steps can happen at multiples of the step only.
    void require_whole_steps(const Parameters &deck, const std::string &section, const std::string &key)
    {
      const double every = deck.section(section).quantity(key), step = deck.section("time").quantity("mechanics_step");
      const double steps = every / step;
      constexpr double slack = 1e-6; // both are decimal fractions in binary
      if (every == 0 || (steps > 1 - slack && std::abs(steps - std::round(steps)) < slack))
        return;
      const auto ms = [](double time) { return formatted("%.9g ms", time); };
      const double below = std::floor(steps), above = below + 1;
      throw UserError({section + "." + key + " is " + ms(every) + ", no multiple of time.mechanics_step", deck.section(section).where(key),
                       "a step lasts " + ms(step) + ", and there is nothing to see within it",
                       (below < 1 ? "" : ms(below * step) + " or ") + ms(above * step), "change one of the two"});
    }

    /// What else is wrong with the output is told by the observers, which are made before anything is written.
    void validate_output(const Parameters &deck, const std::vector<std::string> &folders)
    {
      require_whole_steps(deck, "output", "fields_every");
      const Parameters in_situ = deck.section("in_situ");
      if (!script_files(in_situ, folders).empty() || !in_situ.text("live").empty())
        require_whole_steps(deck, "in_situ", "every");
    }

    std::unique_ptr<Circulation> circulation_of(const Parameters &deck, const CirculationAmendments &amendments = {})
    {
      const Parameters loop = deck.section("circulation");
      return create<Circulation>(loop.text("model"), loop, Circulation::Context{deck.section("time").quantity("cycle_length"), amendments});
    }

    void validate_chambers(const Parameters &deck, const Anatomy &anatomy)
    {
      std::vector<std::string> cavities;
      for (const auto &cavity : anatomy.cavities)
        cavities.push_back(cavity.first);
      const Devices devices(deck, anatomy, deck.section("time").quantity("cycle_length"));
      for (const SurfaceTerm &term : devices.surfaces())
        named_surface(anatomy, term.surface, term.where);
      ChamberPort(cavities, circulation_of(deck, devices.circulation())->chambers());
    }
  }

  void validate_deck(const Parameters &deck, const std::vector<std::string> &folders)
  {
    mesh_inputs(deck, folders);
    check_mechanics(regions_of(deck), deck);
    validate_electrophysiology(deck);
    circulation_of(deck);
    validate_output(deck, folders);
  }

  void validate_deck(MPI_Comm comm, const Parameters &deck, const std::vector<std::string> &folders)
  {
    on_rank_0(comm, [&] { validate_deck(deck, folders); });
  }

  void validate_anatomy(const Parameters &deck, const Anatomy &anatomy)
  {
    validate_chambers(deck, anatomy);
  }

  void validate_heart(const Parameters &deck, const Anatomy &anatomy, const Fibres &fibres)
  {
    validate_anatomy(deck, anatomy);
    validate_mechanics(anatomy, fibres, deck);
  }
}
