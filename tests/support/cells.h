// Registered cell models by name, and what they say about themselves: for the tests of single cells.
#pragma once

#include "electrophysiology/cells/single_cell.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor::test
{
  /// The model with its published parameters, or with `settings` (JSON) instead of some of them.
  inline std::unique_ptr<IonicModel> make_cell(const std::string &name, const std::string &settings = "{}")
  {
    Schema schema;
    registry<IonicModel>().at(name).declare(schema);
    return create<IonicModel>(name, parameters_from_json(settings, schema));
  }

  inline std::vector<std::string> cell_names()
  {
    std::vector<std::string> names;
    for (const auto &entry : registry<IonicModel>())
      names.push_back(entry.first);
    return names;
  }

  /// What the model asks for, with the stimulus a little after the start of the cycle: rest is seen before it.
  inline Pacing own_pacing(const IonicModel &model)
  {
    Pacing pacing = natural_pacing(model);
    pacing.stimulus_start = 0.02 * pacing.cycle_length;
    return pacing;
  }
}
