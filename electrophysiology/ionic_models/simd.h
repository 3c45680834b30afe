// Vectors of doubles as wide as this object file's instruction set, with the functions that membrane equations need.
//
// The folder's sources are compiled once for each of x86-64-v2, v3 and v4 (VIVICOR_ISA = 2, 3, 4). Everything here has
// internal linkage, and must have: a function that the linker may share between the objects could be taken from the
// widest of them and stop a processor that lacks those instructions. For the same reason the kernels use no containers.
//
// VIVICOR_ISA = 1 is one double at a time with the C library's functions: what the vectors are measured against
// (tests/performance), in no other program.
#pragma once

#if VIVICOR_ISA >= 4
#include "electrophysiology/ionic_models/exp_avx512.h"
#endif

#include <immintrin.h>
#include <sleef.h>

#ifndef VIVICOR_ISA
#error "VIVICOR_ISA must be 1, 2, 3 or 4: see vivicor_models(... MULTIVERSION) in cmake/parts.cmake"
#endif

namespace vivicor
{
  namespace
  {
#if VIVICOR_ISA >= 4
    constexpr int width = 8;
#elif VIVICOR_ISA == 3
    constexpr int width = 4;
#elif VIVICOR_ISA == 2
    constexpr int width = 2;
#else
    constexpr int width = 1;
#endif

    /// `width` doubles; +, -, *, /, comparisons and `mask ? a : b` work lane by lane, also with a double in place of a
    /// vector.
    using Vec = double __attribute__((vector_size(8 * width)));
    /// What a comparison of two Vec gives: all bits of a lane set or none.
    using Mask = long __attribute__((vector_size(8 * width)));

    /// From and to memory of any alignment.
    inline Vec load(const double *from)
    {
      Vec v;
      __builtin_memcpy(&v, from, sizeof v);
      return v;
    }

    inline void store(double *to, const Vec v)
    {
      __builtin_memcpy(to, &v, sizeof v);
    }

    // ln v and e^v are accurate to 1 ulp (SLEEF), e^v of the widest vectors to 2.
#if VIVICOR_ISA >= 4
    inline Vec exp(const Vec v)
    {
      return exp_avx512(v);
    }
    inline Vec log(const Vec v)
    {
      return Sleef_logd8_u10avx512f(v);
    }
    inline Vec sqrt(const Vec v)
    {
      return _mm512_maskz_sqrt_pd(0xff, v);
    }
    inline bool any(const Mask m)
    {
      return _mm512_movepi64_mask((__m512i)m) != 0;
    }
#elif VIVICOR_ISA == 3
    inline Vec exp(const Vec v)
    {
      return Sleef_expd4_u10avx2(v);
    }
    inline Vec log(const Vec v)
    {
      return Sleef_logd4_u10avx2(v);
    }
    inline Vec sqrt(const Vec v)
    {
      return _mm256_sqrt_pd(v);
    }
    inline bool any(const Mask m)
    {
      return _mm256_movemask_pd((__m256d)m) != 0;
    }
#elif VIVICOR_ISA == 2
    inline Vec exp(const Vec v)
    {
      return Sleef_expd2_u10sse4(v);
    }
    inline Vec log(const Vec v)
    {
      return Sleef_logd2_u10sse4(v);
    }
    inline Vec sqrt(const Vec v)
    {
      return _mm_sqrt_pd(v);
    }
    inline bool any(const Mask m)
    {
      return _mm_movemask_pd((__m128d)m) != 0;
    }
#else
    inline Vec exp(const Vec v)
    {
      return Vec{__builtin_exp(v[0])};
    }
    inline Vec log(const Vec v)
    {
      return Vec{__builtin_log(v[0])};
    }
    inline Vec sqrt(const Vec v)
    {
      return Vec{__builtin_sqrt(v[0])};
    }
    inline bool any(const Mask m)
    {
      return m[0] != 0;
    }
#endif

    inline Vec square(const Vec v)
    {
      return v * v;
    }
    inline Vec cube(const Vec v)
    {
      return v * v * v;
    }

    /// 1 / (1 + exp(-(V - V_half) / k)), given e = exp(V / k) and c = exp(V_half / k). One exponential serves every
    /// sigmoid of the same slope k.
    inline Vec rising(const Vec e, const double c)
    {
      return e / (e + c);
    }
    /// 1 / (1 + exp(+(V - V_half) / k)), given the same.
    inline Vec falling(const Vec e, const double c)
    {
      return c / (e + c);
    }

    /// y / (exp(y) - 1), given exp(y). Near its removable singularity the Bernoulli series takes over; both branches
    /// are accurate to about 1e-14 where they meet.
    inline Vec y_over_exp_minus_1(const Vec y, const Vec exp_y)
    {
      const Vec q = y * y;
      const Vec series = 1.0 - 0.5 * y + q * (1.0 / 12 + q * (-1.0 / 720 + q * (1.0 / 30240 - q * (1.0 / 1209600))));
      const Mask small = q < 0.01;
      // The divisor is made harmless where the series holds, so that no lane divides by zero.
      const Vec divisor = small ? series : exp_y - 1.0;
      return small ? series : y / divisor;
    }
  }
}
