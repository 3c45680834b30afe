#include "coupling/results/surface_activation.h"

#include "electrophysiology/leads/heart_axes.h"

#include <limits>
#include <map>

namespace vivicor
{
  namespace
  {
    constexpr double never = -1.0; ///< how ElectricalHeart::fields() marks a node that was not activated

    /// Activation of the anatomy's nodes that this rank's tissue holds; `never` elsewhere.
    std::vector<double> local_activation(const SimulationView &simulation)
    {
      const VtuPiece piece = simulation.electrical_heart().fields(true);
      const VtuField *activation = nullptr;
      for (const VtuField &field : piece.point_fields)
        if (field.name == "activation_ms")
          activation = &field;
      // Nodes of the anatomy stay nodes of the refined mesh, so their coordinates agree to the last digit.
      std::map<Point3, double> at_point;
      for (std::size_t i = 0; activation && i < piece.points.size(); ++i)
        {
          const auto [place, is_new] = at_point.emplace(piece.points[i], activation->values[i]);
          if (!is_new) // the fibrous ring holds an atrial and a ventricular node: the later one shows
            place->second = std::max(place->second, activation->values[i]);
        }
      std::vector<double> result(simulation.anatomy().points.size(), never);
      for (std::size_t i = 0; i < result.size(); ++i)
        if (const auto found = at_point.find(simulation.anatomy().points[i]); found != at_point.end())
          result[i] = found->second;
      return result;
    }
  }

  SurfaceMap surface_activation(const SimulationView &simulation)
  {
    SurfaceMap map;
    map.title = "Activation";
    map.points = simulation.anatomy().points;
    for (const Triangle &triangle : simulation.anatomy().epicardium)
      map.triangles.push_back(triangle.nodes);
    map.values = local_activation(simulation);
    MPI_Allreduce(MPI_IN_PLACE, map.values.data(), static_cast<int>(map.values.size()), MPI_DOUBLE, MPI_MAX, simulation.comm());
    for (double &value : map.values)
      if (value < 0)
        value = std::numeric_limits<double>::quiet_NaN();

    const HeartAxes axes = heart_axes(simulation.anatomy(), simulation.fibres());
    map.views = {
      {"anterior", axes.anterior, axes.up}, {"left lateral", -1.0 * axes.right, axes.up}, {"posterior", -1.0 * axes.anterior, axes.up}};
    return map;
  }
}
