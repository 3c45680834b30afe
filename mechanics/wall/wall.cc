#include "mechanics/wall/wall.h"

#include "core/mesh/vectors.h"
#include "mechanics/wall/wall_kernels.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t batch_cells = 128; // strains, stresses and tangents of a batch stay in the second-level cache

    /// Gradients of the four barycentric coordinates; returns the volume.
    double shape_gradients(const std::array<Point3, 4> &x, std::array<Point3, 4> &gradient)
    {
      const Point3 a = x[1] - x[0], b = x[2] - x[0], c = x[3] - x[0];
      const double six_V = dot(a, cross(b, c));
      const std::array<Point3, 3> n{cross(b, c), cross(c, a), cross(a, b)};
      gradient[0] = {0, 0, 0};
      for (unsigned k = 0; k < 3; ++k)
        for (unsigned i = 0; i < 3; ++i)
          {
            gradient[k + 1][i] = n[k][i] / six_V;
            gradient[0][i] -= gradient[k + 1][i];
          }
      return six_V / 6;
    }
  }

  Wall::Wall(const Anatomy &anatomy, const Fibres &fibres, const Space &space, const BlockMatrix &matrix,
             std::vector<RegionLaw> region_laws, const WallSettings &wall_settings)
    : settings(wall_settings), laws(std::move(region_laws))
  {
    reference.resize(matrix.layout().local());
    std::vector<std::vector<unsigned>> by_region(anatomy.regions.size());
    for (const unsigned cell : space.cells)
      by_region[anatomy.cell_region[cell]].push_back(cell);

    std::size_t at = 0, state_at = 0;
    for (unsigned region = 0; region < by_region.size(); ++region)
      for (std::size_t first = 0; first < by_region[region].size(); first += batch_cells)
        {
          Batch batch{region, std::min(batch_cells, by_region[region].size() - first), 0, at, state_at, 0};
          batch.stride = (batch.cells + kernels::lanes - 1) / kernels::lanes * kernels::lanes;
          gradient.resize(12 * (at + batch.stride));
          volume.resize(at + batch.stride);
          for (std::size_t i = 0; i < batch.stride; ++i)
            {
              const unsigned cell = by_region[region][first + std::min(i, batch.cells - 1)];
              const auto &cell_nodes = anatomy.cells[cell];
              std::array<Point3, 4> x, g;
              std::array<unsigned, 4> local;
              for (unsigned a = 0; a < 4; ++a)
                {
                  x[a] = anatomy.points[cell_nodes[a]];
                  local[a] = static_cast<unsigned>(matrix.layout().local_of(space.number[cell_nodes[a]]));
                  reference[local[a]] = x[a];
                }
              volume[at + i] = shape_gradients(x, g);
              const Frame frame = fibres.at(cell_nodes, std::array<double, 4>{0.25, 0.25, 0.25, 0.25});
              for (unsigned a = 0; a < 4; ++a)
                {
                  double *const to = gradient.data() + 12 * at + 3 * a * batch.stride + i;
                  to[0] = dot(g[a], frame.fibre);
                  to[batch.stride] = dot(g[a], frame.sheet);
                  to[2 * batch.stride] = dot(g[a], frame.normal);
                }
              anatomy_cells.push_back(cell);
              anatomy_nodes.push_back(cell_nodes);
              nodes.push_back(local);
              std::array<unsigned, 10> upper, lower;
              for (unsigned a = 0, pair = 0; a < 4; ++a)
                for (unsigned b = a; b < 4; ++b, ++pair)
                  {
                    upper[pair] = static_cast<unsigned>(matrix.position(local[a], local[b]));
                    lower[pair] = static_cast<unsigned>(matrix.position(local[b], local[a]));
                  }
              positions.push_back(upper);
              transposed.push_back(lower);
            }
          if (const auto &active = laws[region].active)
            {
              const std::vector<double> rest = active->rest();
              batch.states = rest.size();
              for (const double value : rest)
                state_old.insert(state_old.end(), batch.stride, value);
            }
          at += batch.stride;
          state_at += batch.states * batch.stride;
          batches.push_back(batch);
        }
    state = state_old;
    calcium.assign(at, 0.0);
    strain_old.assign(6 * at, 0.0);
    strain = strain_old;
    stretch_old.assign(at, 1.0);
    stretch = stretch_old;
    tension_old.assign(at, 0.0);
    tension = tension_old;
    work.x.resize(12 * batch_cells);
    work.p.resize(4 * batch_cells);
    work.F.resize(9 * batch_cells);
    work.J.resize(batch_cells);
    work.S.resize(6 * batch_cells);
    work.D.resize(36 * batch_cells);
    work.r.resize(16 * batch_cells);
    work.K.resize(160 * kernels::lanes);
    work.stiffness.resize(batch_cells);
  }

  void Wall::set_calcium(const std::vector<double> &nodal)
  {
    for (std::size_t i = 0; i < calcium.size(); ++i)
      {
        const auto &n = anatomy_nodes[i];
        calcium[i] = 0.25 * (nodal[n[0]] + nodal[n[1]] + nodal[n[2]] + nodal[n[3]]);
      }
  }

  void Wall::gather(const Batch &batch, const double *x)
  {
    const std::size_t s = batch.stride;
    for (std::size_t i = 0; i < s; ++i)
      for (unsigned a = 0; a < 4; ++a)
        {
          const unsigned node = nodes[batch.at + i][a];
          for (unsigned c = 0; c < 3; ++c)
            work.x[(3 * a + c) * s + i] = reference[node][c] + x[4 * std::size_t{node} + c];
          work.p[a * s + i] = x[4 * std::size_t{node} + 3];
        }
    kernels::kinematics(s, work.x.data(), gradient_of(batch), work.F.data(), work.J.data(), strain.data() + 6 * batch.at);
    const double across = laws[batch.region].dispersion, along = 1 - across;
    const double *const E = strain.data() + 6 * batch.at;
    for (std::size_t i = 0; i < s; ++i)
      stretch[batch.at + i] = std::sqrt(1 + 2 * (along * E[i] + across * E[2 * s + i]));
  }

  Wall::Result Wall::assemble(const double *x, double dt, double *residual, BlockMatrix *matrix, const Motion *motion)
  {
    Result result;
    active_trial = dt > 0 && !passive;
    for (const Batch &batch : batches)
      {
        const RegionLaw &law = laws[batch.region];
        const std::size_t s = batch.stride;
        gather(batch, x);
        double *const D = matrix ? work.D.data() : nullptr;
        law.passive->evaluate(s, strain.data() + 6 * batch.at, nullptr, work.S.data(), D);
        if (law.passive_scale != 1)
          {
            std::transform(work.S.begin(), work.S.begin() + 6 * s, work.S.begin(), [&](double v) { return v * law.passive_scale; });
            if (D)
              std::transform(D, D + 36 * s, D, [&](double v) { return v * law.passive_scale; });
          }
        if (dt > 0)
          {
            if (law.active && !passive)
              add_active(batch, dt);
            if (settings.viscosity > 0)
              add_viscous(batch, dt, motion);
          }
        const double modulus = settings.stabilisation_modulus > 0 ? settings.stabilisation_modulus : law.shear_modulus();
        const kernels::Volumetric volumetric{1 / settings.bulk_modulus, settings.stabilisation / modulus, settings.volume_barrier};
        kernels::residuals(s, gradient_of(batch), volume.data() + batch.at, work.F.data(), work.J.data(), work.p.data(), work.S.data(),
                           volumetric, work.r.data());
        scatter_residual(batch, residual, result);
        if (matrix)
          for (std::size_t first = 0; first < s; first += kernels::lanes)
            {
              kernels::tangents(s, first, gradient_of(batch), volume.data() + batch.at, work.F.data(), work.J.data(), work.p.data(),
                                work.S.data(), D, volumetric, work.K.data());
              scatter_tangent(batch, first, *matrix);
            }
      }
    return result;
  }

  void Wall::add_active(const Batch &batch, double dt)
  {
    const RegionLaw &law = laws[batch.region];
    const std::size_t s = batch.stride, at = batch.at;
    const double across = law.dispersion, along = 1 - across; // H = along f0 x f0 + across n0 x n0
    law.active->advance(s, dt, calcium.data() + at, stretch_old.data() + at, stretch.data() + at, state_old.data() + batch.state_at,
                        state.data() + batch.state_at, tension.data() + at, work.stiffness.data());
    for (std::size_t i = 0; i < s; ++i)
      {
        const double lambda = stretch[at + i], T = law.active_scale * tension[at + i];
        const double slope = law.active_scale * work.stiffness[i];
        tension[at + i] = T;
        const double S = settings.tension_per_stretch ? T / lambda : T;
        // d lambda / d E = H / lambda
        const double D = (settings.tension_per_stretch ? (slope - T / lambda) / lambda : slope) / lambda;
        work.S[i] += along * S;
        work.D[i] += along * along * D;
        work.S[2 * s + i] += across * S;
        work.D[2 * s + i] += along * across * D;
        work.D[12 * s + i] += along * across * D;
        work.D[14 * s + i] += across * across * D;
      }
  }

  void Wall::add_viscous(const Batch &batch, double dt, const Motion *motion)
  {
    const std::size_t s = batch.stride;
    const double rate = settings.viscosity / (motion ? motion->time : dt);
    if (motion)
      add_viscous_stress(batch, motion->velocity);
    else
      for (std::size_t i = 0; i < 6 * s; ++i)
        work.S[i] += rate * (strain[6 * batch.at + i] - strain_old[6 * batch.at + i]);
    for (unsigned I = 0; I < 6; ++I)
      for (std::size_t i = 0; i < s; ++i)
        work.D[7 * I * s + i] += I < 3 ? rate : 0.5 * rate; // engineering shears are twice E
  }

  // dE/dt = sym(F^T grad v). The tangent leaves out what dF does to it: of the order of the strain in one step.
  void Wall::add_viscous_stress(const Batch &batch, const double *velocity)
  {
    constexpr unsigned row[6] = {0, 1, 2, 0, 0, 1}, column[6] = {0, 1, 2, 1, 2, 2};
    const std::size_t s = batch.stride;
    const double *const g = gradient_of(batch), *const F = work.F.data();
    for (std::size_t i = 0; i < s; ++i)
      {
        double rate[6] = {};
        for (unsigned c = 0; c < 3; ++c)
          {
            double L[3] = {}, f[3];
            for (unsigned K = 0; K < 3; ++K)
              {
                f[K] = F[(3 * c + K) * s + i];
                for (unsigned a = 0; a < 4; ++a)
                  L[K] += velocity[4 * std::size_t{nodes[batch.at + i][a]} + c] * g[(3 * a + K) * s + i];
              }
            for (unsigned I = 0; I < 6; ++I)
              rate[I] += 0.5 * (f[row[I]] * L[column[I]] + f[column[I]] * L[row[I]]);
          }
        for (unsigned I = 0; I < 6; ++I)
          work.S[I * s + i] += settings.viscosity * rate[I];
      }
  }

  void Wall::scatter_residual(const Batch &batch, double *residual, Result &result) const
  {
    const std::size_t s = batch.stride;
    for (std::size_t i = 0; i < batch.cells; ++i)
      {
        result.min_J = std::min(result.min_J, work.J[i]);
        for (unsigned a = 0; a < 4; ++a)
          {
            double *const to = residual + 4 * std::size_t{nodes[batch.at + i][a]};
            for (unsigned c = 0; c < 4; ++c)
              {
                const double value = work.r[(4 * a + c) * s + i];
                to[c] += value;
                if (c < 3)
                  result.force_scale2 += value * value;
              }
          }
      }
  }

  void Wall::scatter_tangent(const Batch &batch, std::size_t first, BlockMatrix &matrix) const
  {
    for (std::size_t lane = 0; lane < kernels::lanes && first + lane < batch.cells; ++lane)
      {
        const std::size_t cell = batch.at + first + lane;
        for (unsigned pair = 0; pair < 10; ++pair)
          {
            const double *const K = work.K.data() + 16 * pair * kernels::lanes + lane;
            double *const upper = matrix.block(positions[cell][pair]);
            for (unsigned e = 0; e < 16; ++e)
              upper[e] += K[e * kernels::lanes];
            if (positions[cell][pair] == transposed[cell][pair])
              continue;
            double *const lower = matrix.block(transposed[cell][pair]);
            for (unsigned i = 0; i < 4; ++i)
              for (unsigned j = 0; j < 4; ++j)
                lower[4 * i + j] += K[(4 * j + i) * kernels::lanes];
          }
      }
  }

  void Wall::commit()
  {
    strain_old = strain;
    stretch_old = stretch;
    if (active_trial)
      {
        state_old = state;
        tension_old = tension;
      }
  }

  template <class From>
  void Wall::archive_cells(Archive &archive, const std::string &set, const std::string &name, const std::vector<const Batch *> &chosen,
                           unsigned width, std::vector<double> &values, const From &from) const
  {
    EntityIds ids;
    std::vector<double> packed;
    for (const Batch *const batch : chosen)
      for (std::size_t i = 0; i < batch->cells; ++i)
        {
          ids.push_back(anatomy_cells[batch->at + i]);
          for (unsigned c = 0; c < width; ++c)
            packed.push_back(values[from(*batch) + c * batch->stride + i]);
        }
    archive.by_entity(set, name, ids, width, packed);
    std::size_t first = 0;
    for (const Batch *const batch : chosen)
      {
        for (std::size_t i = 0; i < batch->stride; ++i) // the last cell is repeated
          for (unsigned c = 0; c < width; ++c)
            values[from(*batch) + c * batch->stride + i] = packed[(first + std::min(i, batch->cells - 1)) * width + c];
        first += batch->cells;
      }
  }

  void Wall::archive(Archive &archive)
  {
    std::vector<const Batch *> all;
    std::vector<std::vector<const Batch *>> by_region(laws.size());
    for (const Batch &batch : batches)
      {
        all.push_back(&batch);
        by_region[batch.region].push_back(&batch);
      }
    archive_cells(archive, "cells of the wall", "mechanics/tension", all, 1, tension_old, [](const Batch &batch) { return batch.at; });
    for (std::size_t region = 0; region < laws.size(); ++region)
      if (const auto &active = laws[region].active)
        archive_cells(archive, "cells of the wall's region " + std::to_string(region), "mechanics/tension_states " + std::to_string(region),
                      by_region[region], static_cast<unsigned>(active->rest().size()), state_old,
                      [](const Batch &batch) { return batch.state_at; });
  }

  void Wall::restore(const double *x)
  {
    for (const Batch &batch : batches)
      gather(batch, x);
    strain_old = strain;
    stretch_old = stretch;
  }

  double Wall::volume2() const
  {
    double total = 0;
    for (const Batch &batch : batches)
      for (std::size_t i = batch.at; i < batch.at + batch.cells; ++i)
        total += volume[i] * volume[i];
    return total;
  }

  void Wall::add_to_nodes(std::vector<double> &node_volume, std::vector<double> &node_stretch, std::vector<double> &node_tension) const
  {
    for (const Batch &batch : batches)
      for (std::size_t i = batch.at; i < batch.at + batch.cells; ++i)
        for (const unsigned node : anatomy_nodes[i])
          {
            node_volume[node] += volume[i];
            node_stretch[node] += volume[i] * stretch_old[i];
            node_tension[node] += volume[i] * tension_old[i];
          }
  }
}
