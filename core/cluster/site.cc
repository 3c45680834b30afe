#include "core/cluster/site.h"

#include "core/error.h"
#include "core/sort_unique.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <sstream>

namespace vivicor
{
  namespace fs = std::filesystem;

  Schema site_schema()
  {
    Schema site;
    site.text("description", "", "A sentence about the cluster.");
    site.list("modules", {}, "Loaded with 'module load', in this order.");
    site.list("setup", {}, "Shell commands before the program starts.");
    site.text("partition", "", "Partition; empty: the cluster's default.");
    site.text("account", "", "Account that pays; empty: the user's default.");
    site.text("qos", "", "Quality of service; empty: the default.");
    site.integer("nodes", 0, 0, 1000000, "Nodes; 0: as many as the tasks take.");
    site.integer("tasks", 1, 1, 100000000, "MPI ranks, one core each.");
    site.text("memory_per_task", "", "Memory of a rank as SLURM writes it, e.g. 2G; empty: the cluster's default.");
    site.quantity("time", "1 h", 1.0 / 60, 1e5, "Limit of one job. A run that is not done by then goes on in the next one.");
    site.quantity("stop_before", "2 min", 1.0 / 60, 1e5,
                  "How long before the limit the run is asked to write a checkpoint and stop: a step and a checkpoint must fit.");
    site.text("launcher", "srun --mpi=pmix", "What starts the ranks.");
    site.list("options", {}, "Further options of sbatch, e.g. --exclusive.");
    return site;
  }

  std::vector<std::string> site_folders()
  {
    std::vector<std::string> folders;
    if (const char *named = std::getenv("VIVICOR_SITES"))
      {
        std::istringstream list(named);
        for (std::string folder; std::getline(list, folder, ':');)
          folders.push_back(folder);
      }
    folders.push_back("cluster/sites");
    std::error_code none;
    if (const fs::path program = fs::read_symlink("/proc/self/exe", none); !none)
      folders.push_back((program.parent_path() / "../../cluster/sites").lexically_normal().string()); // build/PRESET/vivicor
    return folders;
  }

  namespace
  {
    std::vector<std::string> site_names(const std::vector<std::string> &folders)
    {
      std::vector<std::string> names;
      std::error_code none;
      for (const auto &folder : folders)
        for (const auto &entry : fs::directory_iterator(folder, none))
          if (entry.path().extension() == ".json")
            names.push_back(entry.path().stem().string());
      sort_unique(names);
      return names;
    }

    std::string listed(const std::vector<std::string> &names)
    {
      std::string text;
      for (const auto &name : names)
        text += (text.empty() ? "" : ", ") + name;
      return text;
    }

    std::string find_site(const std::string &name, const std::vector<std::string> &folders)
    {
      if (fs::is_regular_file(name))
        return name;
      for (const auto &folder : folders)
        if (const fs::path file = fs::path(folder) / (name + ".json"); fs::is_regular_file(file))
          return file.string();
      const auto names = site_names(folders);
      const std::string nearest = nearest_of(name, names);
      throw UserError({"no site '" + name + "'", "--site", names.empty() ? "no site was found" : "there are: " + listed(names), nearest,
                       "give a name or the path of a site's file; docs/howto/slurm.md says how to write one"});
    }

    void check(const Parameters &entries, const Site &site)
    {
      if (!site.memory_per_task.empty() && !std::regex_match(site.memory_per_task, std::regex("[1-9][0-9]*[KMGT]?")))
        throw UserError({"memory of '" + site.memory_per_task + "'", entries.where("memory_per_task"), "SLURM could not read it", "2G",
                         "write a whole number and K, M, G or T"});
      if (site.stop_before >= site.time)
        throw UserError({"the run is asked to stop before it begins", entries.where("stop_before"), "stop_before is not below time", "",
                         "raise time or lower stop_before"});
    }
  }

  Site read_site(const std::string &name, const std::vector<std::string> &folders, const std::vector<std::string> &settings)
  {
    const std::string file = find_site(name, folders);
    const Parameters entries = read_deck(file, site_schema(), settings).parameters;
    Site site{fs::path(file).stem().string(), entries.list("modules"),  entries.list("setup"),    entries.list("options"),
              entries.text("partition"),      entries.text("account"),  entries.text("qos"),      entries.text("memory_per_task"),
              entries.integer("nodes"),       entries.integer("tasks"), entries.quantity("time"), entries.quantity("stop_before"),
              entries.text("launcher")};
    check(entries, site);
    return site;
  }
}
