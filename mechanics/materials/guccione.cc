// Transversely isotropic Fung law of Guccione, McCulloch & Waldman 1991 (doi:10.1115/1.2894084):
//   W = C/2 (exp(Q) - 1),  Q = bf E11^2 + bt (E22^2 + E33^2 + 2 E23^2) + 2 bfs (E12^2 + E13^2).
#include "mechanics/materials/fung.h"

namespace vivicor
{
  namespace
  {
    std::unique_ptr<Material> create(const Parameters &p)
    {
      const double bf = p.quantity("bf"), bt = p.quantity("bt"), bfs = p.quantity("bfs");
      return std::make_unique<Fung>(p.quantity("C"), kinematics::Voigt{bf, bt, bt, bfs / 2., bfs / 2., bt / 2.});
    }

    void declare(Schema &schema)
    {
      const std::string source = "Land et al. 2015, doi:10.1098/rspa.2015.0641 (problem 3)";
      schema.quantity("C", "2 kPa", 1e-4, 1e4, "Stiffness in front of the exponential.", source);
      schema.quantity("bf", "8", 1e-3, 1e3, "Exponent of strain along the fibre.", source);
      schema.quantity("bt", "2", 1e-3, 1e3, "Exponent of strain across the fibre.", source);
      schema.quantity("bfs", "4", 1e-3, 1e3, "Exponent of shear between the fibre and the plane across it.", source);
    }

    const Register<Material> registered{{"guccione", "Transversely isotropic Fung exponential in E.",
                                         "Guccione, McCulloch & Waldman 1991, doi:10.1115/1.2894084", declare, create}};
  }
}
