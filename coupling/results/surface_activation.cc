#include "coupling/results/surface_activation.h"

#include "electrophysiology/leads/electrocardiogram.h"

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

  std::vector<SurfaceMap::View> views_of_the_chest(const HeartAxes &axes)
  {
    const BodyFrame body(axes);
    const auto towards = [&](const Point3 &p) { return body.place(p) - body.place({0, 0, 0}); };
    const Point3 head = towards({0, 0, 1});
    return {{"anterior", towards({0, -1, 0}), head}, {"left lateral", towards({1, 0, 0}), head}, {"posterior", towards({0, 1, 0}), head}};
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

    map.views = views_of_the_chest(heart_axes(simulation.anatomy(), simulation.fibres()));
    return map;
  }
}
