// Regazzoni, Dede' & Quarteroni 2020 (doi:10.1371/journal.pcbi.1008294), mean-field model: what its equations say, and the
// implicit steps against a plain explicit integration of the same equations, written out here a second time.
#include "core/error.h"
#include "tests/unit/mechanics/one_point.h"

#include <algorithm>
#include <cmath>

using namespace vivicor;

namespace
{
  /// Forward Euler with 2 us in seconds, micrometres and kPa, as the published program integrates (with 25 us).
  struct Explicit
  {
    double x[2][2][2][2] = {};     // [left][middle][right][calcium]
    double m0[2] = {}, m1[2] = {}; // [permissive]

    static double opens(int a, int c, int C) { return 2. * 13. * std::pow(12., a + c) / (C ? 1. : 10.); }
    static double closes(int a, int c) { return 13. * std::pow(12., 2 - a - c); }
    static double middle(int a, int b, int c, int C) { return b ? closes(a, c) : opens(a, c, C); }

    static double overlap(double SL)
    {
      const double heads = (1.65 - 0.18) / 2.;
      if (SL <= 1.25)
        return 0.;
      if (SL <= 1.65)
        return (SL - 1.25) / heads;
      if (SL <= 2.32)
        return (SL + 1.65 - 2.5) / 2. / heads;
      if (SL <= 2.68)
        return 1.;
      return (1.65 + 2.5 - SL) / 2. / heads;
    }

    void step(double dt, double calcium, double SL, double dSL)
    {
      // Conditional mean rates of the middle unit.
      double right_of[2][2] = {}, left_of[2][2] = {}; // [middle][right], [left][middle]
      for (int i = 0; i < 2; ++i)
        for (int j = 0; j < 2; ++j)
          {
            double flux_r = 0., total_r = 0., flux_l = 0., total_l = 0.;
            for (int k = 0; k < 2; ++k)
              for (int C = 0; C < 2; ++C)
                {
                  flux_r += middle(k, i, j, C) * x[k][i][j][C];
                  total_r += x[k][i][j][C];
                  flux_l += middle(i, j, k, C) * x[i][j][k][C];
                  total_l += x[i][j][k][C];
                }
            right_of[i][j] = total_r > 0. ? flux_r / total_r : 0.;
            left_of[i][j] = total_l > 0. ? flux_l / total_l : 0.;
          }
      const double binding = 100. / (0.381 + 0.571 * (2.15 - SL)) * calcium;
      double open = 0., shut = 0., closing = 0., opening = 0., next[2][2][2][2];
      for (int a = 0; a < 2; ++a)
        for (int b = 0; b < 2; ++b)
          for (int c = 0; c < 2; ++c)
            for (int C = 0; C < 2; ++C)
              {
                const auto leaves_C = [&](int bb, int CC) { return CC ? (bb ? 10. : 100.) : binding; };
                (b ? open : shut) += x[a][b][c][C];
                (b ? closing : opening) += middle(a, b, c, C) * x[a][b][c][C];
                next[a][b][c][C] = x[a][b][c][C]
                                   + dt
                                       * (right_of[1 - a][b] * x[1 - a][b][c][C] - right_of[a][b] * x[a][b][c][C]
                                          + middle(a, 1 - b, c, C) * x[a][1 - b][c][C] - middle(a, b, c, C) * x[a][b][c][C]
                                          + left_of[b][1 - c] * x[a][b][1 - c][C] - left_of[b][c] * x[a][b][c][C]
                                          + leaves_C(b, 1 - C) * x[a][b][c][1 - C] - leaves_C(b, C) * x[a][b][c][C]);
              }
      const double v = -dSL / 2.2, r = 134.31 + 25.184 * std::abs(v), PN = open > 0. ? closing / open : 0.,
                   NP = shut > 0. ? opening / shut : 0.;
      const double P0 = m0[1], N0 = m0[0], P1 = m1[1], N1 = m1[0];
      m0[1] += dt * (open * 32.653 - (r + PN) * P0 + NP * N0);
      m0[0] += dt * (PN * P0 - (r + NP) * N0);
      m1[1] += dt * (open * 0.778 - v * P0 - (r + PN) * P1 + NP * N1);
      m1[0] += dt * (PN * P1 - v * N0 - (r + NP) * N1);
      std::copy_n(&next[0][0][0][0], 16, &x[0][0][0][0]);
    }

