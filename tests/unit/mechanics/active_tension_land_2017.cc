// Land et al. 2017 (doi:10.1016/j.yjmcc.2017.03.008): what its equations say in closed form.
#include "core/error.h"
#include "tests/unit/mechanics/one_point.h"

#include <algorithm>
#include <cmath>

using namespace vivicor;

namespace
{
  const std::vector<std::string> order{"CaTRPN", "TmB", "XW", "XS", "zw", "zs"};

  class Land : public test::OnePoint
  {
  protected:
    Land() : OnePoint("land_2017") {}

    double steady_tension(const double calcium, const double stretch)
    {
      state = model->rest();
      for (unsigned i = 0; i < 400; ++i)
        advance(50., calcium, stretch, stretch);
      return tension;
    }
  };
}

// With CaTRPN = c, steady populations give F = 1/(1 + (rs-weighted) TmB/U): F/Fmax = 1/(1 + (c/trpn50)^-ntm) up to the
// saturation at c = 1; half of it therefore at c = trpn50 nearly, that is at Ca = ca50 (trpn50 / (1 -
// trpn50))^(1/ntrpn).
TEST_F(Land, ForceCalciumCurve)
{
  const double half = 0.805 * std::sqrt(0.35 / 0.65);
  EXPECT_NEAR(half, 0.5907, 1e-4);
  const double maximum = steady_tension(100., 1.);
  EXPECT_NEAR(maximum, 120. / (1. + std::pow(0.35, 5.)), 0.05); // at c = 1 a little is still blocked
  EXPECT_NEAR(steady_tension(half, 1.), 60., 1e-6);
  for (const double calcium : {0.4, 0.5, 0.7, 0.9, 1.5})
    {
      const double a = std::pow(calcium / 0.805, 2.), c = a / (1. + a);
      EXPECT_NEAR(steady_tension(calcium, 1.), 120. / (1. + std::pow(c / 0.35, -5.)), 1e-6) << calcium << " uM";
    }
  // Local Hill coefficient at half force: ntm ntrpn (1 - trpn50) = 6.5.
  const double h = 1e-3, above = steady_tension(half * (1. + h), 1.), below = steady_tension(half * (1. - h), 1.);
  const double logit = std::log(above / (120. - above)) - std::log(below / (120. - below));
  EXPECT_NEAR(logit / std::log((1. + h) / (1. - h)), 6.5, 0.01);
  std::printf("  half force at %.4f uM (pCa %.3f), Hill coefficient there 6.5, Fmax %.2f kPa\n", half, 6. - std::log10(half), maximum);
}

// Populations at full activation: rs strongly bound, and rw of the rest weakly bound.
TEST_F(Land, DutyRatios)
{
  steady_tension(1000., 1.);
  const double unblocked = 1. - state[1];
  EXPECT_NEAR(state[3] / unblocked, 0.25, 1e-9);
  EXPECT_NEAR(state[2] / (unblocked - state[3]), 0.5, 1e-9);
}

TEST_F(Land, LengthDependence)
{
  // Overlap: h(0.8) = 1 + 2.3 (0.8 + 0.8 - 1.87), h(1.1) = 1 + 2.3 (1.1 + 0.87 - 1.87); none above 1.2 is added.
  const double full = steady_tension(100., 1.);
  EXPECT_NEAR(steady_tension(100., 0.8) / full, 1. - 2.3 * 0.27, 5e-3);
  EXPECT_NEAR(steady_tension(100., 1.1) / full, 1.23, 2e-3);
  EXPECT_NEAR(steady_tension(100., 1.3), steady_tension(100., 1.2), 1e-9);
  EXPECT_EQ(steady_tension(100., 0.6), 0.);
  // Sensitivity: half force at Ca50(1.1) = 0.805 - 0.24.
  EXPECT_NEAR(steady_tension(0.565 * std::sqrt(0.35 / 0.65), 1.1), 0.5 * 120. * 1.23, 1e-6);
}

// A quick stretch meets the stiffness of bound bridges: dT/dl -> h Tref/rs A (XS + XW) as dt -> 0, A = 10 (plus the
// overlap term).
TEST_F(Land, QuickStretchStiffness)
{
  steady_tension(1., 1.);
  const double XS = state[3], XW = state[2];
  advance(1e-6, 1., 1., 1.);
  const double overlap = 2.3 * 120. / 0.25 * XS, bridges = 120. / 0.25 * 10. * (XS + XW);
  EXPECT_NEAR(stiffness, bridges + overlap, 1e-3 * bridges);
}

