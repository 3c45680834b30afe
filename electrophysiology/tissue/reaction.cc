#include "electrophysiology/tissue/reaction.h"

#include <algorithm>
#include <limits>

namespace vivicor
{
  Reaction::Membrane Reaction::at_rest(std::shared_ptr<const IonicModel> model)
  {
    const double V = model->rest_potential();
    auto states = model->rest();
    return {std::move(model), V, std::move(states), {}};
  }

  Reaction::Reaction(const RefinedMesh &mesh, std::vector<Membrane> membranes_)
    : states(mesh.groups.size()), mesh(mesh), membranes(std::move(membranes_)), stride(mesh.groups.size())
  {
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      {
        // An odd number of cache lines, so that the states of a node do not fall on the same set of the cache.
        stride[g] = (mesh.groups[g].count + 7) / 8 * 8;
        if (stride[g] / 8 % 2 == 0)
          stride[g] += 8;
      }
    for (const Membrane &membrane : membranes)
      steppers.emplace_back(*membrane.model, membrane.options);
  }

  void Reaction::set_initial(double *V)
  {
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      {
        const auto &membrane = membranes[g];
        const auto [begin, count] = mesh.groups[g];
        std::fill(V + begin, V + begin + (count + 7) / 8 * 8, membrane.V);
        states[g].resize(stride[g] * membrane.states.size());
        for (std::size_t s = 0; s < membrane.states.size(); ++s)
          std::fill_n(states[g].begin() + static_cast<std::ptrdiff_t>(s * stride[g]), stride[g], membrane.states[s]);
      }
  }

  void Reaction::step(double dt, double *V, const double *stimulus, const std::vector<char> &stimulated, const double *gate_V)
  {
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      if (const auto [begin, count] = mesh.groups[g]; count > 0)
        step_part(g, begin, count, dt, V, stimulated[g] ? stimulus : nullptr, gate_V);
  }

  void Reaction::step_part(std::size_t g, std::size_t begin, std::size_t count, double dt, double *V, const double *stimulus,
                           const double *gate_V)
  {
    try
      {
        steppers[g].step(count, stride[g], dt, V + begin, states[g].data() + (begin - mesh.groups[g].begin),
                         stimulus ? stimulus + begin : nullptr, gate_V ? gate_V + begin : nullptr);
      }
    catch (const SolverError &)
      {
        // Perhaps on this rank alone: the diffusion finds such a value and all ranks agree to cut the step.
        V[begin] = std::numeric_limits<double>::quiet_NaN();
      }
  }

  void Reaction::rates(const double *V, double *dV)
  {
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      if (const auto [begin, count] = mesh.groups[g]; count > 0)
        {
          scratch.resize(std::max(scratch.size(), states[g].size()));
          membranes[g].model->rates(count, stride[g], V + begin, states[g].data(), nullptr, dV + begin, scratch.data());
        }
  }

  void Reaction::calcium(double *values) const
  {
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      {
        const auto &model = *membranes[g].model;
        if (!model.has_calcium())
          {
            std::fill_n(values + mesh.groups[g].begin, mesh.groups[g].count, 0.0);
            continue;
          }
        const double factor = model.calcium_to_uM();
        const double *from = states[g].data() + model.calcium_index() * stride[g];
        double *to = values + mesh.groups[g].begin;
        for (std::size_t i = 0; i < mesh.groups[g].count; ++i)
          to[i] = factor * from[i];
      }
  }

  double Reaction::rest_calcium(std::size_t group) const
  {
    const IonicModel &cell = model(group);
    return cell.has_calcium() ? membranes[group].states[cell.calcium_index()] * cell.calcium_to_uM() : 0.0;
  }
}
