// JSON that another program, another version or a full disk may have left: read without trust.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace vivicor
{
  /// @return nothing for a text that is no JSON or is nested more than 100 deep: trees are walked by recursion
  std::optional<nlohmann::ordered_json> parse_json(const std::string &text);

  /// @return nothing where there is no regular file of that name, it cannot be read or is no such JSON
  std::optional<nlohmann::ordered_json> read_json_file(const std::string &path);

  /// The member `key` of an object where it is a finite number; otherwise `otherwise`.
  double number_in(const nlohmann::ordered_json &json, const char *key, double otherwise);
  /// The same as a count: rounded down, not negative.
  unsigned count_in(const nlohmann::ordered_json &json, const char *key, unsigned otherwise);
  /// The same of a text.
  std::string text_in(const nlohmann::ordered_json &json, const char *key, const std::string &otherwise);
}
