#include "meshes/sources/files/vtu_reader.h"

#include "core/error.h"
#include "core/output/files.h"
#include "meshes/sources/files/vtu_arrays.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <sstream>
#include <string_view>

namespace vivicor
{
  namespace
  {
    [[noreturn]] void bad_file(const std::string &file, const std::string &why, const std::string &mend = "copy or export it again")
    {
      throw UserError({"the mesh file cannot be read", file, why, "", mend});
    }

    struct VtuFile
    {
      std::string text; // the whole file; appended data stay in it
      pugi::xml_document document;
      VtuEncoding encoding;
      pugi::xml_node grid;
    };

    std::size_t line_of(const std::string &text, std::size_t offset)
    {
      return 1 + std::count(text.begin(), text.begin() + std::min(offset, text.size()), '\n');
    }

    // Raw appended bytes are no XML: they are cut out before the parser sees the text.
    std::string without_appended_data(VtuFile &vtu)
    {
      const std::size_t tag = vtu.text.find("<AppendedData");
      if (tag == std::string::npos)
        return vtu.text;
      const std::size_t open = vtu.text.find('>', tag), start = vtu.text.find('_', open), close = vtu.text.rfind("</AppendedData>");
      if (open == std::string::npos || start == std::string::npos)
        bad_file(vtu.encoding.file, "it ends inside its AppendedData");
      vtu.encoding.appended_begin = vtu.text.data() + start + 1;
      vtu.encoding.appended_end = vtu.text.data() + (close != std::string::npos && close > start ? close : vtu.text.size());
      vtu.encoding.appended_base64 = vtu.text.substr(tag, open - tag).find("base64") != std::string::npos;
      return vtu.text.substr(0, tag) + "</VTKFile>";
    }

    void read_head(VtuFile &vtu)
    {
      const pugi::xml_node head = vtu.document.child("VTKFile");
      VtuEncoding &encoding = vtu.encoding;
      if (!head || std::string(head.attribute("type").as_string()) != "UnstructuredGrid")
        bad_file(encoding.file, "it is no VTK file of type UnstructuredGrid", "give an unstructured grid (.vtu)");
      encoding.wide_header = std::string(head.attribute("header_type").as_string("UInt32")) == "UInt64";
      const bool little = std::string(head.attribute("byte_order").as_string("LittleEndian")) == "LittleEndian";
      encoding.swap_bytes = little != (std::endian::native == std::endian::little);
      const std::string compressor = head.attribute("compressor").as_string();
      encoding.zlib = compressor == "vtkZLibDataCompressor";
      if (!compressor.empty() && !encoding.zlib)
        bad_file(encoding.file, "its compressor " + compressor + " is not supported", "save it with ZLib compression or without any");
      vtu.grid = head.child("UnstructuredGrid");
      if (!vtu.grid.child("Piece"))
        bad_file(encoding.file, "it has no UnstructuredGrid with a Piece");
    }

    void open(VtuFile &vtu, const std::string &file)
    {
      vtu.encoding.file = file;
      vtu.text = read_whole(file);
      if (vtu.text.rfind("$MeshFormat", 0) == 0)
        throw UserError({"the mesh file is one of Gmsh, and mesh.source is vtu", file, "it begins with $MeshFormat", "mesh.source = gmsh",
                         "set mesh.source to gmsh"});
      if (vtu.text.find("<VTKFile") == std::string::npos)
        bad_file(file, "it is no VTK XML file", "give an unstructured grid (.vtu)");
      const std::string xml = without_appended_data(vtu);
      const auto parsed = vtu.document.load_buffer(xml.data(), xml.size());
      if (!parsed)
        bad_file(file + ":" + std::to_string(line_of(xml, parsed.offset)),
                 std::string("it is truncated or damaged: ") + parsed.description() + " (XML)");
      read_head(vtu);
    }

    pugi::xml_node array_named(const pugi::xml_node &parent, const char *name)
    {
      return parent.find_child_by_attribute("DataArray", "Name", name);
    }

    constexpr double largest_tag = 2147483647; // Mesh keeps them as int

    std::vector<long long> read_tags(const pugi::xml_node &piece, const VtuEncoding &encoding, const std::string &name, std::size_t n_cells)
    {
      std::vector<std::string> names;
      for (const auto &array : piece.child("CellData").children("DataArray"))
        names.push_back(array.attribute("Name").as_string());
      const auto array = array_named(piece.child("CellData"), name.c_str());
      if (!array)
        {
          std::string list;
          for (const std::string &n : names)
            list += (list.empty() ? "" : ", ") + n;
          throw UserError({"no cell array named '" + name + "'", encoding.file,
                           list.empty() ? "the file has no cell arrays" : "its cell arrays are: " + list, nearest_of(name, names),
                           "set mesh.tag_array"});
        }
      const std::string type = array.attribute("type").as_string();
      if (!type.starts_with("Float"))
        return read_integer_array(array, encoding, n_cells);
      std::vector<long long> tags;
      for (const double tag : read_real_array(array, encoding, n_cells))
        {
          if (!(std::abs(tag) <= largest_tag && tag == std::round(tag)))
            {
              std::ostringstream text;
              text << tag;
              throw UserError({"cell " + std::to_string(tags.size()) + " has the tag " + text.str(), encoding.file,
                               "'" + name + "' must hold a whole number for every cell, surface triangles included", "",
                               "give each cell a tag in one array, and name that with mesh.tag_array"});
            }
          tags.push_back(std::llround(tag));
        }
      return tags;
    }

