// When a run writes checkpoints, when it stops on request, and how it is resumed. What is saved: Simulation::archive() and
// the observers' archive(). How to use it: docs/howto/restart.md.
#pragma once

#include "core/checkpoint/checkpoint_folder.h"
#include "core/provenance.h"
#include "coupling/observers.h"
#include "coupling/simulation.h"

#include <memory>
#include <string>

namespace vivicor
{
  /// Section "checkpoint" of a deck.
  void declare_checkpoint(Schema &deck);

  /// Collective. The newest usable checkpoint of a result folder, for Checkpoints::resume(); comes before the mesh is made.
  /// @param origin of this program: another revision only warns
  /// @param folders in which the files that the deck names are sought
  /// @throws UserError when there is none, when the deck differs in what matters, or when the run is finished already
  std::unique_ptr<Loader> open_checkpoint(MPI_Comm comm, const std::string &folder, const Parameters &deck, const Provenance &origin,
                                          const std::vector<std::string> &folders = {});

  /// Before anything in the folder is touched. @throws UserError when the checkpoint is of another mesh
  void require_same_mesh(const Loader &loader, const Anatomy &anatomy, const std::string &folder);

  class Checkpoints
  {
  public:
    /// @param observers those that the run is watched by @param folder of the results
    Checkpoints(Simulation &simulation, Observers &observers, std::string folder, const Provenance &origin);

    /// Collective; instead of Simulation::preload(). @throws UserError when the mesh is another one
    void resume(Loader &loader);

    /// Collective; for Simulation::run(): writes when it is time to or when a stop was asked for (a signal, a file
    /// FOLDER/stop). @return false: stop here
    /// @throws OutputError when the checkpoint of a stop cannot be written; one that was merely due is missed with a warning
    bool goes_on();

  private:
    std::string stop_reason() const;
    bool due() const;
    void write();
    nlohmann::ordered_json facts() const;

    Simulation &simulation;
    SimulationView view;
    Observers &observers;
    std::string folder;
    Provenance origin;
    CheckpointFolder files;
    double every, last_written; ///< ms
    std::string mesh_sha256, partition_sha256;
  };
}
