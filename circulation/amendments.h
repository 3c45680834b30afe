// What stands beside a circulation's own parameters when it is made: elements that others add, valves that they change.
#pragma once

#include "circulation/element.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  struct CirculationAmendments
  {
    struct Addition
    {
      std::string name, from, to; ///< places by name, as in the deck
      std::shared_ptr<CirculationElement> element;
      std::string where; ///< in the deck, for messages
    };
    /// An entry of an element of the deck, multiplied: "aortic", "open_resistance".
    struct Factor
    {
      std::string element, entry;
      double factor = 1;
      std::string where;
    };
    std::vector<Addition> additions;
    std::vector<Factor> factors;

    bool empty() const { return additions.empty() && factors.empty(); }
  };
}
