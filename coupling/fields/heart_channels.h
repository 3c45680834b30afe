// What scripts of in situ can ask a beating heart for.
#pragma once

#include "core/output/in_situ.h"
#include "coupling/fields/heart_surface.h"
#include "coupling/fields/wall_fields.h"

#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  /// Channels: "mechanics" (the wall), "electrophysiology" (the muscle, finer), "surface" (of the muscle),
  /// "passive_surface" (of valves and vessels), "timeseries" (volumes, pressures and flows so far). Points are those of
  /// the unloaded heart: displacement_mm moves them. Fields are named as in fields/ of a run.
  class HeartChannels
  {
  public:
    explicit HeartChannels(const SimulationView &simulation);

    /// With the names that ParaView gives to the files of a run, so that a script made with those runs in situ as it
    /// is.
    static std::vector<InSituChannel> list();

    /// Collective. Valid until the next call.
    InSituData provide(const InSituWish &wish);

  private:
    void add(InSituData &data, const std::string &channel, const std::vector<Point3> &points, std::span<const unsigned> connectivity,
             unsigned nodes_per_cell, std::vector<VtuField> point_fields, std::vector<VtuField> cell_fields = {});
    /// The electrical fields and the displacement at the nodes of the electrical grid, or at some of them.
    std::vector<VtuField> muscle_fields(const std::string &channel, const InSituWish &wish, const std::vector<unsigned> *nodes,
                                        Displacement &displacement);

    SimulationView simulation;
    WallPart wall;
    std::vector<Point3> wall_points;
    VtuPiece muscle;
    std::vector<NodeKey> muscle_keys, surface_keys;
    std::vector<unsigned> muscle_parents, surface_parents; ///< cells of the anatomy
    SurfaceGrid surface, passive;
    struct Fields
    {
      std::vector<VtuField> points, cells;
    };
    std::map<std::string, Fields> kept; ///< by channel: what the views refer to
    std::vector<std::vector<double>> rows;
  };
}
