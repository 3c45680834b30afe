#include "coupling/fields/wall_fields.h"

#include "core/mpi.h"
#include "coupling/fields/nodal_field.h"

#include <array>

namespace vivicor
{
  WallPart wall_part(const SimulationView &simulation, const std::vector<char> &is_shown)
  {
    constexpr unsigned absent = static_cast<unsigned>(-1);
    const Anatomy &anatomy = simulation.anatomy();
    const auto rank = static_cast<unsigned>(rank_of(simulation.comm()));
    WallPart part;
    std::vector<unsigned> number(anatomy.points.size(), absent);
    for (unsigned c = 0; c < anatomy.cells.size(); ++c)
      if (simulation.cell_rank()[c] == rank && (is_shown.empty() || is_shown[anatomy.cell_region[c]]))
        {
          std::array<unsigned, 4> cell;
          for (unsigned i = 0; i < 4; ++i)
            {
              unsigned &n = number[anatomy.cells[c][i]];
              if (n == absent)
                {
                  n = static_cast<unsigned>(part.nodes.size());
                  part.nodes.push_back(anatomy.cells[c][i]);
                }
              cell[i] = n;
            }
          part.cells.push_back(cell);
          part.cell_numbers.push_back(c);
        }
    return part;
  }

  namespace
  {
    /// The wall's fields of one moment, and the one place that names them. What several need is worked out when the first asks.
    struct WallFields
    {
      const SimulationView &simulation;
      const std::vector<unsigned> &nodes;
      Displacement &displacement;
      std::optional<DeformingWall::NodalFields> nodal = {};

      template <class Value>
      VtuField at_nodes(const std::string &name, unsigned components, const Value &value) const
      {
        return nodal_field(name, components, nodes.size(), [&](std::size_t i) { return value(nodes[i]); });
      }

      VtuField displaced(const std::string &name)
      {
        const auto &u = displacement(); // by all ranks, those without a node too
        return at_nodes(name, 3, [&](unsigned node) { return u[node]; });
      }

      VtuField fibre(const std::string &name)
      {
        return at_nodes(name, 3, [&](unsigned node) { return simulation.fibres().nodal[node].fibre; });
      }

      template <std::vector<double> DeformingWall::NodalFields::*quantity>
      VtuField averaged(const std::string &name)
      {
        if (!nodal)
          nodal = simulation.mechanics().wall()->nodal_fields();
        return at_nodes(name, 1, [&](unsigned node) { return ((*nodal).*quantity)[node]; });
      }

      VtuField calcium(const std::string &name)
      {
        const auto &values = simulation.electrical_heart().calcium();
        return at_nodes(name, 1, [&](unsigned node) { return values[node]; });
      }
    };

    struct WallField
    {
      const char *name;
      VtuField (WallFields::*make)(const std::string &name);
      bool of_motion; ///< only where the pump has a wall
    };
    using Nodal = DeformingWall::NodalFields;
    constexpr std::array<WallField, 6> all_wall_fields{{{displacement_name, &WallFields::displaced, true},
                                                        {"fibre", &WallFields::fibre, false},
                                                        {"fibre_stretch", &WallFields::averaged<&Nodal::fibre_stretch>, true},
                                                        {"active_tension_kPa", &WallFields::averaged<&Nodal::active_tension>, true},
                                                        {"hydrostatic_pressure_kPa", &WallFields::averaged<&Nodal::pressure>, true},
                                                        {"calcium_uM", &WallFields::calcium, false}}};
  }

  std::vector<std::string> wall_field_names()
  {
    std::vector<std::string> names;
    for (const WallField &field : all_wall_fields)
      names.push_back(field.name);
    return names;
  }

  std::vector<VtuField> wall_fields(const SimulationView &simulation, const std::vector<unsigned> &nodes, const FieldFilter &wanted,
                                    Displacement &displacement)
  {
    WallFields now{simulation, nodes, displacement};
    std::vector<VtuField> fields;
    for (const auto &[name, make, of_motion] : all_wall_fields)
      if (wanted(name) && (simulation.mechanics().wall() || !of_motion))
        fields.push_back((now.*make)(name));
    return fields;
  }

  VtuField wall_regions(const Anatomy &anatomy, const std::vector<unsigned> &cells)
  {
    return nodal_field("region", 1, cells.size(), [&](std::size_t c) { return static_cast<double>(anatomy.cell_region[cells[c]]); });
  }

  VtuField displacement_at(const std::vector<NodeKey> &keys, const std::vector<Point3> &displacement)
  {
    std::array<std::vector<double>, 3> component;
    for (const Point3 &u : displacement)
      for (unsigned i = 0; i < 3; ++i)
        component[i].push_back(u[i]);
    return nodal_field(displacement_name, 3, keys.size(), [&](std::size_t n) {
      return Point3{keys[n].interpolate(component[0]), keys[n].interpolate(component[1]), keys[n].interpolate(component[2])};
    });
  }
}
