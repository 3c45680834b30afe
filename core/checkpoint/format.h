// How a checkpoint lies in its file, and whether a file is one.
//
//   vivicor-checkpoint VERSION BYTES\n     BYTES: of the index
//   INDEX\n                                JSON: "facts", "sets" and "arrays" with their places in the data
//   data                                   ids: 64-bit integers, values: doubles, all little-endian
//   sha256 DIGEST\n                        of everything before this line
//
// Why not HDF5: docs/decisions/checkpoint_format.md.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace vivicor::checkpoint_format
{
  constexpr int version = 1;

  /// Ids of a set of entities, in the order in which its arrays have them.
  struct Set
  {
    std::string name;
    std::uint64_t at = 0, count = 0; ///< at: bytes from the beginning of the data
  };

  struct Array
  {
    std::string name, set;              ///< set: empty for arrays that belong to no entities
    std::uint64_t at = 0, count = 0;    ///< count: of values
    unsigned width = 1;                 ///< values of an entity
    std::vector<std::uint64_t> by_rank; ///< lengths on the ranks that wrote it; empty for all other arrays
  };

  struct Index
  {
    nlohmann::ordered_json facts; ///< of the run: time, deck, version and so on
    std::vector<Set> sets;
    std::vector<Array> arrays;

    /// Gives every set and array its place. @return bytes of the data
    std::uint64_t lay_out();
    std::uint64_t data_bytes() const;
    /// First line and index, as the file has them.
    std::string header() const;
    std::string text() const;
    static Index parse(const std::string &text);
  };

  std::string trailer(const std::string &sha256);

  /// What an inspected file is.
  struct Inspection
  {
    std::string fault; ///< why it cannot be used; empty: it is whole
    Index index;
    std::uint64_t data_begin = 0; ///< byte of the file at which the data begin
  };
  /// Reads the whole file once. Never throws: whatever is wrong becomes the fault.
  Inspection inspect(const std::string &file);
}
