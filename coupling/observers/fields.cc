#include "coupling/observers/fields.h"

#include "core/collective.h"
#include "core/mpi.h"

#include <cstdio>

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

    /// Nodes of this rank's cells, numbered from zero.
    struct LocalNodes
    {
      std::vector<unsigned> global;
      std::vector<std::array<unsigned, 4>> cells;
      std::vector<unsigned> cell_global;
    };

    LocalNodes local_nodes(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank, unsigned rank)
    {
      constexpr unsigned absent = static_cast<unsigned>(-1);
      LocalNodes local;
      std::vector<unsigned> number(anatomy.points.size(), absent);
      for (unsigned c = 0; c < anatomy.cells.size(); ++c)
        if (cell_rank[c] == rank)
          {
            std::array<unsigned, 4> cell;
            for (unsigned i = 0; i < 4; ++i)
              {
                unsigned &n = number[anatomy.cells[c][i]];
                if (n == absent)
                  {
                    n = static_cast<unsigned>(local.global.size());
                    local.global.push_back(anatomy.cells[c][i]);
                  }
                cell[i] = n;
              }
            local.cells.push_back(cell);
            local.cell_global.push_back(c);
          }
      return local;
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

  VtuPiece mechanics_piece(const Simulation &simulation)
  {
    const Anatomy &anatomy = simulation.anatomy;
    const LocalNodes local = local_nodes(anatomy, simulation.cell_rank, static_cast<unsigned>(rank_of(simulation.comm)));
    const auto displacement = simulation.mechanics->displacement();
    const auto nodal = simulation.mechanics->nodal_fields();
    const auto &calcium = simulation.electrophysiology->calcium();
    const std::size_t n = local.global.size();

    VtuPiece piece;
    piece.cells = local.cells;
    for (const unsigned g : local.global)
      piece.points.push_back(anatomy.points[g]);
    piece.point_fields = {
      field("displacement_mm", 3, n, [&](std::size_t i) { return displacement[local.global[i]]; }),
      field("fibre", 3, n, [&](std::size_t i) { return simulation.fibres.nodal[local.global[i]].fibre; }),
      field("fibre_stretch", 1, n, [&](std::size_t i) { return nodal.fibre_stretch[local.global[i]]; }),
      field("active_tension_kPa", 1, n, [&](std::size_t i) { return nodal.active_tension[local.global[i]]; }),
      field("hydrostatic_pressure_kPa", 1, n, [&](std::size_t i) { return nodal.pressure[local.global[i]]; }),
      field("calcium_uM", 1, n, [&](std::size_t i) { return calcium[local.global[i]]; })};
    piece.cell_fields = {field("region", 1, local.cells.size(), [&](std::size_t c) {
      return static_cast<double>(anatomy.cell_region[local.cell_global[c]]);
    })};
    return piece;
  }

  FieldObserver::FieldObserver(std::string folder, double every)
    : folder(folder), every(every), mechanics_series(folder + "/fields/mechanics.pvd"),
      voltage_series(folder + "/fields/electrophysiology.pvd")
  {}

  void FieldObserver::start(const Simulation &simulation)
  {
    if (every > 0)
      write(simulation);
  }

  void FieldObserver::after_step(const Simulation &simulation)
  {
    if (every > 0 && simulation.clock.time() >= next - 1e-9 * every)
      write(simulation);
  }

  void FieldObserver::finish(const Simulation &simulation)
  {
    if (simulation.clock.time() > last_written)
      write(simulation);
    const auto scope = simulation.timers.scope("output");
    write_parallel_vtu(folder + "/activation", simulation.electrophysiology->fields(true), simulation.comm);
  }

  void FieldObserver::archive(Archive &archive)
  {
    archive_number(archive, "fields/count", count);
    archive_number(archive, "fields/next", next);
    archive_number(archive, "fields/last_written", last_written);
    mechanics_series.archive(archive, "fields/mechanics_series");
    voltage_series.archive(archive, "fields/voltage_series");
  }

  void FieldObserver::write(const Simulation &simulation)
  {
    const auto scope = simulation.timers.scope("output");
    const double t = simulation.clock.time();
    const std::string wall = write_parallel_vtu(folder + "/fields/" + numbered("mechanics", count), mechanics_piece(simulation),
                                                simulation.comm);
    const std::string voltage = write_parallel_vtu(folder + "/fields/" + numbered("electrophysiology", count),
                                                   simulation.electrophysiology->fields(false), simulation.comm);
    on_rank_0(simulation.comm, [&] {
      mechanics_series.add(t, wall);
      voltage_series.add(t, voltage);
    });
    last_written = t;
    next = t + every;
    ++count;
  }
}
