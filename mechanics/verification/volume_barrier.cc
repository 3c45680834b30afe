#include "mechanics/verification/volume_barrier.h"

#include "mechanics/materials/kinematics.h"

namespace vivicor
{
  namespace
  {
    class WithBarrier : public Material
    {
    public:
      WithBarrier(std::shared_ptr<const Material> wrapped, double stiffness) : law(std::move(wrapped)), k(stiffness) {}

      /// With B = C^-1: S = k/2 (J^2 - 1) B, D_IJ = k J^2 B_I B_J - k/2 (J^2 - 1) (B_ik B_jl + B_il B_jk).
      void evaluate(const std::size_t n, const double *E, double *W, double *S, double *D) const override
      {
        using namespace kinematics;
        law->evaluate(n, E, W, S, D);
        for (std::size_t i = 0; i < n; ++i)
          {
            const Volume volume(engineering_strain(n, E, i));
            const Voigt &B = volume.inverse;
            const double J2 = 1 / (volume.factor * volume.factor * volume.factor), s = 0.5 * k * (J2 - 1);
            if (W)
              W[i] += 0.25 * k * (J2 - 1 - std::log(J2));
            for (int I = 0; I < 6; ++I)
              S[I * n + i] += s * B[I];
            if (D)
              for (int I = 0; I < 6; ++I)
                for (int J = 0; J < 6; ++J)
                  D[(6 * I + J) * n + i] += k * J2 * B[I] * B[J]
                                            - s
                                                * (B[voigt[row[I]][row[J]]] * B[voigt[column[I]][column[J]]]
                                                   + B[voigt[row[I]][column[J]]] * B[voigt[column[I]][row[J]]]);
          }
      }

      double shear_modulus() const override { return law->shear_modulus(); }

    private:
      std::shared_ptr<const Material> law;
      double k;
    };
  }

  std::shared_ptr<const Material> with_volume_barrier(std::shared_ptr<const Material> law, double k)
  {
    return std::make_shared<WithBarrier>(std::move(law), k);
  }
}
