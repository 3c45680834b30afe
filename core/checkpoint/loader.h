// Gives the states of a checkpoint back, to any number of ranks.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/checkpoint/format.h"

#include <mpi.h>

#include <fstream>
#include <map>

namespace vivicor
{
  class Loader : public Archive
  {
  public:
    /// Collective. @param inspected what inspect() made of the file on rank 0; other ranks need none
    Loader(MPI_Comm comm, const std::string &file, const checkpoint_format::Inspection &inspected);

    const nlohmann::ordered_json &facts() const { return index.facts; }
    /// by_rank() gives nothing from now on: the partition is not the one that wrote the file.
    void forget_partition() { same_partition = false; }

    bool loading() const override { return true; }
    /// All throw UserError, on every rank, where the file has not what is asked for.
    void numbers(const std::string &name, std::vector<double> &values) override;
    void by_entity(const std::string &set, const std::string &name, const EntityIds &ids, unsigned width,
                   std::vector<double> &values) override;
    bool by_rank(const std::string &name, std::vector<double> &values) override;

  private:
    /// Where in the file's order this rank's entities are: place there, number here. Ascending.
    using Places = std::vector<std::pair<std::uint64_t, std::size_t>>;

    const checkpoint_format::Array &find(const std::string &name) const;
    const Places &places_of(const std::string &set, const EntityIds &ids);
    /// Collective. Rank 0 reads values of eight bytes and all ranks get them, in pieces.
    template <class Value, class Take>
    void broadcast(std::uint64_t at, std::uint64_t count, const Take &take);
    void read(std::uint64_t at, void *bytes, std::uint64_t size);

    MPI_Comm comm;
    std::string file;
    checkpoint_format::Index index;
    std::uint64_t data_begin = 0;
    bool same_partition = true;
    std::ifstream in; ///< rank 0
    std::map<std::string, Places> known_places;
  };
}
