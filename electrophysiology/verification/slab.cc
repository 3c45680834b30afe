#include "electrophysiology/verification/slab.h"

#include "core/mpi.h"
#include "core/numbers.h"
#include "electrophysiology/electrical_heart.h"
#include "electrophysiology/leads/heart_axes.h"
#include "electrophysiology/tissue/box_mesh.h"
#include "electrophysiology/tissue/time_step.h"
#include "electrophysiology/verification/cable_table.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr Point3 size{20, 7, 3};
    constexpr double D_along = 0.1334177 / 1.4, D_across = 0.0176062 / 1.4; // mm^2/ms
    constexpr double amplitude = 35.714, duration = 2, quiet_step = 0.4;    // uA/uF, ms, ms

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
      BoxMesh box = box_mesh(Element(shape, 3, run.hexahedra ? run.degree : 1),
                             {n(size[0]), n(size[1] / run.across), n(size[2] / run.across)}, run.h);
      for (Point3 &point : box.nodes.points)
        point = {point[0], run.across * point[1], run.across * point[2]};
      return box;
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
                                   ? std::string(R"("splitting": "none", "ionic_current": "interpolated_states", "time_scheme": ")")
                                       + (run.bdf2 ? R"(bdf2",)" : R"(backward_euler",)")
                                   : "";
      return parameters_from_json(
        "{\"electrophysiology\": {\"refinement\": " + std::to_string(run.degree - 1) + ", \"degree\": " + std::to_string(run.degree)
          + ", \"time_step\": \"" + shortest_digits(run.time_step) + " ms\", \"mass_lumping\": " + shortest_digits(run.lumping)
          + R"(, "quiet_rate": ")" + shortest_digits(run.quiet_rate) + R"( uA/uF",)" + scheme +
          R"("activation_threshold": "0 mV", "sinus_node": {"enabled": false},
        "membranes": {"mid": {"model": "tentusscher_panfilov_2006_epi"}, "apicobasal_gradient": {"apex": "1"}},
        "conduction": {"set_by": "conductivity", "fast_endocardial_layer": {"enabled": false},
          "ventricles": {"conductivity_longitudinal": "0.1334177 S/m", "conductivity_transverse": "0.0176062 S/m",
                         "conductivity_normal": "0.0176062 S/m"}},
        "stimuli": {"corner": {"shape": "box", "radius": ")"
          + shortest_digits(run.reach) + R"( mm", "assigned_to": ")" + (run.assigned == AssignedTo::nodes ? "nodes" : "cells")
          + R"(", "amplitude": "35.714 uA/uF", "duration": "2 ms"}}}})",
        schema);
    }

    std::array<double, 4> barycentric(const std::array<const Point3 *, 4> &corners, const Point3 &point)
    {
      const P1Cell cell(corners);
      std::array<double, 4> lambda{1, 0, 0, 0};
      for (unsigned k = 1; k < 4; ++k)
        {
          lambda[k] = dot(cell.gradient[k], point - *corners[0]);
          lambda[0] -= lambda[k];
        }
      return lambda;
    }

    /// Interpolated in the cell that holds the point: at 0.2 mm the centre is no node. -1: not activated, or not on this rank.
    double activation_at(const VtuPiece &piece, const std::vector<double> &activation, const Point3 &point)
    {
      for (const auto &cell : piece.cells)
        {
          const auto lambda = barycentric({&piece.points[cell[0]], &piece.points[cell[1]], &piece.points[cell[2]], &piece.points[cell[3]]},
                                          point);
          if (*std::min_element(lambda.begin(), lambda.end()) < -1e-9)
            continue;
          double value = 0;
          for (unsigned k = 0; k < 4; ++k)
            if (lambda[k] > 1e-9)
              value = activation[cell[k]] < 0 ? -std::numeric_limits<double>::infinity() : value + lambda[k] * activation[cell[k]];
          return std::max(value, -1.0);
        }
      return -1;
    }

    void read_activation(MPI_Comm comm, const ElectricalHeart &heart, SlabResult &result)
    {
      const VtuPiece piece = heart.fields(true);
      const auto field = std::find_if(piece.point_fields.begin(), piece.point_fields.end(),
                                      [](const VtuField &f) { return f.name == "activation_ms"; });
      for (const Point3 &point : points_of_interest())
        result.activation[point] = max(activation_at(piece, field->values, point), comm);
    }

    SlabResult on_tetrahedra(MPI_Comm comm, const SlabRun &run)
    {
      const Anatomy anatomy = anatomy_of(grid(run));
      const auto cell_rank = slices(anatomy, size_of(comm));
      Timers timers;
      const auto owned = build_electrical_heart(comm, anatomy, straight_fibres(anatomy.points.size()), cell_rank, deck_of(run), timers);
      ElectricalHeart &heart = *owned;
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

    /// uA/uF by node: as `stimulated_nodes`, for hexahedra.
    AlignedVector corner_stimulus(const BoxMesh &box, const SlabRun &run)
    {
      const auto inside = [&](const Point3 &p) { return std::max({p[0], p[1], p[2]}) <= run.reach * (1 + 1e-9); };
      AlignedVector stimulus(box.nodes.n_owned, 0.0), around(box.nodes.n_owned, 0.0);
      if (run.assigned == AssignedTo::nodes)
        {
          for (std::size_t i = 0; i < box.nodes.groups[0].count; ++i)
            stimulus[i] = inside(box.nodes.points[i]) ? amplitude : 0.0;
          return stimulus;
        }
      const unsigned n = box.cells.element.n_nodes();
      for (std::size_t c = 0; c < box.cells.size(); ++c)
        {
          const unsigned *cell = box.cells[c];
          const bool stimulated = inside(0.5 * (box.nodes.points[cell[0]] + box.nodes.points[cell[n - 1]]));
          for (unsigned a = 0; a < n; ++a)
            {
              around[cell[a]] += 1;
              stimulus[cell[a]] += stimulated ? amplitude : 0.0;
            }
        }
      for (std::size_t i = 0; i < box.nodes.groups[0].count; ++i)
        stimulus[i] /= around[i];
      return stimulus;
    }

    /// Interpolated between the nodes of the grid around the point. @param point where the grid has the same edges along all axes
    double activation_at(const BoxMesh &box, const std::vector<double> &activation, const Point3 &point)
    {
      double value = 0;
      for (unsigned corner = 0; corner < 8; ++corner)
        {
          Point3 node;
          double weight = 1;
          for (unsigned d = 0; d < 3; ++d)
            {
              const double place = point[d] / box.spacing, below = std::floor(place + 1e-9), beyond = std::max(0.0, place - below);
              node[d] = (below + (corner >> d & 1)) * box.spacing;
              weight *= corner >> d & 1 ? beyond : 1 - beyond;
            }
          if (weight > 1e-9)
            value += weight * activation[box.nearest(node)];
        }
      return value;
    }

    SlabResult on_hexahedra(const SlabRun &run)
    {
      const BoxMesh box = grid(run);
      const RefinedMesh &mesh = box.nodes;
      Halo halo(MPI_COMM_SELF, mesh);
      Reaction reaction(mesh, {Reaction::at_rest(epicardial_cell())});
      const Element &element = box.cells.element;
      const Matrices matrices = assemble(mesh, box.cells,
                                         std::vector<SymmetricTensor>(box.cells.size(), {D_along, D_across, D_across, 0, 0, 0}),
                                         run.blended ? element.blended_quadrature() : element.mass_quadrature());
      Diffusion diffusion(MPI_COMM_SELF, mesh, halo, matrices,
                          {run.interpolated_states ? 1.0 : 0.5, run.lumping, 1e-5, 200, run.interpolated_states && run.bdf2});
      Timers timers;
      TimeStep step(mesh, box.cells, halo, reaction, diffusion,
                    {run.interpolated_states ? Splitting::none : Splitting::godunov,
                     run.interpolated_states,
                     run.interpolated_states && run.bdf2,
                     {run.quiet_rate, quiet_step}},
                    timers);
      AlignedVector V(mesh.n_local(), 0.0), stimulus = corner_stimulus(box, run);
      reaction.set_initial(V.data());
      AlignedVector before(V);
      std::vector<double> activation(mesh.groups[0].count, -1.0);
      std::size_t left = activation.size();
      const auto start = std::chrono::steady_clock::now();
      SlabResult result;
      step.begin_steps();
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
        result.activation[point] = activation_at(box, activation, {point[0], point[1] / run.across, point[2] / run.across});
      return result;
    }
  }

  SlabResult run_slab(MPI_Comm comm, const SlabRun &run)
  {
    return run.hexahedra ? on_hexahedra(run) : on_tetrahedra(comm, run);
  }
}
