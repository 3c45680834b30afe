// The wall's mass: what makes the quasi-static equilibrium an equation of motion.
#pragma once

#include "core/linear/block_matrix.h"
#include "core/parameters/parameters.h"
#include "mechanics/time/generalised_alpha.h"
#include "mechanics/wall/space.h"
#include "mechanics/wall/wall.h"
#include "meshes/anatomy.h"

#include <string>
#include <utility>
#include <vector>

namespace vivicor
{
  struct TimeSettings
  {
    bool inertia = false; ///< generalised-alpha instead of a succession of equilibria
    double density = 1;   ///< mg/mm^3
    double spectral_radius = 0.5;
  };
  /// Entries below "mechanics.time" of a deck.
  void declare_time(Schema &mechanics);
  TimeSettings read_time(const Parameters &mechanics);

  /// Generalised-alpha with the forces of both ends of a step (not the force of a mean state), so that incompressibility and
  /// the cavities' volumes hold at the end of each step and their multipliers belong there. Divided by 1 - alpha_f, the
  /// equation of motion is the equilibrium of the end of the step with one force more,
  ///   f(u_n+1) + (M (alpha_m a_n + (1 - alpha_m) a_n+1) + alpha_f f_n)/(1 - alpha_f) = 0,
  /// where f holds stresses, springs and dampers at v_n+1, tensions and pressures. M: consistent mass of linear tetrahedra.
  class Inertia
  {
  public:
    /// @param cells, matrix as of `space`
    Inertia(const Anatomy &anatomy, const Space &space, const BlockMatrix &matrix, const TimeSettings &settings);

    /// Velocities at the end of a step of dt (ms) from the committed u to x, for the wall; valid until the next call.
    Wall::Motion motion(const std::vector<double> &u, const std::vector<double> &x, double dt);
    /// Where velocity is zero and per what time displacements from there count, for springs with dampers:
    /// v = (x - still)/time.
    const std::vector<double> &still() const { return still_point; }
    double damping_time(double dt) const { return method.beta / method.gamma * dt; }

    /// Collective. Completes the residual of the owned blocks: on entry f(x), of which it keeps a copy.
    void add(const std::vector<double> &u, const std::vector<double> &x, double dt, std::vector<double> &residual);
    void add_tangent(double dt, BlockMatrix &matrix) const;

    /// Takes the step from u to x, whose residual was the last one, as done.
    void commit(const std::vector<double> &u, const std::vector<double> &x, double dt);
    /// The wall stands still in equilibrium.
    void rest();

    /// All of the committed state, of the local blocks (places of pressures are unused), with names for an archive.
    std::vector<std::pair<std::string, std::vector<double> *>> states()
    {
      return {{"velocity", &velocity}, {"acceleration", &acceleration}, {"force", &force}};
    }

  private:
    struct Cell
    {
      std::array<unsigned, 4> nodes;
      std::array<std::array<unsigned, 4>, 4> positions;
      double mass; ///< mg
    };
    const Layout &layout;
    GeneralisedAlpha method;
    std::vector<Cell> cells;
    std::vector<double> velocity, acceleration, force; // mm/ms, mm/ms^2, mN: committed
    std::vector<double> velocity_trial, force_trial;
    std::vector<double> still_point, mean_acceleration, inertial; // mm, mm/ms^2, mN: work
  };
}
