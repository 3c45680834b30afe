#include "core/checkpoint/checkpoint_folder.h"

#include "core/collective.h"
#include "core/error.h"
#include "core/log.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;

  namespace
  {
    const std::string beginning = "step_", ending = ".checkpoint";

    std::string name_of(unsigned number)
    {
      char digits[16];
      std::snprintf(digits, sizeof digits, "%08u", number);
      return beginning + digits + ending;
    }

    bool is_checkpoint(const std::string &name)
    {
      return name.starts_with(beginning) && name.ends_with(ending);
    }
    bool is_half_written(const std::string &name)
    {
      return name.starts_with(beginning) && name.find(ending + ".writing.") != std::string::npos;
    }
  }

  std::vector<std::string> CheckpointFolder::files() const
  {
    std::vector<std::string> found;
    std::error_code no_folder;
    for (const auto &entry : fs::directory_iterator(folder, no_folder))
      if (is_checkpoint(entry.path().filename().string()))
        found.push_back(entry.path().string());
    std::sort(found.rbegin(), found.rend()); // numbers have equally many digits
    return found;
  }

  void CheckpointFolder::tidy(const std::string &latest) const
  {
    std::error_code ignored;
    unsigned kept = 0;
    for (const std::string &file : files())
      if (const std::string name = fs::path(file).filename().string(); name > latest || ++kept > keep)
        fs::remove(file, ignored);
    std::vector<fs::path> rests;
    for (const auto &entry : fs::directory_iterator(folder, ignored))
      if (is_half_written(entry.path().filename().string()))
        rests.push_back(entry.path());
    for (const auto &rest : rests)
      fs::remove(rest, ignored);
  }

  std::uint64_t CheckpointFolder::write(Saver &saver, unsigned number, const nlohmann::ordered_json &facts, MPI_Comm comm) const
  {
    const std::uint64_t bytes = saver.write((fs::path(folder) / name_of(number)).string(), facts);
    on_rank_0(comm, [&] { tidy(name_of(number)); });
    return bytes;
  }

  std::unique_ptr<Loader> CheckpointFolder::open(MPI_Comm comm,
                                                 const std::function<std::string(const nlohmann::ordered_json &facts)> &objection) const
  {
    std::string chosen;
    checkpoint_format::Inspection inspected;
    on_rank_0(comm, [&] {
      std::string faults;
      for (const std::string &file : files())
        {
          inspected = checkpoint_format::inspect(file);
          std::string fault = inspected.fault.empty() ? objection(inspected.index.facts) : inspected.fault;
          if (fault.empty())
            {
              chosen = file;
              return;
            }
          fault = fs::path(file).filename().string() + ": " + fault;
          log::warn("checkpoint passed over: {}", fault);
          faults += (faults.empty() ? "" : "; ") + fault;
        }
      throw UserError({"there is nothing to resume from", folder, faults.empty() ? "it holds no checkpoint" : faults, "",
                       faults.empty() ? "start the run without --resume" : "mend what is named, or start the run anew without --resume"});
    });
    return std::make_unique<Loader>(comm, chosen, inspected);
  }
}
