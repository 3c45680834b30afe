#include "electrophysiology/prescribed/activation_times.h"

#include "core/error.h"
#include "core/units.h"
#include "electrophysiology/leads/heart_axes.h"
#include "electrophysiology/prescribed/scattered.h"
#include "electrophysiology/stimuli/number_table.h"
#include "electrophysiology/stimuli/regions.h"
#include "electrophysiology/tissue/activation_map.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double never = ActivationMap::never;

    void declare_wave(Schema &wave, const std::string &start, const std::string &velocity, const std::string &direction)
    {
      wave.quantities("origin", {}, "mm", "A point that the wave leaves at its start; none: the tissue's first point in its direction.");
      wave.quantities("direction", {}, "", "Where it runs, three numbers; none: " + direction + ".");
      wave.quantity("velocity", velocity, 1e-3, 100, "How fast.");
      wave.quantity("start", start, 0, 3000, "When it leaves the origin, after the beginning of each beat.");
    }

    void declare_tissue(Schema &activation, const std::string &name, const std::string &start, const std::string &velocity,
                        const std::string &direction)
    {
      Schema tissue = activation.section(name, "When the wave reaches the " + name + ".");
      const auto file = [](const std::string &columns, const std::string &rule) {
        return [=](Schema &table) {
          table.path("file", "",
                     "Comma-separated values with the header " + columns + "; a negative time: the wave does not come. " + rule
                       + " Sought from the working folder, then beside the deck.");
        };
      };
      tissue.select("from", "plane_wave",
                    {{"plane_wave", [=](Schema &wave) { declare_wave(wave, start, velocity, direction); }},
                     {"nodes", file("node,activation_ms", "Nodes are numbered from 0 as in the mesh; each of the tissue needs a time.")},
                     {"points", file("x_mm,y_mm,z_mm,activation_ms", "Between the points, the inverse-distance mean of the nearest four.")},
                     {"none", {}}},
                    "A plane wave, a table by node or by point, or none: the tissue stays at rest.");
    }

    std::vector<char> nodes_of(const Anatomy &anatomy, Tissue tissue)
    {
      std::vector<char> inside(anatomy.points.size(), 0);
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (anatomy.regions[anatomy.cell_region[c]].tissue == tissue)
          for (const unsigned node : anatomy.cells[c])
            inside[node] = 1;
      return inside;
    }

    Point3 direction_of(const Parameters &wave, Tissue tissue, const Fibres &fibres)
    {
      const auto given = wave.quantities("direction");
      if (given.empty())
        return tissue == Tissue::atrium ? -1.0 * fibres.long_axis : fibres.long_axis;
      const double length = given.size() == 3 ? std::hypot(given[0], given[1], given[2]) : 0;
      if (length == 0)
        throw UserError({"a direction of " + std::to_string(given.size()) + " numbers" + (given.size() == 3 ? ", all zero" : ""),
                         wave.where("direction"), "a direction has three, one of them not zero", "", "give three numbers"});
      return {given[0] / length, given[1] / length, given[2] / length};
    }

    /// By node of the anatomy.
    std::vector<double> plane_wave(const Parameters &wave, Tissue tissue, const Anatomy &anatomy, const Fibres &fibres,
                                   const std::vector<char> &inside)
    {
      const Point3 along = direction_of(wave, tissue, fibres);
      std::vector<double> way(anatomy.points.size(), 0.0); // mm
      double first = std::numeric_limits<double>::max();
      for (std::size_t n = 0; n < way.size(); ++n)
        if (inside[n])
          {
            way[n] = dot(along, anatomy.points[n]);
            first = std::min(first, way[n]);
          }
      const auto origin = deck_point(wave, "origin");
      const double from = origin ? dot(along, *origin) : first;
      for (double &time : way)
        time = wave.quantity("start") + (time - from) / wave.quantity("velocity");
      return way;
    }

    std::vector<double> by_node(const NumberTable &table, const std::vector<char> &inside)
    {
      std::vector<double> times(inside.size(), std::nan(""));
      for (std::size_t row = 0; row < table.size(); ++row)
        {
          const double node = table(row, 0);
          if (node < 0 || node != std::floor(node) || node >= static_cast<double>(inside.size()))
            throw UserError({"no node " + in_unit(node, ""), table.where(row), "nodes are whole numbers from 0",
                             "0 to " + std::to_string(inside.size() - 1), "number them as the mesh does"});
          double &time = times[static_cast<std::size_t>(node)];
          if (!std::isnan(time))
            throw UserError({"a second time for node " + in_unit(node, ""), table.where(row), "a node is reached once in a beat", "",
                             "remove one of the rows"});
          time = table(row, 1) < 0 ? never : table(row, 1);
        }
      for (std::size_t n = 0; n < times.size(); ++n)
        if (inside[n] && std::isnan(times[n]))
          throw UserError({"no time for node " + std::to_string(n), table.file, "every node of the tissue needs one", "",
                           "add its row; -1 where the wave does not come"});
      return times;
    }

    /// @throws UserError for a node of the tissue that is reached before the beat or in the next one
    void require_within_beat(const std::vector<double> &times, const std::vector<char> &inside, double cycle, const std::string &where)
    {
      for (std::size_t n = 0; n < times.size(); ++n)
        if (inside[n] && times[n] != never && !(times[n] >= 0 && times[n] < cycle))
          throw UserError({"node " + std::to_string(n) + " is activated at " + in_unit(times[n], "ms"), where,
                           "the wave repeats in every beat, so it reaches a node within one", "0 ms to below " + in_unit(cycle, "ms"),
                           "move its start or its origin, correct the times, or lengthen time.cycle_length"});
    }

    /// By node of the anatomy, for the nodes `inside`.
    std::vector<double> times_of(MPI_Comm comm, const Parameters &deck, Tissue tissue, const Anatomy &anatomy, const Fibres &fibres,
                                 const std::vector<char> &inside, double cycle)
    {
      const std::string from = deck.text("from");
      if (from == "none")
        return std::vector<double>(inside.size(), never);
      std::vector<double> times;
      if (from == "plane_wave")
        times = plane_wave(deck, tissue, anatomy, fibres, inside);
      else if (from == "nodes")
        times = by_node(read_number_table(comm, deck, "file", {"node", "activation_ms"}), inside);
      else
        times = between_points(read_number_table(comm, deck, "file", {"x_mm", "y_mm", "z_mm", "activation_ms"}), anatomy.points, inside);
      require_within_beat(times, inside, cycle, deck.where(from == "plane_wave" ? "start" : "file"));
      return times;
    }

    bool comes_to_all(const NodeKey &key, const std::vector<double> &times)
    {
      return std::all_of(key.carrier.begin(), key.carrier.end(),
                         [&](std::uint32_t node) { return node == NodeKey::none || times[node] != never; });
    }
  }

  void declare_activation_times(Schema &deck)
  {
    Schema activation = deck.section("activation", "When the wave reaches the tissue, the same in every beat.");
    declare_tissue(activation, "atria", "10 ms", "0.6 m/s", "from the roof down the long axis");
    declare_tissue(activation, "ventricles", "160 ms", "1 m/s", "from the apex up the long axis");
  }

  AlignedVector activation_times(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres,
                                 const Parameters &deck, double cycle_length)
  {
    AlignedVector times(mesh.n_owned, never);
    for (const auto &[name, tissue] : {std::pair{"atria", Tissue::atrium}, {"ventricles", Tissue::ventricle}})
      {
        const auto inside = nodes_of(anatomy, tissue);
        if (std::find(inside.begin(), inside.end(), 1) == inside.end())
          continue;
        const auto nodal = times_of(comm, deck.section("activation").section(name), tissue, anatomy, fibres, inside, cycle_length);
        for (std::size_t n = 0; n < mesh.n_owned; ++n)
          if (mesh.is_real(n) && mesh.keys[n].tissue == tissue && comes_to_all(mesh.keys[n], nodal))
            times[n] = mesh.keys[n].interpolate(nodal);
      }
    return times;
  }
}
