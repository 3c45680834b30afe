// Collects the states of a run and writes them as one checkpoint.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/checkpoint/format.h"

#include <mpi.h>

#include <functional>

namespace vivicor
{
  class Saver : public Archive
  {
  public:
    explicit Saver(MPI_Comm comm) : comm(comm) {}

    bool loading() const override { return false; }
    void numbers(const std::string &name, std::vector<double> &values) override;
    void by_entity(const std::string &set, const std::string &name, const EntityIds &ids, unsigned width,
                   std::vector<double> &values) override;
    bool by_rank(const std::string &name, std::vector<double> &values) override;

    /// Collective. Rank 0 gathers the others' parts piece by piece and streams them to a file beside `file`, flushes it to
    /// disk and renames it. @return bytes of the file
    /// @throws OutputError on every rank (disk full, no permission); what was at `file` before is untouched
    std::uint64_t write(const std::string &file, const nlohmann::ordered_json &facts);

  private:
    struct Part
    {
      checkpoint_format::Array place; ///< without lengths: those of all ranks are known in write()
      std::vector<double> values;
    };
    checkpoint_format::Index index(const nlohmann::ordered_json &facts, std::vector<std::vector<std::uint64_t>> &set_lengths,
                                   std::vector<std::vector<std::uint64_t>> &part_lengths) const;

    MPI_Comm comm;
    std::vector<std::pair<std::string, EntityIds>> sets;
    std::vector<Part> parts;
  };
}
