#include "core/parameters/file_places.h"

#include "core/parameters/nodes.h"

#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;

  std::vector<std::string> folders_of_deck(const std::string &file)
  {
    std::error_code unreadable;
    std::vector<std::string> folders{fs::path(file).parent_path().string()};
    const fs::path real = fs::canonical(file, unreadable).parent_path();
    if (!unreadable && !fs::equivalent(folders[0].empty() ? "." : folders[0], real, unreadable))
      folders.push_back(real.string());
    return folders;
  }

  std::vector<std::string> file_places(const Parameters &parameters, const std::string &key)
  {
    const fs::path file = parameters.text(key); // throws where there is no such entry
    if (file.is_absolute())
      return {file.string()};
    std::vector<std::string> places;
    if (const std::string named_in = deck::find_node(parameters.node, key)->file; !named_in.empty())
      for (const std::string &folder : folders_of_deck(named_in))
        places.push_back((fs::path(folder) / file).string());
    return places;
  }
}
