#include "core/provenance.h"

#include "core/log.h"
#include "core/mpi.h"
#include "generated/build_info.h"

#include <nlohmann/json.hpp>
#include <unistd.h>
#include <zlib.h>

#include <cstdlib>
#include <ctime>

namespace vivicor
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    std::string host_name()
    {
      char name[256] = "";
      return gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
    }

    std::string local_time()
    {
      const std::time_t now = std::time(nullptr);
      std::tm parts{};
      localtime_r(&now, &parts);
      char text[40];
      std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S%z", &parts);
      return text;
    }

    std::string mpi_library()
    {
      char text[MPI_MAX_LIBRARY_VERSION_STRING];
      int length = 0;
      MPI_Get_library_version(text, &length);
      const std::string whole(text, static_cast<std::size_t>(length));
      return whole.substr(0, whole.find_first_of(",\n"));
    }

    std::map<std::string, std::string> own_libraries()
    {
      const auto version = [](int major, int minor, int patch) {
        return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
      };
      return {{"MPI", mpi_library()},
              {"zlib", zlibVersion()},
              {"spdlog", version(SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH)},
              {"nlohmann_json", version(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)}};
    }

    std::map<std::string, std::string> slurm_ids()
    {
      std::map<std::string, std::string> ids;
      for (const char *name :
           {"SLURM_JOB_ID", "SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID", "SLURM_STEP_ID", "SLURM_JOB_NAME", "SLURM_CLUSTER_NAME",
            "SLURM_JOB_PARTITION", "SLURM_JOB_NODELIST", "SLURM_NNODES", "SLURM_NTASKS", "SLURM_RESTART_COUNT"})
        if (const char *value = std::getenv(name))
          ids[name] = value;
      return ids;
    }

    Json as_json(const Provenance &p)
    {
      Json json{{"version", p.version},     {"git", p.git},   {"build_type", p.build_type}, {"compiler", p.compiler},
                {"libraries", p.libraries}, {"host", p.host}, {"ranks", p.ranks},           {"started", p.started}};
      if (!p.slurm.empty())
        json["slurm"] = p.slurm;
      return json;
    }

    /// File names and environment values need not be UTF-8: bad bytes are replaced, not thrown at.
    std::string text_of(const Json &json)
    {
      return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    }
  }

  Provenance provenance(MPI_Comm comm, const std::map<std::string, std::string> &libraries)
  {
    Provenance result{build_info::version, build_info::git, build_info::build_type, build_info::compiler, own_libraries(),
                      host_name(),         size_of(comm),   local_time(),           slurm_ids()};
    result.libraries.insert(libraries.begin(), libraries.end());
    return result;
  }

  std::string own_version()
  {
    return std::string(build_info::version) + " (" + build_info::git + ")";
  }

  std::string provenance_json(const Provenance &provenance)
  {
    return text_of(as_json(provenance));
  }

  std::string provenance_json(const Provenance &provenance, const RunFacts &run)
  {
    Json json = as_json(provenance);
    json["command"] = run.command;
    json["deck_file"] = run.deck_file;
    json["inputs_sha256"] = Json::object();
    for (const auto &[file, hash] : run.inputs_sha256)
      json["inputs_sha256"][file] = hash;
    if (!run.restart_parent.empty())
      json["restart_parent"] = run.restart_parent;
    json["deck"] = run.resolved_deck_json.empty() ? Json() : Json::parse(run.resolved_deck_json);
    return text_of(json);
  }
}
