// Conduction on cables: the tables of `vivicor verify`, and that tuning gives the velocities that it is asked for.
#include "electrophysiology/tissue/cable.h"
#include "electrophysiology/verification/cable_table.h"
#include "tests/verification/electrophysiology/expect_inside.h"

using namespace vivicor;

TEST(Cable, PublishedArrivalsAndSpeeds)
{
  test::expect_inside(cable_table());
}
TEST(Cable, SplitSchemeIsOfSecondOrder)
{
  test::expect_inside(cable_time_steps());
}

TEST(Cable, DirectAndIterativeSolversAgree)
{
  // Unsplit and split steps differ in time only, and that shrinks with the step.
  CableOptions options;
  options.edge = 0.25;
  options.length = 10;
  options.time_step = 0.005;
  const double split = cable_activation(*epicardial_cell(), 0.1, options, 100).back();
  options.unsplit = options.bdf2 = true;
  EXPECT_NEAR(cable_activation(*epicardial_cell(), 0.1, options, 100).back(), split, 0.02);
}

TEST(Cable, QuadraticElementsConvergeFaster)
{
  // Against the extrapolation of lumped linear elements, 31.51 ms (h = 0.1 and 0.05 mm, order 2): linear elements on the same nodes
  // arrive at 30.85 ms.
  CableOptions options;
  options.edge = 0.1;
  options.length = 20;
  options.time_step = 0.01;
  options.lumping = 0;
  options.degree = 2;
  EXPECT_NEAR(cable_activation(*epicardial_cell(), 0.1334177 / 1.4, options, 100).back(), 31.51, 0.3);
}

TEST(Cable, TuningReachesItsVelocity)
{
  const auto model = epicardial_cell();
  for (const double edge : {0.5, 1.5, 2.5})
    for (const double lumping : {0.0, 0.5, 1.0})
      for (const double velocity : {0.3, 0.6, 1.8})
        {
          CableOptions options;
          options.edge = edge;
          options.lumping = lumping;
          const double D = tune_diffusivity(*model, velocity, options);
          EXPECT_NEAR(conduction_velocity(*model, D, options), velocity, 2e-3 * velocity) << "edge " << edge << ", lumping " << lumping;
        }
}
