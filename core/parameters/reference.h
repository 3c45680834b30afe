// What a schema says, for people: the text of `vivicor explain` and the generated reference of all entries.
#pragma once

#include "core/parameters/parameters.h"

#include <string>

namespace vivicor
{
  /// Markdown: a heading for each section with its sentence, and a table of its entries (key, default, unit, range,
  /// meaning, source); a table more for the parameters of each model that can be selected there.
  std::string reference_markdown(const Schema &schema);

  /// Meaning, default, unit, range and source of one entry; the list of entries of a section or of a model; of the
  /// whole schema's sections for the empty key. "*" or any name stands for what the user names.
  /// @throws UserError with the nearest key when there is none of that name
  std::string explain(const Schema &schema, const std::string &key);
}