    double tension(double SL) const { return 22894. * (m1[0] + m1[1]) * overlap(SL); }
  };

  // The input of the published program: a calcium transient from 0.1 to 0.9 uM, and a sarcomere of 2.2 um that shortens by 3 %.
  double calcium_at(double t) // s
  {
    const double t1 = 0.02, t2 = 0.05, t0 = 0.01;
    const double beta = std::pow(t1 / t2, -1. / (t1 / t2 - 1.)) - std::pow(t1 / t2, -1. / (1. - t2 / t1));
    return t < t0 ? 0.1 : 0.1 + 0.8 / beta * (std::exp(-(t - t0) / t1) - std::exp(-(t - t0) / t2));
  }
  double length_at(double t) // um
  {
    return 2.2 - 0.066 * (std::max(0., 1. - std::exp((0.05 - t) / 0.05)) - std::max(0., 1. - std::exp((0.35 - t) / 0.02)));
  }

  class Regazzoni : public test::OnePoint
  {
  protected:
    Regazzoni() : OnePoint("regazzoni_2020") {}

    double steady_tension(const double calcium, const double stretch = 1.)
    {
      for (unsigned i = 0; i < 1000; ++i)
        advance(10., calcium, stretch, stretch);
      return tension;
    }
  };
}

TEST_F(Regazzoni, FollowsTheExplicitIntegrationOfTheEquations)
{
  // From all units closed and empty, as the published program starts; tensions every 10 ms.
  Explicit reference;
  reference.x[0][0][0][0] = 1.;
  std::fill(state.begin(), state.end(), 0.);
  state[0] = 1.;
  const double h = 2e-6, dt = 0.02; // s, ms
  double t = 0., worst = 0., peak = 0., at = 0.;
  for (unsigned sample = 1; sample <= 60; ++sample)
    {
      for (unsigned i = 0; i < 5000; ++i, t += h)
        reference.step(h, calcium_at(t), length_at(t), (length_at(t + h) - length_at(t)) / h);
      for (unsigned i = 0; i < 500; ++i)
        {
          const double end = (sample - 1) * 10. + (i + 1) * dt;
          advance(dt, calcium_at(1e-3 * end), length_at(1e-3 * (end - dt)) / 2.2, length_at(1e-3 * end) / 2.2);
        }
      const double expected = reference.tension(length_at(t));
      if (expected > peak)
        {
          peak = expected;
          at = 10. * sample;
        }
      worst = std::max(worst, std::abs(tension - expected));
    }
  std::printf("  peak %.3f kPa at %.0f ms; largest difference to the explicit integration %.3f kPa\n", peak, at, worst);
  EXPECT_GT(peak, 20.);
  EXPECT_LT(worst, 5e-3 * peak);
}

TEST_F(Regazzoni, ProbabilitiesAreProbabilitiesForAnyStep)
{
  for (const double dt : {0.1, 1., 50., 1e4})
    for (const double calcium : {0.01, 0.5, 50.})
      {
        advance(dt, calcium, 1.05, 0.95);
        double total = 0.;
        for (unsigned s = 0; s < 16; ++s)
          {
            EXPECT_GE(state[s], 0.);
            total += state[s];
          }
        EXPECT_NEAR(total, 1., 1e-15 * (100. + dt)); // round-off grows with the step
      }
}

