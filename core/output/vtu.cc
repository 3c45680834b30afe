#include "core/output/vtu.h"

#include "core/collective.h"
#include "core/error.h"
#include "core/mpi.h"
#include "core/output/draft_file.h"
#include "core/output/files.h"
#include "core/output/xml_text.h"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <type_traits>

namespace vivicor
{
  namespace
  {
    const char *byte_order()
    {
      return std::endian::native == std::endian::little ? "LittleEndian" : "BigEndian";
    }

    /// Attributes of every VTKFile element with binary data.
    std::string file_attributes(const std::string &type)
    {
      return "<?xml version=\"1.0\"?>\n<VTKFile type=\"" + type + "\" version=\"1.0\" byte_order=\"" + byte_order()
             + "\" header_type=\"UInt64\" compressor=\"vtkZLibDataCompressor\">\n";
    }

    template <class T>
    std::string type_name()
    {
      if constexpr (std::is_same_v<T, float>)
        return "Float32";
      else if constexpr (std::is_same_v<T, double>)
        return "Float64";
      else if constexpr (std::is_same_v<T, std::int32_t>)
        return "Int32";
      else
        return "UInt8";
    }

    /// The raw bytes behind the XML: arrays one after the other, each compressed in blocks and preceded by VTK's header
    /// (number of blocks, block size, size of the last partial block, compressed size of each block).
    class Appended
    {
    public:
      /// @param level zlib's: 146,000 tetrahedra with 11 values a node take 0.06 s and 1.9 MB at level 1 (cells in order;
      ///   shuffled 0.09 s, 2.7 MB), 0.03 s and 5.1 MB uncompressed @param begin size of what stands before
      explicit Appended(int level = 1, std::size_t begin = 0) : level(level), begin(begin) {}

      /// @return the <DataArray> element that points at the appended values
      template <class T>
      std::string add(const std::string &name, unsigned components, const std::vector<T> &values)
      {
        const std::string offset = std::to_string(begin + bytes.size());
        append(reinterpret_cast<const Bytef *>(values.data()), values.size() * sizeof(T));
        return "<DataArray type=\"" + type_name<T>() + "\" Name=\"" + escaped_xml(name) + "\" NumberOfComponents=\""
               + std::to_string(components) + "\" format=\"appended\" offset=\"" + offset + "\"/>\n";
      }

      const std::string &data() const { return bytes; }

    private:
      static constexpr std::size_t block_size = 1 << 18;

      void append(const Bytef *values, std::size_t size)
      {
        const std::size_t full = size / block_size, rest = size % block_size, blocks = full + (rest > 0);
        std::vector<std::uint64_t> header{blocks, block_size, rest};
        const std::size_t header_at = bytes.size();
        bytes.resize(header_at + (3 + blocks) * sizeof(std::uint64_t));
        std::vector<Bytef> packed(compressBound(block_size));
        for (std::size_t block = 0; block < blocks; ++block)
          {
            uLongf packed_size = packed.size();
            const std::size_t begin = block * block_size;
            if (compress2(packed.data(), &packed_size, values + begin, std::min(block_size, size - begin), level) != Z_OK)
              throw OutputError({"compression of output failed", "", "zlib ran out of memory", "", ""});
            bytes.append(reinterpret_cast<const char *>(packed.data()), packed_size);
            header.push_back(packed_size);
          }
        std::memcpy(bytes.data() + header_at, header.data(), header.size() * sizeof(std::uint64_t));
      }

      const int level;
      const std::size_t begin;
      std::string bytes;
    };

    std::string add_real(Appended &appended, const std::string &name, unsigned components, const std::vector<double> &values,
                         VtuPrecision precision)
    {
      return precision == VtuPrecision::float64 ? appended.add(name, components, values)
                                                : appended.add(name, components, std::vector<float>(values.begin(), values.end()));
    }

    std::string field_arrays(Appended &appended, const std::vector<VtuField> &fields, std::size_t n, VtuPrecision precision)
    {
      std::string result;
      for (const VtuField &field : fields)
        {
          if (field.values.size() != n * field.components)
            throw std::logic_error("field '" + field.name + "' has " + std::to_string(field.values.size()) + " values, expected "
                                   + std::to_string(n * field.components));
          result += add_real(appended, field.name, field.components, field.values, precision);
        }
      return result;
    }

