#include "mechanics/verification/solid/element.h"

#include "core/error.h"

namespace vivicor
{
  const std::vector<SolidElement> &solid_elements()
  {
    using enum SolidElement::Pressure;
    using enum SolidMesh::Shape;
    static const std::vector<SolidElement> elements{
      {"P1", "linear tetrahedra; locks", tetrahedra, 1, none, 0, false},
      {"P1-P1", "linear displacement and pressure, stabilised by projection", tetrahedra, 1, continuous, 1, true, true},
      {"P2", "quadratic tetrahedra, volume by penalty; loses orders where kappa is large", tetrahedra, 2, none, 0, false},
      {"P2-P1", "Taylor-Hood: quadratic displacement, linear pressure", tetrahedra, 2, continuous, 1, true},
      {"Q1", "linear hexahedra; locks", hexahedra, 1, none, 0, false},
      {"Q1-P0", "linear hexahedra, constant pressure", hexahedra, 1, discontinuous, 0, true},
      {"Q2", "quadratic hexahedra, volume by penalty; loses orders where kappa is large", hexahedra, 2, none, 0, false},
      {"Q2-Q1", "Taylor-Hood on hexahedra", hexahedra, 2, continuous, 1, true},
      {"Q2-P1disc", "quadratic hexahedra, linear pressure within each", hexahedra, 2, discontinuous, 1, true}};
    return elements;
  }

  const SolidElement &solid_element(const std::string &name)
  {
    std::vector<std::string> names;
    for (const SolidElement &element : solid_elements())
      {
        if (element.name == name)
          return element;
        names.push_back(element.name);
      }
    throw UserError({"no element named '" + name + "'", "", "it is not one of those that are built in", nearest_of(name, names), ""});
  }
}
