#include "core/checkpoint/format.h"

#include "core/output/digest.h"
#include "core/output/json_file.h"

#include <bit>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace vivicor::checkpoint_format
{
  static_assert(std::endian::native == std::endian::little, "checkpoints are little-endian");
  static_assert(sizeof(double) == 8);

  namespace
  {
    using Json = nlohmann::ordered_json;
    const std::string magic = "vivicor-checkpoint";
    constexpr std::size_t trailer_bytes = 7 + 64 + 1, longest_first_line = 64;

    std::string first_line(std::size_t index_bytes)
    {
      return magic + " " + std::to_string(version) + " " + std::to_string(index_bytes) + "\n";
    }

    std::string read(std::ifstream &in, std::uint64_t bytes)
    {
      std::string text(bytes, '\0');
      in.read(text.data(), static_cast<std::streamsize>(bytes));
      text.resize(static_cast<std::size_t>(in.gcount()));
      return text;
    }

    std::string truncated(std::uint64_t is, std::uint64_t should)
    {
      return "truncated: " + std::to_string(is) + " of " + std::to_string(should) + " bytes";
    }

    /// SHA-256 of the file's first bytes.
    std::string digest_of(std::ifstream &in, std::uint64_t bytes)
    {
      Digest digest;
      std::vector<char> piece(1 << 20);
      in.clear();
      in.seekg(0);
      while (bytes > 0 && in.read(piece.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(bytes, piece.size()))))
        {
          digest.feed(piece.data(), static_cast<std::size_t>(in.gcount()));
          bytes -= static_cast<std::uint64_t>(in.gcount());
        }
      return bytes == 0 ? digest.hex() : "";
    }

    /// Fills in all but the checks that need the whole file. @return the fault
    std::string read_header(std::ifstream &in, std::uint64_t size, Inspection &result)
    {
      std::string line;
      std::getline(in, line);
      std::istringstream words(line.substr(0, longest_first_line));
      std::string name;
      long written = 0;
      std::uint64_t index_bytes = 0;
      words >> name >> written >> index_bytes;
      if (name != magic || !words)
        return size < longest_first_line ? "truncated: " + std::to_string(size) + " bytes" : "no checkpoint: its first line is damaged";
      if (written != version)
        return "written in format " + std::to_string(written) + "; this program reads format " + std::to_string(version);
      result.data_begin = line.size() + 1 + index_bytes + 1;
      if (size < result.data_begin)
        return truncated(size, result.data_begin);
      result.index = Index::parse(read(in, index_bytes));
      return "";
    }

    std::string fault_of(const std::string &file, Inspection &result)
    {
      std::error_code failed;
      const std::uint64_t size = std::filesystem::file_size(file, failed);
      std::ifstream in(file, std::ios::binary);
      if (failed || !in)
        return "it cannot be read";
      if (std::string fault = read_header(in, size, result); !fault.empty())
        return fault;
      const std::uint64_t hashed = result.data_begin + result.index.data_bytes();
      if (size != hashed + trailer_bytes)
        return size < hashed + trailer_bytes ? truncated(size, hashed + trailer_bytes) : "longer than it should be";
      in.seekg(static_cast<std::streamoff>(hashed));
      return read(in, trailer_bytes) == trailer(digest_of(in, hashed)) ? "" : "damaged: its checksum does not fit";
    }
  }

  std::uint64_t Index::data_bytes() const
  {
    std::uint64_t bytes = 0;
    for (const Set &set : sets)
      bytes += 8 * set.count;
    for (const Array &array : arrays)
      bytes += 8 * array.count;
    return bytes;
  }

  std::uint64_t Index::lay_out()
  {
    std::uint64_t at = 0;
    for (Set &set : sets)
      {
        set.at = at;
        at += 8 * set.count;
      }
    for (Array &array : arrays)
      {
        array.at = at;
        at += 8 * array.count;
      }
    return at;
  }

  std::string Index::text() const
  {
    Json json;
    json["facts"] = facts;
    json["sets"] = Json::array();
    for (const Set &set : sets)
      json["sets"].push_back({{"name", set.name}, {"at", set.at}, {"count", set.count}});
    json["arrays"] = Json::array();
    for (const Array &array : arrays)
      {
        Json &entry = json["arrays"].emplace_back(Json{{"name", array.name}, {"at", array.at}, {"count", array.count}});
        if (!array.set.empty())
          entry.update({{"set", array.set}, {"width", array.width}});
        if (!array.by_rank.empty())
          entry["by_rank"] = array.by_rank;
      }
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
  }

  Index Index::parse(const std::string &text)
  {
    const std::optional<Json> parsed = parse_json(text);
    if (!parsed)
      throw std::runtime_error("the index of a checkpoint is no JSON");
    const Json &json = *parsed;
    Index index;
    index.facts = json.at("facts");
    for (const Json &set : json.at("sets"))
      index.sets.push_back({set.at("name"), set.at("at"), set.at("count")});
    for (const Json &array : json.at("arrays"))
      index.arrays.push_back({array.at("name"), array.value("set", ""), array.at("at"), array.at("count"), array.value("width", 1u),
                              array.value("by_rank", std::vector<std::uint64_t>{})});
    return index;
  }

  std::string Index::header() const
  {
    const std::string index = text();
    return first_line(index.size()) + index + "\n";
  }

  std::string trailer(const std::string &sha256)
  {
    return "sha256 " + sha256 + "\n";
  }

  Inspection inspect(const std::string &file)
  {
    Inspection result;
    try
      {
        result.fault = fault_of(file, result);
      }
    catch (const std::exception &) // the index is no JSON, or not ours
      {
        result.fault = "damaged: its index cannot be read";
      }
    return result;
  }
}