    std::string point_array(Appended &appended, const std::vector<Point3> &points, VtuPrecision precision)
    {
      std::vector<double> values;
      values.reserve(3 * points.size());
      for (const Point3 &point : points)
        values.insert(values.end(), point.begin(), point.end());
      return add_real(appended, "Points", 3, values, precision);
    }

    std::string cell_arrays(Appended &appended, const VtuPiece &piece)
    {
      constexpr std::uint8_t vtk_triangle = 5, vtk_tetra = 10;
      std::vector<std::int32_t> connectivity, offsets;
      connectivity.reserve(4 * piece.cells.size() + 3 * piece.triangles.size());
      offsets.reserve(piece.cells.size() + piece.triangles.size());
      const auto add = [&](const auto &cells) {
        for (const auto &cell : cells)
          {
            connectivity.insert(connectivity.end(), cell.begin(), cell.end());
            offsets.push_back(static_cast<std::int32_t>(connectivity.size()));
          }
      };
      add(piece.cells);
      add(piece.triangles);
      std::vector<std::uint8_t> types(offsets.size(), vtk_triangle);
      std::fill_n(types.begin(), piece.cells.size(), vtk_tetra);
      return appended.add("connectivity", 1, connectivity) + appended.add("offsets", 1, offsets) + appended.add("types", 1, types);
    }

    const char *name_of(VtuPrecision precision)
    {
      return precision == VtuPrecision::float64 ? "Float64" : "Float32";
    }

    std::string parallel_arrays(const std::vector<VtuField> &fields, VtuPrecision precision)
    {
      std::string result;
      for (const VtuField &field : fields)
        result += std::string("<PDataArray type=\"") + name_of(precision) + "\" Name=\"" + escaped_xml(field.name)
                  + "\" NumberOfComponents=\"" + std::to_string(field.components) + "\"/>\n";
      return result;
    }

    std::string piece_name(const std::string &stem, int rank)
    {
      return std::filesystem::path(stem).filename().string() + "." + std::to_string(rank) + ".vtu";
    }

    /// XML of a piece; `geometry` has its points and cells.
    std::string piece_xml(std::size_t n_points, std::size_t n_cells, const std::string &point_arrays, const std::string &cell_arrays,
                          const std::string &geometry)
    {
      return file_attributes("UnstructuredGrid") + "<UnstructuredGrid>\n<Piece NumberOfPoints=\"" + std::to_string(n_points)
             + "\" NumberOfCells=\"" + std::to_string(n_cells) + "\">\n<PointData>\n" + point_arrays + "</PointData>\n<CellData>\n"
             + cell_arrays + "</CellData>\n" + geometry + "</Piece>\n</UnstructuredGrid>\n<AppendedData encoding=\"raw\">\n_";
    }
    constexpr const char *piece_end = "\n</AppendedData>\n</VTKFile>\n";

    std::string geometry_arrays(Appended &appended, const VtuPiece &piece, VtuPrecision precision)
    {
      const std::string points = point_array(appended, piece.points, precision);
      return "<Points>\n" + points + "</Points>\n<Cells>\n" + cell_arrays(appended, piece) + "</Cells>\n";
    }

    std::string parallel_index(const std::string &stem, const std::string &point_arrays, const std::string &cell_arrays,
                               VtuPrecision precision, int ranks)
    {
      std::string text = file_attributes("PUnstructuredGrid") + "<PUnstructuredGrid GhostLevel=\"0\">\n<PPointData>\n" + point_arrays
                         + "</PPointData>\n<PCellData>\n" + cell_arrays + "</PCellData>\n<PPoints>\n<PDataArray type=\""
                         + name_of(precision) + "\" Name=\"Points\" NumberOfComponents=\"3\"/>\n</PPoints>\n";
      for (int rank = 0; rank < ranks; ++rank)
        text += "<Piece Source=\"" + escaped_xml(piece_name(stem, rank)) + "\"/>\n";
      return text + "</PUnstructuredGrid>\n</VTKFile>\n";
    }

    /// Collective. @return the file to open
    std::string write_parallel(const std::string &stem, MPI_Comm comm, const std::function<void(const std::string &file)> &write_piece,
                               const std::function<void(const std::string &file)> &write_index)
    {
      const int rank = rank_of(comm), ranks = size_of(comm);
      const std::filesystem::path folder = std::filesystem::path(stem).parent_path();
      const std::string index = std::filesystem::path(stem).filename().string() + (ranks == 1 ? ".vtu" : ".pvtu");
      together(comm, [&] {
        if (ranks == 1)
          return write_piece((folder / index).string());
        write_piece((folder / piece_name(stem, rank)).string());
        if (rank == 0)
          write_index((folder / index).string());
      });
      return index;
    }

