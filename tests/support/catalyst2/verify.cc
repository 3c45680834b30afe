#include "tests/support/catalyst2/verify.h"

#include <map>

namespace stand_in
{
  namespace
  {
    void demand(bool holds, const std::string &what)
    {
      if (!holds)
        throw std::runtime_error(what);
    }

    /// Of an array of one or, side by side or one after the other, of several components.
    std::int64_t length(const Node &values)
    {
      if (values.branches.empty())
        return values.get<External<double>>().n;
      const auto n_components = static_cast<std::int64_t>(values.branches.size());
      const auto &first = values.branches[0].second->get<External<double>>();
      for (std::int64_t c = 0; c < n_components; ++c)
        {
          const auto &component = values.branches[static_cast<std::size_t>(c)].second->get<External<double>>();
          const auto size = static_cast<std::int64_t>(sizeof(double));
          const bool is_own = component.stride == size && component.offset == 0;
          const bool is_beside = component.first == first.first && component.stride == n_components * size && component.offset == c * size;
          demand(component.first && component.n == first.n && (is_own || is_beside), "components do not match");
        }
      return first.n;
    }

    struct Mesh
    {
      std::int64_t points, cells;
    };

    Mesh verify_grid(const Node &data)
    {
      const std::map<std::string, int> corners{{"point", 1}, {"tri", 3}, {"tet", 4}};
      demand(data.text("coordsets/coords/type") == "explicit", "coordinates of an unknown kind");
      demand(data.text("topologies/mesh/type") == "unstructured", "a topology of an unknown kind");
      demand(data.text("topologies/mesh/coordset") == "coords", "a topology without coordinates");
      const Node &coordinates = data.at("coordsets/coords/values");
      demand(coordinates.branches.size() == 3, "points in space have three coordinates");
      const std::int64_t points = length(coordinates);
      const auto &connectivity = data.at("topologies/mesh/elements/connectivity").get<External<std::int32_t>>();
      const int n = corners.at(data.text("topologies/mesh/elements/shape"));
      demand(connectivity.first && connectivity.n % n == 0, "half a cell");
      for (std::int64_t i = 0; i < connectivity.n; ++i)
        demand(connectivity[i] >= 0 && connectivity[i] < points, "a cell of points that are not there");
      return {points, connectivity.n / n};
    }

    void verify_channel(const std::string &name, const Node &channel)
    {
      demand(channel.text("type") == "mesh", name + ": a channel of an unknown kind");
      const Node &data = channel.at("data");
      const Mesh mesh = verify_grid(data);
      const Node *fields = data.find("fields");
      if (!fields)
        return;
      for (const auto &[field, node] : fields->branches)
        {
          const std::string association = node->text("association");
          demand(association == "vertex" || association == "element", field + ": neither of points nor of cells");
          demand(node->text("topology") == "mesh", field + ": of no topology");
          demand(length(node->at("values")) == (association == "vertex" ? mesh.points : mesh.cells),
                 name + ": " + field + " has another number of values than its mesh");
        }
    }
  }

  void verify_start(const Node &catalyst)
  {
    catalyst.at("mpi_comm").get<std::int64_t>();
    for (const auto &[name, script] : catalyst.at("scripts").branches)
      script->text("filename");
  }

  void verify_look(const Node &catalyst)
  {
    catalyst.at("state/timestep").get<std::int64_t>();
    catalyst.at("state/time").get<double>();
    for (const auto &[name, channel] : catalyst.at("channels").branches)
      verify_channel(name, *channel);
  }
}
