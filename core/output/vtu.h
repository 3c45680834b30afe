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
    std::vector<VtuField> point_fields, cell_fields;
  };

  /// Writes one rank's piece to `file` (.vtu), binary, float32 fields, fast compression.
  /// @throws OutputError when the file cannot be written completely
  void write_vtu(const std::string &file, const VtuPiece &piece);

  /// Collective. Every rank's piece; one file `stem.vtu` on one rank, `stem.pvtu` with `stem.R.vtu` per rank on more.
  /// @return name of the file to open, relative to the folder of `stem`
  std::string write_parallel_vtu(const std::string &stem, const VtuPiece &piece, MPI_Comm comm);

  /// A ParaView time series (.pvd), rewritten whole after each entry so that it opens after a crash.
  class VtuSeries
  {
  public:
    explicit VtuSeries(std::string file) : file(std::move(file)) {}
    void add(double time_ms, const std::string &name); ///< call on one rank only
    void archive(Archive &archive, const std::string &name); ///< the entries so far: those of rank 0

  private:
    std::string file;
    std::vector<std::pair<double, std::string>> entries;
  };
}