    std::size_t cells_of(const VtuPiece &piece)
    {
      return piece.cells.size() + piece.triangles.size();
    }
  }

  void write_vtu(const std::string &file, const VtuPiece &piece)
  {
    constexpr auto precision = VtuPrecision::float32;
    Appended appended;
    const std::string point_arrays = field_arrays(appended, piece.point_fields, piece.points.size(), precision);
    const std::string cell_arrays = field_arrays(appended, piece.cell_fields, cells_of(piece), precision);
    const std::string geometry = geometry_arrays(appended, piece, precision);
    write_whole(file, piece_xml(piece.points.size(), cells_of(piece), point_arrays, cell_arrays, geometry) + appended.data() + piece_end);
  }

  std::string write_parallel_vtu(const std::string &stem, const VtuPiece &piece, MPI_Comm comm)
  {
    constexpr auto precision = VtuPrecision::float32;
    return write_parallel(
      stem, comm, [&](const std::string &file) { write_vtu(file, piece); },
      [&](const std::string &file) {
        write_whole(file, parallel_index(stem, parallel_arrays(piece.point_fields, precision),
                                         parallel_arrays(piece.cell_fields, precision), precision, size_of(comm)));
      });
  }

  VtuFrames::VtuFrames(const VtuPiece &unchanging, VtuPrecision precision)
    : precision(precision),
      n_points(unchanging.points.size()),
      n_cells(cells_of(unchanging)),
      parallel_point_arrays(parallel_arrays(unchanging.point_fields, precision)),
      parallel_cell_arrays(parallel_arrays(unchanging.cell_fields, precision))
  {
    constexpr int well = 6; // once for all frames
    Appended appended(well);
    point_arrays = field_arrays(appended, unchanging.point_fields, n_points, precision);
    cell_arrays = field_arrays(appended, unchanging.cell_fields, n_cells, precision);
    geometry = geometry_arrays(appended, unchanging, precision);
    packed = appended.data();
  }

  void VtuFrames::write_piece(const std::string &file, const std::vector<VtuField> &point_fields) const
  {
    constexpr int not_at_all = 0; // stored within zlib's format, which is the whole file's
    Appended appended(not_at_all, packed.size());
    const std::string arrays = point_arrays + field_arrays(appended, point_fields, n_points, precision);
    DraftFile draft(file);
    for (const std::string &part :
         {piece_xml(n_points, n_cells, arrays, cell_arrays, geometry), packed, appended.data(), std::string(piece_end)})
      draft.write(part.data(), part.size());
    draft.commit(DraftFile::Durable::no);
  }

  std::string VtuFrames::index(const std::string &stem, const std::vector<VtuField> &point_fields, int ranks) const
  {
    return parallel_index(stem, parallel_point_arrays + parallel_arrays(point_fields, precision), parallel_cell_arrays, precision, ranks);
  }

  std::string VtuFrames::write(const std::string &stem, const std::vector<VtuField> &point_fields, MPI_Comm comm) const
  {
    return write_parallel(
      stem, comm, [&](const std::string &file) { write_piece(file, point_fields); },
      [&](const std::string &file) { write_whole(file, index(stem, point_fields, size_of(comm)), DraftFile::Durable::no); });
  }

  void VtuSeries::add(double time_ms, const std::string &name)
  {
    entries.emplace_back(time_ms, name);
    std::ostringstream text;
    text.precision(12);
    text << "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"1.0\">\n<Collection>\n";
    for (const auto &[time, entry] : entries)
      text << "<DataSet timestep=\"" << time << "\" part=\"0\" file=\"" << escaped_xml(entry) << "\"/>\n";
    text << "</Collection>\n</VTKFile>\n";
    write_whole(file, text.str(), DraftFile::Durable::no);
  }

  void VtuSeries::archive(Archive &archive, const std::string &name)
  {
    std::vector<double> times;
    std::string names; // each with an end of line
    for (const auto &[time, entry] : entries)
      {
        times.push_back(time);
        names += entry + "\n";
      }
    archive.numbers(name + "/times", times);
    archive_text(archive, name + "/names", names);
    entries.clear();
    std::istringstream lines(names);
    for (const double time : times)
      std::getline(lines, entries.emplace_back(time, "").second);
  }
}
