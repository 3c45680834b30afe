#include "electrophysiology/membranes.h"

#include "electrophysiology/single_cell.h"

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
    membranes.quantity("endo_below", "0.33", 0, 1, "Transmural coordinate (0 endocardium, 1 epicardium) below which cells are endo.");
    membranes.quantity("epi_above", "0.67", 0, 1, "Transmural coordinate from which cells are epi.");
    Schema prepacing = deck.section("prepacing", "Beats of each cell model on its own before the run.");
    prepacing.integer("beats", 0, 0, 10000, "Number of beats; 0 starts from the published rest.");
    prepacing.quantity("cycle_length", "800 ms", 100, 1e5, "Time between them.");
  }

  std::vector<Reaction::Membrane> build_membranes(const Parameters &deck)
  {
    const auto beats = static_cast<unsigned>(deck.integer("prepacing.beats"));
    std::vector<Reaction::Membrane> membranes;
    for (const auto &name : names)
      {
        const Parameters section = deck.section("membranes").section(name);
        membranes.push_back(Reaction::at_rest(create<IonicModel>(section.text("model"), section)));
        if (beats > 0)
          {
            auto &[model, V, states] = membranes.back();
            const CellState paced = prepaced_state(*model, deck.quantity("prepacing.cycle_length"), beats);
            V = paced.V;
            states = paced.states;
          }
      }
    return membranes;
  }

  std::function<unsigned(const NodeKey &)> membrane_of(const Fibres &fibres, const Parameters &deck)
  {
    const double endo_below = deck.quantity("membranes.endo_below"), epi_above = deck.quantity("membranes.epi_above");
    return [&fibres, endo_below, epi_above](const NodeKey &key) -> unsigned {
      if (key.tissue == Tissue::atrium)
        return atrial;
      const double depth = key.interpolate(fibres.transmural);
      return depth < endo_below ? endocardial : depth < epi_above ? midmyocardial : epicardial;
    };
  }
}
