#include "coupling/folder/checkpoints.h"

#include "core/cluster/command_line.h"
#include "core/collective.h"
#include "core/log.h"
#include "core/mpi.h"
#include "core/numbers.h"
#include "core/output/digest.h"
#include "coupling/deck.h"
#include "coupling/folder/deck_differences.h"
#include "coupling/folder/stop_request.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>

namespace vivicor
{
  namespace fs = std::filesystem;
  using Json = nlohmann::ordered_json;

  void declare_checkpoint(Schema &deck)
  {
    Schema checkpoint = deck.section("checkpoint", "What is kept so that a stopped or killed run can be resumed (run --resume).");
    checkpoint.quantity(
      "every", "100 ms", 0, 1e7,
      "Simulated time between two checkpoints, each at the first end of a step there; there is also one at the beginning and "
      "one at the end. 0: only when a stop is asked for.");
    checkpoint.integer("keep", 2, 1, 1000, "How many of the newest are kept; a damaged one is passed over for the one before it.");
  }

  namespace
  {
    std::string checkpoints_in(const std::string &folder)
    {
      return (fs::path(folder) / "checkpoints").string();
    }

    template <class Value>
    void feed(Digest &digest, const std::vector<Value> &values)
    {
      digest.feed(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(Value));
    }

    /// What facts() writes.
    bool are_facts(const Json &facts)
    {
      const auto has = [&](const char *key, auto is) { return facts.contains(key) && (facts.at(key).*is)(); };
      return facts.is_object() && has("deck", &Json::is_object) && has("time_ms", &Json::is_number) && has("git", &Json::is_string)
             && has("ranks", &Json::is_number) && has("mesh_sha256", &Json::is_string) && has("partition_sha256", &Json::is_string);
    }

    bool is_there(const fs::path &file)
    {
      std::error_code unknown;
      return fs::exists(file, unknown);
    }

    std::string sha256_of(const Anatomy &anatomy)
    {
      Digest digest;
      feed(digest, anatomy.points);
      feed(digest, anatomy.cells);
      feed(digest, anatomy.cell_region);
      return digest.hex();
    }

    std::string sha256_of(const std::vector<unsigned> &cell_rank)
    {
      Digest digest;
      feed(digest, cell_rank);
      return digest.hex();
    }
  }

  std::unique_ptr<Loader> open_checkpoint(MPI_Comm comm, const std::string &folder, const Parameters &deck, const Provenance &origin,
                                          const std::vector<std::string> &folders)
  {
    const Json now = Json::parse(deck.resolved_json());
    const auto objection = [&](const Json &facts) {
      if (!are_facts(facts))
        return std::string("it does not say of which run it is");
      const auto differences = deck_differences(facts.at("deck"), now, folders);
      return differences.grave.empty() ? std::string() : "of another deck: " + in_words(differences.grave);
    };
    auto loader = CheckpointFolder(checkpoints_in(folder), 1).open(comm, objection);
    const Json &facts = loader->facts();
    const double t = facts.at("time_ms");
    on_rank_0(comm, [&] {
      if (t >= end_of_run(deck.section("time")) - 1e-9 && is_there(fs::path(folder) / "summary.json"))
        throw UserError({"the run in '" + folder + "' is finished", folder, "its last checkpoint is of " + six_digits(t) + " ms, its end",
                         "", "raise time.beats or time.end to go on from there"});
    });
    if (const auto light = deck_differences(facts.at("deck"), now, folders).light; !light.empty())
      log::info("resumed with changes: {}", in_words(light));
    if (facts.at("git") != origin.git)
      log::warn("the checkpoint was written by revision {}, this is {}: results may differ", facts.at("git").get<std::string>(),
                origin.git);
    return loader;
  }

  void require_same_mesh(const Loader &loader, const Anatomy &anatomy, const std::string &folder)
  {
    if (loader.facts().at("mesh_sha256") != sha256_of(anatomy))
      throw UserError({"the checkpoint belongs to another mesh", checkpoints_in(folder), "points, cells or regions differ", "",
                       "give back the mesh of the run, or start anew without --resume"});
  }

