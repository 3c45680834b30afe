// The membranes: every owned node belongs to one batch with one ionic model; a batch is stepped by one call.
#pragma once

#include "electrophysiology/ionic_models/ionic_model.h"
#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/refined_mesh.h"

#include <memory>

namespace vivicor
{
  class Reaction
  {
  public:
    /// A model with the state that its nodes start from.
    struct Membrane
    {
      std::shared_ptr<const IonicModel> model;
      double V; ///< mV
      std::vector<double> states;
    };
    static Membrane at_rest(std::shared_ptr<const IonicModel> model);

    /// @param membranes by group of the mesh
    Reaction(const RefinedMesh &mesh, std::vector<Membrane> membranes);

    void set_initial(double *V);
    /// @param stimulus uA/uF by owned node; only batches with `stimulated` set see it
    void step(double dt, double *V, const double *stimulus, const std::vector<char> &stimulated);
    /// Free calcium of the cytosol, uM, by owned node.
    void calcium(double *values) const;
    double rest_calcium(std::size_t group) const;

    std::vector<AlignedVector> states; ///< by group, state s of its node i at [s * stride + i]

  private:
    const RefinedMesh &mesh;
    std::vector<Membrane> membranes;
    std::vector<std::size_t> stride;
  };
}
