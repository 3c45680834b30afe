#include "electrophysiology/validate.h"

#include "core/mpi.h"
#include "core/timers.h"
#include "electrophysiology/conduction_system/conduction_system.h"
#include "electrophysiology/conduction_system/his_bundle.h"
#include "electrophysiology/electrical_heart.h"
#include "electrophysiology/electrodes.h"
#include "electrophysiology/leads/electrocardiogram.h"
#include "electrophysiology/leads/electrograms.h"
#include "electrophysiology/membranes/membranes.h"
#include "electrophysiology/monodomain/options.h"
#include "electrophysiology/stimuli/regions.h"
#include "electrophysiology/stimuli/stimulus_table.h"
#include "electrophysiology/stimuli/time_course.h"

namespace vivicor
{
  namespace
  {
    Parameters section_of(const Parameters &deck)
    {
      return deck.section("electrophysiology");
    }

    bool is_monodomain(const Parameters &electrophysiology)
    {
      return electrophysiology.text("model") == "monodomain";
    }

    double cycle_length_of(const Parameters &deck)
    {
      return deck.section("time").quantity("cycle_length");
    }

    void validate_stimulus(const Parameters &stimulus)
    {
      read_time_course(stimulus);
      const std::string shape = stimulus.text("shape");
      if (shape == "table")
        read_stimulus_table(stimulus, "file", stimulus.quantity("radius"));
      else if (shape != "surface")
        stimulus_points(stimulus);
    }
  }

  void validate_electrophysiology(const Parameters &deck)
  {
    const Parameters ep = section_of(deck);
    given_electrodes(ep.section("ecg"));
    electrogram_positions(ep);
    if (!is_monodomain(ep))
      return;
    time_step_options(ep);
    sinus_period(ep.section("sinus_node"), cycle_length_of(deck));
    region_factors(regions_of(deck), ep.section("conduction"));
    cut_bundles(ep.section("conduction_system"));
    for (const std::string node : {"sinus_node", "av_node"})
      deck_point(ep.section(node), "centre");
    deck_points(ep.section("early_sites"), "points");
    for (const std::string &name : ep.names("stimuli"))
      validate_stimulus(ep.section("stimuli").section(name));
  }

  void validate_electrophysiology(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
                                  const Parameters &deck, const ElectricalPorts *ports)
  {
    const Parameters ep = section_of(deck);
    if (!is_monodomain(ep)) // without matrices, so that it may as well be made
      {
        Timers timers;
        build_electrical_heart(comm, anatomy, fibres, cell_rank, deck, timers, ports);
        return;
      }
    const auto membranes = build_membranes(ep, anatomy, MembraneStart::rest);
    const RefinedMesh mesh = build_refined_mesh(anatomy, cell_rank, static_cast<unsigned>(rank_of(comm)),
                                                static_cast<unsigned>(ep.integer("refinement")), membrane_of(fibres, anatomy, ep),
                                                static_cast<unsigned>(membranes.size()), element_degree(ep));
    tissue_conduction(anatomy, ep, mesh.refinement);
    ConductionSystem(comm, mesh, anatomy, fibres, ep, cycle_length_of(deck));
    Electrodes(comm, mesh, anatomy, ports);
  }
}