  Checkpoints::Checkpoints(Simulation &simulation, Observers &observers, std::string folder, const Provenance &origin)
    : simulation(simulation),
      view(simulation.view()),
      observers(observers),
      folder(folder),
      origin(origin),
      files(checkpoints_in(folder), static_cast<unsigned>(view.deck().section("checkpoint").integer("keep"))),
      every(view.deck().section("checkpoint").quantity("every")),
      last_written(-std::numeric_limits<double>::infinity()),
      mesh_sha256(sha256_of(view.anatomy())),
      partition_sha256(sha256_of(view.cell_rank()))
  {
  }

  void Checkpoints::resume(Loader &loader)
  {
    const auto scope = view.timers().scope("checkpoint");
    const Json &saved = loader.facts();
    require_same_mesh(loader, view.anatomy(), folder);
    if (saved.at("partition_sha256") != partition_sha256)
      loader.forget_partition();
    simulation.resume(loader);
    observers.load(loader, saved.value("observers", observers.names()));
    last_written = view.time();
    log::info("resumed at {:.6g} ms, step {}, from {} ranks", view.time(), view.counts().steps, saved.at("ranks").get<int>());
  }

  std::string Checkpoints::stop_reason() const
  {
    const std::string file = (fs::path(folder) / "stop").string();
    const std::array<std::string, 5> reasons{"", "the file " + file, "SIGUSR1", "SIGTERM", "Ctrl-C"};
    std::error_code ignored;
    auto mine = std::find(reasons.begin(), reasons.end(), StopSignals::received()) - reasons.begin();
    if (mine == 0 && rank_of(view.comm()) == 0 && fs::exists(file, ignored))
      mine = 1;
    // Which rank knows it does not matter, but all must: one small reduction a step.
    return reasons[static_cast<std::size_t>(max(static_cast<double>(mine), view.comm()))];
  }

  bool Checkpoints::due() const
  {
    if (every <= 0)
      return false;
    constexpr double slack = 1e-6; // of an interval: times are sums of steps
    const double t = view.time();
    return view.finished() ? t > last_written : std::floor(t / every + slack) > std::floor(last_written / every + slack);
  }

  Json Checkpoints::facts() const
  {
    return {{"time_ms", view.time()},
            {"step", view.counts().steps},
            {"version", origin.version},
            {"git", origin.git},
            {"ranks", size_of(view.comm())},
            {"mesh_sha256", mesh_sha256},
            {"partition_sha256", partition_sha256},
            {"observers", observers.names()},
            {"deck", Json::parse(view.deck().resolved_json())}};
  }

  void Checkpoints::write()
  {
    const auto scope = view.timers().scope("checkpoint");
    const auto start = std::chrono::steady_clock::now();
    Saver saver(view.comm());
    simulation.archive(saver);
    observers.archive(saver);
    const auto bytes = files.write(saver, view.counts().steps, facts(), view.comm());
    last_written = view.time();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    spdlog::debug("checkpoint at {:.6g} ms: {:.1f} MB in {:.0f} ms", last_written, static_cast<double>(bytes) / 1e6, 1e3 * seconds);
  }

  bool Checkpoints::goes_on()
  {
    const std::string reason = stop_reason();
    const bool stop = !reason.empty() && !view.finished();
    if (stop)
      {
        write();
        on_rank_0(view.comm(), [&] {
          std::error_code ignored;                        // gone already, or not ours to remove
          fs::remove(fs::path(folder) / "stop", ignored); // or the resumed run would stop at once
        });
        log::info("stopped at {:.6g} ms by {}, with a checkpoint; go on with: {}", view.time(), reason,
                  command_to_resume(started_by(size_of(view.comm()))));
        return false;
      }
    if (due())
      try
        {
          write();
        }
      catch (const OutputError &error)
        {
          last_written = view.time(); // try again when the next one is due
          log::warn("no checkpoint at {:.6g} ms; the run goes on, the one before it stays: {}", view.time(), error.text.why);
        }
    return true;
  }
}
