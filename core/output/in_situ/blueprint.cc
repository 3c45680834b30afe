#include "core/output/in_situ/blueprint.h"

#include <numeric>

namespace vivicor
{
  namespace
  {
    /// Ranks without a part have branches of length zero, whose address is not to be null.
    double nothing = 0;

    /// Conduit takes no constants, and its users only read what they are shown.
    double *address(std::span<const double> values)
    {
      return values.empty() ? &nothing : const_cast<double *>(values.data());
    }

    std::string component_name(unsigned c, unsigned components)
    {
      return components <= 3 ? std::string(1, static_cast<char>('x' + c)) : "c" + std::to_string(c);
    }
  }

  void ConduitTree::set(const std::string &path, const std::string &value)
  {
    conduit_node_set_path_char8_str(root, path.c_str(), value.c_str());
  }

  void ConduitTree::set(const std::string &path, long value)
  {
    conduit_node_set_path_int64(root, path.c_str(), value);
  }

  void ConduitTree::set(const std::string &path, double value)
  {
    conduit_node_set_path_float64(root, path.c_str(), value);
  }

  void ConduitTree::refer(const std::string &path, std::span<const double> values)
  {
    conduit_node_set_path_external_float64_ptr(root, path.c_str(), address(values), static_cast<conduit_index_t>(values.size()));
  }

  void ConduitTree::refer(const std::string &path, std::span<const unsigned> numbers)
  {
    // As signed numbers, which VTK's cells are made of: it then refers to them too.
    static_assert(sizeof(unsigned) == sizeof(conduit_int32));
    static conduit_int32 none = 0;
    auto *first = reinterpret_cast<conduit_int32 *>(const_cast<unsigned *>(numbers.data()));
    conduit_node_set_path_external_int32_ptr(root, path.c_str(), numbers.empty() ? &none : first,
                                             static_cast<conduit_index_t>(numbers.size()));
  }

  void ConduitTree::refer(const std::string &path, std::span<const double> values, unsigned components)
  {
    constexpr conduit_index_t one = sizeof(double);
    for (unsigned c = 0; c < components; ++c)
      conduit_node_set_path_external_float64_ptr_detailed(root, (path + "/" + component_name(c, components)).c_str(), address(values),
                                                          static_cast<conduit_index_t>(values.size() / components), c * one,
                                                          components * one, one, CONDUIT_ENDIANNESS_DEFAULT_ID);
  }

  CatalystLook::CatalystLook(double t, long step)
  {
    tree.set("catalyst/state/timestep", step);
    tree.set("catalyst/state/time", t);
  }

  std::string CatalystLook::begin_mesh(const std::string &channel, const std::string &shape)
  {
    const std::string branch = "catalyst/channels/" + channel, mesh = branch + "/data/";
    tree.set(branch + "/type", "mesh");
    tree.set(mesh + "coordsets/coords/type", "explicit");
    tree.set(mesh + "topologies/mesh/type", "unstructured");
    tree.set(mesh + "topologies/mesh/coordset", "coords");
    tree.set(mesh + "topologies/mesh/elements/shape", shape);
    return mesh;
  }

  std::string CatalystLook::begin_field(const std::string &mesh, const std::string &name, const std::string &association)
  {
    const std::string branch = mesh + "fields/" + name;
    tree.set(branch + "/association", association);
    tree.set(branch + "/topology", "mesh");
    tree.set(branch + "/volume_dependent", "false");
    return branch + "/values";
  }

  void CatalystLook::add_fields(const std::string &mesh, std::span<const VtuField> fields, const std::string &association)
  {
    for (const VtuField &field : fields)
      {
        const std::string values = begin_field(mesh, field.name, association);
        if (field.components == 1)
          tree.refer(values, field.values);
        else
          tree.refer(values, field.values, field.components);
      }
  }

  void CatalystLook::add(const InSituGrid &grid, const std::vector<std::string> &names)
  {
    static_assert(sizeof(Point3) == 3 * sizeof(double));
    const std::span<const double> coordinates{reinterpret_cast<const double *>(grid.points.data()), 3 * grid.points.size()};
    for (const std::string &name : names)
      {
        const std::string mesh = begin_mesh(name, grid.nodes_per_cell == 3 ? "tri" : "tet");
        tree.refer(mesh + "coordsets/coords/values", coordinates, 3);
        tree.refer(mesh + "topologies/mesh/elements/connectivity", grid.connectivity);
        add_fields(mesh, grid.point_fields, "vertex");
        add_fields(mesh, grid.cell_fields, "element");
      }
  }

  void CatalystLook::add(const InSituTable &table, const std::vector<std::string> &names)
  {
    const std::size_t rows = table.columns.empty() ? 0 : table.columns[0].size();
    Line &line = lines.emplace_back();
    line.zeros.assign(rows, 0.0);
    line.numbers.resize(rows);
    std::iota(line.numbers.begin(), line.numbers.end(), 0u);
    for (const std::string &name : names)
      {
        const std::string mesh = begin_mesh(name, "point");
        tree.refer(mesh + "coordsets/coords/values/x", rows == 0 ? line.zeros : table.columns[0]);
        tree.refer(mesh + "coordsets/coords/values/y", line.zeros);
        tree.refer(mesh + "coordsets/coords/values/z", line.zeros);
        tree.refer(mesh + "topologies/mesh/elements/connectivity", line.numbers);
        for (std::size_t c = 0; c < table.columns.size(); ++c)
          tree.refer(begin_field(mesh, table.names[c], "vertex"), table.columns[c]);
      }
  }
}
