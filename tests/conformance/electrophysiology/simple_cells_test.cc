// The models of a few equations against those equations as printed, integrated here by the classical
// Runge-Kutta method; and against what their papers derive.
#include "tests/support/cells.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

using namespace vivicor;
using test::make_cell;

namespace
{
  using State = std::vector<double>;

  /// A published system: dy/dt of y = [u, states] in its own unit of time, and how it is scaled.
  struct System
  {
    std::function<State(const State &)> f;
    State rest;
    double unit_V = 100.0, zero_V = -80.0, unit_t = 1.0; // mV, mV, ms
  };

  State runge_kutta(const System &system, const State &y, const double current, const double h)
  {
    const auto rate = [&](const State &at) {
      State dy = system.f(at);
      dy[0] += current;
      return dy;
    };
    const auto moved = [&](const State &dy, const double by) {
      State at = y;
      for (std::size_t k = 0; k < y.size(); ++k)
        at[k] += by * dy[k];
      return at;
    };
    const State k1 = rate(y), k2 = rate(moved(k1, h / 2)), k3 = rate(moved(k2, h / 2)), k4 = rate(moved(k3, h));
    State next = y;
    for (std::size_t k = 0; k < y.size(); ++k)
      next[k] += h / 6 * (k1[k] + 2 * k2[k] + 2 * k3[k] + k4[k]);
    return next;
  }

  /// One action potential from rest, by both, through the model's own stimulus at the start of its cycle.
  void compare(const std::string &name, const System &system, const double tolerance)
  {
    const auto model = make_cell(name);
    EXPECT_NEAR(model->rest_potential(), system.zero_V + system.unit_V * system.rest[0], 1e-3) << name; // mV
    Pacing pacing = natural_pacing(*model);
    pacing.stimulus_start = 0.0;
    pacing.integrator = CellIntegrator::cvode;
    pacing.relative_tolerance = 1e-9;
    pacing.keep_trace = true;
    const auto trace = pace(*model, pacing).trace;

    const double step = 0.001; // ms
    State y = system.rest;
    long done = 0;
    double worst = 0.0, peak = -1e9;
    for (const CellSample &sample : trace)
      {
        for (; done < std::lround(sample.t / step); ++done)
          {
            const bool on = done < std::lround(pacing.stimulus_duration / step);
            y = runge_kutta(system, y, on ? pacing.stimulus_amplitude * system.unit_t / system.unit_V : 0.0, step / system.unit_t);
          }
        worst = std::max(worst, std::abs(system.zero_V + system.unit_V * y[0] - sample.V));
        peak = std::max(peak, sample.V);
      }
    std::printf("%s: worst |dV| %.4f mV\n", name.c_str(), worst);
    EXPECT_GT(peak, 0.0) << name;
    EXPECT_LT(worst, tolerance) << name;
  }

  double step_at(const double x)
  {
    return x >= 0.0 ? 1.0 : 0.0;
  }
}

// As printed: V counts the depolarisation from rest, all currents outwards.
TEST(SimpleCells, HodgkinHuxley)
{
  const System system{[](const State &y) {
                        const double V = y[0], m = y[1], h = y[2], n = y[3];
                        const auto opening = [](const double x) { return std::abs(x) < 1e-9 ? 1.0 : x / (std::exp(x) - 1); };
                        const double alpha_m = opening((25 - V) / 10), beta_m = 4 * std::exp(-V / 18);
                        const double alpha_h = 0.07 * std::exp(-V / 20), beta_h = 1 / (std::exp((30 - V) / 10) + 1);
                        const double alpha_n = 0.1 * opening((10 - V) / 10), beta_n = 0.125 * std::exp(-V / 80);
                        return State{-120 * m * m * m * h * (V - 115) - 36 * std::pow(n, 4) * (V + 12) - 0.3 * (V - 10.613),
                                     alpha_m * (1 - m) - beta_m * m, alpha_h * (1 - h) - beta_h * h, alpha_n * (1 - n) - beta_n * n};
                      },
                      {0.0, 0.05, 0.6, 0.325},
                      1.0,
                      -75.0};
  compare("hodgkin_huxley_1952", system, 0.01);
}

TEST(SimpleCells, FitzHughNagumo)
{
  const System system{[](const State &y) {
                        return State{y[0] - std::pow(y[0], 3) / 3 - y[1], 0.08 * (y[0] + 0.7 - 0.8 * y[1])};
                      },
                      {-1.19941, -0.62426}, // FitzHugh's resting point
                      30.0,
                      -39.0,
                      10.0};
  compare("fitzhugh_nagumo_1961", system, 0.01);
}