// Left and right, and one place along the filament and the next, stay alike: the mean-field closure stands on it.
TEST_F(Regazzoni, NeighboursAreAlike)
{
  for (unsigned i = 1; i < 200; ++i)
    advance(1., calcium_at(1e-3 * i), length_at(1e-3 * (i - 1)) / 2.2, length_at(1e-3 * i) / 2.2);
  double pair[2][2] = {}; // P(left, middle)
  for (unsigned s = 0; s < 16; ++s)
    {
      const unsigned mirrored = (s & 0b1010u) | (s & 1u) << 2 | (s >> 2 & 1u);
      EXPECT_NEAR(state[s], state[mirrored], 1e-13) << model->state_names()[s];
      pair[s & 1u][s >> 1 & 1u] += state[s];
    }
  EXPECT_NEAR(pair[0][1], pair[1][0], 2e-3);
}

// Steady states are those of a chain in which a unit gains gamma with each alike neighbour and q = Q (1/mu + c)/(1 + c) by
// being open, c = Ca/Kd: the share of open units follows from its transfer matrix [gamma, sqrt q; sqrt q, q gamma], and the
// tension is a_XB mu1_fP/r0 times that share and the overlap (0.918 at 2.2 um).
TEST_F(Regazzoni, ForceCalciumCurveIsThatOfTheChain)
{
  const double top = 22894. * 0.778 / 134.31 * (2.2 + 1.65 - 2.5) / 1.47;
  for (const double calcium : {0.01, 0.1, 0.2, 0.3, 0.5, 1., 1000.})
    {
      const double c = calcium / (0.381 + 0.571 * (2.15 - 2.2)), q = 2. * (0.1 + c) / (1. + c);
      const double trace = 12. * (1. + q), eigenvalue = 0.5 * (trace + std::sqrt(trace * trace - 4. * q * (144. - 1.)));
      const double open = (eigenvalue - 12.) * (eigenvalue - 12.) / (q + (eigenvalue - 12.) * (eigenvalue - 12.));
      EXPECT_NEAR(steady_tension(calcium), top * open, 1e-6 * top) << calcium << " uM";
    }
}

TEST_F(Regazzoni, StretchSensitises)
{
  const auto half = [&](const double stretch) {
    const double target = 0.5 * steady_tension(1000., stretch);
    double low = 0.05, high = 5.;
    while (high - low > 1e-4)
      {
        const double middle = 0.5 * (low + high);
        (steady_tension(middle, stretch) > target ? high : low) = middle;
      }
    return low;
  };
  const double at_rest = half(1.), stretched = half(1.05);
  std::printf("  half tension at %.3f uM, stretched by 5 %% at %.3f uM\n", at_rest, stretched);
  EXPECT_NEAR(stretched / at_rest, (0.381 + 0.571 * (2.15 - 2.31)) / (0.381 + 0.571 * (2.15 - 2.2)), 1e-3); // as Kd
}

// Steady shortening at speed v lowers the force; T falls to zero at the speed where attachment makes no mean strain:
// m1 = 0: mu1_fP = v mu0_fP / (r0 + alpha v) (all units open).
TEST_F(Regazzoni, ForceFallsWithSpeedToZero)
{
  const double limit = 0.778 * 134.31 / (32.653 - 0.778 * 25.184); // 1/s
  double last = 1e9;
  for (const double share : {0., 0.25, 0.5, 1.})
    {
      state = model->rest();
      steady_tension(1000.);
      const double speed = 1e-3 * share * limit; // 1/ms
      double l = 1.;
      for (unsigned i = 0; i < 100; ++i, l -= 0.2 * speed)
        advance(0.2, 1000., l, l - 0.2 * speed);
      EXPECT_LT(tension, last);
      last = tension;
    }
  EXPECT_NEAR(last, 0., 0.5);
}

TEST_F(Regazzoni, ImpossibleNumbersAreUserErrors)
{
  EXPECT_THROW(test::make<ActiveTension>("regazzoni_2020", R"({"longest_sensitive": "2.9 um"})"), UserError);
  EXPECT_THROW(test::make<ActiveTension>("regazzoni_2020", R"({"LM": "2.5 um"})"), UserError);
  EXPECT_THROW(test::make<ActiveTension>("regazzoni_2020", R"({"Kd0": "0.381 kPa"})"), UserError);
}
