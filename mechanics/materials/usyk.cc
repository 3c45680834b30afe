// Orthotropic Fung law of Usyk, LeGrice & McCulloch 2002 (doi:10.1007/s00791-002-0081-9):
//   W = C/2 (exp(Q) - 1),
//   Q = bff E11^2 + bss E22^2 + bnn E33^2 + 2 bfs E12^2 + 2 bfn E13^2 + 2 bsn E23^2.
#include "mechanics/materials/fung.h"

namespace vivicor
{
  namespace
  {
    std::unique_ptr<Material> create(const Parameters &p)
    {
      const char *const keys[6] = {"bff", "bss", "bnn", "bfs", "bfn", "bsn"};
      const double scale = p.quantity("b_scale");
      kinematics::Voigt q;
      for (int I = 0; I < 6; ++I)
        q[I] = scale * p.quantity(keys[I]) * (I < 3 ? 1. : 0.5);
      return std::make_unique<Fung>(p.quantity("C"), q);
    }

    void declare(Schema &schema)
    {
      const std::string source = "Usyk, LeGrice & McCulloch 2002, doi:10.1007/s00791-002-0081-9";
      schema.quantity("C", "0.88 kPa", 1e-4, 1e4, "Stiffness in front of the exponential.", source);
      schema.quantity("bff", "8", 1e-3, 1e3, "Exponent of strain along the fibre.", source);
      schema.quantity("bss", "6", 1e-3, 1e3, "Exponent of strain along the sheet.", source);
      schema.quantity("bnn", "3", 1e-3, 1e3, "Exponent of strain normal to the sheet.", source);
      schema.quantity("bfs", "12", 1e-3, 1e3, "Exponent of fibre-sheet shear.", source);
      schema.quantity("bfn", "3", 1e-3, 1e3, "Exponent of fibre-normal shear.", source);
      schema.quantity("bsn", "3", 1e-3, 1e3, "Exponent of sheet-normal shear.", source);
      schema.quantity("b_scale", "1", 1e-3, 1e2, "Common factor of all exponents, for fitting a pressure-volume curve.",
                      "Gerach & Loewe 2024 scale C and b of a whole heart this way");
    }

    const Register<Material> registered{
      {"usyk", "Orthotropic Fung exponential in E.", "Usyk, LeGrice & McCulloch 2002, doi:10.1007/s00791-002-0081-9", declare, create}};
  }
}
