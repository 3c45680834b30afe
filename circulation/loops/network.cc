// "model": "network": a circulation that the deck names place by place.
#include "circulation/network.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    void declare(Schema &schema)
    {
      Schema places = schema.items("compartments", "What holds blood outside the heart, by name of your choice; LV, RV, LA or RA: in "
                                                   "place of a chamber that the heart lacks.");
      declare_models<Compartment>(places, "kind", "compliance", "What it is.");
      Schema elements = schema.items("elements", "What lets blood through, by name of your choice.");
      elements.text("from", "", "Where it begins: a compartment, or a chamber (LV, RV, LA, RA).");
      elements.text("to", "", "Where it ends.");
      declare_models<CirculationElement>(elements, "kind", "resistance", "What it is.");
      Schema chambers = schema.items("chambers", "The heart's chambers that elements name.");
      chambers.quantity("initial_pressure", " mmHg", -50, 300, "Pressure from which the heart starts.");
    }

    /// The element with the factors of devices.
    Parameters amended(Parameters element, const std::string &name, const CirculationAmendments &amendments)
    {
      for (const auto &change : amendments.factors)
        if (change.element == name)
          {
            if (!element.has(change.entry))
              throw UserError({"a device changes '" + change.entry + "' of the element '" + name + "'", change.where,
                               "an element of kind " + element.text("kind") + " has no such entry", "",
                               "see: vivicor list circulation_elements"});
            element = element.scaled(change.entry, change.factor);
          }
      return element;
    }

    void check_factors(const Parameters &deck, const CirculationAmendments &amendments)
    {
      const std::vector<std::string> names = deck.names("elements");
      for (const auto &change : amendments.factors)
        if (std::find(names.begin(), names.end(), change.element) == names.end())
          throw UserError({"a device changes the element '" + change.element + "'", change.where, "the circulation has none of that name",
                           nearest_of(change.element, names), "use the name of an element of the network"});
    }

    std::unique_ptr<Circulation> create_network(const Parameters &deck, const Circulation::Context &context)
    {
      check_factors(deck, context.amendments);
      std::vector<Network::Place> places;
      for (const std::string &name : deck.names("compartments"))
        {
          const Parameters place = deck.section("compartments").section(name);
          places.push_back({name, create<Compartment>(place.text("kind"), place, Compartment::Context{context.cycle_length})});
        }
      std::vector<Network::Joint> joints;
      for (const std::string &name : deck.names("elements"))
        {
          const Parameters element = amended(deck.section("elements").section(name), name, context.amendments);
          joints.push_back({name, element.text("from"), element.text("to"), create<CirculationElement>(element.text("kind"), element),
                            element.where("from")});
        }
      if (joints.empty())
        throw UserError({"a circulation without elements", deck.where("elements"), "a network is what the deck says, and it says nothing",
                         "", "start from parameters/circulation/closed_loop.json as base, or name compartments and elements"});
      for (const auto &addition : context.amendments.additions)
        {
          if (deck.section("elements").has(addition.name))
            throw UserError({"a device brings an element named '" + addition.name + "'", addition.where,
                             "the circulation has one of that name", "", "give the device another name"});
          joints.push_back({addition.name, addition.from, addition.to, addition.element, addition.where});
        }
      std::vector<std::pair<std::string, double>> pressures;
      for (const std::string &name : deck.names("chambers"))
        pressures.emplace_back(name, deck.section("chambers").section(name).quantity("initial_pressure"));
      return std::make_unique<Network>(std::move(places), std::move(joints), pressures);
    }

    const Register<Circulation> registered{{"network", "Compartments and elements named by the deck.",
                                            "Westerhof et al. 2009, doi:10.1007/s11517-008-0359-2", declare, create_network}};
  }
}
