// The exponential of eight doubles, in place: half of a membrane's time goes into exponentials, and a call costs as much
// again, since it spills all vectors (docs/performance.md). Internal linkage: simd.h says why.
#pragma once

#include <immintrin.h>

namespace vivicor
{
  namespace
  {
    /// e^v = 2^(k/16) e^r with k whole and |r| <= ln 2 / 32, where e^r is its Taylor polynomial of degree 7,
    /// economised by one degree with the Chebyshev polynomial T7: accurate to 2 ulp. The sixteen powers live in two registers.
    inline __m512d exp_avx512(const __m512d v)
    {
      constexpr double ln2_16 = 0x1.62e42fefa39efp-5, high = 0x1.62e42fep-5, low = 0x1.f473de6af278fp-34; // ln 2 / 16
      constexpr double a2 = ln2_16 * ln2_16 / 4, c3 = 1.0 / 6 - 0.875 * a2 * a2 / 5040, c5 = 1.0 / 120 + 1.75 * a2 / 5040;
      constexpr double shift = 0x1.8p52; // puts the nearest whole number into the last bits
      const __m512d even = {0x1.0000000000000p+0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0,
                            0x1.306fe0a31b715p+0, 0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0},
                    odd = {0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0, 0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f090p+0,
                           0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0, 0x1.ea4afa2a490dap+0};
      // Not a number stays one: both take the second operand then.
      const __m512d below = _mm512_maskz_min_pd(0xff, _mm512_set1_pd(1e3), v);
      const __m512d x = _mm512_maskz_max_pd(0xff, _mm512_set1_pd(-1e3), below);
      const __m512d shifted = x * (1 / ln2_16) + shift, k = shifted - shift;
      const __m512d r = (x - k * high) - k * low, r2 = r * r;
      const __m512d tail = (0.5 + r * c3) + r2 * ((1.0 / 24 + r * c5) + r2 * (1.0 / 720));
      const __m512d power = _mm512_permutex2var_pd(even, _mm512_castpd_si512(shifted), odd);
      return _mm512_maskz_scalef_pd(0xff, power + power * (r + r2 * tail), k * (1.0 / 16));
    }
  }
}
