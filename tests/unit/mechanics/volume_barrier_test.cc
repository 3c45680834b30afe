// The barrier that verification problems put on top of a law: stress and tangent are derivatives of its energy.
#include "mechanics/verification/volume_barrier.h"

#include "mechanics/verification/solid/solid_problem.h"
#include "tests/unit/mechanics/law_at_a_point.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

using namespace vivicor;
using vivicor::test::evaluate;
using vivicor::test::LawAtAPoint;

TEST(VolumeBarrier, StressAndTangentAreDerivatives)
{
  const auto law = with_volume_barrier(passive_law("guccione"), 20);
  const std::array<double, 6> E{0.2, -0.15, 0.05, 0.04, -0.03, 0.06};
  const LawAtAPoint here = evaluate(*law, E);
  constexpr double h = 1e-6;
  for (unsigned J = 0; J < 6; ++J)
    {
      auto above = E, below = E;
      const double step = J < 3 ? h : h / 2; // engineering shears are twice the components
      above[J] += step;
      below[J] -= step;
      const LawAtAPoint up = evaluate(*law, above), down = evaluate(*law, below);
      EXPECT_NEAR((up.W - down.W) / (2 * h), here.S[J], 1e-7);
      for (unsigned I = 0; I < 6; ++I)
        EXPECT_NEAR((up.S[I] - down.S[I]) / (2 * h), here.D[6 * I + J], 1e-6);
    }
}

TEST(VolumeBarrier, VanishesWhereTheVolumeIsKept)
{
  const auto bare = passive_law("guccione"), law = with_volume_barrier(bare, 20);
  const double a = 1.3, b = 1 / (a * a); // stretches a, a, 1/a^2
  const std::array<double, 6> E{0.5 * (a * a - 1), 0.5 * (a * a - 1), 0.5 * (b * b - 1), 0, 0, 0};
  EXPECT_NEAR(evaluate(*law, E).W, evaluate(*bare, E).W, 1e-12);
  for (unsigned I = 0; I < 6; ++I)
    EXPECT_NEAR(evaluate(*law, E).S[I], evaluate(*bare, E).S[I], 1e-12);
}
