// Second- and fourth-order tensors of a point. Row by row: F_iA at [3 i + A]; dP_iA/dF_jB at [9 (3 i + A) + 3 j + B].
#pragma once

#include <array>

namespace vivicor
{
  using Matrix3 = std::array<double, 9>;
  using Matrix9 = std::array<double, 81>;

  /// H = J F^-T.
  inline Matrix3 cofactor(const double *F)
  {
    Matrix3 H;
    for (unsigned i = 0; i < 3; ++i)
      for (unsigned A = 0; A < 3; ++A)
        {
          const unsigned i1 = (i + 1) % 3, i2 = (i + 2) % 3, A1 = (A + 1) % 3, A2 = (A + 2) % 3;
          H[3 * i + A] = F[3 * i1 + A1] * F[3 * i2 + A2] - F[3 * i1 + A2] * F[3 * i2 + A1];
        }
    return H;
  }

  inline double determinant(const double *F, const Matrix3 &H)
  {
    return F[0] * H[0] + F[1] * H[1] + F[2] * H[2];
  }

  /// Calls add(row, column, value) for the nonzero dH_iA/dF_jB = eps_ijk eps_ABC F_kC; row = 3 i + A, column = 3 j + B.
  template <class Add>
  void cofactor_derivative(const double *F, const Add &add)
  {
    for (unsigned i = 0; i < 3; ++i)
      for (unsigned A = 0; A < 3; ++A)
        {
          const unsigned i1 = (i + 1) % 3, i2 = (i + 2) % 3, A1 = (A + 1) % 3, A2 = (A + 2) % 3;
          const unsigned row = 3 * i + A;
          add(row, 3 * i1 + A1, F[3 * i2 + A2]);
          add(row, 3 * i2 + A2, F[3 * i1 + A1]);
          add(row, 3 * i1 + A2, -F[3 * i2 + A1]);
          add(row, 3 * i2 + A1, -F[3 * i1 + A2]);
        }
  }
}
