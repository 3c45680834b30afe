// Small meshes and VTU files of every encoding, for tests of the readers and checks.
#pragma once

#include "core/mesh/mesh.h"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace vivicor::mesh_files
{
  /// A folder that goes with the test.
  class Folder
  {
  public:
    Folder()
    {
      std::string name = (std::filesystem::temp_directory_path() / "vivicor_mesh_XXXXXX").string();
      path = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;

    std::string write(const std::string &name, const std::string &content) const
    {
      std::ofstream(path / name, std::ios::binary) << content;
      return (path / name).string();
    }

    std::filesystem::path path;
  };

  /// Cubes of `side` mm, each cut into six tetrahedra around its diagonal, with a hole of one cube in the middle of 3 x
  /// 3 x 3. Cells: tag 1 for the lower layer, 2 for the middle, 3 for the upper. Facets: tag 11 the hole, 12 the face x
  /// = 0.
  inline Mesh hollow_cube(double side = 30)
  {
    Mesh mesh;
    const auto node = [](unsigned i, unsigned j, unsigned k) { return i + 4 * (j + 4 * k); };
    for (unsigned k = 0; k < 4; ++k)
      for (unsigned j = 0; j < 4; ++j)
        for (unsigned i = 0; i < 4; ++i)
          mesh.points.push_back({side * i, side * j, side * k});
    for (unsigned k = 0; k < 3; ++k)
      for (unsigned j = 0; j < 3; ++j)
        for (unsigned i = 0; i < 3; ++i)
          {
            if (i == 1 && j == 1 && k == 1)
              continue;
            std::array<unsigned, 3> order{0, 1, 2};
            do
              {
                std::array<unsigned, 3> at{i, j, k};
                std::array<unsigned, 4> cell;
                cell[0] = node(at[0], at[1], at[2]);
                for (unsigned s = 0; s < 3; ++s)
                  {
                    ++at[order[s]];
                    cell[s + 1] = node(at[0], at[1], at[2]);
                  }
                mesh.cells.push_back(cell);
                mesh.cell_tag.push_back(1 + static_cast<int>(k));
                if (signed_volume(mesh, mesh.cells.size() - 1) < 0)
                  std::swap(mesh.cells.back()[2], mesh.cells.back()[3]);
            } while (std::next_permutation(order.begin(), order.end()));
          }
    const auto quad = [&](unsigned axis, unsigned level, unsigned a0, unsigned b0, int tag) {
      const auto at = [&](unsigned a, unsigned b) {
        std::array<unsigned, 3> p;
        p[axis] = level;
        p[(axis + 1) % 3] = a;
        p[(axis + 2) % 3] = b;
        return node(p[0], p[1], p[2]);
      };
      mesh.facets.push_back({{at(a0, b0), at(a0 + 1, b0), at(a0 + 1, b0 + 1)}, tag});
      mesh.facets.push_back({{at(a0, b0), at(a0 + 1, b0 + 1), at(a0, b0 + 1)}, tag});
    };
    for (unsigned axis = 0; axis < 3; ++axis)
      for (const unsigned level : {1u, 2u})
        quad(axis, level, 1, 1, 11);
    for (unsigned a = 0; a < 3; ++a)
      for (unsigned b = 0; b < 3; ++b)
        quad(0, 0, a, b, 12);
    return mesh;
  }

  enum class Encoding { ascii, base64, base64_zlib, raw, raw_zlib, appended_base64, big_endian_wide };

  inline std::string base64(const std::string &bytes)
  {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3)
      {
        std::uint32_t group = 0;
        for (unsigned b = 0; b < 3; ++b)
          group = group << 8 | (i + b < bytes.size() ? static_cast<unsigned char>(bytes[i + b]) : 0);
        for (unsigned d = 0; d < 4; ++d)
          text += i + d > bytes.size() ? '=' : alphabet[group >> (18 - 6 * d) & 63];
      }
    return text;
  }

  class VtuText
  {
  public:
    explicit VtuText(Encoding encoding) : encoding(encoding) {}

    template <class Stored>
    std::string array(const std::string &type, const std::string &name, const std::vector<Stored> &values, unsigned components = 1)
    {
      std::ostringstream text;
      text.precision(17);
      text << "<DataArray type=\"" << type << "\" Name=\"" << name << "\" NumberOfComponents=\"" << components << "\" format=\"";
      if (encoding == Encoding::ascii)
        {
          text << "ascii\">";
          for (const Stored value : values)
            text << ' ' << +value;
        }
      else if (inline_data())
        text << "binary\">" << encoded(values);
      else
        {
          text << "appended\" offset=\"" << appended.size() << "\">";
          appended += encoded(values);
        }
      text << "</DataArray>\n";
      return text.str();
    }

    std::string file(const std::string &piece) const
    {
      std::string text = "<?xml version=\"1.0\"?>\n<VTKFile type=\"UnstructuredGrid\" version=\"1.0\" byte_order=\"";
      text += encoding == Encoding::big_endian_wide ? "BigEndian\" header_type=\"UInt64\"" : "LittleEndian\" header_type=\"UInt32\"";
      text += zlib() ? " compressor=\"vtkZLibDataCompressor\">" : ">";
      text += "\n<UnstructuredGrid>\n" + piece + "</UnstructuredGrid>\n";
      if (!appended.empty())
        text += std::string("<AppendedData encoding=\"") + (encoding == Encoding::appended_base64 ? "base64" : "raw") + "\">_" + appended
                + "</AppendedData>\n";
      return text + "</VTKFile>\n";
    }

  private:
    bool zlib() const { return encoding == Encoding::base64_zlib || encoding == Encoding::raw_zlib; }
    bool inline_data() const
    {
      return encoding == Encoding::base64 || encoding == Encoding::base64_zlib || encoding == Encoding::big_endian_wide;
    }
    bool raw() const { return encoding == Encoding::raw || encoding == Encoding::raw_zlib; }

    template <class Word>
    std::string word(Word value) const
    {
      std::string bytes(sizeof(Word), '\0');
      std::memcpy(bytes.data(), &value, sizeof(Word));
      if (encoding == Encoding::big_endian_wide)
        std::reverse(bytes.begin(), bytes.end());
      return bytes;
    }

    std::string size_word(std::uint64_t value) const
    {
      return encoding == Encoding::big_endian_wide ? word<std::uint64_t>(value) : word<std::uint32_t>(static_cast<std::uint32_t>(value));
    }

    template <class Stored>
    std::string encoded(const std::vector<Stored> &values) const
    {
      std::string bytes;
      for (const Stored value : values)
        bytes += word(value);
      if (!zlib())
        {
          const std::string all = size_word(bytes.size()) + bytes;
          return raw() ? all : base64(all);
        }
      // Blocks of 256 bytes, as VTK makes them: the table on its own, then the compressed blocks.
      constexpr std::size_t block = 256;
      std::string sizes, data;
      const std::size_t n = (bytes.size() + block - 1) / block;
      for (std::size_t b = 0; b < n; ++b)
        {
          const std::string part = bytes.substr(b * block, block);
          uLongf size = compressBound(part.size());
          std::string packed(size, '\0');
          compress(reinterpret_cast<Bytef *>(packed.data()), &size, reinterpret_cast<const Bytef *>(part.data()), part.size());
          sizes += size_word(size);
          data += packed.substr(0, size);
        }
      const std::string table = size_word(n) + size_word(block) + size_word(bytes.size() % block) + sizes;
      return raw() ? table + data : base64(table) + base64(data);
    }

    Encoding encoding;
    std::string appended;
  };

  /// The mesh as a VTU file: triangles first, tags in the cell array "tag", vector fields as doubles, nodal `marks` if
  /// any.
  inline std::string vtu_text(const Mesh &mesh, Encoding encoding, const std::vector<int> &marks = {})
  {
    VtuText vtu(encoding);
    std::vector<double> xyz;
    for (const Point3 &p : mesh.points)
      xyz.insert(xyz.end(), p.begin(), p.end());
    std::vector<std::int64_t> nodes, offsets;
    std::vector<std::uint8_t> types;
    std::vector<std::int32_t> tags;
    for (const auto &facet : mesh.facets)
      {
        nodes.insert(nodes.end(), facet.nodes.begin(), facet.nodes.end());
        offsets.push_back(nodes.size());
        types.push_back(5);
        tags.push_back(facet.tag);
      }
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      {
        nodes.insert(nodes.end(), mesh.cells[c].begin(), mesh.cells[c].end());
        offsets.push_back(nodes.size());
        types.push_back(10);
        tags.push_back(mesh.cell_tag[c]);
      }
    std::string piece = "<Piece NumberOfPoints=\"" + std::to_string(mesh.points.size()) + "\" NumberOfCells=\""
                        + std::to_string(types.size()) + "\">\n";
    piece += "<Points>" + vtu.array("Float64", "Points", xyz, 3) + "</Points>\n<Cells>" + vtu.array("Int64", "connectivity", nodes)
             + vtu.array("Int64", "offsets", offsets) + vtu.array("UInt8", "types", types) + "</Cells>\n<CellData>"
             + vtu.array("Int32", "tag", tags) + "</CellData>\n<PointData>";
    for (const auto &[name, field] : mesh.vectors)
      {
        std::vector<float> values;
        for (const Point3 &v : field)
          values.insert(values.end(), v.begin(), v.end());
        piece += vtu.array("Float32", name, values, 3);
      }
    if (!marks.empty())
      piece += vtu.array("Int32", "held", std::vector<std::int32_t>(marks.begin(), marks.end()));
    return vtu.file(piece + "</PointData>\n</Piece>\n");
  }
}
