// Writing unstructured grids for ParaView. Written aside and renamed: a reader never sees half a file.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/mesh/mesh.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  struct VtuField
  {
    std::string name;           ///< with unit where it has one: "transmembrane_potential_mV"
    unsigned components = 1;    ///< 1, 3 or 9
    std::vector<double> values; ///< components of one point or cell side by side
  };

  /// One rank's part of a grid of tetrahedra: unique nodes, cells numbered into them.
  struct VtuPiece
  {
    std::vector<Point3> points;
    std::vector<std::array<unsigned, 4>> cells;
    std::vector<std::array<unsigned, 3>> triangles; ///< after the tetrahedra, also in the cell fields; usually none
    std::vector<VtuField> point_fields, cell_fields;
  };

  /// Digits of coordinates and fields in a file.
  enum class VtuPrecision { float32, float64 };

  /// Writes one rank's piece to `file` (.vtu), binary, float32, fast compression.
  /// @throws OutputError when the file cannot be written completely
  void write_vtu(const std::string &file, const VtuPiece &piece);

  /// Collective. Every rank's piece; one file `stem.vtu` on one rank, `stem.pvtu` with `stem.R.vtu` per rank on more.
  /// @return name of the file to open, relative to the folder of `stem`
  std::string write_parallel_vtu(const std::string &stem, const VtuPiece &piece, MPI_Comm comm);

  /// The frames of a series: a grid that stays while its fields change. What stays is compressed once, well, and copied into each
  /// frame; what changes is not compressed, nor does a frame wait for the disk (docs/decisions/0013-field-output.md has the
  /// measurements): whoever kills the program finds every frame whole, a power cut may cost those of the last half minute.
  class VtuFrames
  {
  public:
    /// @param unchanging this rank's grid and the fields that stay
    explicit VtuFrames(const VtuPiece &unchanging, VtuPrecision precision = VtuPrecision::float32);

    /// Collective. A frame, as write_parallel_vtu(). @param point_fields those that change
    /// @throws OutputError
    std::string write(const std::string &stem, const std::vector<VtuField> &point_fields, MPI_Comm comm) const;

  private:
    void write_piece(const std::string &file, const std::vector<VtuField> &point_fields) const;
    std::string index(const std::string &stem, const std::vector<VtuField> &point_fields, int ranks) const;

    VtuPrecision precision;
    std::size_t n_points, n_cells;
    std::string point_arrays, cell_arrays, geometry; ///< XML of what stays
    std::string parallel_point_arrays, parallel_cell_arrays;
    std::string packed; ///< its values
  };

  /// A ParaView time series (.pvd), rewritten whole after each entry so that it opens after the program was killed.
  class VtuSeries
  {
  public:
    explicit VtuSeries(std::string file) : file(std::move(file)) {}
    void add(double time_ms, const std::string &name);       ///< call on one rank only
    void archive(Archive &archive, const std::string &name); ///< the entries so far: those of rank 0

  private:
    std::string file;
    std::vector<std::pair<double, std::string>> entries;
  };
}
