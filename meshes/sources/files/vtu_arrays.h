// The arrays inside a VTU file: text, base64 or raw bytes, whole or in zlib blocks.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <vector>

namespace vivicor
{
  /// What the head of a VTU file says about all of its arrays.
  struct VtuEncoding
  {
    std::string file;         ///< for messages
    bool wide_header = false; ///< block sizes are UInt64, else UInt32
    bool swap_bytes = false;  ///< the file's byte order is not this machine's
    bool zlib = false;
    const char *appended_begin = nullptr, *appended_end = nullptr; ///< bytes after the '_' of AppendedData
    bool appended_base64 = false;
  };

  /// The numbers of a DataArray. @param expected how many; checked.
  /// @throws UserError when the data are truncated, corrupt, of another count or of an unknown kind
  std::vector<double> read_real_array(const pugi::xml_node &array, const VtuEncoding &encoding, std::size_t expected);
  std::vector<long long> read_integer_array(const pugi::xml_node &array, const VtuEncoding &encoding, std::size_t expected);

  /// expected = any_count accepts any count.
  inline constexpr std::size_t any_count = static_cast<std::size_t>(-1);
}
