#include "apps/unknown_argument.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    using Names = std::vector<std::string>;

    Names options_of(const CLI::App &command)
    {
      Names names;
      for (const CLI::Option *option : command.get_options())
        {
          for (const std::string &name : option->get_lnames())
            names.push_back("--" + name);
          for (const std::string &name : option->get_snames())
            names.push_back("-" + name);
        }
      return names;
    }

    Names commands_of(const CLI::App &app)
    {
      Names names;
      for (const CLI::App *command : app.get_subcommands([](const CLI::App *) { return true; }))
        names.push_back(command->get_name());
      return names;
    }

    /// What is spelt alike, but first what was merely cut short: --out is nearer to --output than to --set.
    std::string nearest_name(const std::string &given, const Names &names)
    {
      Names longer;
      std::copy_if(names.begin(), names.end(), std::back_inserter(longer),
                   [&](const std::string &name) { return name.rfind(given, 0) == 0; });
      return nearest_of(given, longer.empty() ? names : longer);
    }
  }

  namespace
  {
    /// @param line the command so far, such as "vivicor verify"
    std::optional<ErrorText> unknown_argument(const CLI::App &command, const std::string &line)
    {
      const auto chosen = command.get_subcommands();
      if (!chosen.empty())
        if (const auto unknown = unknown_argument(*chosen.front(), line + " " + chosen.front()->get_name()))
          return unknown;
      const Names commands = commands_of(command);
      for (const std::string &argument : command.remaining())
        {
          const std::string name = argument.substr(0, argument.find('='));
          if (name.size() > 1 && name[0] == '-')
            return ErrorText{"no option '" + name + "'", line, "", nearest_name(name, options_of(command)), "see: " + line + " --help"};
          if (chosen.empty() && !commands.empty())
            return ErrorText{"no command '" + name + "'", line, "", nearest_name(name, commands), "see: " + line + " --help"};
        }
      return {};
    }
  }

  std::optional<ErrorText> unknown_argument(const CLI::App &app)
  {
    return unknown_argument(app, app.get_name());
  }
}
