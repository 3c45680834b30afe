#include "electrophysiology/monodomain/options.h"

#include "core/error.h"
#include "electrophysiology/conduction_system/conduction_system.h"
#include "electrophysiology/membranes/membranes.h"

namespace vivicor
{
  void declare_monodomain(Schema &ep)
  {
    ep.choice("splitting", "godunov", {"godunov", "strang", "none"},
              "Godunov: membranes, then diffusion. Strang: half a step of diffusion before and after. None: the currents load one "
              "semi-implicit step.");
    ep.choice("time_scheme", "crank_nicolson", {"crank_nicolson", "backward_euler", "bdf2"},
              "Scheme of the diffusion steps; bdf2, of second order, goes with splitting none.");
    ep.choice("ionic_current", "nodal", {"nodal", "interpolated_states"},
              "Nodal: currents are computed at nodes and interpolated. Interpolated states: potential and states are interpolated "
              "to quadrature points and the currents computed there, in the wave front; needs splitting none and mass_lumping 0 "
              "(Pathmanathan et al. 2012, Int. J. Numer. Methods Biomed. Eng. 28:890).");
    ep.integer("degree", 1, 1, 2,
               "Degree of the tetrahedra. Those of degree 2 have the nodes that the last refinement makes: they need refinement 1 or "
               "more and mass_lumping 0.");
    ep.quantity("mass_lumping", "1", 0, 1,
                "1: lumped mass matrix, as finite volumes; 0: consistent; between: a blend. On coarse unstructured meshes a consistent "
                "mass blurs the difference between conduction along and across the fibres.",
                "lumping slows the front, consistency speeds it up: Niederer et al. 2011, 10.1098/rsta.2011.0139");
    ep.quantity("tolerance", "1e-5", 1e-14, 1e-2, "Relative residual of the diffusion solver.");
    ep.integer("max_iterations", 200, 1, 100000, "Iterations of the diffusion solver before the step counts as failed.");
    ep.quantity("quiet_rate", "0 uA/uF", 0, 10,
                "Membranes whose potential moves slower than this (uA/uF = mV/ms) may wait while diffusion goes on, and take several steps "
                "at once; 0: none waits. Needs splitting godunov or strang.",
                "errors by rate: docs/theory/monodomain.md");
    ep.quantity("quiet_step", "0.4 ms", 1e-4, 2, "How long quiet membranes wait, at most.");
    declare_conduction(ep);
    declare_conduction_system(ep);
  }

  unsigned element_degree(const Parameters &deck)
  {
    return static_cast<unsigned>(deck.integer("degree"));
  }

  DiffusionOptions diffusion_options(const Parameters &deck)
  {
    return {deck.text("time_scheme") == "crank_nicolson" ? 0.5 : 1.0, deck.quantity("mass_lumping"), deck.quantity("tolerance"),
            static_cast<unsigned>(deck.integer("max_iterations")), deck.text("time_scheme") == "bdf2"};
  }

  TimeStepOptions time_step_options(const Parameters &deck)
  {
    const std::string splitting = deck.text("splitting");
    const TimeStepOptions options{splitting == "none"     ? Splitting::none
                                  : splitting == "strang" ? Splitting::strang
                                                          : Splitting::godunov,
                                  deck.text("ionic_current") == "interpolated_states",
                                  deck.text("time_scheme") == "bdf2",
                                  {deck.quantity("quiet_rate"), deck.quantity("quiet_step")}};
    const auto demand = [&](bool wants, const std::string &what, bool granted, const std::string &needed) {
      if (wants && !granted)
        throw UserError({what + " without " + needed, deck.where(what.substr(0, what.find(' '))), "the two belong together", "",
                         "add electrophysiology." + needed});
    };
    demand(options.bdf2, "time_scheme bdf2", options.splitting == Splitting::none, "splitting = none");
    demand(options.interpolate_states, "ionic_current interpolated_states", options.splitting == Splitting::none, "splitting = none");
    demand(options.interpolate_states, "ionic_current interpolated_states", deck.quantity("mass_lumping") == 0, "mass_lumping = 0");
    demand(options.quiet.rate > 0, "quiet_rate above 0", options.splitting != Splitting::none, "splitting = godunov");
    demand(element_degree(deck) == 2, "degree 2", deck.integer("refinement") > 0, "refinement = 1");
    demand(element_degree(deck) == 2, "degree 2", deck.quantity("mass_lumping") == 0, "mass_lumping = 0");
    return options;
  }

  Conduction tissue_conduction(const Anatomy &anatomy, const Parameters &deck, unsigned refinement)
  {
    const auto options = diffusion_options(deck);
    CableOptions numerics;
    numerics.time_step = deck.quantity("time_step");
    numerics.lumping = options.lumping;
    numerics.theta = options.theta;
    const auto scheme = time_step_options(deck);
    numerics.strang = scheme.splitting == Splitting::strang;
    numerics.unsplit = scheme.splitting == Splitting::none;
    numerics.bdf2 = scheme.bdf2;
    numerics.interpolate_states = scheme.interpolate_states;
    numerics.degree = element_degree(deck);
    numerics.threshold = deck.quantity("activation_threshold");
    const auto ventricular = undrugged_model(deck, epicardial), atrium = undrugged_model(deck, atrial);
    const std::map<Tissue, const IonicModel *> models{{Tissue::ventricle, ventricular.get()}, {Tissue::atrium, atrium.get()}};
    return build_conduction(anatomy, deck, models, numerics, refinement);
  }
}
