// A table of numbers that a deck names.
#pragma once

#include "core/parameters/parameters.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  /// Rows of numbers under named columns.
  struct NumberTable
  {
    std::string file;
    std::size_t width = 0;      ///< columns
    std::vector<double> values; ///< row by row, in the order in which the columns were asked for
    std::vector<unsigned> line; ///< of each row in the file

    std::size_t size() const { return line.size(); }
    double operator()(std::size_t row, std::size_t column) const { return values[row * width + column]; }
    std::string where(std::size_t row) const { return file + ":" + std::to_string(line[row]); }
  };

  /// Collective; rank 0 reads. Comma-separated values: a header with all of `columns`, in any order, and no other; then rows.
  /// Empty lines and lines that begin with # are skipped. A relative path is sought from the working folder, then beside the deck.
  /// @throws UserError with file and line for an absent file, an unknown or missing column, what is not a number, and a table
  /// without a row
  NumberTable read_number_table(MPI_Comm comm, const Parameters &deck, const std::string &key, const std::vector<std::string> &columns);
}