TEST(SimpleCells, AlievPanfilov)
{
  const System system{[](const State &y) {
                        const double u = y[0], v = y[1];
                        return State{-8 * u * (u - 0.15) * (u - 1) - u * v, (0.002 + 0.2 * v / (u + 0.3)) * (-v - 8 * u * (u - 1.15))};
                      },
                      {0.0, 0.0},
                      100.0,
                      -80.0,
                      12.9};
  compare("aliev_panfilov_1996", system, 0.01);
}

TEST(SimpleCells, MitchellSchaeffer)
{
  const System system{[](const State &y) {
                        const double v = y[0], h = y[1];
                        return State{h * v * v * (1 - v) / 0.3 - v / 6, v < 0.13 ? (1 - h) / 120 : -h / 150};
                      },
                      {0.0, 1.0}};
  compare("mitchell_schaeffer_2003", system, 0.01);
}

TEST(SimpleCells, BuenoOrovioMid)
{
  const System system{[](const State &y) {
                        const double u = y[0], v = y[1], w = y[2], s = y[3];
                        const double m = step_at(u - 0.3), p = step_at(u - 0.13), q = step_at(u - 0.1), r = step_at(u - 0.005);
                        const double tau_v = q * 1.4506 + (1 - q) * 80, tau_w = 70 + (8 - 70) * (1 + std::tanh(200 * (u - 0.016))) / 2;
                        const double tau_so = 91 + (0.8 - 91) * (1 + std::tanh(2.1 * (u - 0.6))) / 2;
                        const double fi = -m * v * (u - 0.3) * (1.61 - u) / 0.078;
                        const double so = u * (1 - p) / (r * 7 + (1 - r) * 410) + p / tau_so, si = -p * w * s / 3.3849;
                        const double w_infinity = (1 - r) * (1 - u / 0.01) + r * 0.5;
                        return State{-(fi + so + si), (1 - m) * ((1 - q) - v) / tau_v - m * v / 1.4506,
                                     (1 - p) * (w_infinity - w) / tau_w - p * w / 280,
                                     ((1 + std::tanh(2.0994 * (u - 0.9087))) / 2 - s) / (p * 4 + (1 - p) * 2.7342)};
                      },
                      {0.0, 1.0, 1.0, 0.0},
                      85.7,
                      -84.0};
  compare("bueno_orovio_2008_mid", system,
          0.1); // its rates jump at four potentials, which costs the fixed steps an order
}

// The paper's result for fast currents: from rest the gate closes for tau_close ln(1 / h_min), h_min = 4 tau_in /
// tau_out.
TEST(SimpleCells, MitchellSchaefferLastsAsLongAsItsPaperSays)
{
  const double limit = 150.0 * std::log(1.0 / (4.0 * 0.3 / 6.0));
  const auto error_of = [&](const std::string &tau_in, const std::string &tau_out) {
    const auto model = make_cell("mitchell_schaeffer_2003", R"({"tau_in": ")" + tau_in + R"(", "tau_out": ")" + tau_out + R"("})");
    Pacing pacing = natural_pacing(*model);
    pacing.integrator = CellIntegrator::cvode;
    pacing.keep_trace = true;
    double last = 0.0; // above v_gate, where the gate closes
    for (const CellSample &sample : pace(*model, pacing).trace)
      if (sample.V > -80.0 + 13.0)
        last = sample.t;
    return (last - limit) / limit;
  };
  const double published = error_of("0.3 ms", "6 ms"), fast = error_of("0.03 ms", "0.6 ms");
  std::printf("APD against the limit %.1f ms: %+.3f, currents ten times as fast %+.3f\n", limit, published, fast);
  EXPECT_LT(std::abs(published), 0.2);
  EXPECT_LT(std::abs(fast), 0.3 * std::abs(published));
}

// Shortening of the action potential at higher rates, which Aliev and Panfilov made their model for.
TEST(SimpleCells, AlievPanfilovShortensAtHighRates)
{
  const auto model = make_cell("aliev_panfilov_1996");
  const auto duration = [&](const double cycle_length) {
    Pacing pacing = natural_pacing(*model);
    pacing.cycle_length = cycle_length;
    pacing.beats = 10;
    return pace(*model, pacing).beats.back().APD90;
  };
  const double slow = duration(1000.0), fast = duration(450.0);
  EXPECT_GT(slow, 250.0);
  EXPECT_LT(slow, 450.0);
  EXPECT_LT(fast, 0.9 * slow);
}
