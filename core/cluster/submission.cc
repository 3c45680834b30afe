#include "core/cluster/submission.h"

#include "core/error.h"
#include "core/output/files.h"
#include "core/output/json_file.h"

#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;
  using Json = nlohmann::ordered_json;

  namespace
  {
    std::string record_of(const std::string &folder)
    {
      return folder + ".slurm/submission.json";
    }
  }

  std::vector<Task> tasks_in(const std::string &folder, const std::vector<std::vector<std::string>> &settings)
  {
    std::vector<Task> tasks;
    if (settings.size() == 1 && settings[0].empty())
      tasks.push_back({folder, {}});
    else
      for (std::size_t task = 0; task < settings.size(); ++task)
        tasks.push_back({folder + "/task_" + std::to_string(task), settings[task]});
    return tasks;
  }

  bool has_submission(const std::string &folder)
  {
    std::error_code unreadable;
    return fs::is_regular_file(record_of(folder), unreadable);
  }

  Submission read_submission(const std::string &folder)
  {
    const auto refuse = [&](const std::string &why) {
      throw UserError({"cannot understand '" + record_of(folder) + "'", "", why, "",
                       "it is the record of 'vivicor submit'; remove it when none of its jobs runs"});
    };
    const std::optional<Json> record = parse_json(read_whole(record_of(folder)));
    if (!record)
      refuse("it is no JSON, or nested deeper than any record");
    try
      {
        const Json &json = *record;
        Submission submission{json.at("folder"), json.at("deck"), json.at("sha256"), {}, {}};
        for (const Json &task : json.at("tasks"))
          submission.tasks.push_back({task.at("folder"), task.at("settings")});
        for (const Json &job : json.at("jobs"))
          submission.jobs.push_back({job.at("id"), job.at("tasks")});
        if (submission.tasks.empty())
          refuse("it names no task");
        return submission;
      }
    catch (const Json::exception &error)
      {
        refuse(error.what());
      }
    return {};
  }

  void write_submission(const Submission &submission)
  {
    Json json{{"folder", submission.folder},
              {"deck", submission.deck},
              {"sha256", submission.sha256},
              {"tasks", Json::array()},
              {"jobs", Json::array()}};
    for (const Task &task : submission.tasks)
      json["tasks"].push_back({{"folder", task.folder}, {"settings", task.settings}});
    for (const Job &job : submission.jobs)
      json["jobs"].push_back({{"id", job.id}, {"tasks", job.tasks}});
    std::error_code failed;
    fs::create_directories(submission.control_folder(), failed);
    if (failed)
      throw OutputError(
        {"cannot make '" + submission.control_folder() + "'", "", failed.message(), "", "choose another folder with --output"});
    write_whole(record_of(submission.folder), json.dump(2) + "\n");
  }

  bool is_done(const Task &task)
  {
    std::error_code unreadable;
    return fs::is_regular_file(fs::path(task.folder) / "summary.json", unreadable);
  }
}
