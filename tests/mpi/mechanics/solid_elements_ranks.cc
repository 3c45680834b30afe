// The general solid solver gives one answer on any number of ranks, by its direct and its iterative solver.
#include "mechanics/verification/solid/solid_solver.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  double bent_tip(MPI_Comm comm, const std::string &element, SolidSolverSettings::Linear linear)
  {
    SolidProblem problem;
    problem.element = element;
    problem.passive = passive_law("guccione", R"({"C": "2 kPa", "bf": 8, "bt": 2, "bfs": 4})");
    problem.dirichlet = {{0, {true, true, true}, {}}};
    problem.pressures = {{4, ramp_to(0.004)}};
    SolidSolverSettings settings;
    settings.linear = linear;
    SolidSolver solver(comm, box_mesh(solid_element(element).shape, {10, 1, 1}, {5, 1, 1}), problem, settings);
    solver.solve_static();
    return solver.displacement({10, 0.5, 1})[2];
  }
}

TEST(SolidElements, BendAlikeOnAnyNumberOfRanks)
{
  using Linear = SolidSolverSettings::Linear;
  for (const char *element : {"P2-P1", "Q2-P1disc"})
    {
      const double alone = bent_tip(MPI_COMM_SELF, element, Linear::direct);
      EXPECT_NEAR(bent_tip(MPI_COMM_WORLD, element, Linear::direct), alone, 1e-6) << element;
      EXPECT_NEAR(bent_tip(MPI_COMM_WORLD, element, Linear::iterative), alone, 1e-5) << element;
    }
}
