// The membranes: every owned node belongs to one batch with one ionic model; a batch is stepped by one call.
#pragma once

#include "electrophysiology/membranes/reaction_scheme.h"
#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/refined_mesh.h"

#include <memory>

namespace vivicor
{
  class Reaction
  {
  public:
    /// A model with the state that its nodes start from and the scheme that advances them.
    struct Membrane
    {
      std::shared_ptr<const IonicModel> model;
      double V; ///< mV
      std::vector<double> states;
      ReactionOptions options = {};
    };
    static Membrane at_rest(std::shared_ptr<const IonicModel> model);

    /// @param membranes by group of the mesh
    Reaction(const RefinedMesh &mesh, std::vector<Membrane> membranes);

    void set_initial(double *V);
    /// @param stimulus uA/uF by owned node; only batches with `stimulated` set see it
    /// @param gate_V potentials that the gates relax at, by owned node, or null for V: see IonicModel::step
    void step(double dt, double *V, const double *stimulus, const std::vector<char> &stimulated, const double *gate_V = nullptr);
    /// The same of `count` nodes of a group from owned node `begin` on, a multiple of 8. @param stimulus null: none
    void step_part(std::size_t group, std::size_t begin, std::size_t count, double dt, double *V, const double *stimulus,
                   const double *gate_V);
    /// dV/dt (mV/ms) by owned node, without any stimulus; padding is left alone.
    void rates(const double *V, double *dV);
    /// Free calcium of the cytosol, uM, by owned node; 0 where the model has none.
    void calcium(double *values) const;
    double rest_calcium(std::size_t group) const;

    const IonicModel &model(std::size_t group) const { return *membranes[group].model; }
    std::size_t n_states(std::size_t group) const { return membranes[group].states.size(); }
    std::size_t stride_of(std::size_t group) const { return stride[group]; }

    std::vector<AlignedVector> states; ///< by group, state s of its node i at [s * stride + i]

  private:
    const RefinedMesh &mesh;
    std::vector<Membrane> membranes;
    std::vector<MembraneStepper> steppers;
    std::vector<std::size_t> stride;
    AlignedVector scratch; ///< for rates of states that nobody asked for
  };
}