// One inner step against the published right-hand side, written out here a second time, for distortions of every sign.
TEST_F(Land, StepSatisfiesThePublishedEquations)
{
  const double dt = 0.1, calcium = 0.7, from = 0.95;
  const double kwu = 0.182 * (1. / 0.5 - 1.) - 0.012, ksu = 0.012 * 0.5 * (1. / 0.25 - 1.);
  const double A = 25. * 0.25 / (0.75 * 0.5 + 0.25), cw = 2.23 * 0.182 * 0.75 * 0.5 / (0.75 * 0.5), cs = 2.23 * 0.012 * 0.75 * 0.5 / 0.25;
  const double kb = 1. * std::pow(0.35, 5.) * 0.5 / (0.5 - 0.25 / 2. - 0.75 * 0.5 / 2.);
  for (const double zs_old : {-2., -0.5, 0., 0.8})
    for (const double to : {0.945, 0.95, 0.953})
      {
        state = {0.3, 0.5, 0.2, 0.1, 0.1 * zs_old, zs_old};
        const std::vector<double> old = state;
        advance(dt, calcium, from, to);
        const double c = state[0], TmB = state[1], XW = state[2], XS = state[3], zw = state[4], zs = state[5];
        const double U = 1. - TmB - XW - XS, rate = (to - from) / dt;
        const double bound = std::pow(calcium / (0.805 - 2.4 * (to - 1.)), 2.);
        const double gamma_s = 0.0085 * (zs > 0. ? zs : zs < -1. ? -zs - 1. : 0.), gamma_w = 0.615 * std::abs(zw);
        const double rhs[6] = {0.1 * (bound * (1. - c) - c),
                               kb * std::min(100., std::pow(c, -2.5)) * U - std::pow(c, 2.5) * TmB,
                               0.182 * U - (kwu + 0.012 + gamma_w) * XW,
                               0.012 * XW - (ksu + gamma_s) * XS,
                               A * rate - cw * zw,
                               A * rate - cs * zs};
        for (int s = 0; s < 6; ++s)
          EXPECT_NEAR((state[s] - old[s]) / dt, rhs[s], 1e-12) << order[s] << ", zs " << zs_old << ", to " << to;
        const double h = 1. + 2.3 * (to + 0.87 - 1.87);
        EXPECT_NEAR(tension, h * 120. / 0.25 * ((1. + zs) * XS + zw * XW), 1e-10);
      }
}

// Steady shortening: distortions settle at A l'/c, and force falls with speed.
TEST_F(Land, ForceFallsWithShorteningSpeed)
{
  double last = 1e9;
  for (const double speed : {0., 0.5e-3, 1e-3, 2e-3}) // 1/ms
    {
      state = model->rest();
      for (unsigned i = 0; i < 1000; ++i)
        advance(1., 1., 1., 1.);
      double l = 1.;
      for (unsigned i = 0; i < 100; ++i, l -= 0.5 * speed)
        advance(0.5, 1., l, l - 0.5 * speed);
      EXPECT_LT(tension, last);
      EXPECT_GE(tension, 0.);
      last = tension;
      const double cw = 2.23 * 0.182 * 0.75 * 0.5 / (0.75 * 0.5);
      EXPECT_NEAR(state[4], -10. * speed / cw, 1e-9);
    }
}

// Coarse steps are cut inside: a jump of calcium over 10 ms is followed to a few per cent.
TEST_F(Land, InnerStepsFollowAJump)
{
  for (unsigned i = 0; i < 10; ++i)
    advance(10., 1.2, 1., 1.);
  const double coarse = tension;
  state = model->rest();
  for (unsigned i = 0; i < 10000; ++i)
    advance(0.01, 1.2, 1., 1.);
  EXPECT_NEAR(coarse, tension, 0.02 * tension);
}

TEST_F(Land, ImpossibleRatesAreUserErrors)
{
  EXPECT_EQ(model->state_names(), order);
  EXPECT_THROW(test::make<ActiveTension>("land_2017", R"({"kws": "0.2 1/ms"})"), UserError);
  EXPECT_THROW(test::make<ActiveTension>("land_2017", R"({"beta1": "-5 uM"})"), UserError);
  EXPECT_THROW(test::make<ActiveTension>("land_2017", R"({"Tref": "-1 kPa"})"), UserError);
}
