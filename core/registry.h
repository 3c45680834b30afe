// Models register themselves by name; nothing else names them. A model's .cc holds one line
//   static const Register<Material> registered{{"usyk", "sentence", "source", declare, create}};
#pragma once

#include "core/error.h"
#include "core/parameters/parameters.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  template <class Contract>
  struct Registered
  {
    std::string name, doc, source;
    std::function<void(Schema &)> declare;
    std::function<std::unique_ptr<Contract>(const Parameters &)> create;
  };

  template <class Contract>
  std::map<std::string, Registered<Contract>> &registry()
  {
    static std::map<std::string, Registered<Contract>> models;
    return models;
  }

  template <class Contract>
  struct Register
  {
    explicit Register(Registered<Contract> model) { registry<Contract>()[model.name] = std::move(model); }
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

  template <class Contract>
  std::unique_ptr<Contract> create(const std::string &name, const Parameters &parameters)
  {
    const auto found = registry<Contract>().find(name);
    if (found == registry<Contract>().end())
      {
        std::vector<std::string> names;
        for (const auto &entry : registry<Contract>())
          names.push_back(entry.first);
        throw UserError({"no model named '" + name + "'", "", "it is not registered", nearest_of(name, names), "see: vivicor list models"});
      }
    return found->second.create(parameters);
  }
}
