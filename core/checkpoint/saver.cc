#include "core/checkpoint/saver.h"

#include "core/collective.h"
#include "core/mpi.h"
#include "core/output/digest.h"
#include "core/output/draft_file.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <numeric>
#include <stdexcept>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t piece = 1 << 20; // values sent at a time: 8 MiB bound what rank 0 needs beside its own state
    constexpr int tag = 851;

    /// The file on rank 0. A failure is kept until the end: the other ranks go on sending and must be heard.
    class Stream
    {
    public:
      explicit Stream(const std::string &file)
      {
        attempt([&] { draft = std::make_unique<DraftFile>(file); });
      }
      void write(const void *bytes, std::size_t size)
      {
        attempt([&] {
          digest.feed(static_cast<const char *>(bytes), size);
          draft->write(static_cast<const char *>(bytes), size);
        });
        written += size;
      }
      void write(const std::string &text) { write(text.data(), text.size()); }

      /// @throws whatever went wrong on the way
      std::uint64_t finish()
      {
        write(checkpoint_format::trailer(digest.hex()));
        attempt([&] { draft->commit(); });
        if (failure)
          std::rethrow_exception(failure);
        return written;
      }

    private:
      void attempt(const std::function<void()> &action)
      {
        if (failure)
          return;
        try
          {
            action();
          }
        catch (...)
          {
            failure = std::current_exception();
          }
      }

      std::unique_ptr<DraftFile> draft;
      Digest digest;
      std::uint64_t written = 0;
      std::exception_ptr failure;
    };

    /// Lengths on all ranks, known on rank 0.
    std::vector<std::uint64_t> gather_length(std::uint64_t mine, MPI_Comm comm)
    {
      std::vector<std::uint64_t> all(rank_of(comm) == 0 ? static_cast<std::size_t>(size_of(comm)) : 0);
      MPI_Gather(&mine, 1, MPI_UINT64_T, all.data(), 1, MPI_UINT64_T, 0, comm);
      return all;
    }

    std::uint64_t total(const std::vector<std::uint64_t> &lengths)
    {
      return std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{0});
    }

    /// Values of eight bytes: this rank's to rank 0, which writes all in the order of the ranks.
    void send_or_write(const void *mine, std::uint64_t n, const std::vector<std::uint64_t> &lengths, Stream *stream, MPI_Comm comm)
    {
      const char *const bytes = static_cast<const char *>(mine);
      if (!stream)
        {
          for (std::uint64_t done = 0; done < n; done += piece)
            MPI_Send(bytes + 8 * done, static_cast<int>(8 * std::min<std::uint64_t>(piece, n - done)), MPI_BYTE, 0, tag, comm);
          return;
        }
      stream->write(bytes, 8 * n);
      std::vector<char> buffer;
      for (std::size_t rank = 1; rank < lengths.size(); ++rank)
        for (std::uint64_t done = 0; done < lengths[rank]; done += piece)
          {
            buffer.resize(8 * std::min<std::uint64_t>(piece, lengths[rank] - done));
            MPI_Recv(buffer.data(), static_cast<int>(buffer.size()), MPI_BYTE, static_cast<int>(rank), tag, comm, MPI_STATUS_IGNORE);
            stream->write(buffer.data(), buffer.size());
          }
    }
  }

  void Saver::numbers(const std::string &name, std::vector<double> &values)
  {
    parts.push_back({{name, "", 0, 0, 1, {}}, rank_of(comm) == 0 ? values : std::vector<double>{}});
  }

  void Saver::by_entity(const std::string &set, const std::string &name, const EntityIds &ids, unsigned width, std::vector<double> &values)
  {
    const auto known = std::find_if(sets.begin(), sets.end(), [&](const auto &other) { return other.first == set; });
    if (known == sets.end())
      sets.emplace_back(set, ids);
    else if (known->second.size() != ids.size())
      throw std::logic_error("two sets of entities of one name: " + set);
    if (values.size() != ids.size() * width)
      throw std::logic_error(name + ": " + std::to_string(values.size()) + " values for " + std::to_string(ids.size()) + " entities");
    parts.push_back({{name, set, 0, 0, width, {}}, values});
  }

  bool Saver::by_rank(const std::string &name, std::vector<double> &values)
  {
    parts.push_back({{name, "", 0, 0, 1, {0}}, values});
    return true;
  }

  checkpoint_format::Index Saver::index(const nlohmann::ordered_json &facts, std::vector<std::vector<std::uint64_t>> &set_lengths,
                                        std::vector<std::vector<std::uint64_t>> &part_lengths) const
  {
    checkpoint_format::Index index;
    index.facts = facts;
    for (const auto &[name, ids] : sets)
      {
        set_lengths.push_back(gather_length(ids.size(), comm));
        index.sets.push_back({name, 0, total(set_lengths.back())});
      }
    for (const Part &part : parts)
      {
        part_lengths.push_back(gather_length(part.values.size(), comm));
        index.arrays.push_back(part.place);
        index.arrays.back().count = total(part_lengths.back());
        if (!part.place.by_rank.empty())
          index.arrays.back().by_rank = part_lengths.back();
      }
    index.lay_out();
    return index;
  }

  std::uint64_t Saver::write(const std::string &file, const nlohmann::ordered_json &facts)
  {
    std::vector<std::vector<std::uint64_t>> set_lengths, part_lengths;
    const checkpoint_format::Index contents = index(facts, set_lengths, part_lengths);
    std::unique_ptr<Stream> stream;
    if (rank_of(comm) == 0)
      {
        stream = std::make_unique<Stream>(file);
        stream->write(contents.header());
      }
    for (std::size_t s = 0; s < sets.size(); ++s)
      send_or_write(sets[s].second.data(), sets[s].second.size(), set_lengths[s], stream.get(), comm);
    for (std::size_t p = 0; p < parts.size(); ++p)
      send_or_write(parts[p].values.data(), parts[p].values.size(), part_lengths[p], stream.get(), comm);
    std::uint64_t bytes = 0;
    on_rank_0(comm, [&] { bytes = stream->finish(); });
    MPI_Bcast(&bytes, 1, MPI_UINT64_T, 0, comm);
    return bytes;
  }
}
