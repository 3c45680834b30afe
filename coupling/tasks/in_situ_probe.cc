#include "coupling/tasks/in_situ_probe.h"

#include "core/collective.h"
#include "core/mpi.h"
#include "core/output/in_situ_scripts.h"
#include "coupling/chambers.h"
#include "coupling/fields/heart_channels.h"
#include "coupling/results/blood_table.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <thread>

namespace vivicor
{
  namespace fs = std::filesystem;

  namespace
  {
    constexpr unsigned n = 4;        ///< cubes along an edge of a rank's block
    constexpr double edge = 10;      ///< mm, of a cube
    constexpr double cycle = 800;    ///< ms
    constexpr double interval = 100; ///< ms, between two looks

    unsigned node(unsigned i, unsigned j, unsigned k)
    {
      return (i * (n + 1) + j) * (n + 1) + k;
    }

    std::vector<Point3> block_points(int rank)
    {
      std::vector<Point3> points;
      for (unsigned i = 0; i <= n; ++i)
        for (unsigned j = 0; j <= n; ++j)
          for (unsigned k = 0; k <= n; ++k)
            points.push_back({edge * (i + rank * n), edge * j, edge * k});
      return points;
    }

    /// Six tetrahedra around a diagonal of each cube.
    std::vector<unsigned> block_tetrahedra()
    {
      constexpr unsigned paths[6][2] = {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 0}, {0, 2}};
      std::vector<unsigned> cells;
      for (unsigned c = 0; c < n * n * n; ++c)
        for (const auto &path : paths)
          {
            unsigned corner[3] = {c / (n * n), c / n % n, c % n};
            cells.push_back(node(corner[0], corner[1], corner[2]));
            for (const unsigned axis : {path[0], path[1], 3 - path[0] - path[1]})
              {
                ++corner[axis];
                cells.push_back(node(corner[0], corner[1], corner[2]));
              }
          }
      return cells;
    }

    /// The side at the top (`at` = n) or the bottom (0).
    std::vector<unsigned> side_triangles(unsigned at)
    {
      std::vector<unsigned> triangles;
      for (unsigned i = 0; i < n; ++i)
        for (unsigned j = 0; j < n; ++j)
          for (const unsigned corner : {node(i, j, at), node(i + 1, j, at), node(i + 1, j + 1, at), //
                                        node(i, j, at), node(i + 1, j + 1, at), node(i, j + 1, at)})
            triangles.push_back(corner);
      return triangles;
    }

    /// A front that runs along the first axis at 0.5 mm/ms, and a block that shortens behind it.
    std::vector<VtuField> block_fields(const std::vector<Point3> &points, double t, const std::vector<std::string> &names)
    {
      std::vector<VtuField> fields;
      for (const std::string &name : names)
        {
          const bool is_vector = name == "displacement_mm" || name == "fibre";
          VtuField field{name, is_vector ? 3u : 1u, {}};
          for (const Point3 &p : points)
            {
              const double activation = p[0] / 0.5, behind = 0.5 * (1 + std::tanh((t - activation) / 20));
              if (name == "displacement_mm")
                field.values.insert(field.values.end(), {-0.1 * behind * p[0], 0, 0});
              else if (name == "fibre")
                field.values.insert(field.values.end(), {1, 0, 0});
              else if (name == "activation_ms" || name == "repolarisation_ms")
                field.values.push_back(t >= activation ? activation : -1);
              else
                field.values.push_back(-85 + 110 * behind);
            }
          fields.push_back(std::move(field));
        }
      return fields;
    }

    /// What scripts may ask a heart's channel for.
    std::vector<std::string> fields_of(const std::string &channel)
    {
      for (const InSituChannel &heart : HeartChannels::list())
        if (heart.name == channel)
          return heart.fields;
      return {};
    }

    /// A block with a heart's channels.
    class Block
    {
    public:
      Block(int rank) : rank(rank), points(block_points(rank)) {}

      InSituData at(double t)
      {
        wall_fields = block_fields(points, t, fields_of("mechanics"));
        muscle_fields = block_fields(points, t, fields_of("electrophysiology"));
        const auto grid = [&](const char *name, std::span<const unsigned> cells, unsigned nodes, std::span<const VtuField> fields,
                              std::span<const VtuField> cell_fields) {
          return InSituGrid{name, points, cells, nodes, fields, cell_fields};
        };
        InSituData data;
        data.grids = {grid("mechanics", cells, 4, wall_fields, cell_regions), grid("electrophysiology", cells, 4, muscle_fields, {}),
                      grid("surface", top, 3, muscle_fields, {}), grid("passive_surface", bottom, 3, wall_fields, side_regions)};
        InSituTable table{"timeseries", {}, {}};
        if (rank == 0)
          {
            add_row(t);
            table.names = blood_columns(chambers, {});
            table.columns.assign(rows.begin(), rows.end());
          }
        data.tables.push_back(std::move(table));
        return data;
      }

    private:
      void add_row(double t)
      {
        const Chambers volume(chambers.size(), 1e5 * (1 + 0.3 * std::cos(2 * M_PI * t / cycle)));
        const Chambers pressure(chambers.size(), 5 - 4 * std::cos(2 * M_PI * t / cycle));
        const auto row = blood_row(t, volume, pressure, {});
        rows.resize(row.size());
        for (std::size_t c = 0; c < row.size(); ++c)
          rows[c].push_back(row[c]);
      }

      int rank;
      const std::vector<std::string> chambers{chamber_names.begin(), chamber_names.end()};
      std::vector<Point3> points;
      std::vector<unsigned> cells = block_tetrahedra(), top = side_triangles(n), bottom = side_triangles(0);
      std::vector<VtuField> wall_fields, muscle_fields;
      std::vector<VtuField> cell_regions{{"region", 1, std::vector<double>(cells.size() / 4, 0.0)}};
      std::vector<VtuField> side_regions{{"region", 1, std::vector<double>(bottom.size() / 3, 0.0)}};
      std::vector<std::vector<double>> rows;
    };
  }

  ProbeResult probe_in_situ(MPI_Comm comm, const ProbeOptions &options)
  {
    Block block(rank_of(comm));
    ProbeResult result;
    const std::vector<std::string> files = options.script.empty() ? std::vector<std::string>{} : std::vector{options.script};
    {
      InSituScripts scripts(comm, {options.back_end, files, options.live, options.folder}, HeartChannels::list());
      result.problem = scripts.problem();
      result.display = scripts.display_problem();
      for (unsigned look = 0; look < options.looks; ++look)
        {
          scripts.process(interval * look, look, [&](const InSituWish &) { return block.at(interval * look); });
          std::this_thread::sleep_for(std::chrono::duration<double>(options.pause_s));
        }
      if (!scripts.scripts().empty())
        result.failure = scripts.scripts()[0].failure;
    }
    const std::string &folder = options.folder;
    on_rank_0(comm, [&] {
      std::error_code error;
      for (const auto &entry : fs::recursive_directory_iterator(folder, error))
        if (entry.is_regular_file())
          result.written.push_back(fs::relative(entry.path(), folder).string());
      std::sort(result.written.begin(), result.written.end());
    });
    return result;
  }
}
