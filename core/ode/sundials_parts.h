// What every SUNDIALS integrator is made of besides itself.
#pragma once

#include <sundials/sundials_context.h>
#include <sundials/sundials_linearsolver.h>
#include <sundials/sundials_matrix.h>
#include <sundials/sundials_nvector.h>

namespace vivicor
{
  /// Owners in order of construction: the context outlives all that was made from it. The integrator's own memory is freed
  /// before them, by whoever derives from this.
  struct SundialsParts
  {
    SundialsParts() = default;
    SundialsParts(const SundialsParts &) = delete;
    SundialsParts &operator=(const SundialsParts &) = delete;
    ~SundialsParts()
    {
      if (linear_solver)
        SUNLinSolFree(linear_solver);
      if (matrix)
        SUNMatDestroy(matrix);
      if (y)
        N_VDestroy(y);
      if (context)
        SUNContext_Free(&context);
    }

    SUNContext context = nullptr;
    N_Vector y = nullptr;
    SUNMatrix matrix = nullptr;
    SUNLinearSolver linear_solver = nullptr;
  };
}
