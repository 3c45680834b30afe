// The Fung exponential W = C/2 (exp(Q) - 1) with Q = sum_I q_I e_I^2 in engineering strains: guccione and usyk are
// choices of q.
#pragma once

#include "mechanics/materials/kinematics.h"
#include "mechanics/materials/material.h"

namespace vivicor
{
  class Fung : public Material
  {
  public:
    /// @param C kPa; @param q an axial b counts fully; a shear b is halved, since 2 b E12^2 = b/2 e12^2
    Fung(const double C, const kinematics::Voigt &q) : C(C), q(q) {}

    /// S_I = C exp(Q) q_I e_I, D_IJ = C exp(Q) (q_I delta_IJ + 2 q_I e_I q_J e_J). Q > 709 overflows to inf: the
    /// caller's check of finiteness must then cut the step.
    void evaluate(const std::size_t n, const double *E, double *W, double *S, double *D) const override
    {
      for (std::size_t i = 0; i < n; ++i)
        {
          const kinematics::Voigt e = kinematics::engineering_strain(n, E, i);
          double Q = 0.;
          kinematics::Voigt qe;
          for (int I = 0; I < 6; ++I)
            {
              qe[I] = q[I] * e[I];
              Q += qe[I] * e[I];
            }
          const double C_exp_Q = C * std::exp(Q);
          if (W)
            W[i] = 0.5 * C * std::expm1(Q);
          for (int I = 0; I < 6; ++I)
            S[I * n + i] = C_exp_Q * qe[I];
          if (D)
            for (int I = 0; I < 6; ++I)
              for (int J = 0; J < 6; ++J)
                D[(6 * I + J) * n + i] = C_exp_Q * ((I == J ? q[I] : 0.) + 2. * qe[I] * qe[J]);
        }
    }

    /// Mean of the rest tangent C diag(q); see kinematics::mean_shear_modulus.
    double shear_modulus() const override { return C * ((q[0] + q[1] + q[2]) * 2. / 3. + 2. * (q[3] + q[4] + q[5])) / 10.; }

  private:
    const double C;
    const kinematics::Voigt q;
  };
}
