#include "core/output/in_situ.h"

#include <dlfcn.h>

#include <algorithm>
#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;

  namespace
  {
    const std::string prefix = "vivicor_in_situ_";

    /// The program's folder, and the one above it for tests.
    std::vector<fs::path> module_folders()
    {
      std::error_code error;
      const fs::path program = fs::read_symlink("/proc/self/exe", error);
      return error ? std::vector<fs::path>{} : std::vector<fs::path>{program.parent_path(), program.parent_path().parent_path()};
    }

    std::vector<fs::path> modules()
    {
      std::vector<fs::path> found;
      for (const fs::path &folder : module_folders())
        {
          std::error_code error;
          for (const auto &entry : fs::directory_iterator(folder, error))
            if (entry.path().filename().string().starts_with(prefix) && entry.path().extension() == ".so")
              found.push_back(entry.path());
          if (!found.empty())
            break;
        }
      std::sort(found.begin(), found.end());
      return found;
    }

    std::string name_of(const fs::path &module)
    {
      return module.stem().string().substr(prefix.size());
    }
  }

  bool InSituWish::channel(const std::string &name) const
  {
    const auto first = fields.lower_bound({name, ""});
    return first != fields.end() && first->first == name;
  }

  bool InSituWish::field(const std::string &channel, const std::string &name) const
  {
    return fields.contains({channel, name}) || fields.contains({channel, "*"});
  }

  std::vector<std::string> in_situ_back_ends()
  {
    std::vector<std::string> names;
    for (const fs::path &module : modules())
      names.push_back(name_of(module));
    return names;
  }

  std::unique_ptr<InSituBackEnd> load_in_situ_back_end(const std::string &name)
  {
    const auto found = modules();
    const auto module = std::find_if(found.begin(), found.end(), [&](const fs::path &m) { return name_of(m).starts_with(name); });
    if (module == found.end())
      throw InSituFailure("this build has no in-situ back end '" + name
                          + "': install its libraries (docs/howto/in_situ.md) and build again");
    // Global: Python's own extensions look for the interpreter among the global symbols. Lazy: a back end brings
    // hundreds of libraries, and most of their functions are never called.
    void *library = dlopen(module->c_str(), RTLD_LAZY | RTLD_GLOBAL);
    if (!library)
      throw InSituFailure(std::string("the in-situ back end does not load: ") + dlerror());
    auto *make = reinterpret_cast<InSituBackEnd *(*)()>(dlsym(library, "vivicor_in_situ_back_end"));
    if (!make)
      throw InSituFailure(module->string() + " is not an in-situ back end");
    return std::unique_ptr<InSituBackEnd>(make());
  }
}
