#include "core/ode/dense_solver.h"

#include <sundials/sundials_dense.h>

#include <cmath>
#include <cstdint>

namespace vivicor
{
  namespace
  {
    std::vector<double *> columns_of(double *values, std::size_t n)
    {
      std::vector<double *> columns(n);
      for (std::size_t k = 0; k < n; ++k)
        columns[k] = values + k * n;
      return columns;
    }
  }

  DenseFactors::DenseFactors(DenseMatrix matrix) : factors(std::move(matrix)), pivots(factors.size()) {}

  std::optional<DenseFactors> DenseFactors::of(DenseMatrix matrix)
  {
    static_assert(sizeof(sunindextype) == sizeof(long) && std::is_signed_v<sunindextype>);
    DenseFactors result(std::move(matrix));
    const auto n = result.factors.size();
    auto columns = columns_of(result.factors.values.data(), n);
    if (SUNDlsMat_denseGETRF(columns.data(), static_cast<sunindextype>(n), static_cast<sunindextype>(n), result.pivots.data()) != 0)
      return {};
    for (std::size_t k = 0; k < n; ++k)
      if (!std::isfinite(columns[k][k]))
        return {};
    return result;
  }

  std::vector<double> DenseFactors::solve(std::vector<double> b) const
  {
    // SUNDIALS takes pointers to what it only reads.
    auto columns = columns_of(const_cast<double *>(factors.values.data()), factors.size());
    SUNDlsMat_denseGETRS(columns.data(), static_cast<sunindextype>(factors.size()), const_cast<long *>(pivots.data()), b.data());
    return b;
  }
}
