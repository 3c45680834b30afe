#include "meshes/sources/files/vtu_arrays.h"

#include "core/error.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vivicor
{
  namespace
  {
    [[noreturn]] void corrupt(const pugi::xml_node &array, const VtuEncoding &encoding, const std::string &why)
    {
      throw UserError({"array '" + std::string(array.attribute("Name").as_string("(unnamed)")) + "' cannot be read", encoding.file, why, "",
                       "the file is truncated or damaged: copy or export it again"});
    }

    // -1: not a base64 digit.
    std::array<signed char, 256> base64_digits()
    {
      std::array<signed char, 256> value;
      value.fill(-1);
      constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
      for (std::size_t i = 0; i < alphabet.size(); ++i)
        value[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
      return value;
    }

    // Stops after `limit` bytes, at the end of the text or at a foreign character. VTK pads and restarts in the middle
    // of an array (after the block table), so padding only shortens its own group of four.
    std::string decode_base64(const char *begin, const char *end, std::size_t limit)
    {
      static const auto digit = base64_digits();
      std::string bytes;
      bytes.reserve(std::min<std::size_t>(limit, (end - begin) / 4 * 3 + 3));
      std::uint32_t group = 0;
      unsigned digits = 0, padding = 0;
      for (const char *p = begin; p != end && bytes.size() < limit; ++p)
        {
          const auto c = static_cast<unsigned char>(*p);
          if (c <= ' ')
            continue;
          if (c != '=' && digit[c] < 0)
            break;
          padding += c == '=';
          group = group << 6 | (c == '=' ? 0 : static_cast<unsigned>(digit[c]));
          if (++digits < 4)
            continue;
          for (unsigned i = 0; i + std::min(padding, 2u) < 3; ++i)
            bytes.push_back(static_cast<char>(group >> (16 - 8 * i)));
          group = digits = padding = 0;
        }
      if (bytes.size() > limit)
        bytes.resize(limit);
      return bytes;
    }

    // The stored bytes of one array, from wherever it keeps them.
    class Bytes
    {
    public:
      Bytes(const pugi::xml_node &array, const VtuEncoding &encoding) : array(array), encoding(encoding)
      {
        const std::string format = array.attribute("format").as_string();
        if (format == "appended")
          {
            const auto offset = array.attribute("offset").as_ullong();
            if (!encoding.appended_begin || offset > static_cast<std::size_t>(encoding.appended_end - encoding.appended_begin))
              corrupt(array, encoding, "its offset " + std::to_string(offset) + " lies behind the end of the appended data");
            begin = encoding.appended_begin + offset;
            end = encoding.appended_end;
            base64 = encoding.appended_base64;
          }
        else
          {
            text = array.text().get();
            begin = text;
            end = text + std::strlen(text);
            base64 = true;
          }
      }

      // The first `count` bytes.
      std::string first(std::size_t count) const
      {
        if (count > static_cast<std::size_t>(end - begin))
          too_short(count, end - begin);
        std::string bytes = base64 ? decode_base64(begin, end, count) : std::string(begin, begin + count);
        if (bytes.size() < count)
          too_short(count, bytes.size());
        return bytes;
      }

      std::vector<std::uint64_t> header(std::size_t count) const
      {
        const std::size_t width = encoding.wide_header ? 8 : 4;
        const std::string bytes = first(count * width);
        std::vector<std::uint64_t> values(count);
        for (std::size_t i = 0; i < count; ++i)
          for (std::size_t b = 0; b < width; ++b)
            values[i] |= std::uint64_t(static_cast<unsigned char>(bytes[i * width + (encoding.swap_bytes ? width - 1 - b : b)])) << (8 * b);
        return values;
      }

    private:
      [[noreturn]] void too_short(std::size_t needed, std::size_t have) const
      {
        corrupt(array, encoding, "it ends after " + std::to_string(have) + " of at least " + std::to_string(needed) + " bytes");
      }

      pugi::xml_node array;
      const VtuEncoding &encoding;
      const char *text = nullptr, *begin = nullptr, *end = nullptr;
      bool base64 = true;
    };

    constexpr std::uint64_t largest_array = std::uint64_t(1) << 34; // bytes; a damaged header must not ask for more

    // [number of blocks][bytes of a full block][bytes of the last, 0: full][stored bytes of each block] blocks...
    std::string inflate(const pugi::xml_node &array, const VtuEncoding &encoding, const Bytes &source)
    {
      const std::uint64_t blocks = source.header(1)[0];
      if (blocks == 0)
        return {};
      if (blocks > largest_array / 1024)
        corrupt(array, encoding, "its block table is damaged");
      const auto table = source.header(3 + blocks);
      const std::uint64_t full = table[1], last = table[2] ? table[2] : full;
      std::uint64_t stored = 0, total = full * (blocks - 1) + last;
      for (std::size_t b = 0; b < blocks; ++b)
        stored += std::min(table[3 + b], largest_array);
      if (full > largest_array || last > full || total > largest_array || stored > largest_array)
        corrupt(array, encoding, "its block table is damaged");
      const std::size_t head = (3 + blocks) * (encoding.wide_header ? 8 : 4);
      const std::string data = source.first(head + stored);
      std::string out(total, '\0');
      std::size_t from = head, to = 0;
      for (std::size_t b = 0; b < blocks; ++b)
        {
          const std::uint64_t size = b + 1 == blocks ? last : full;
          uLongf got = size;
          if (uncompress(reinterpret_cast<Bytef *>(out.data() + to), &got, reinterpret_cast<const Bytef *>(data.data() + from),
                         table[3 + b])
                != Z_OK
              || got != size)
            corrupt(array, encoding, "zlib cannot decompress its block " + std::to_string(b + 1) + " of " + std::to_string(blocks));
          from += table[3 + b];
          to += size;
        }
      return out;
    }

    std::string payload(const pugi::xml_node &array, const VtuEncoding &encoding)
    {
      const Bytes source(array, encoding);
      if (encoding.zlib)
        return inflate(array, encoding, source);
      const std::uint64_t size = source.header(1)[0];
      if (size > largest_array)
        corrupt(array, encoding, "its length is damaged");
      const std::size_t head = encoding.wide_header ? 8 : 4;
      return source.first(head + size).substr(head);
    }

    template <class Stored, class Value>
    std::vector<Value> converted(std::string bytes, bool swap)
    {
      std::vector<Value> values(bytes.size() / sizeof(Stored));
      for (std::size_t i = 0; i < values.size(); ++i)
        {
          char *const at = bytes.data() + i * sizeof(Stored);
          if (swap)
            std::reverse(at, at + sizeof(Stored));
          Stored stored;
          std::memcpy(&stored, at, sizeof(Stored));
          values[i] = static_cast<Value>(stored);
        }
      return values;
    }

    template <class Value>
    std::vector<Value> from_text(const pugi::xml_node &array, const VtuEncoding &encoding)
    {
      const std::string_view text = array.text().get();
      std::vector<Value> values;
      for (const char *p = text.data(), *const end = p + text.size();;)
        {
          while (p != end && static_cast<unsigned char>(*p) <= ' ')
            ++p;
          if (p == end)
            return values;
          Value value{};
          const auto read = std::from_chars(p, end, value);
          if (read.ec != std::errc() || (read.ptr != end && static_cast<unsigned char>(*read.ptr) > ' '))
            corrupt(array, encoding, "'" + std::string(p, std::min<std::size_t>(end - p, 20)) + "' is not a number");
          values.push_back(value);
          p = read.ptr;
        }
    }

    template <class Value>
    std::vector<Value> from_bytes(const pugi::xml_node &array, const VtuEncoding &encoding)
    {
      const std::string type = array.attribute("type").as_string();
      const auto as = [&]<class Stored>(Stored) { return converted<Stored, Value>(payload(array, encoding), encoding.swap_bytes); };
      if (type == "Float64")
        return as(double{});
      if (type == "Float32")
        return as(float{});
      if (type == "Int64")
        return as(std::int64_t{});
      if (type == "UInt64")
        return as(std::uint64_t{});
      if (type == "Int32")
        return as(std::int32_t{});
      if (type == "UInt32")
        return as(std::uint32_t{});
      if (type == "Int16")
        return as(std::int16_t{});
      if (type == "UInt16")
        return as(std::uint16_t{});
      if (type == "Int8")
        return as(std::int8_t{});
      if (type == "UInt8")
        return as(std::uint8_t{});
      corrupt(array, encoding, "its type '" + type + "' is unknown");
    }

    template <class Value>
    std::vector<Value> read_array(const pugi::xml_node &array, const VtuEncoding &encoding, std::size_t expected)
    {
      if (!array)
        throw UserError({"an array is missing in the mesh file", encoding.file, "Points, connectivity, offsets and types are needed", "",
                         "export the mesh again as an unstructured grid"});
      const std::string format = array.attribute("format").as_string("ascii");
      if (format != "ascii" && format != "binary" && format != "appended")
        corrupt(array, encoding, "its format '" + format + "' is none of ascii, binary, appended");
      auto values = format == "ascii" ? from_text<Value>(array, encoding) : from_bytes<Value>(array, encoding);
      if (expected != any_count && values.size() != expected)
        corrupt(array, encoding, "it has " + std::to_string(values.size()) + " values instead of " + std::to_string(expected));
      return values;
    }
  }

  std::vector<double> read_real_array(const pugi::xml_node &array, const VtuEncoding &encoding, std::size_t expected)
  {
    return read_array<double>(array, encoding, expected);
  }

  std::vector<long long> read_integer_array(const pugi::xml_node &array, const VtuEncoding &encoding, std::size_t expected)
  {
    return read_array<long long>(array, encoding, expected);
  }
}
