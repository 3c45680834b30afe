// Block-diagonal matrices and their direct solution, in the form that SUNDIALS takes. Private to core/ode.
#pragma once

#include <nvector/nvector_serial.h>
#include <sundials/sundials_linearsolver.h>
#include <sundials/sundials_matrix.h>

#include <vector>

namespace vivicor
{
  /// One dense block for each of many independent systems, by columns.
  struct Blocks
  {
    Blocks(sunindextype systems, sunindextype equations);

    double &at(sunindextype system, sunindextype row, sunindextype column)
    {
      return entries[static_cast<std::size_t>((system * equations + column) * equations + row)];
    }

    sunindextype systems, equations;
    std::vector<double> entries;
  };

  /// A SUNMatrix that owns Blocks; SUNMatDestroy frees both.
  SUNMatrix make_block_matrix(sunindextype systems, sunindextype equations, SUNContext context);
  Blocks &blocks_of(SUNMatrix matrix);

  /// LU decomposition with row pivoting, block by block. Vectors hold equation k of system i at [k * systems + i].
  SUNLinearSolver make_block_solver(sunindextype systems, sunindextype equations, SUNContext context);
}
