#include "coupling/observers/fields.h"

#include "core/collective.h"
#include "core/error.h"
#include "core/mpi.h"
#include "electrophysiology/tissue/refined_mesh.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>

namespace vivicor
{
  namespace
  {
    std::string numbered(const std::string &name, unsigned number)
    {
      char digits[16];
      std::snprintf(digits, sizeof digits, "_%05u", number);
      return name + digits;
    }

    template <class Value>
    VtuField field(const std::string &name, unsigned components, std::size_t n, const Value &value)
    {
      VtuField result{name, components, {}};
      result.values.reserve(components * n);
      for (std::size_t i = 0; i < n; ++i)
        {
          if constexpr (std::is_same_v<std::decay_t<decltype(value(i))>, Point3>)
            for (const double x : value(i))
              result.values.push_back(x);
          else
            result.values.push_back(value(i));
        }
      return result;
    }
  }

  WallPart wall_part(const Simulation &simulation, const std::vector<char> &is_shown)
  {
    constexpr unsigned absent = static_cast<unsigned>(-1);
    const Anatomy &anatomy = simulation.anatomy;
    const auto rank = static_cast<unsigned>(rank_of(simulation.comm));
    WallPart part;
    std::vector<unsigned> number(anatomy.points.size(), absent);
    for (unsigned c = 0; c < anatomy.cells.size(); ++c)
      if (simulation.cell_rank[c] == rank && (is_shown.empty() || is_shown[anatomy.cell_region[c]]))
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
      const Simulation &simulation;
      const std::vector<unsigned> &nodes;
      Displacement &displacement;
      std::optional<DeformingWall::NodalFields> nodal = {};

      template <class Value>
      VtuField at_nodes(const std::string &name, unsigned components, const Value &value) const
      {
        return field(name, components, nodes.size(), [&](std::size_t i) { return value(nodes[i]); });
      }

      VtuField displaced(const std::string &name)
      {
        const auto &u = displacement(); // by all ranks, those without a node too
        return at_nodes(name, 3, [&](unsigned node) { return u[node]; });
      }

      VtuField fibre(const std::string &name)
      {
        return at_nodes(name, 3, [&](unsigned node) { return simulation.fibres.nodal[node].fibre; });
      }

      template <std::vector<double> DeformingWall::NodalFields::*quantity>
      VtuField averaged(const std::string &name)
      {
        if (!nodal)
          nodal = simulation.mechanics->wall()->nodal_fields();
        return at_nodes(name, 1, [&](unsigned node) { return ((*nodal).*quantity)[node]; });
      }

      VtuField calcium(const std::string &name)
      {
        const auto &values = simulation.electrophysiology->calcium();
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

  std::vector<VtuField> wall_fields(const Simulation &simulation, const std::vector<unsigned> &nodes, const FieldFilter &wanted,
                                    Displacement &displacement)
  {
    WallFields now{simulation, nodes, displacement};
    std::vector<VtuField> fields;
    for (const auto &[name, make, of_motion] : all_wall_fields)
      if (wanted(name) && (simulation.mechanics->wall() || !of_motion))
        fields.push_back((now.*make)(name));
    return fields;
  }

  VtuField wall_regions(const Anatomy &anatomy, const std::vector<unsigned> &cells)
  {
    return field("region", 1, cells.size(), [&](std::size_t c) { return static_cast<double>(anatomy.cell_region[cells[c]]); });
  }

  FieldOptions read_field_options(const Parameters &output, const std::vector<Region> &regions)
  {
    FieldOptions options;
    options.every = output.quantity("fields_every");
    options.precision = output.text("fields_precision") == "double" ? VtuPrecision::float64 : VtuPrecision::float32;
    std::vector<std::string> names;
    for (const Region &region : regions)
      names.push_back(region.name);
    const auto wanted = output.list("fields_regions");
    options.region_is_shown.assign(names.size(), wanted.empty());
    for (const std::string &name : wanted)
      {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end())
          throw UserError({"no region '" + name + "'", output.where("fields_regions"), "the mesh has no region of that name",
                           nearest_of(name, names), "see: vivicor mesh DECK"});
        options.region_is_shown[static_cast<std::size_t>(found - names.begin())] = true;
      }
    return options;
  }

  namespace
  {
    /// The cells of the electrical grid that are shown and, of all its nodes, theirs.
    struct VoltagePart
    {
      VtuPiece grid;
      std::vector<unsigned> nodes; ///< of the whole grid
      std::vector<NodeKey> keys;
    };

    VoltagePart voltage_part(const Simulation &simulation, const std::vector<char> &is_shown)
    {
      constexpr unsigned absent = static_cast<unsigned>(-1);
      const VtuPiece whole = simulation.electrophysiology->grid();
      const auto keys = simulation.electrophysiology->grid_nodes();
      const auto parents = simulation.electrophysiology->grid_parents();
      VoltagePart part;
      std::vector<unsigned> number(whole.points.size(), absent), cells;
      for (std::size_t c = 0; c < whole.cells.size(); ++c)
        if (is_shown[simulation.anatomy.cell_region[parents[c]]])
          {
            part.grid.cells.push_back(whole.cells[c]);
            cells.push_back(parents[c]);
            for (unsigned &node : part.grid.cells.back())
              {
                if (number[node] == absent)
                  {
                    number[node] = static_cast<unsigned>(part.nodes.size());
                    part.nodes.push_back(node);
                    part.grid.points.push_back(whole.points[node]);
                    part.keys.push_back(keys[node]);
                  }
                node = number[node];
              }
          }
      part.grid.cell_fields = {wall_regions(simulation.anatomy, cells)};
      return part;
    }

    VtuPiece wall_grid(const Simulation &simulation, const WallPart &part)
    {
      VtuPiece grid;
      grid.cells = part.cells;
      for (const unsigned node : part.nodes)
        grid.points.push_back(simulation.anatomy.points[node]);
      Displacement none(simulation);
      grid.point_fields = wall_fields(
        simulation, part.nodes, [](const std::string &name) { return name == "fibre"; }, none);
      grid.cell_fields = {wall_regions(simulation.anatomy, part.cell_numbers)};
      return grid;
    }
  }

  VtuField displacement_at(const std::vector<NodeKey> &keys, const std::vector<Point3> &displacement)
  {
    std::array<std::vector<double>, 3> component;
    for (const Point3 &u : displacement)
      for (unsigned i = 0; i < 3; ++i)
        component[i].push_back(u[i]);
    return field(displacement_name, 3, keys.size(), [&](std::size_t n) {
      return Point3{keys[n].interpolate(component[0]), keys[n].interpolate(component[1]), keys[n].interpolate(component[2])};
    });
  }

  struct FieldObserver::Grids
  {
    Grids(const Simulation &simulation, const FieldOptions &options)
      : wall(wall_part(simulation, options.region_is_shown)),
        voltage(voltage_part(simulation, options.region_is_shown)),
        wall_frames(wall_grid(simulation, wall), options.precision),
        voltage_frames(voltage.grid, options.precision)
    {
      voltage.grid = {}; // packed in the frames
    }

    std::vector<VtuField> voltage_fields(const Simulation &simulation, Displacement &displacement) const
    {
      std::vector<VtuField> fields = simulation.electrophysiology->point_fields([](const std::string &) { return true; });
      for (VtuField &whole : fields)
        whole = field(whole.name, 1, voltage.nodes.size(), [&](std::size_t n) { return whole.values[voltage.nodes[n]]; });
      if (simulation.mechanics->wall())
        fields.push_back(displacement_at(voltage.keys, displacement()));
      return fields;
    }

    WallPart wall;
    VoltagePart voltage;
    VtuFrames wall_frames, voltage_frames;
  };

  FieldObserver::FieldObserver(std::string folder, FieldOptions options)
    : folder(folder),
      options(std::move(options)),
      mechanics_series(folder + "/fields/mechanics.pvd"),
      voltage_series(folder + "/fields/electrophysiology.pvd")
  {
  }

  FieldObserver::~FieldObserver() = default;

  double FieldObserver::interval(double t) const
  {
    constexpr double slack = 1e-6; // of an interval: times are sums of steps
    return std::floor(t / options.every + slack);
  }

  void FieldObserver::start(const Simulation &simulation)
  {
    if (options.every > 0)
      write(simulation);
  }

  void FieldObserver::resume(const Simulation &simulation)
  {
    // Frames that a killed run had half written.
    on_rank_0(simulation.comm, [&] {
      std::error_code none;
      for (const auto &entry : std::filesystem::directory_iterator(folder + "/fields", none))
        if (entry.path().filename().string().find(".writing.") != std::string::npos)
          std::filesystem::remove(entry.path(), none);
    });
  }

  void FieldObserver::after_step(const Simulation &simulation)
  {
    if (options.every > 0 && interval(simulation.clock.time()) > interval(last_written))
      write(simulation);
  }

  void FieldObserver::finish(const Simulation &simulation)
  {
    if (options.every > 0 && simulation.clock.time() > last_written)
      write(simulation);
    const auto scope = simulation.timers.scope("output");
    write_parallel_vtu(folder + "/activation", simulation.electrophysiology->fields(true), simulation.comm);
  }

  void FieldObserver::archive(Archive &archive)
  {
    archive_number(archive, "fields/count", count);
    archive_number(archive, "fields/last_written", last_written);
    mechanics_series.archive(archive, "fields/mechanics_series");
    voltage_series.archive(archive, "fields/voltage_series");
  }

  void FieldObserver::write(const Simulation &simulation)
  {
    const auto scope = simulation.timers.scope("output");
    const double t = simulation.clock.time();
    if (!grids)
      grids = std::make_unique<Grids>(simulation, options);
    const auto changing = [](const std::string &name) { return name != "fibre"; };
    Displacement displacement(simulation);
    const std::string wall = simulation.mechanics->wall()
                               ? grids->wall_frames.write(folder + "/fields/" + numbered("mechanics", count),
                                                          wall_fields(simulation, grids->wall.nodes, changing, displacement),
                                                          simulation.comm)
                               : "";
    const std::string voltage = grids->voltage_frames.write(folder + "/fields/" + numbered("electrophysiology", count),
                                                            grids->voltage_fields(simulation, displacement), simulation.comm);
    on_rank_0(simulation.comm, [&] {
      if (!wall.empty())
        mechanics_series.add(t, wall);
      voltage_series.add(t, voltage);
    });
    last_written = t;
    ++count;
  }
}
