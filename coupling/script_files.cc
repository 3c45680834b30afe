#include "coupling/script_files.h"

#include "core/error.h"

#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;

  std::vector<std::string> script_files(const Parameters &in_situ, const std::vector<std::string> &folders)
  {
    const auto is_there = [](const std::string &file) {
      std::error_code unknown;
      return fs::is_regular_file(file, unknown);
    };
    std::vector<std::string> found;
    for (const std::string &script : in_situ.list("scripts"))
      {
        std::string file = script;
        for (auto folder = folders.begin(); folder != folders.end() && !is_there(file); ++folder)
          file = (fs::path(*folder) / script).string();
        if (!is_there(file))
          throw UserError({"no script '" + script + "'", in_situ.where("scripts"),
                           "it is neither here nor in the folder of the deck or of --data", "those of cluster/paraview",
                           "give its path from where the program is started"});
        found.push_back(file);
      }
    return found;
  }
}
