// probes.csv: what happens over time at points of the tissue that the deck names.
#include "core/collective.h"
#include "core/error.h"
#include "core/log.h"
#include "core/mesh/vectors.h"
#include "core/mpi.h"
#include "core/output/formatted.h"
#include "coupling/observer.h"
#include "coupling/results/recording_table.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace vivicor
{
  namespace
  {
    using Weights = std::array<double, 4>;

    /// Barycentric coordinates of p in a tetrahedron.
    Weights weights_in(const std::array<Point3, 4> &corner, const Point3 &p)
    {
      const auto volume = [](const Point3 &a, const Point3 &b, const Point3 &c, const Point3 &d) {
        return dot(b - a, cross(c - a, d - a));
      };
      const auto &[a, b, c, d] = corner;
      const double whole = volume(a, b, c, d);
      return {volume(p, b, c, d) / whole, volume(a, p, c, d) / whole, volume(a, b, p, d) / whole, volume(a, b, c, p) / whole};
    }

    struct Place
    {
      unsigned cell = 0;
      Weights weight{};
      double inside = -1e300; ///< smallest weight: not negative within the cell
    };

    /// The cell that holds a point, or comes nearest to that. @param taken whether a cell may be chosen
    template <class Cells, class Taken>
    Place find_place(const std::vector<Point3> &points, const Cells &cells, const Point3 &p, const Taken &taken)
    {
      Place best;
      for (unsigned c = 0; c < cells.size(); ++c)
        if (taken(c))
          {
            const auto &n = cells[c];
            const Weights weight = weights_in({points[n[0]], points[n[1]], points[n[2]], points[n[3]]}, p);
            if (const double inside = *std::min_element(weight.begin(), weight.end()); inside > best.inside)
              best = {c, weight, inside};
          }
      return best;
    }

    /// A point of the tissue, which moves with it.
    struct Probe
    {
      std::string name;
      Place place; ///< in the anatomy
      bool is_muscle = false;
      std::optional<Place> electrical; ///< in the electrical grid, on the rank that owns the cell
    };

    template <class Nodes, class Value>
    auto interpolate(const Place &place, const Nodes &nodes, const Value &value)
    {
      auto result = place.weight[0] * value(nodes[0]);
      for (unsigned i = 1; i < 4; ++i)
        result = result + place.weight[i] * value(nodes[i]);
      return result;
    }

    class Probes : public Observer
    {
    public:
      /// @param every ms between two rows; 0: every step
      Probes(std::vector<Probe> probes, double every, std::string folder)
        : probes(std::move(probes)), every(every), folder(std::move(folder))
      {
      }

      void start(const SimulationView &simulation) override
      {
        open(simulation);
        record(simulation);
      }

      void resume(const SimulationView &simulation) override
      {
        open(simulation);
        if (data.rows() == 0) // the earlier part of the run had none
          record(simulation);
      }

      void after_step(const SimulationView &simulation) override
      {
        if (every <= 0 || interval(simulation) > latest)
          record(simulation);
      }

      void archive(Archive &archive) override
      {
        const std::string mine = names();
        std::string saved = mine;
        archive_text(archive, "probes/names", saved);
        if (saved != mine)
          return log::info("the probes are not those of the earlier part of the run: recorded from here on");
        archive_number(archive, "probes/latest", latest);
        data.archive(archive, "probes/data");
      }

      void contribute(const SimulationView &simulation, Results &results) override
      {
        ReportTable table{"Probes", {"", "largest displacement, mm", "least fibre stretch", "largest voltage, mV"}, {}};
        for (const Probe &probe : probes)
          {
            const auto column = [&](const std::string &quantity) -> const std::vector<double> & {
              return data.column(probe.name + quantity);
            };
            auto &json = results.summary["probes"][probe.name] = nlohmann::ordered_json::object();
            std::vector<std::string> row{probe.name, "-", "-", "-"};
            const auto add = [&](unsigned place, const char *key, double value) {
              json[key] = value;
              row[place] = formatted("%.4g", value);
            };
            if (simulation.mechanics().wall())
              {
                double farthest = 0;
                for (std::size_t i = 0; i < data.rows(); ++i)
                  farthest = std::max(farthest, norm({column("_ux_mm")[i], column("_uy_mm")[i], column("_uz_mm")[i]}));
                add(1, "displacement_max_mm", farthest);
                add(2, "fibre_stretch_min", *std::min_element(column("_fibre_stretch").begin(), column("_fibre_stretch").end()));
              }
            if (probe.is_muscle)
              add(3, "voltage_max_mV", *std::max_element(column("_voltage_mV").begin(), column("_voltage_mV").end()));
            table.rows.push_back(row);
          }
        results.report.tables.push_back(table);
      }

      const Recording *recording() const override { return &data; }

    private:
      std::string names() const
      {
        std::string text;
        for (const Probe &probe : probes)
          text += probe.name + " ";
        return text;
      }

      long interval(const SimulationView &simulation) const { return static_cast<long>(std::floor(simulation.time() / every + 1e-6)); }

      /// The electrical grid lies in the reference configuration, in which an imaged heart is another than as it was read.
      void open(const SimulationView &simulation)
      {
        const VtuPiece grid = simulation.electrical_heart().grid();
        const auto parents = simulation.electrical_heart().grid_parents();
        grid_cells = grid.cells;
        for (Probe &probe : probes)
          if (probe.is_muscle && simulation.cell_rank()[probe.place.cell] == static_cast<unsigned>(rank_of(simulation.comm())))
            {
              const Point3 at = interpolate(probe.place, simulation.anatomy().cells[probe.place.cell],
                                            [&](unsigned node) { return simulation.anatomy().points[node]; });
              probe.electrical = find_place(grid.points, grid.cells, at, [&](unsigned c) { return parents[c] == probe.place.cell; });
            }
        data.columns = {"t_ms"};
        for (const Probe &probe : probes)
          {
            if (simulation.mechanics().wall())
              for (const char *quantity : {"_ux_mm", "_uy_mm", "_uz_mm", "_fibre_stretch"})
                data.columns.push_back(probe.name + quantity);
            if (probe.is_muscle)
              for (const char *quantity : {"_voltage_mV", "_calcium_uM"})
                data.columns.push_back(probe.name + quantity);
          }
        if (!folder.empty())
          on_rank_0(simulation.comm(), [&] { table = table_of(folder + "/probes.csv", data); });
      }

      void record(const SimulationView &simulation)
      {
        const auto scope = simulation.timers().scope("output");
        const DeformingWall *const wall = simulation.mechanics().wall();
        const auto displacement = wall ? wall->displacement() : std::vector<Point3>();
        const auto stretch = wall ? wall->nodal_fields().fibre_stretch : std::vector<double>();
        const std::vector<double> electrical = electrical_values(simulation);
        std::vector<double> row{simulation.time()};
        auto next = electrical.begin();
        for (const Probe &probe : probes)
          {
            const auto &nodes = simulation.anatomy().cells[probe.place.cell];
            if (wall)
              {
                const Point3 u = interpolate(probe.place, nodes, [&](unsigned node) { return displacement[node]; });
                row.insert(row.end(), u.begin(), u.end());
                row.push_back(interpolate(probe.place, nodes, [&](unsigned node) { return stretch[node]; }));
              }
            for (unsigned k = 0; probe.is_muscle && k < 2; ++k)
              row.push_back(*next++);
          }
        data.add(row);
        if (every > 0)
          latest = interval(simulation);
        if (!folder.empty())
          on_rank_0(simulation.comm(), [&] { table->row(row); });
      }

      /// Collective. Voltage and calcium of each probe in muscle: its owner's values, on all ranks.
      std::vector<double> electrical_values(const SimulationView &simulation) const
      {
        const auto fields = simulation.electrical_heart().point_fields(
          [](const std::string &name) { return name == "transmembrane_potential_mV" || name == "calcium_uM"; });
        std::vector<double> values;
        for (const Probe &probe : probes)
          for (unsigned k = 0; probe.is_muscle && k < 2; ++k)
            values.push_back(probe.electrical ? interpolate(*probe.electrical, grid_cells[probe.electrical->cell],
                                                            [&](unsigned node) { return fields[k].values[node]; })
                                              : 0.0);
        sum(values, simulation.comm());
        return values;
      }

      std::vector<Probe> probes;
      double every;    ///< ms
      long latest = 0; ///< number of the interval of the last row
      std::string folder;
      Recording data;
      std::unique_ptr<Table> table; ///< rank 0
      decltype(VtuPiece::cells) grid_cells;
    };

    void declare(Schema &deck)
    {
      Schema output = deck.section("output");
      output.quantity("probes_every", "0 ms", 0, 1e6, "Time between two rows of probes.csv; 0: every step of the mechanics.");
      Schema probe = output.items("probes", "Points of the tissue by name: displacement, fibre stretch, voltage and calcium over time.");
      probe.quantities("position", {}, "mm", "Its three coordinates in the mesh as read; the probe then moves with the tissue.");
    }

    Probe find_probe(const Parameters &section, const std::string &name, const Anatomy &anatomy)
    {
      const std::vector<double> position = section.quantities("position");
      const std::string where = section.where("position");
      if (position.size() != 3)
        throw UserError({"the position of probe '" + name + "' has " + std::to_string(position.size()) + " coordinates", where,
                         "a point has three", "", "write [\"1 mm\", \"2 mm\", \"3 mm\"]"});
      const Point3 p{position[0], position[1], position[2]};
      const Place place = find_place(anatomy.points, anatomy.cells, p, [](unsigned) { return true; });
      constexpr double slack = 1e-6; // of a cell
      if (!(place.inside >= -slack))
        {
          const auto nearest = std::min_element(anatomy.points.begin(), anatomy.points.end(),
                                                [&](const Point3 &a, const Point3 &b) { return norm(a - p) < norm(b - p); });
          throw UserError({"probe '" + name + "' at " + vivicor::position(p) + " is outside the tissue", where,
                           "only what moves with the tissue can be followed", vivicor::position(*nearest),
                           "choose a point within a tetrahedron of the mesh"});
        }
      return {name, place, anatomy.regions[anatomy.cell_region[place.cell]].tissue != Tissue::passive, {}};
    }

    std::unique_ptr<Observer> create(const Parameters &deck, const Observer::Context &context)
    {
      const Parameters output = deck.section("output");
      std::vector<Probe> probes;
      for (const std::string &name : output.names("probes"))
        probes.push_back(find_probe(output.section("probes").section(name), name, context.anatomy));
      if (probes.empty())
        return nullptr;
      return std::make_unique<Probes>(std::move(probes), output.quantity("probes_every"), context.folder);
    }

    const Register<Observer> registered{
      {"probes", "Displacement, stretch, voltage and calcium at named points: probes.csv.", "this project", declare, create}};
  }
}
