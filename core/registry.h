// Models register themselves by name; nothing else names them. A model's .cc holds one line
//   static const Register<Material> registered{{"usyk", "sentence", "source", declare, create}};
// A model that is more than numbers at a point (an electrical heart, a pump) is made from more than its
// parameters: its contract names a type `Context` of what it stands on, and create takes one.
#pragma once

#include "core/error.h"
#include "core/parameters/parameters.h"

#include <functional>
#include <map>
#include <memory>
#include <source_location>
#include <string>
#include <vector>

namespace vivicor
{
  /// What creates a model of a contract: from its parameters alone, or also from the contract's Context.
  template <class Contract>
  struct Creator
  {
    using Type = std::function<std::unique_ptr<Contract>(const Parameters &)>;
  };

  template <class Contract>
  requires requires
  {
    typename Contract::Context;
  }
  struct Creator<Contract>
  {
    using Type = std::function<std::unique_ptr<Contract>(const Parameters &, const typename Contract::Context &)>;
  };

  template <class Contract>
  struct Registered
  {
    std::string name, doc, source;
    std::function<void(Schema &)> declare;
    typename Creator<Contract>::Type create;
    std::source_location place = {}; ///< of its Register: set there
  };

  template <class Contract>
  std::map<std::string, Registered<Contract>> &registry()
  {
    static std::map<std::string, Registered<Contract>> models;
    return models;
  }

  /// Ends the program with exit code 3 and a line that names both places. Models register before main: nobody could
  /// catch an exception there.
  [[noreturn]] void refuse_second_model(const std::string &name, const std::source_location &first, const std::source_location &second);

  template <class Contract>
  struct Register
  {
    explicit Register(Registered<Contract> model, const std::source_location place = std::source_location::current())
    {
      model.place = place;
      const auto [known, is_new] = registry<Contract>().try_emplace(model.name, model);
      if (!is_new)
        refuse_second_model(model.name, known->second.place, place);
    }
  };

  /// Declares `selector` with every registered model of the contract and its parameters.
  template <class Contract>
  void declare_models(Schema &schema, const std::string &selector, const std::string &default_name, const std::string &doc)
  {
    std::map<std::string, std::function<void(Schema &)>> models;
    for (const auto &[name, model] : registry<Contract>())
      models[name] = model.declare;
    schema.select(selector, default_name, models, doc);
  }

  /// Makes the model of that name; `context` is nothing, or the Context that the contract names.
  /// Throws UserError when no such model is registered, and whatever the model's own create throws.
  template <class Contract, class... Context>
  std::unique_ptr<Contract> create(const std::string &name, const Parameters &parameters, const Context &...context)
  {
    const auto found = registry<Contract>().find(name);
    if (found == registry<Contract>().end())
      {
        std::vector<std::string> names;
        for (const auto &entry : registry<Contract>())
          names.push_back(entry.first);
        throw UserError({"no model named '" + name + "'", "", "it is not registered", nearest_of(name, names), "see: vivicor list models"});
      }
    return found->second.create(parameters, context...);
  }
}
