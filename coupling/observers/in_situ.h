// Shows the beating heart to the deck's scripts while it runs.
#pragma once

#include "core/output/in_situ_scripts.h"
#include "coupling/observers/heart_channels.h"
#include "coupling/simulation.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// Section "in_situ" of a deck.
  void declare_in_situ(Schema &deck);

  /// The scripts of a deck, each sought as it is written and then in the folders. @throws UserError when one is not
  /// there
  std::vector<std::string> in_situ_scripts(const Parameters &deck, const std::vector<std::string> &folders);
  /// Collective. The same, sought by rank 0 for all.
  std::vector<std::string> in_situ_scripts(MPI_Comm comm, const Parameters &deck, const std::vector<std::string> &folders);

  class InSituObserver : public Observer
  {
  public:
    /// @param scripts files @param time_series is kept by another observer, told before this one
    /// @param folder of the results; the scripts' own is in_situ/ within
    InSituObserver(const Parameters &deck, std::vector<std::string> scripts, const std::string &folder, const Recording &time_series);

    void start(const Simulation &simulation) override;
    void resume(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;
    void finish(const Simulation &simulation) override;
    void pause(const Simulation &simulation) override { close(simulation); }

  private:
    void open(const Simulation &simulation);
    void close(const Simulation &simulation);
    /// How many intervals have begun: scripts know it as the time step, the same in a resumed run.
    long interval(const Simulation &simulation) const;
    void show(const Simulation &simulation);

    InSituOptions options;
    double every; ///< ms
    const Recording &time_series;
    long shown = -1; ///< the last interval's number
    std::unique_ptr<HeartChannels> channels;
    std::unique_ptr<InSituScripts> scripts; ///< goes before the channels, to which its views refer
  };
}
