// Pure kinematics for the passive laws, in the engineering strains e = (E11, E22, E33, 2 E12, 2 E13, 2 E23): then S =
// dW/de and D = d2W/de2 hold component by component, and every law is a sum of functions of scalars of e.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace vivicor::kinematics
{
  using Voigt = std::array<double, 6>;
  using Voigt2 = std::array<double, 36>; ///< (I,J) at 6 I + J

  /// Tensor indices of the Voigt components 11, 22, 33, 12, 13, 23, and back.
  inline constexpr int row[6] = {0, 1, 2, 0, 0, 1}, column[6] = {0, 1, 2, 1, 2, 2};
  inline constexpr int voigt[3][3] = {{0, 3, 4}, {3, 1, 5}, {4, 5, 2}};

  /// Engineering strains of point i out of the tensor components E (6 x n).
  inline Voigt engineering_strain(std::size_t n, const double *E, std::size_t i)
  {
    return {E[i], E[n + i], E[2 * n + i], 2. * E[3 * n + i], 2. * E[4 * n + i], 2. * E[5 * n + i]};
  }

  /// A scalar of the strain with its first and second derivative in e.
  struct Invariant
  {
    double value = 0.;
    Voigt gradient{};
    Voigt2 hessian{};
  };

  /// Inverse of C = 2 E + 1 (Voigt) and J^(-2/3) = det(C)^(-1/3). NaN where det C <= 0: such a strain has no
  /// deformation.
  struct Volume
  {
    Voigt inverse;
    double factor;

    explicit Volume(const Voigt &e)
    {
      const double a = 1. + 2. * e[0], b = 1. + 2. * e[1], c = 1. + 2. * e[2], f = e[3], g = e[4], h = e[5];
      const Voigt cofactor{b * c - h * h, a * c - g * g, a * b - f * f, g * h - f * c, f * h - g * b, f * g - a * h};
      const double det = a * cofactor[0] + f * cofactor[3] + g * cofactor[4];
      for (int I = 0; I < 6; ++I)
        inverse[I] = cofactor[I] / det;
      factor = det > 0. ? 1. / std::cbrt(det) : std::nan("");
    }
  };

  /// J^(-2m/3) I of an invariant I. With k = J^(-2m/3), B = C^-1, a the gradient and A the hessian of I:
  /// gradient k (a_I - 2m/3 I B_I);
  /// hessian k (A_IJ - 2m/3 (a_I B_J + B_I a_J) + 4m^2/9 I B_I B_J + 2m/3 I (B_ik B_jl + B_il B_jk)), I = ij, J = kl.
  inline Invariant isochoric(const Invariant &whole, const int m, const Volume &volume, const bool with_hessian)
  {
    const double k = m == 1 ? volume.factor : std::pow(volume.factor, m), value = whole.value, c = 2. * m / 3.;
    const Voigt &B = volume.inverse, &a = whole.gradient;
    Invariant result;
    result.value = k * value;
    for (int I = 0; I < 6; ++I)
      result.gradient[I] = k * (a[I] - c * value * B[I]);
    if (with_hessian)
      for (int I = 0; I < 6; ++I)
        for (int J = 0; J < 6; ++J)
          {
            const double BB = B[voigt[row[I]][row[J]]] * B[voigt[column[I]][column[J]]]
                              + B[voigt[row[I]][column[J]]] * B[voigt[column[I]][row[J]]];
            result.hessian[6 * I + J] = k
                                        * (whole.hessian[6 * I + J] - c * (a[I] * B[J] + B[I] * a[J]) + c * value * (c * B[I] * B[J] + BB));
          }
    return result;
  }

  /// An invariant that is linear in e with the given slope.
  inline Invariant linear(const double value, const Voigt &slope)
  {
    Invariant result;
    result.value = value;
    result.gradient = slope;
    return result;
  }

  /// J^(-2/3) I of a linear one.
  inline Invariant isochoric(const double value, const Voigt &slope, const Volume &volume, const bool with_hessian)
  {
    return isochoric(linear(value, slope), 1, volume, with_hessian);
  }

  /// I2 = ((tr C)^2 - tr C^2)/2 = tr(C^-1) det C: the sum of the principal minors of C.
  inline Invariant second_invariant_of_C(const Voigt &e)
  {
    const double a = 1. + 2. * e[0], b = 1. + 2. * e[1], c = 1. + 2. * e[2];
    Invariant I2;
    I2.value = a * b + b * c + c * a - e[3] * e[3] - e[4] * e[4] - e[5] * e[5];
    I2.gradient = {2. * (b + c), 2. * (a + c), 2. * (a + b), -2. * e[3], -2. * e[4], -2. * e[5]};
    for (int I = 0; I < 3; ++I)
      for (int J = 0; J < 3; ++J)
        {
          I2.hessian[6 * I + J] = I == J ? 0. : 4.;
          I2.hessian[6 * (I + 3) + J + 3] = I == J ? -2. : 0.;
        }
    return I2;
  }

  inline double trace_of_C(const Voigt &e)
  {
    return 3. + 2. * (e[0] + e[1] + e[2]);
  }
  inline constexpr Voigt trace_slope{2., 2., 2., 0., 0., 0.};

  /// The stress and, if wanted, the tangent of one point while its terms are summed.
  struct Response
  {
    const bool with_tangent;
    double W = 0.;
    Voigt S{};
    Voigt2 D{};

    explicit Response(const bool with_tangent) : with_tangent(with_tangent) {}

    /// Adds the energy term w(I) with derivatives w1 = dw/dI, w2 = d2w/dI2.
    void add(const Invariant &I, const double w, const double w1, const double w2)
    {
      W += w;
      for (int i = 0; i < 6; ++i)
        S[i] += w1 * I.gradient[i];
      if (!with_tangent)
        return;
      for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 6; ++j)
          D[6 * i + j] += w2 * I.gradient[i] * I.gradient[j] + w1 * I.hessian[6 * i + j];
    }

    void store(const std::size_t n, const std::size_t i, double *W_out, double *S_out, double *D_out) const
    {
      if (W_out)
        W_out[i] = W;
      for (int c = 0; c < 6; ++c)
        S_out[c * n + i] = S[c];
      if (with_tangent)
        for (int c = 0; c < 36; ++c)
          D_out[c * n + i] = D[c];
    }
  };

  /// Mean shear modulus of a rest tangent: the isotropic law mu whose deviatoric part has the same trace,
  /// tr(P D P) = 10 mu with P the deviatoric projection.
  inline double mean_shear_modulus(const double *D)
  {
    double diagonal = 0., bulk = 0.;
    for (int I = 0; I < 6; ++I)
      diagonal += (I < 3 ? 1. : 2.) * D[7 * I];
    for (int I = 0; I < 3; ++I)
      for (int J = 0; J < 3; ++J)
        bulk += D[6 * I + J];
    return (diagonal - bulk / 3.) / 10.;
  }

  /// The same of a law.
  template <class Law>
  double rest_shear_modulus(const Law &law)
  {
    const double E[6] = {};
    double S[6], D[36];
    law.evaluate(1, E, nullptr, S, D);
    return mean_shear_modulus(D);
  }
}
