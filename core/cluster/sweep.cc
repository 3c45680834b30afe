#include "core/cluster/sweep.h"

#include "core/error.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    std::string trimmed(const std::string &text)
    {
      const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
      return first == std::string::npos ? "" : text.substr(first, last - first + 1);
    }

    std::vector<std::string> split(const std::string &list)
    {
      std::vector<std::string> values(1);
      int depth = 0;
      bool quoted = false;
      for (const char c : list)
        {
          quoted = quoted != (c == '"');
          depth += quoted ? 0 : (c == '[' || c == '{') - (c == ']' || c == '}');
          if (c == ',' && depth == 0 && !quoted)
            values.emplace_back();
          else
            values.back() += c;
        }
      std::transform(values.begin(), values.end(), values.begin(), trimmed);
      return values;
    }

    [[noreturn]] void refuse(const std::string &axis, const std::string &why)
    {
      throw UserError({"cannot sweep '" + axis + "'", "--array", why, "", "write --array KEY=VALUE,VALUE,..."});
    }

    std::vector<std::string> settings_of(const std::string &axis)
    {
      const auto equals = axis.find('=');
      if (equals == std::string::npos || equals == 0)
        refuse(axis, "it names no entry of the deck");
      std::vector<std::string> settings;
      for (const std::string &value : split(axis.substr(equals + 1)))
        {
          const std::string setting = trimmed(axis.substr(0, equals)) + "=" + value;
          if (value.empty())
            refuse(axis, "a value is empty");
          if (std::find(settings.begin(), settings.end(), setting) != settings.end())
            refuse(axis, "'" + value + "' stands there twice");
          settings.push_back(setting);
        }
      return settings;
    }
  }

  std::vector<std::vector<std::string>> combinations(const std::vector<std::string> &axes)
  {
    std::vector<std::vector<std::string>> tasks(1);
    for (const std::string &axis : axes)
      {
        std::vector<std::vector<std::string>> longer;
        for (const auto &task : tasks)
          for (const std::string &setting : settings_of(axis))
            {
              longer.push_back(task);
              longer.back().push_back(setting);
            }
        tasks = std::move(longer);
      }
    return tasks;
  }
}
