// fields/: the moving wall and the voltage for ParaView, and activation.vtu at the end.
#include "core/collective.h"
#include "core/error.h"
#include "core/output/vtu.h"
#include "coupling/fields/nodal_field.h"
#include "coupling/fields/wall_fields.h"
#include "coupling/observer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <optional>

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

    struct FieldOptions
    {
      double every = 0;                  ///< ms between two fields; 0: none, only activation.vtu at the end
      std::vector<char> region_is_shown; ///< by region of the anatomy
      VtuPrecision precision = VtuPrecision::float32;
    };

    /// From the section "output" of a deck. @throws UserError for a region that is not there
    FieldOptions read_options(const Parameters &output, const Anatomy &anatomy)
    {
      FieldOptions options;
      options.every = output.quantity("fields_every");
      options.precision = output.text("fields_precision") == "double" ? VtuPrecision::float64 : VtuPrecision::float32;
      std::vector<std::string> names;
      for (const Region &region : anatomy.regions)
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

    /// The cells of the electrical grid that are shown and, of all its nodes, theirs.
    struct VoltagePart
    {
      VtuPiece grid;
      std::vector<unsigned> nodes; ///< of the whole grid
      std::vector<NodeKey> keys;
    };

    VoltagePart voltage_part(const SimulationView &simulation, const std::vector<char> &is_shown)
    {
      constexpr unsigned absent = static_cast<unsigned>(-1);
      const VtuPiece whole = simulation.electrical_heart().grid();
      const auto keys = simulation.electrical_heart().grid_nodes();
      const auto parents = simulation.electrical_heart().grid_parents();
      VoltagePart part;
      std::vector<unsigned> number(whole.points.size(), absent), cells;
      for (std::size_t c = 0; c < whole.cells.size(); ++c)
        if (is_shown[simulation.anatomy().cell_region[parents[c]]])
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
      part.grid.cell_fields = {wall_regions(simulation.anatomy(), cells)};
      return part;
    }

    VtuPiece wall_grid(const SimulationView &simulation, const WallPart &part)
    {
      VtuPiece grid;
      grid.cells = part.cells;
      for (const unsigned node : part.nodes)
        grid.points.push_back(simulation.anatomy().points[node]);
      Displacement none(simulation);
      grid.point_fields = wall_fields(
        simulation, part.nodes, [](const std::string &name) { return name == "fibre"; }, none);
      grid.cell_fields = {wall_regions(simulation.anatomy(), part.cell_numbers)};
      return grid;
    }

    struct Grids
    {
      Grids(const SimulationView &simulation, const FieldOptions &options)
        : wall(wall_part(simulation, options.region_is_shown)),
          voltage(voltage_part(simulation, options.region_is_shown)),
          wall_frames(wall_grid(simulation, wall), options.precision),
          voltage_frames(voltage.grid, options.precision)
      {
        voltage.grid = {}; // packed in the frames
      }

      std::vector<VtuField> voltage_fields(const SimulationView &simulation, Displacement &displacement) const
      {
        std::vector<VtuField> fields = simulation.electrical_heart().point_fields([](const std::string &) { return true; });
        for (VtuField &whole : fields)
          whole = nodal_field(whole.name, 1, voltage.nodes.size(), [&](std::size_t n) { return whole.values[voltage.nodes[n]]; });
        if (simulation.mechanics().wall())
          fields.push_back(displacement_at(voltage.keys, displacement()));
        return fields;
      }

      WallPart wall;
      VoltagePart voltage;
      VtuFrames wall_frames, voltage_frames;
    };

    class FieldObserver : public Observer
    {
    public:
      FieldObserver(const std::string &folder, FieldOptions options)
        : folder(folder),
          options(std::move(options)),
          mechanics_series(folder + "/fields/mechanics.pvd"),
          voltage_series(folder + "/fields/electrophysiology.pvd")
      {
      }

      void start(const SimulationView &simulation) override
      {
        if (options.every > 0)
          write(simulation);
      }

      void resume(const SimulationView &simulation) override
      {
        // Frames that a killed run had half written.
        on_rank_0(simulation.comm(), [&] {
          std::error_code none;
          for (const auto &entry : std::filesystem::directory_iterator(folder + "/fields", none))
            if (entry.path().filename().string().find(".writing.") != std::string::npos)
              std::filesystem::remove(entry.path(), none);
        });
      }

      void after_step(const SimulationView &simulation) override
      {
        if (options.every > 0 && interval(simulation.time()) > interval(last_written))
          write(simulation);
      }

      void finish(const SimulationView &simulation) override
      {
        if (options.every > 0 && simulation.time() > last_written)
          write(simulation);
        const auto scope = simulation.timers().scope("output");
        write_parallel_vtu(folder + "/activation", simulation.electrical_heart().fields(true), simulation.comm());
      }

      void archive(Archive &archive) override
      {
        archive_number(archive, "fields/count", count);
        archive_number(archive, "fields/last_written", last_written);
        mechanics_series.archive(archive, "fields/mechanics_series");
        voltage_series.archive(archive, "fields/voltage_series");
      }

    private:
      /// Number of the interval that t (ms) lies in.
      double interval(double t) const
      {
        constexpr double slack = 1e-6; // of an interval: times are sums of steps
        return std::floor(t / options.every + slack);
      }

      void write(const SimulationView &simulation)
      {
        const auto scope = simulation.timers().scope("output");
        const double t = simulation.time();
        if (!grids)
          grids.emplace(simulation, options);
        const auto changing = [](const std::string &name) { return name != "fibre"; };
        Displacement displacement(simulation);
        const std::string wall = simulation.mechanics().wall()
                                   ? grids->wall_frames.write(folder + "/fields/" + numbered("mechanics", count),
                                                              wall_fields(simulation, grids->wall.nodes, changing, displacement),
                                                              simulation.comm())
                                   : "";
        const std::string voltage = grids->voltage_frames.write(folder + "/fields/" + numbered("electrophysiology", count),
                                                                grids->voltage_fields(simulation, displacement), simulation.comm());
        on_rank_0(simulation.comm(), [&] {
          if (!wall.empty())
            mechanics_series.add(t, wall);
          voltage_series.add(t, voltage);
        });
        last_written = t;
        ++count;
      }

      std::string folder;
      FieldOptions options;
      double last_written = -1; ///< ms; before any: none
      unsigned count = 0;
      VtuSeries mechanics_series, voltage_series;
      std::optional<Grids> grids; ///< since the first field
    };

    void declare(Schema &deck)
    {
      Schema output = deck.section("output");
      output.quantity("fields_every", "20 ms", 0, 1e6,
                      "Time between two fields for ParaView, a multiple of time.mechanics_step; 0 writes none, not even at the end.");
      output.list("fields_regions", {}, "Regions that the fields show; none: all.");
      output.choice("fields_precision", "single", {"single", "double"}, "Digits of the fields.");
    }

    std::unique_ptr<Observer> create(const Parameters &deck, const Observer::Context &context)
    {
      FieldOptions options = read_options(deck.section("output"), context.anatomy);
      if (context.folder.empty())
        return nullptr;
      return std::make_unique<FieldObserver>(context.folder, std::move(options));
    }

    const Register<Observer> registered{
      {"fields", "Wall and voltage for ParaView: fields/ and activation.vtu.", "this project", declare, create}};
  }
}
