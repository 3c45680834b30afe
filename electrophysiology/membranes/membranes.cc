#include "electrophysiology/membranes/membranes.h"

#include "core/log.h"
#include "electrophysiology/cells/prepacing.h"
#include "electrophysiology/membranes/apicobasal_gradient.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    const std::array<std::string, n_membrane_groups> names{"endo", "mid", "epi", "atria"};
  }

  void declare_membranes(Schema &deck)
  {
    Schema membranes = deck.section("membranes", "Ionic models of the tissues.");
    const std::array<std::string, n_membrane_groups> models{"tentusscher_panfilov_2006_endo", "tentusscher_panfilov_2006_mid",
                                                            "tentusscher_panfilov_2006_epi", "courtemanche_1998"};
    const std::array<std::string, n_membrane_groups> where{"Inner layer of the ventricles", "Middle layer of the ventricles",
                                                           "Outer layer of the ventricles", "Atria"};
    for (unsigned g = 0; g < n_membrane_groups; ++g)
      {
        Schema section = membranes.section(names[g], where[g] + ".");
        declare_models<IonicModel>(section, "model", models[g], "Ionic model of its cells.");
      }
    membranes.quantity("endo_below", "0", 0, 1, "Transmural coordinate (0 endocardium, 1 epicardium) below which cells are endo.");
    membranes.quantity("epi_above", "0.45", 0, 1, "Transmural coordinate from which cells are epi.",
                       "the longest action potentials lie beneath the endocardium: Glukhov et al. 2010, 10.1161/CIRCRESAHA.109.204891; "
                       "that makes T upright: Okada et al. 2011, 10.1152/ajpheart.01241.2010");
    declare_apicobasal_gradient(membranes);
    declare_membrane_regions(membranes);
    declare_drugs(deck);
    Schema prepacing = deck.section("prepacing", "Beats of each cell model on its own before the run.");
    prepacing.integer("beats", 0, 0, 10000, "Number of beats; 0 starts from the published rest.");
    prepacing.quantity("cycle_length", "800 ms", 100, 1e5, "Time between them.");
    prepacing.quantity("tolerance", "1e-5", 0, 1,
                       "Fewer beats will do once none changes V (by 100 mV) or a state by more than this share.");
    prepacing.flag("cache", true, "Keep paced states in the user's cache folder ($XDG_CACHE_HOME/vivicor or ~/.cache/vivicor).");
    deck.choice("reaction_scheme", "rush_larsen", reaction_scheme_names(),
                "How membranes advance. rush_larsen: fastest, first order. grl1, grl2: generalised Rush-Larsen of first and second "
                "order. cvode, arkode: SUNDIALS with error control, some hundred times slower.");
    deck.quantity("reaction_tolerance", "1e-6", 1e-12, 1e-2, "Relative tolerance of the schemes cvode and arkode.");
  }

  namespace
  {
    /// Beats as the tissue would make them: it starts from its own scheme's cycle.
    void prepace(Reaction::Membrane &membrane, const Parameters &section, const Parameters &deck)
    {
      const Parameters settings = deck.section("prepacing");
      Pacing pacing = natural_pacing(*membrane.model);
      pacing.cycle_length = settings.quantity("cycle_length");
      pacing.beats = static_cast<unsigned>(settings.integer("beats"));
      pacing.integrator = cell_integrator(membrane.options.scheme);
      pacing.step = deck.quantity("time_step");
      pacing.relative_tolerance = membrane.options.tolerance;
      const SteadyState steady = prepace(*membrane.model, section.resolved_json(), pacing, settings.quantity("tolerance"),
                                         settings.flag("cache") ? prepacing_folder() : "");
      log::info("{}: {} beats of {:g} ms before the run; the last changed the state by {:.1e}", section.text("model"), steady.beats,
                pacing.cycle_length, steady.change);
      membrane.V = steady.state.V;
      membrane.states = steady.state.states;
    }
  }

  namespace
  {
    Parameters section_of(const Parameters &deck, const unsigned group)
    {
      return deck.section("membranes").section(names[group]);
    }

    bool is_of(const Tissue tissue, const unsigned group)
    {
      return (tissue == Tissue::atrium) == (group == atrial);
    }

    std::vector<std::string> models_of(const Parameters &deck, const Tissue tissue)
    {
      std::vector<std::string> models;
      for (unsigned g = 0; g < n_membrane_groups; ++g)
        if (is_of(tissue, g))
          models.push_back(section_of(deck, g).text("model"));
      return models;
    }

    Reaction::Membrane build_membrane(const Parameters &deck, const unsigned group, const std::vector<ChannelFactor> &factors,
                                      const MembraneStart start)
    {
      const Parameters published = section_of(deck, group);
      const std::string model = published.text("model");
      const Parameters section = with_factors(published, model, factors);
      Reaction::Membrane membrane = Reaction::at_rest(create<IonicModel>(model, section));
      membrane.options = {reaction_scheme(deck.text("reaction_scheme")), deck.quantity("reaction_tolerance")};
      if (start == MembraneStart::of_the_deck && deck.integer("prepacing.beats") > 0)
        prepace(membrane, section, deck);
      return membrane;
    }
  }

  std::vector<Reaction::Membrane> build_membranes(const Parameters &deck, const Anatomy &anatomy, const MembraneStart start)
  {
    const auto drugs = drug_factors(deck);
    auto all_models = models_of(deck, Tissue::ventricle);
    all_models.push_back(models_of(deck, Tissue::atrium).front());
    require_channels(all_models, drugs);

    const ApicobasalGradient gradient(deck.section("membranes"));
    gradient.check(models_of(deck, Tissue::ventricle));

    std::vector<Reaction::Membrane> membranes;
    const auto add_groups = [&](const std::vector<ChannelFactor> &factors, const std::function<bool(unsigned group)> &has_nodes) {
      for (unsigned level = 0; level < gradient.n_levels(); ++level)
        for (unsigned g = 0; g < n_membrane_groups; ++g)
          {
            auto all = factors;
            if (g != atrial)
              all.push_back(gradient.factor(level));
            const bool is_needed = has_nodes(g) && (g != atrial || level == 0);
            membranes.push_back(is_needed || membranes.size() < n_membrane_groups ? build_membrane(deck, g, all, start) : membranes[g]);
          }
    };
    add_groups(drugs, [](unsigned) { return true; });
    for (const auto &region : MembraneRegions(anatomy, deck.section("membranes")).regions)
      {
        require_channels(models_of(deck, region.tissue), region.factors);
        auto factors = drugs;
        factors.insert(factors.end(), region.factors.begin(), region.factors.end());
        add_groups(factors, [&](unsigned g) { return is_of(region.tissue, g); });
      }
    return membranes;
  }

  std::unique_ptr<IonicModel> undrugged_model(const Parameters &deck, const MembraneGroup group)
  {
    const Parameters section = section_of(deck, group);
    return create<IonicModel>(section.text("model"), section);
  }

  std::vector<std::string> cells_without_calcium(const Parameters &deck, const Tissue tissue)
  {
    const double endo_below = deck.quantity("membranes.endo_below"), epi_above = deck.quantity("membranes.epi_above");
    const std::array<bool, n_membrane_groups> has_cells{endo_below > 0, epi_above > endo_below, std::max(endo_below, epi_above) < 1, true};
    std::vector<std::string> models;
    for (unsigned g = 0; g < n_membrane_groups; ++g)
      if (is_of(tissue, g) && has_cells[g])
        if (const std::string model = section_of(deck, g).text("model");
            !undrugged_model(deck, static_cast<MembraneGroup>(g))->has_calcium() && std::count(models.begin(), models.end(), model) == 0)
          models.push_back(model);
    return models;
  }

  std::function<unsigned(const NodeKey &)> membrane_of(const Fibres &fibres, const Anatomy &anatomy, const Parameters &deck)
  {
    const double endo_below = deck.quantity("membranes.endo_below"), epi_above = deck.quantity("membranes.epi_above");
    const MembraneRegions regions(anatomy, deck.section("membranes"));
    const ApicobasalGradient gradient(deck.section("membranes"));
    return [&fibres, regions, gradient, endo_below, epi_above](const NodeKey &key) -> unsigned {
      const unsigned first = n_membrane_groups * gradient.n_levels() * regions.of(key);
      if (key.tissue == Tissue::atrium)
        return first + atrial;
      const double depth = key.interpolate(fibres.transmural);
      const unsigned level = gradient.level(key.interpolate(fibres.apicobasal));
      return first + n_membrane_groups * level + (depth < endo_below ? endocardial : depth < epi_above ? midmyocardial : epicardial);
    };
  }
}
