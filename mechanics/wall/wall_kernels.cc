#include "mechanics/wall/wall_kernels.h"

#include "core/function_clones.h"

namespace vivicor::kernels
{
  namespace
  {
    typedef double Lanes __attribute__((vector_size(8 * lanes), aligned(8)));

#define LOAD(array, component) (*reinterpret_cast<const Lanes *>((array) + (component)*stride + at))
#define STORE(array, component) (*reinterpret_cast<Lanes *>((array) + (component)*stride + at))

    // Where E_IJ stands in Voigt order 11, 22, 33, 12, 13, 23.
    constexpr unsigned voigt[3][3] = {{0, 3, 4}, {3, 1, 5}, {4, 5, 2}};
  }

  VIVICOR_CLONES
  void kinematics(std::size_t stride, const double *x, const double *g, double *F, double *J, double *E)
  {
    for (std::size_t at = 0; at < stride; at += lanes)
      {
        Lanes f[3][3];
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned K = 0; K < 3; ++K)
            {
              f[i][K] = LOAD(x, i) * LOAD(g, K) + LOAD(x, 3 + i) * LOAD(g, 3 + K) + LOAD(x, 6 + i) * LOAD(g, 6 + K)
                        + LOAD(x, 9 + i) * LOAD(g, 9 + K);
              STORE(F, 3 * i + K) = f[i][K];
            }
        STORE(J, 0) = f[0][0] * (f[1][1] * f[2][2] - f[1][2] * f[2][1]) - f[0][1] * (f[1][0] * f[2][2] - f[1][2] * f[2][0])
                      + f[0][2] * (f[1][0] * f[2][1] - f[1][1] * f[2][0]);
        for (unsigned I = 0; I < 3; ++I)
          for (unsigned K = I; K < 3; ++K)
            {
              const Lanes c = f[0][I] * f[0][K] + f[1][I] * f[1][K] + f[2][I] * f[2][K];
              STORE(E, voigt[I][K]) = I == K ? 0.5 * (c - 1.0) : 0.5 * c;
            }
      }
  }

