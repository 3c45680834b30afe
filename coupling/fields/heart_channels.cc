#include "coupling/fields/heart_channels.h"

#include "core/mpi.h"

namespace vivicor
{
  namespace
  {
    std::vector<std::string> files_of(const std::string &name)
    {
      std::vector<std::string> aliases{name + ".pvd"};
      for (const std::string extension : {".vtu", ".pvtu"})
        for (const std::string star : {"", "*"}) // a series is named after its first file, with a star
          aliases.push_back(name + "_00000" + extension + star);
      return aliases;
    }

    template <class Cells>
    std::span<const unsigned> flat(const Cells &cells)
    {
      return {cells.empty() ? nullptr : cells[0].data(), 4 * cells.size()};
    }

    VtuField at(const std::vector<unsigned> &nodes, const VtuField &field)
    {
      VtuField result{field.name, field.components, {}};
      result.values.reserve(field.components * nodes.size());
      for (const unsigned node : nodes)
        for (unsigned k = 0; k < field.components; ++k)
          result.values.push_back(field.values[field.components * node + k]);
      return result;
    }
  }

  HeartChannels::HeartChannels(const SimulationView &simulation)
    : simulation(simulation),
      wall(wall_part(simulation)),
      muscle(simulation.electrical_heart().grid()),
      muscle_keys(simulation.electrical_heart().grid_nodes()),
      surface(muscle_surface(simulation.anatomy(), muscle, muscle_keys)),
      passive(passive_surface(simulation.anatomy(), simulation.cell_rank(), static_cast<unsigned>(rank_of(simulation.comm()))))
  {
    for (const unsigned node : wall.nodes)
      wall_points.push_back(simulation.anatomy().points[node]);
    for (const unsigned node : surface.nodes)
      surface_keys.push_back(muscle_keys[node]);
    muscle_parents = simulation.electrical_heart().grid_parents();
    for (const unsigned cell : surface.cells)
      surface_parents.push_back(muscle_parents[cell]);
  }

  std::vector<InSituChannel> HeartChannels::list()
  {
    const auto of_wall = wall_field_names();
    auto of_muscle = ElectricalHeart::point_field_names();
    of_muscle.push_back(displacement_name);
    return {{"mechanics", files_of("mechanics"), of_wall},
            {"electrophysiology", files_of("electrophysiology"), of_muscle},
            {"surface", {}, of_muscle},
            {"passive_surface", {}, of_wall},
            {"timeseries", {"timeseries.csv"}}};
  }

  void HeartChannels::add(InSituData &data, const std::string &channel, const std::vector<Point3> &points,
                          std::span<const unsigned> connectivity, unsigned nodes_per_cell, std::vector<VtuField> point_fields,
                          std::vector<VtuField> cell_fields)
  {
    Fields &fields = kept[channel];
    fields = {std::move(point_fields), std::move(cell_fields)};
    data.grids.push_back({channel, points, connectivity, nodes_per_cell, fields.points, fields.cells});
  }

  std::vector<VtuField> HeartChannels::muscle_fields(const std::string &channel, const InSituWish &wish, const std::vector<unsigned> *nodes,
                                                     Displacement &displacement)
  {
    auto fields = simulation.electrical_heart().point_fields([&](const std::string &name) { return wish.field(channel, name); });
    if (nodes)
      for (VtuField &field : fields)
        field = at(*nodes, field);
    if (simulation.mechanics().wall() && wish.field(channel, displacement_name))
      fields.push_back(displacement_at(nodes ? surface_keys : muscle_keys, displacement()));
    return fields;
  }

  InSituData HeartChannels::provide(const InSituWish &wish)
  {
    InSituData data;
    Displacement displacement(simulation);
    const auto wanted_of = [&](const std::string &channel) {
      return [&wish, channel](const std::string &name) { return wish.field(channel, name); };
    };
    if (wish.channel("mechanics"))
      add(data, "mechanics", wall_points, flat(wall.cells), 4, wall_fields(simulation, wall.nodes, wanted_of("mechanics"), displacement),
          {wall_regions(simulation.anatomy(), wall.cell_numbers)});
    if (wish.channel("electrophysiology"))
      add(data, "electrophysiology", muscle.points, flat(muscle.cells), 4, muscle_fields("electrophysiology", wish, nullptr, displacement),
          {wall_regions(simulation.anatomy(), muscle_parents)});
    if (wish.channel("surface"))
      add(data, "surface", surface.points, surface.triangles, 3, muscle_fields("surface", wish, &surface.nodes, displacement),
          {wall_regions(simulation.anatomy(), surface_parents)});
    if (wish.channel("passive_surface"))
      add(data, "passive_surface", passive.points, passive.triangles, 3,
          wall_fields(simulation, passive.nodes, wanted_of("passive_surface"), displacement),
          {wall_regions(simulation.anatomy(), passive.cells)});
    if (wish.channel("timeseries"))
      {
        InSituTable table{"timeseries", {}, {}};
        if (const Recording *time_series = simulation.recording("time_series"); time_series && rank_of(simulation.comm()) == 0)
          {
            rows = time_series->values; // the recording moves when it grows
            table.names = time_series->columns;
            table.columns.assign(rows.begin(), rows.end());
          }
        data.tables.push_back(std::move(table));
      }
    return data;
  }
}
