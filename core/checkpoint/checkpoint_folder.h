// The checkpoints of a run: a few files of which the newest usable one counts.
#pragma once

#include "core/checkpoint/loader.h"
#include "core/checkpoint/saver.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  class CheckpointFolder
  {
  public:
    /// @param keep how many of the newest files stay
    CheckpointFolder(std::string folder, unsigned keep) : folder(std::move(folder)), keep(keep) {}

    /// Collective. Writes the file of this number, then removes the oldest beyond `keep`, those of higher numbers (a resumed
    /// run has gone back behind them) and what a killed run left half written.
    /// @return bytes of the file @throws OutputError; the earlier files are untouched
    std::uint64_t write(Saver &saver, unsigned number, const nlohmann::ordered_json &facts, MPI_Comm comm) const;

    /// Files by number, newest first.
    std::vector<std::string> files() const;

    /// Collective. The newest file that is whole and that `objection` does not mind; each one that is passed over is named in
    /// one line of the log. @param objection rank 0 only: why a checkpoint with these facts cannot be used, or empty
    /// @throws UserError when there is none
    std::unique_ptr<Loader> open(MPI_Comm comm, const std::function<std::string(const nlohmann::ordered_json &facts)> &objection) const;

  private:
    void tidy(const std::string &latest) const;

    std::string folder;
    unsigned keep;
  };
}
