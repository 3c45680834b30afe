#include "coupling/validate.h"

#include "circulation/circulation.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/output/formatted.h"
#include "coupling/chambers.h"
#include "coupling/observers/fields.h"
#include "coupling/observers/in_situ.h"
#include "electrophysiology/validate.h"
#include "mechanics/pump.h"
#include "mechanics/validate.h"
#include "meshes/sources/vtu_source.h"

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

    void validate_output(const Parameters &deck, const std::vector<Region> &regions)
    {
      require_whole_steps(deck, "output", "fields_every");
      read_field_options(deck.section("output"), regions);
    }

    void validate_in_situ(const Parameters &deck, const std::vector<std::string> &folders)
    {
      const bool watched = !in_situ_scripts(deck, folders).empty() || !deck.section("in_situ").text("live").empty();
      if (watched)
        require_whole_steps(deck, "in_situ", "every");
    }

    std::unique_ptr<Circulation> circulation_of(const Parameters &deck)
    {
      const Parameters loop = deck.section("circulation");
      return create<Circulation>(loop.text("model"), loop, Circulation::Context{deck.section("time").quantity("cycle_length")});
    }

    void validate_chambers(const Parameters &deck, const Anatomy &anatomy)
    {
      std::vector<std::string> cavities;
      for (const auto &cavity : anatomy.cavities)
        cavities.push_back(cavity.first);
      ChamberPort(cavities, circulation_of(deck)->chambers());
    }

    void validate_mesh_file(const Parameters &mesh, const std::vector<std::string> &folders)
    {
      if (mesh.text("source") != "generated")
        mesh_file(mesh, folders);
    }
  }

  void validate_deck(const Parameters &deck, const std::vector<std::string> &folders)
  {
    const std::vector<Region> regions = regions_of(deck);
    validate_mesh_file(deck.section("mesh"), folders);
    check_mechanics(regions, deck);
    validate_electrophysiology(deck);
    circulation_of(deck);
    validate_output(deck, regions);
    validate_in_situ(deck, folders);
  }

  void validate_deck(MPI_Comm comm, const Parameters &deck, const std::vector<std::string> &folders)
  {
    on_rank_0(comm, [&] { validate_deck(deck, folders); });
  }

  void validate_anatomy(const Parameters &deck, const Anatomy &anatomy)
  {
    validate_chambers(deck, anatomy);
    validate_output(deck, anatomy.regions);
  }

  void validate_heart(const Parameters &deck, const Anatomy &anatomy, const Fibres &fibres)
  {
    validate_anatomy(deck, anatomy);
    validate_mechanics(anatomy, fibres, deck);
  }
}
