#include "core/checkpoint/loader.h"

#include "core/collective.h"
#include "core/error.h"
#include "core/mpi.h"

#include <algorithm>
#include <unordered_map>

namespace vivicor
{
  namespace
  {
    constexpr std::uint64_t piece = 1 << 18; // values read and passed on at a time
    constexpr int tag = 852;

    [[noreturn]] void refuse(const std::string &file, const std::string &why)
    {
      throw UserError({"the checkpoint does not fit this run", file, why, "",
                       "resume with the deck, the mesh and the version that wrote it, or start anew"});
    }

    void broadcast_text(std::string &text, MPI_Comm comm)
    {
      std::uint64_t length = text.size();
      MPI_Bcast(&length, 1, MPI_UINT64_T, 0, comm);
      text.resize(length);
      MPI_Bcast(text.data(), static_cast<int>(length), MPI_CHAR, 0, comm);
    }
  }

  Loader::Loader(MPI_Comm comm, const std::string &file, const checkpoint_format::Inspection &inspected) : comm(comm), file(file)
  {
    std::string text;
    if (rank_of(comm) == 0)
      {
        text = inspected.index.text();
        data_begin = inspected.data_begin;
        in.open(file, std::ios::binary);
      }
    broadcast_text(text, comm);
    index = checkpoint_format::Index::parse(text);
  }

  const checkpoint_format::Array &Loader::find(const std::string &name) const
  {
    const auto found = std::find_if(index.arrays.begin(), index.arrays.end(), [&](const auto &array) { return array.name == name; });
    if (found == index.arrays.end())
      refuse(file, "it holds no '" + name + "'");
    return *found;
  }

  void Loader::read(std::uint64_t at, void *bytes, std::uint64_t size)
  {
    in.seekg(static_cast<std::streamoff>(data_begin + at));
    if (!in.read(static_cast<char *>(bytes), static_cast<std::streamsize>(size)))
      throw OutputError({"cannot read the checkpoint to its end", file, "it was whole a moment ago", "", "check the disk"});
  }

  template <class Value, class Take>
  void Loader::broadcast(std::uint64_t at, std::uint64_t count, const Take &take)
  {
    std::vector<Value> values;
    for (std::uint64_t first = 0; first < count; first += piece)
      {
        values.resize(std::min(piece, count - first));
        on_rank_0(comm, [&] { read(at + 8 * first, values.data(), 8 * values.size()); });
        MPI_Bcast(values.data(), static_cast<int>(8 * values.size()), MPI_BYTE, 0, comm);
        take(first, values);
      }
  }

  void Loader::numbers(const std::string &name, std::vector<double> &values)
  {
    const auto &array = find(name);
    values.clear();
    broadcast<double>(array.at, array.count,
                      [&](std::uint64_t, const std::vector<double> &part) { values.insert(values.end(), part.begin(), part.end()); });
  }

  const Loader::Places &Loader::places_of(const std::string &set, const EntityIds &ids)
  {
    if (const auto known = known_places.find(set); known != known_places.end())
      return known->second;
    const auto found = std::find_if(index.sets.begin(), index.sets.end(), [&](const auto &other) { return other.name == set; });
    if (found == index.sets.end())
      refuse(file, "it holds no entities '" + set + "'");
    std::unordered_map<std::int64_t, std::size_t> local;
    for (std::size_t i = 0; i < ids.size(); ++i)
      local.emplace(ids[i], i);
    Places &places = known_places[set];
    broadcast<std::int64_t>(found->at, found->count, [&](std::uint64_t first, const std::vector<std::int64_t> &part) {
      for (std::size_t i = 0; i < part.size(); ++i)
        if (const auto mine = local.find(part[i]); mine != local.end())
          places.emplace_back(first + i, mine->second);
    });
    const auto missing = sum(static_cast<long long>(ids.size()) - static_cast<long long>(places.size()), comm);
    if (missing != 0)
      refuse(file, "it holds nothing for " + std::to_string(missing) + " of the " + set);
    return places;
  }

  void Loader::by_entity(const std::string &set, const std::string &name, const EntityIds &ids, unsigned width, std::vector<double> &values)
  {
    const auto &array = find(name);
    if (array.set != set || array.width != width)
      refuse(file, "its '" + name + "' has " + std::to_string(array.width) + " values for each of the " + array.set + ", not "
                     + std::to_string(width) + " for each of the " + set);
    values.assign(ids.size() * width, 0.0);
    const Places &places = places_of(set, ids);
    auto next = places.begin();
    std::uint64_t in_entity = 0; // an entity's values may lie in two pieces
    broadcast<double>(array.at, array.count, [&](std::uint64_t first, const std::vector<double> &part) {
      const std::uint64_t end = first + part.size();
      while (next != places.end() && next->first * width + in_entity < end)
        {
          const std::uint64_t from = next->first * width + in_entity;
          values[next->second * width + in_entity] = part[from - first];
          if (++in_entity == width)
            {
              in_entity = 0;
              ++next;
            }
        }
    });
  }

  bool Loader::by_rank(const std::string &name, std::vector<double> &values)
  {
    const auto ranks = static_cast<std::size_t>(size_of(comm));
    const auto &array = find(name);
    if (!same_partition || array.by_rank.size() != ranks)
      return false;
    const auto rank = static_cast<std::size_t>(rank_of(comm));
    values.resize(array.by_rank[rank]);
    std::uint64_t at = array.at;
    for (std::size_t r = 0; r < ranks; at += 8 * array.by_rank[r++])
      {
        std::vector<double> buffer;
        for (std::uint64_t first = 0; first < array.by_rank[r]; first += piece)
          {
            const std::uint64_t n = std::min(piece, array.by_rank[r] - first);
            buffer.resize(n);
            on_rank_0(comm, [&] { read(at + 8 * first, buffer.data(), 8 * n); });
            if (rank == 0 && r != 0)
              MPI_Send(buffer.data(), static_cast<int>(n), MPI_DOUBLE, static_cast<int>(r), tag, comm);
            if (rank == r && r != 0)
              MPI_Recv(buffer.data(), static_cast<int>(n), MPI_DOUBLE, 0, tag, comm, MPI_STATUS_IGNORE);
            if (rank == r)
              std::copy(buffer.begin(), buffer.end(), values.begin() + static_cast<std::ptrdiff_t>(first));
          }
      }
    return true;
  }
}
