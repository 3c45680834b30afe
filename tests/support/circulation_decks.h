// Circulations made from text, and the smallest deck with which each registered one can be made.
#pragma once

#include "circulation/circulation.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <memory>
#include <string>

namespace vivicor::test
{
  /// @param json the section "circulation" without its model
  inline std::unique_ptr<Circulation> circulation(const std::string &model, const std::string &json, double cycle_length = 800.)
  {
    Schema schema;
    const auto &entry = registry<Circulation>().at(model);
    entry.declare(schema);
    return entry.create(parameters_from_json(json, schema), Circulation::Context{cycle_length});
  }

  /// The section "circulation" of a shipped deck, without its model.
  inline std::string shipped_circulation(const std::string &deck)
  {
    std::ifstream file(std::string(VIVICOR_SOURCE) + "/parameters/circulation/" + deck);
    auto section = nlohmann::json::parse(file).at("circulation");
    section.erase("model");
    return section.dump();
  }

  inline std::string smallest_deck(const std::string &model)
  {
    return model == "network" ? shipped_circulation("closed_loop.json") : "{}";
  }
}