    // Number of corners of the kinds of cells that a heart may have; 0: skipped.
    unsigned corners_of(long long vtk_type, const VtuEncoding &encoding, std::size_t cell)
    {
      switch (vtk_type)
        {
        case 10: // tetrahedron
        case 24: // quadratic tetrahedron
          return 4;
        case 5:  // triangle
        case 22: // quadratic triangle
          return 3;
        case 1:  // vertex
        case 3:  // line
        case 21: // quadratic line
          return 0;
        default:
          throw UserError({"cell " + std::to_string(cell) + " is of VTK type " + std::to_string(vtk_type), encoding.file,
                           "only tetrahedra (10, 24) and triangles (5, 22) can be used", "", "convert the mesh to tetrahedra"});
        }
    }

    void read_cells(const pugi::xml_node &piece, const VtuEncoding &encoding, const std::string &tag_array, unsigned first_point,
                    std::size_t n_points, std::size_t n_cells, Mesh &mesh)
    {
      const auto cells = piece.child("Cells");
      const auto nodes = read_integer_array(array_named(cells, "connectivity"), encoding, any_count);
      const auto offsets = read_integer_array(array_named(cells, "offsets"), encoding, n_cells);
      const auto types = read_integer_array(array_named(cells, "types"), encoding, n_cells);
      const auto tags = read_tags(piece, encoding, tag_array, n_cells);
      for (std::size_t c = 0; c < n_cells; ++c)
        {
          const unsigned corners = corners_of(types[c], encoding, c);
          const long long begin = c ? offsets[c - 1] : 0;
          if (begin < 0 || offsets[c] < begin + corners || offsets[c] > static_cast<long long>(nodes.size()))
            bad_file(encoding.file, "the offsets of cell " + std::to_string(c) + " are damaged");
          std::array<unsigned, 4> corner{};
          for (unsigned i = 0; i < corners; ++i)
            {
              const long long node = nodes[begin + i];
              if (node < 0 || node >= static_cast<long long>(n_points))
                bad_file(encoding.file,
                         "cell " + std::to_string(c) + " names point " + std::to_string(node) + " of " + std::to_string(n_points));
              corner[i] = first_point + static_cast<unsigned>(node);
            }
          if (corners == 4)
            {
              mesh.cells.push_back(corner);
              mesh.cell_tag.push_back(static_cast<int>(tags[c]));
            }
          else if (corners == 3)
            mesh.facets.push_back({{corner[0], corner[1], corner[2]}, static_cast<int>(tags[c])});
        }
    }

    void append_vectors(const std::vector<double> &values, std::vector<Point3> &to)
    {
      for (std::size_t i = 0; i + 2 < values.size(); i += 3)
        to.push_back({values[i], values[i + 1], values[i + 2]});
    }

    void read_piece(const pugi::xml_node &piece, const VtuEncoding &encoding, const std::string &tag_array, MeshFileContent &content)
    {
      Mesh &mesh = content.mesh;
      const auto n_points = piece.attribute("NumberOfPoints").as_ullong(), n_cells = piece.attribute("NumberOfCells").as_ullong();
      const auto first_point = static_cast<unsigned>(mesh.points.size());
      append_vectors(read_real_array(piece.child("Points").child("DataArray"), encoding, 3 * n_points), mesh.points);
      for (std::size_t i = first_point; i < mesh.points.size(); ++i)
        if (!std::isfinite(mesh.points[i][0] + mesh.points[i][1] + mesh.points[i][2]))
          bad_file(encoding.file, "the position of point " + std::to_string(i - first_point) + " is not finite");
      read_cells(piece, encoding, tag_array, first_point, n_points, n_cells, mesh);
      for (const auto &array : piece.child("PointData").children("DataArray"))
        {
          const std::string name = array.attribute("Name").as_string();
          const int components = array.attribute("NumberOfComponents").as_int(1);
          if (components == 3)
            append_vectors(read_real_array(array, encoding, 3 * n_points), mesh.vectors[name]);
          else if (components == 1)
            {
              const auto values = read_real_array(array, encoding, n_points);
              content.scalars[name].insert(content.scalars[name].end(), values.begin(), values.end());
            }
        }
    }
  }

  MeshFileContent read_vtu(const std::string &file, const std::string &tag_array)
  {
    VtuFile vtu;
    open(vtu, file);
    MeshFileContent content;
    for (const auto &piece : vtu.grid.children("Piece"))
      read_piece(piece, vtu.encoding, tag_array, content);
    const Mesh &mesh = content.mesh;
    if (mesh.cells.empty())
      bad_file(file, "it has no tetrahedra", "give a volume mesh, not a surface");
    // A field that only some of the pieces have is no field of the mesh.
    const auto incomplete = [&](const auto &field) { return field.second.size() != mesh.points.size(); };
    std::erase_if(content.mesh.vectors, incomplete);
    std::erase_if(content.scalars, incomplete);
    return content;
  }
}
