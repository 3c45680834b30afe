#include "core/mesh/vectors.h"
#include "electrophysiology/membranes/membranes.h"
#include "electrophysiology/monodomain/monodomain.h"
#include "electrophysiology/monodomain/options.h"
#include "electrophysiology/tissue/conductivity.h"

#include <array>

namespace vivicor
{
  namespace
  {
    CellList needed_elements(const RefinedMesh &mesh, const Parameters &deck)
    {
      return element_degree(deck) == 2 || time_step_options(deck).interpolate_states ? elements_of(mesh)
                                                                                     : CellList{Element(Element::Shape::simplex, 3, 1), {}};
    }
    Matrices tissue_matrices(const RefinedMesh &mesh, const CellList &elements, const Anatomy &anatomy, const Fibres &fibres,
                             const Parameters &deck, const ElectricalPorts *ports)
    {
      const Conduction conduction = tissue_conduction(anatomy, deck, mesh.refinement);
      auto tensors = diffusivity_tensors(mesh, anatomy, fibres, conduction);
      for (std::size_t c = 0; ports && !ports->changes.empty() && c < tensors.size(); ++c)
        {
          const auto &[n0, n1, n2, n3] = mesh.cells[c];
          const Point3 centre = 0.25 * (mesh.points[n0] + mesh.points[n1] + (mesh.points[n2] + mesh.points[n3]));
          for (double &component : tensors[c])
            component *= conduction_factor(ports, centre);
        }
      return element_degree(deck) == 2 ? assemble(mesh, elements, element_means(tensors)) : assemble(mesh, tensors);
    }
  }

  Monodomain::Monodomain(const Parameters &deck, const Context &context) : Monodomain(deck, context, build_membranes(deck, context.anatomy))
  {
  }

  Monodomain::Monodomain(const Parameters &deck, const Context &context, const std::vector<Reaction::Membrane> &membranes)
    : MeshedHeart(context, deck, static_cast<unsigned>(membranes.size()), element_degree(deck)),
      longest_step(deck.quantity("time_step")),
      threshold(deck.quantity("activation_threshold")),
      node_archive(mesh, context.anatomy),
      reaction(mesh, membranes),
      elements(needed_elements(mesh, deck)),
      matrices(tissue_matrices(mesh, elements, context.anatomy, context.fibres, deck, context.ports)),
      diffusion(comm, mesh, halo, matrices, diffusion_options(deck)),
      time_step(mesh, elements, halo, reaction, diffusion, time_step_options(deck), context.timers),
      conduction_system(comm, mesh, context.anatomy, context.fibres, deck, context.cycle_length),
      electrodes(comm, mesh, context.anatomy, context.ports),
      current(mesh),
      map(mesh.n_owned, threshold, deck.quantity("repolarisation_level")),
      V(mesh.n_local(), 0.0),
      before(mesh.n_local())
  {
    reaction.set_initial(V.data());
    halo.update(V.data());
    rest_calcium(reaction.rest_calcium(epicardial), reaction.rest_calcium(atrial));
    update_calcium();
    committed = save();
  }
}
