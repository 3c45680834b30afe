// The phase on the progress line, through a beat made of pressures (mmHg) and through late diastole.
#include "report/phase.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  struct Moment
  {
    double LV, LA, aorta;
    Phase expected;
  };

  void expect_phases(Phase phase, double LV_before, const std::vector<Moment> &moments)
  {
    for (const Moment &m : moments)
      {
        phase = phase_of(phase, m.LV, m.LA, m.aorta, m.LV - LV_before);
        EXPECT_EQ(name_of(phase), name_of(m.expected)) << "LV " << m.LV << " mmHg, before " << LV_before;
        LV_before = m.LV;
      }
  }
}

TEST(ProgressPhase, FollowsTheBeat)
{
  expect_phases(Phase::filling, 6,
                {{7, 9, 80, Phase::filling},
                 {14, 10, 79, Phase::filling}, // hardly above the atrium yet
                 {40, 9, 78, Phase::isovolumic_contraction},
                 {85, 8, 80, Phase::ejection},
                 {110, 7, 108, Phase::ejection},
                 {98, 8, 100, Phase::isovolumic_relaxation},
                 {40, 9, 95, Phase::isovolumic_relaxation},
                 {11, 10, 94, Phase::isovolumic_relaxation}, // near the atrium, but the mitral valve is still closed
                 {8, 10, 93, Phase::filling}});
}

TEST(ProgressPhase, LateDiastoleIsNoRelaxation)
{
  // Diastasis and the kick: the two pressures cross again and again.
  expect_phases(Phase::filling, 7,
                {{7.5, 7.6, 85, Phase::filling},
                 {7.7, 7.6, 84, Phase::filling},
                 {7.65, 7.6, 83, Phase::filling}, // falls, above the atrium
                 {7.6, 7.5, 82, Phase::filling},
                 {9, 10, 81, Phase::filling},
                 {12, 9, 80, Phase::filling},
                 {11.5, 8.5, 79, Phase::filling},
                 {30, 8, 78, Phase::isovolumic_contraction}});
}

TEST(ProgressPhase, AContractionThatDoesNotEjectRelaxes)
{
  expect_phases(Phase::filling, 8,
                {{40, 9, 80, Phase::isovolumic_contraction},
                 {60, 9, 80, Phase::isovolumic_contraction},
                 {50, 9, 80, Phase::isovolumic_relaxation},
                 {20, 9, 80, Phase::isovolumic_relaxation},
                 {8, 9, 80, Phase::filling}});
}
