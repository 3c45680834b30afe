// What the wall is made of, and its steps in time.
#include "mechanics/mechanics.h"

#include "core/error.h"
#include "core/mpi.h"
#include "core/numbers.h"
#include "mechanics/implementation.h"

#include <cmath>
#include <map>

namespace vivicor
{
  namespace
  {
    BlockMatrix build_matrix(MPI_Comm comm, const Space &space, const Anatomy &anatomy)
    {
      std::vector<std::array<long long, 4>> cells;
      for (const unsigned cell : space.cells)
        {
          auto &blocks = cells.emplace_back();
          for (unsigned a = 0; a < 4; ++a)
            blocks[a] = space.number[anatomy.cells[cell][a]];
        }
      return BlockMatrix(comm, space.begin, space.end, cells);
    }

    /// Reference positions of the nodes of this rank's local blocks.
    std::vector<Point3> block_positions(const std::vector<Point3> &points, const Space &space, const Layout &layout)
    {
      std::map<long long, std::size_t> node_of;
      for (std::size_t node = 0; node < points.size(); ++node)
        if (space.number[node] >= 0)
          node_of[space.number[node]] = node;
      std::vector<Point3> positions(layout.local());
      for (std::size_t i = 0; i < positions.size(); ++i)
        positions[i] = points[node_of.at(layout.global_of(i))];
      return positions;
    }

    std::vector<SurfaceTerm> with_pressure(std::vector<SurfaceTerm> terms)
    {
      std::erase_if(terms, [](const SurfaceTerm &term) { return !term.pressure; });
      return terms;
    }

    std::vector<std::pair<std::string, const Surface *>> surfaces_of(const Anatomy &anatomy, const std::vector<SurfaceTerm> &terms)
    {
      std::vector<std::pair<std::string, const Surface *>> surfaces;
      for (const SurfaceTerm &term : terms)
        surfaces.emplace_back(term.surface, &named_surface(anatomy, term.surface, term.where));
      return surfaces;
    }
  }

  Mechanics::Impl::Impl(MPI_Comm communicator, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
                        const Parameters &mechanics, Timers &all_timers, const std::vector<SurfaceTerm> &surface_terms)
    : comm(communicator),
      timers(all_timers),
      settings(read_settings(mechanics)),
      space(build_space(comm, anatomy.points, anatomy.cells, cell_rank)),
      matrix(build_matrix(comm, space, anatomy)),
      wall(anatomy, fibres, space, matrix, build_region_laws(anatomy.regions, mechanics), settings.wall),
      cavities(anatomy, cell_rank, static_cast<unsigned>(rank_of(comm)), space, matrix),
      robin(anatomy, fibres, cell_rank, static_cast<unsigned>(rank_of(comm)), space, matrix, settings.robin),
      pushing(with_pressure(surface_terms)),
      pushed(anatomy, surfaces_of(anatomy, pushing), cell_rank, static_cast<unsigned>(rank_of(comm)), space, matrix),
      linear(matrix, settings.linear),
      reference(block_positions(anatomy.points, space, matrix.layout())),
      n_nodes(anatomy.points.size()),
      n_cells(static_cast<long long>(anatomy.cells.size()))
  {
    for (const SurfaceTerm &term : surface_terms)
      if (const Surface &surface = named_surface(anatomy, term.surface, term.where); term.stiffness > 0 || term.damping > 0)
        robin.add_springs(anatomy, surface, cell_rank, static_cast<unsigned>(rank_of(comm)), space, matrix, term.stiffness, term.damping);
    push_at(0);
    if (settings.clamped_ends)
      clamp = std::make_unique<Clamp>(anatomy.fixed, space, matrix);
    if (settings.time.inertia)
      inertia = std::make_unique<Inertia>(anatomy, space, matrix, settings.time);
    u.assign(4 * matrix.layout().local(), 0.0);
    u_old = u_trial = u;
    pressure.assign(cavities.size(), 0.0);
    pressure_old = pressure_trial = pressure;
    volume_scale = std::sqrt(sum(wall.volume2(), comm));
  }

  void Mechanics::Impl::push_at(double t)
  {
    push.clear();
    for (const SurfaceTerm &term : pushing)
      push.push_back(term.pressure(t));
  }

  Mechanics::Mechanics(const PumpContext &context, const Parameters &mechanics)
    : impl(std::make_unique<Impl>(context.comm, context.anatomy, context.fibres, context.cell_rank, mechanics, context.timers,
                                  context.surface_terms ? *context.surface_terms : std::vector<SurfaceTerm>{}))
  {
  }

  Mechanics::Mechanics(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
                       const Parameters &deck, Timers &timers)
    : impl(std::make_unique<Impl>(comm, anatomy, fibres, cell_rank, deck.section("mechanics"), timers))
  {
  }

  Mechanics::~Mechanics() = default;

  const std::vector<std::string> &Mechanics::cavities() const
  {
    return impl->cavities.names();
  }

  Mechanics::Step Mechanics::advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw &law)
  {
    return impl->advance(t, dt, calcium, &law, nullptr);
  }

  Mechanics::Step Mechanics::advance(double t, double dt, const std::vector<double> &calcium, const std::vector<double> &given)
  {
    return impl->advance(t, dt, calcium, nullptr, &given);
  }

  Mechanics::Step Mechanics::Impl::advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw *law,
                                           const std::vector<double> *given)
  {
    wall.set_calcium(calcium);
    push_at(t + dt);
    const Problem problem{dt, law, inertia != nullptr};
    Newton newton;
    unsigned iterations = 0, linear_iterations = 0;
    // First along the straight line of the last step, else from where the last step ended.
    for (const bool extrapolate : {true, false})
      {
        if (extrapolate && dt_old <= 0)
          continue;
        u_trial = u;
        pressure_trial = pressure;
        if (extrapolate)
          {
            const double ratio = dt / dt_old;
            for (std::size_t i = 0; i < u.size(); ++i)
              u_trial[i] += ratio * (u[i] - u_old[i]);
            for (std::size_t k = 0; k < pressure.size(); ++k)
              pressure_trial[k] += ratio * (pressure[k] - pressure_old[k]);
          }
        if (given)
          pressure_trial = *given;
        newton = solve(problem, u_trial, pressure_trial);
        iterations += newton.iterations;
        linear_iterations += newton.linear_iterations;
        if (newton.converged)
          break;
      }
    if (!newton.converged)
      throw StepFailed("mechanics at t = " + six_digits(t + dt) + " ms, step " + six_digits(dt) + " ms: " + newton.reason);
    dt_trial = dt;
    return {iterations, linear_iterations, newton.volume, pressure_trial};
  }

  void Mechanics::commit()
  {
    Impl &m = *impl;
    m.wall.commit();
    if (m.inertia)
      m.inertia->commit(m.u, m.u_trial, m.dt_trial);
    m.u_old.swap(m.u);
    m.u = m.u_trial;
    m.pressure_old = m.pressure;
    m.pressure = m.pressure_trial;
    m.dt_old = m.dt_trial;
  }

  void Mechanics::rollback() {} // what is committed is untouched, and the next trial starts from there
}
