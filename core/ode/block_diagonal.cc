#include "core/ode/block_diagonal.h"

#include <sundials/sundials_dense.h>

#include <algorithm>

namespace vivicor
{
  Blocks::Blocks(sunindextype systems, sunindextype equations)
    : systems(systems), equations(equations), entries(static_cast<std::size_t>(systems * equations * equations))
  {
  }

  Blocks &blocks_of(SUNMatrix matrix)
  {
    return *static_cast<Blocks *>(matrix->content);
  }

  namespace
  {
    // The functions that SUNDIALS calls: 0 is success.

    SUNMatrix_ID matrix_id(SUNMatrix)
    {
      return SUNMATRIX_CUSTOM;
    }

    SUNMatrix clone(SUNMatrix matrix)
    {
      const Blocks &blocks = blocks_of(matrix);
      return make_block_matrix(blocks.systems, blocks.equations, matrix->sunctx);
    }

    void destroy(SUNMatrix matrix)
    {
      delete static_cast<Blocks *>(matrix->content);
      SUNMatFreeEmpty(matrix);
    }

    int set_zero(SUNMatrix matrix)
    {
      auto &entries = blocks_of(matrix).entries;
      std::fill(entries.begin(), entries.end(), 0.0);
      return 0;
    }

    int copy(SUNMatrix from, SUNMatrix to)
    {
      blocks_of(to).entries = blocks_of(from).entries;
      return 0;
    }

    /// A becomes c A + I.
    int scale_add_identity(realtype c, SUNMatrix matrix)
    {
      Blocks &blocks = blocks_of(matrix);
      for (double &entry : blocks.entries)
        entry *= c;
      for (sunindextype i = 0; i < blocks.systems; ++i)
        for (sunindextype k = 0; k < blocks.equations; ++k)
          blocks.at(i, k, k) += 1.0;
      return 0;
    }

    /// What a solver keeps between setup and solve.
    struct Factors
    {
      std::vector<sunindextype> pivots;
      std::vector<double *> columns; // of one block, for the dense routines
      std::vector<double> side;      // right-hand side of one block
    };

    Factors &factors_of(SUNLinearSolver solver)
    {
      return *static_cast<Factors *>(solver->content);
    }

    double **columns_of(Blocks &blocks, const sunindextype system, Factors &factors)
    {
      for (sunindextype k = 0; k < blocks.equations; ++k)
        factors.columns[static_cast<std::size_t>(k)] = &blocks.at(system, 0, k);
      return factors.columns.data();
    }

    SUNLinearSolver_Type solver_type(SUNLinearSolver)
    {
      return SUNLINEARSOLVER_DIRECT;
    }

    SUNLinearSolver_ID solver_id(SUNLinearSolver)
    {
      return SUNLINEARSOLVER_CUSTOM;
    }

    int factorise(SUNLinearSolver solver, SUNMatrix matrix)
    {
      Blocks &blocks = blocks_of(matrix);
      Factors &factors = factors_of(solver);
      const sunindextype n = blocks.equations;
      for (sunindextype i = 0; i < blocks.systems; ++i)
        if (SUNDlsMat_denseGETRF(columns_of(blocks, i, factors), n, n, &factors.pivots[static_cast<std::size_t>(i * n)]) != 0)
          return SUNLS_LUFACT_FAIL; // a pivot of zero: recoverable by a shorter step
      return 0;
    }

    int solve(SUNLinearSolver solver, SUNMatrix matrix, N_Vector x, N_Vector b, realtype)
    {
      Blocks &blocks = blocks_of(matrix);
      Factors &factors = factors_of(solver);
      const double *from = N_VGetArrayPointer(b);
      double *to = N_VGetArrayPointer(x), *side = factors.side.data();
      const sunindextype n = blocks.equations;
      for (sunindextype i = 0; i < blocks.systems; ++i)
        {
          for (sunindextype k = 0; k < n; ++k)
            side[k] = from[k * blocks.systems + i];
          SUNDlsMat_denseGETRS(columns_of(blocks, i, factors), n, &factors.pivots[static_cast<std::size_t>(i * n)], side);
          for (sunindextype k = 0; k < n; ++k)
            to[k * blocks.systems + i] = side[k];
        }
      return 0;
    }

    int free_solver(SUNLinearSolver solver)
    {
      delete static_cast<Factors *>(solver->content);
      SUNLinSolFreeEmpty(solver);
      return 0;
    }
  }

  SUNMatrix make_block_matrix(sunindextype systems, sunindextype equations, SUNContext context)
  {
    SUNMatrix matrix = SUNMatNewEmpty(context);
    matrix->content = new Blocks(systems, equations);
    matrix->ops->getid = matrix_id;
    matrix->ops->clone = clone;
    matrix->ops->destroy = destroy;
    matrix->ops->zero = set_zero;
    matrix->ops->copy = copy;
    matrix->ops->scaleaddi = scale_add_identity;
    return matrix;
  }

  SUNLinearSolver make_block_solver(sunindextype systems, sunindextype equations, SUNContext context)
  {
    const auto n = static_cast<std::size_t>(equations);
    SUNLinearSolver solver = SUNLinSolNewEmpty(context);
    solver->content = new Factors{std::vector<sunindextype>(static_cast<std::size_t>(systems) * n), std::vector<double *>(n),
                                  std::vector<double>(n)};
    solver->ops->gettype = solver_type;
    solver->ops->getid = solver_id;
    solver->ops->setup = factorise;
    solver->ops->solve = solve;
    solver->ops->free = free_solver;
    return solver;
  }
}
