#include "mechanics/verification/solid/solid_problem.h"

namespace vivicor
{
  std::shared_ptr<const Material> passive_law(const std::string &name, const std::string &json)
  {
    Schema schema;
    if (const auto found = registry<Material>().find(name); found != registry<Material>().end())
      found->second.declare(schema);
    return create<Material>(name, parameters_from_json(json, schema));
  }
}
