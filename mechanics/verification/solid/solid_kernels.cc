#include "mechanics/verification/solid/solid_kernels.h"

#include "core/function_clones.h"

namespace vivicor::kernels
{
  VIVICOR_CLONES
  void add_stiffness(unsigned n, const double *__restrict__ g, const double *__restrict__ A, double *__restrict__ work,
                     double *__restrict__ K)
  {
    const unsigned width = 3 * n;
    for (unsigned row = 0; row < 9; ++row)
      for (unsigned b = 0; b < n; ++b)
        for (unsigned j = 0; j < 3; ++j)
          {
            const double *const a = A + 9 * row + 3 * j;
            work[row * width + 3 * b + j] = a[0] * g[3 * b] + a[1] * g[3 * b + 1] + a[2] * g[3 * b + 2];
          }
    for (unsigned a = 0; a < n; ++a)
      for (unsigned i = 0; i < 3; ++i)
        {
          double *const to = K + (3 * a + i) * width;
          const double *const from = work + 3 * i * width;
          const double g0 = g[3 * a], g1 = g[3 * a + 1], g2 = g[3 * a + 2];
          for (unsigned c = 0; c < width; ++c)
            to[c] += g0 * from[c] + g1 * from[width + c] + g2 * from[2 * width + c];
        }
  }

  VIVICOR_CLONES
  void add_gradient(unsigned n, const double *__restrict__ x, const double *__restrict__ g, double *__restrict__ F)
  {
    for (unsigned a = 0; a < n; ++a)
      for (unsigned i = 0; i < 3; ++i)
        for (unsigned B = 0; B < 3; ++B)
          F[3 * i + B] += x[3 * a + i] * g[3 * a + B];
  }
}