// Cofactor matrix J F^-T of f[3][3] into h[3][3].
#define COFACTOR(f, h)                                                                                                                     \
  for (unsigned i = 0; i < 3; ++i)                                                                                                         \
    for (unsigned K = 0; K < 3; ++K)                                                                                                       \
      {                                                                                                                                    \
        const unsigned i1 = (i + 1) % 3, i2 = (i + 2) % 3;                                                                                 \
        const unsigned K1 = (K + 1) % 3, K2 = (K + 2) % 3;                                                                                 \
        h[i][K] = f[i1][K1] * f[i2][K2] - f[i1][K2] * f[i2][K1];                                                                           \
      }

  VIVICOR_CLONES
  void residuals(std::size_t stride, const double *g, const double *volume, const double *F, const double *J, const double *p,
                 const double *S, const Volumetric &volumetric, double *r)
  {
    const double compressibility = volumetric.inverse_bulk / 20, projection = volumetric.stabilisation;
    for (std::size_t at = 0; at < stride; at += lanes)
      {
        const Lanes V = LOAD(volume, 0);
        const Lanes p_sum = LOAD(p, 0) + LOAD(p, 1) + LOAD(p, 2) + LOAD(p, 3);
        Lanes f[3][3], h[3][3], P[3][3];
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned K = 0; K < 3; ++K)
            f[i][K] = LOAD(F, 3 * i + K);
        COFACTOR(f, h)
        const Lanes pressure = 0.25 * p_sum + 0.5 * volumetric.barrier * (LOAD(J, 0) - 1.0 / LOAD(J, 0));
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned K = 0; K < 3; ++K)
            P[i][K] = V
                      * (f[i][0] * LOAD(S, voigt[0][K]) + f[i][1] * LOAD(S, voigt[1][K]) + f[i][2] * LOAD(S, voigt[2][K])
                         + pressure * h[i][K]);
        for (unsigned a = 0; a < 4; ++a)
          {
            for (unsigned i = 0; i < 3; ++i)
              STORE(r, 4 * a + i) = P[i][0] * LOAD(g, 3 * a) + P[i][1] * LOAD(g, 3 * a + 1) + P[i][2] * LOAD(g, 3 * a + 2);
            STORE(r, 4 * a + 3) = V
                                  * (0.25 * (LOAD(J, 0) - 1.0) - compressibility * (p_sum + LOAD(p, a))
                                     - projection * (0.05 * LOAD(p, a) - 0.0125 * p_sum));
          }
      }
  }

  VIVICOR_CLONES
  void tangents(std::size_t stride, std::size_t at, const double *g, const double *volume, const double *F, const double *J,
                const double *p, const double *S, const double *D, const Volumetric &volumetric, double *K_out)
  {
    const Lanes V = LOAD(volume, 0), inverse_J = 1.0 / LOAD(J, 0);
    const Lanes pressure = 0.25 * (LOAD(p, 0) + LOAD(p, 1) + LOAD(p, 2) + LOAD(p, 3)) + 0.5 * volumetric.barrier * (LOAD(J, 0) - inverse_J);
    const Lanes pressure_slope = 0.5 * volumetric.barrier * (1.0 + inverse_J * inverse_J);
    Lanes f[3][3], cofactor[3][3], gradient[4][3], spatial[4][3];
    for (unsigned i = 0; i < 3; ++i)
      for (unsigned K = 0; K < 3; ++K)
        f[i][K] = LOAD(F, 3 * i + K);
    COFACTOR(f, cofactor)
    for (unsigned a = 0; a < 4; ++a)
      {
        for (unsigned K = 0; K < 3; ++K)
          gradient[a][K] = LOAD(g, 3 * a + K);
        for (unsigned i = 0; i < 3; ++i) // J F^-T grad N_a
          spatial[a][i] = cofactor[i][0] * gradient[a][0] + cofactor[i][1] * gradient[a][1] + cofactor[i][2] * gradient[a][2];
      }
    // B_a: change of the engineering strains with the displacement of node a.
    Lanes B[4][6][3];
    for (unsigned a = 0; a < 4; ++a)
      for (unsigned i = 0; i < 3; ++i)
        {
          B[a][0][i] = f[i][0] * gradient[a][0];
          B[a][1][i] = f[i][1] * gradient[a][1];
          B[a][2][i] = f[i][2] * gradient[a][2];
          B[a][3][i] = f[i][0] * gradient[a][1] + f[i][1] * gradient[a][0];
          B[a][4][i] = f[i][0] * gradient[a][2] + f[i][2] * gradient[a][0];
          B[a][5][i] = f[i][1] * gradient[a][2] + f[i][2] * gradient[a][1];
        }
    const double diagonal = volumetric.inverse_bulk / 10 + volumetric.stabilisation * 0.0375;
    const double off = volumetric.inverse_bulk / 20 - volumetric.stabilisation * 0.0125;
    unsigned pair = 0;
    // Columns b outside, so that D B_b is made once.
    for (unsigned b = 0; b < 4; ++b)
      {
        Lanes DB[6][3], Sg[3];
        for (unsigned I = 0; I < 6; ++I)
          for (unsigned j = 0; j < 3; ++j)
            {
              Lanes total = LOAD(D, 6 * I) * B[b][0][j];
              for (unsigned L = 1; L < 6; ++L)
                total += LOAD(D, 6 * I + L) * B[b][L][j];
              DB[I][j] = total;
            }
        for (unsigned I = 0; I < 3; ++I)
          Sg[I] = LOAD(S, voigt[I][0]) * gradient[b][0] + LOAD(S, voigt[I][1]) * gradient[b][1] + LOAD(S, voigt[I][2]) * gradient[b][2];
        for (unsigned a = 0; a <= b; ++a)
          {
            pair = a * 4 - a * (a + 1) / 2 + b;
            double *const block = K_out + 16 * pair * lanes;
            const Lanes geometric = gradient[a][0] * Sg[0] + gradient[a][1] * Sg[1] + gradient[a][2] * Sg[2];
            for (unsigned j = 0; j < 3; ++j)
              for (unsigned i = 0; i < 3; ++i)
                {
                  Lanes value = B[a][0][i] * DB[0][j];
                  for (unsigned I = 1; I < 6; ++I)
                    value += B[a][I][i] * DB[I][j];
                  value += pressure * inverse_J * (spatial[a][i] * spatial[b][j] - spatial[a][j] * spatial[b][i])
                           + pressure_slope * spatial[a][i] * spatial[b][j];
                  if (i == j)
                    value += geometric;
                  *reinterpret_cast<Lanes *>(block + (4 * j + i) * lanes) = V * value;
                }
            for (unsigned i = 0; i < 3; ++i)
              {
                *reinterpret_cast<Lanes *>(block + (12 + i) * lanes) = 0.25 * V * spatial[a][i];
                *reinterpret_cast<Lanes *>(block + (4 * i + 3) * lanes) = 0.25 * V * spatial[b][i];
              }
            *reinterpret_cast<Lanes *>(block + 15 * lanes) = -V * (a == b ? diagonal : off);
          }
      }
  }
}
