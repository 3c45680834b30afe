#include "core/output/json_file.h"

#include "core/error.h"
#include "core/output/files.h"

#include <cmath>
#include <filesystem>
#include <limits>

namespace vivicor
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    struct TooDeep
    {
    };

    const Json *member(const Json &json, const char *key)
    {
      const auto found = json.is_object() ? json.find(key) : json.end();
      return found == json.end() ? nullptr : &*found;
    }
  }

  std::optional<Json> parse_json(const std::string &text)
  {
    constexpr int deepest = 100;
    const auto watch = [](int depth, Json::parse_event_t, Json &) {
      if (depth > deepest)
        throw TooDeep();
      return true;
    };
    try
      {
        return Json::parse(text, watch);
      }
    catch (const Json::exception &)
      {
        return {};
      }
    catch (const TooDeep &)
      {
        return {};
      }
  }

  std::optional<Json> read_json_file(const std::string &path)
  {
    std::error_code unreadable;
    if (!std::filesystem::is_regular_file(path, unreadable))
      return {};
    try
      {
        return parse_json(read_text(path));
      }
    catch (const UserError &)
      {
        return {};
      }
  }

  double number_in(const Json &json, const char *key, double otherwise)
  {
    const Json *value = member(json, key);
    if (!value || !value->is_number())
      return otherwise;
    const double number = value->get<double>();
    return std::isfinite(number) ? number : otherwise;
  }

  unsigned count_in(const Json &json, const char *key, unsigned otherwise)
  {
    const double number = number_in(json, key, -1);
    return number >= 0 && number <= std::numeric_limits<unsigned>::max() ? static_cast<unsigned>(number) : otherwise;
  }

  std::string text_in(const Json &json, const char *key, const std::string &otherwise)
  {
    const Json *value = member(json, key);
    return value && value->is_string() ? value->get<std::string>() : otherwise;
  }
}
