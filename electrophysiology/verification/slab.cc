#include "electrophysiology/verification/slab.h"

#include "core/mpi.h"
#include "electrophysiology/electrophysiology.h"
#include "electrophysiology/tissue/box_mesh.h"
#include "electrophysiology/tissue/time_step.h"
#include "electrophysiology/verification/cable_table.h"
#include "electrophysiology/heart_axes.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr Point3 size{20, 7, 3};
    constexpr double D_along = 0.1334177 / 1.4, D_across = 0.0176062 / 1.4; // mm^2/ms
    constexpr double amplitude = 35.714, duration = 2, reach = 1.5;         // uA/uF, ms, mm

    std::vector<Point3> points_of_interest()
    {
      std::vector<Point3> points;
      for (const double x : {0.0, size[0]})
        for (const double y : {0.0, size[1]})
          for (const double z : {0.0, size[2]})
            points.push_back({x, y, z});
      points.push_back({10, 3.5, 1.5});
      return points;
    }

    BoxMesh grid(const SlabRun &run)
    {
      const auto shape = run.hexahedra ? Element::Shape::cube : Element::Shape::simplex;
      const auto n = [&](double length) { return static_cast<unsigned>(std::lround(length / run.h)); };
      return box_mesh(Element(shape, 3, run.hexahedra ? run.degree : 1), {n(size[0]), n(size[1]), n(size[2])}, run.h);
    }

    Anatomy anatomy_of(const BoxMesh &box)
    {
      Anatomy anatomy;
      anatomy.points.assign(box.nodes.points.begin(), box.nodes.points.begin() + static_cast<std::ptrdiff_t>(box.nodes.groups[0].count));
      anatomy.regions = {{"LV", Tissue::ventricle}};
      for (std::size_t c = 0; c < box.cells.size(); ++c)
        {
          std::array<unsigned, 4> cell;
          std::copy_n(box.cells[c], 4, cell.begin());
          const Point3 &a = anatomy.points[cell[0]];
          if (P1Cell({&a, &anatomy.points[cell[1]], &anatomy.points[cell[2]], &anatomy.points[cell[3]]}).volume < 0)
            std::swap(cell[2], cell[3]);
          anatomy.cells.push_back(cell);
          anatomy.cell_region.push_back(0);
        }
      return anatomy;
    }

    Fibres straight_fibres(std::size_t n_points)
    {
      Fibres fibres;
      fibres.nodal.assign(n_points, Frame{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
      fibres.transmural.assign(n_points, 0.5);
      fibres.apicobasal.assign(n_points, 0.5);
      fibres.long_axis = {1, 0, 0};
      fibres.apex = {0, 0, 0};
      fibres.base = {size[0], 0, 0};
      return fibres;
    }

    /// Slices of about equal numbers of cells along x.
    std::vector<unsigned> slices(const Anatomy &anatomy, int n_ranks)
    {
      std::vector<unsigned> rank;
      for (const auto &cell : anatomy.cells)
        {
          double x = 0;
          for (const unsigned node : cell)
            x += anatomy.points[node][0] / 4;
          rank.push_back(std::min(static_cast<unsigned>(x / size[0] * n_ranks), static_cast<unsigned>(n_ranks - 1)));
        }
      return rank;
    }

    Parameters deck_of(const SlabRun &run)
    {
      Schema schema;
      declare_electrophysiology(schema);
      const std::string scheme = run.interpolated_states
                                   ? std::string(R"("splitting": "none", "ionic_current": "interpolated_states", "time_scheme": ")") +
                                       (run.bdf2 ? R"(bdf2",)" : R"(backward_euler",)")
                                   : "";
      return parameters_from_json(
        "{\"electrophysiology\": {\"refinement\": " + std::to_string(run.degree - 1) + ", \"degree\": " + std::to_string(run.degree) +
          ", \"time_step\": \"" + std::to_string(run.time_step) + " ms\", \"mass_lumping\": " + std::to_string(run.lumping) + "," + scheme +
          R"("activation_threshold": "0 mV", "sinus_node": {"enabled": false},
        "membranes": {"mid": {"model": "tentusscher_panfilov_2006_epi"}, "apicobasal_gradient": {"apex": "1"}},
        "conduction": {"set_by": "conductivity", "fast_endocardial_layer": {"enabled": false},
          "ventricles": {"conductivity_longitudinal": "0.1334177 S/m", "conductivity_transverse": "0.0176062 S/m",
                         "conductivity_normal": "0.0176062 S/m"}},
        "stimuli": {"corner": {"shape": "box", "radius": "1.5 mm", "amplitude": "35.714 uA/uF", "duration": "2 ms"}}}})",
        schema);
    }

    void read_activation(MPI_Comm comm, const Electrophysiology &heart, SlabResult &result)
    {
      const VtuPiece piece = heart.fields(true);
      const auto field = std::find_if(piece.point_fields.begin(), piece.point_fields.end(),
                                      [](const VtuField &f) { return f.name == "activation_ms"; });
      for (const Point3 &wanted : points_of_interest())
        {
          double value = -1, nearest = 1e9;
          for (std::size_t n = 0; n < piece.points.size(); ++n)
            if (const double away = distance(piece.points[n], wanted); away < nearest)
              {
                nearest = away;
                value = field->values[n];
              }
          result.activation[wanted] = max(nearest <= -max(-nearest, comm) + 1e-9 ? value : -1.0, comm);
        }
    }

    SlabResult on_tetrahedra(MPI_Comm comm, const SlabRun &run)
    {
      const Anatomy anatomy = anatomy_of(grid(run));
      const auto cell_rank = slices(anatomy, size_of(comm));
      Timers timers;
      Electrophysiology heart(comm, anatomy, straight_fibres(anatomy.points.size()), cell_rank, deck_of(run), timers);
      SlabResult result;
      const auto start = std::chrono::steady_clock::now();
      while (heart.time() < run.t_end && heart.activation().activated_fraction < 1)
        heart.advance(std::min(heart.time() + 1, run.t_end));
      result.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      result.ionic = timers.seconds("ionic");
      result.diffusion = timers.seconds("diffusion");
      result.steps = std::lround(heart.time() / run.time_step);
      result.nodes = heart.size().nodes;
      read_activation(comm, heart, result);
      return result;
    }

    SlabResult on_hexahedra(const SlabRun &run)
    {
      const BoxMesh box = grid(run);
      const RefinedMesh &mesh = box.nodes;
      Halo halo(MPI_COMM_SELF, mesh);
      Reaction reaction(mesh, {Reaction::at_rest(epicardial_cell())});
      const Matrices matrices =
        assemble(mesh, box.cells, std::vector<SymmetricTensor>(box.cells.size(), {D_along, D_across, D_across, 0, 0, 0}));
      Diffusion diffusion(MPI_COMM_SELF, mesh, halo, matrices, {run.interpolated_states ? 1.0 : 0.5, run.lumping, 1e-5, 200, run.interpolated_states && run.bdf2});
      Timers timers;
      TimeStep step(mesh, box.cells, halo, reaction, diffusion,
                    {run.interpolated_states ? Splitting::none : Splitting::godunov, run.interpolated_states,
                     run.interpolated_states && run.bdf2},
                    timers);
      AlignedVector V(mesh.n_local(), 0.0), stimulus(mesh.n_owned, 0.0);
      reaction.set_initial(V.data());
      for (std::size_t i = 0; i < mesh.groups[0].count; ++i)
        if (std::max({mesh.points[i][0], mesh.points[i][1], mesh.points[i][2]}) <= reach * (1 + 1e-9))
          stimulus[i] = amplitude;
      AlignedVector before(V);
      std::vector<double> activation(mesh.groups[0].count, -1.0);
      std::size_t left = activation.size();
      const auto start = std::chrono::steady_clock::now();
      SlabResult result;
      for (; left > 0 && static_cast<double>(result.steps) * run.time_step < run.t_end; ++result.steps)
        {
          const double t = static_cast<double>(result.steps) * run.time_step;
          before = V;
          step(run.time_step, V.data(), stimulus.data(), {t < duration * (1 - 1e-9)});
          for (std::size_t i = 0; i < activation.size(); ++i)
            if (activation[i] < 0 && before[i] < 0 && V[i] >= 0)
              {
                activation[i] = t + run.time_step * before[i] / (before[i] - V[i]);
                --left;
              }
        }
      result.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      result.ionic = timers.seconds("ionic");
      result.diffusion = timers.seconds("diffusion");
      result.nodes = static_cast<long long>(activation.size());
      for (const Point3 &point : points_of_interest())
        result.activation[point] = activation[box.nearest(point)];
      return result;
    }
  }

  SlabResult run_slab(MPI_Comm comm, const SlabRun &run) { return run.hexahedra ? on_hexahedra(run) : on_tetrahedra(comm, run); }
}
