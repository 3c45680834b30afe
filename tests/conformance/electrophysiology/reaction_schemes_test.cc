// Every scheme of every registered membrane model against CVODE with its memory and tight tolerances: observed orders, whole
// beats, instruction sets, neighbours.
#include "electrophysiology/membranes/reaction_scheme.h"
#include "tests/support/cells.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace vivicor;
using test::make_cell;

namespace
{
  class ReactionSchemes : public testing::TestWithParam<std::string>
  {
  };

  std::vector<double> vector_of(const CellState &state)
  {
    std::vector<double> y{state.V};
    y.insert(y.end(), state.states.begin(), state.states.end());
    return y;
  }

  /// A stretch of the model's action potential after the upstroke, 320 of its longest steps, by the reference.
  struct Stretch
  {
    static constexpr int marks = 16;
    using Course = std::vector<std::vector<double>>; ///< [V, states] at the marks

    explicit Stretch(const IonicModel &model) : step(model.traits().longest_step), length(320.0 * step)
    {
      Pacing pacing = natural_pacing(model);
      pacing.integrator = CellIntegrator::cvode;
      pacing.relative_tolerance = 1e-10;
      pacing.cycle_length = 0.02 * pacing.cycle_length + pacing.stimulus_duration; // ends in the plateau
      start = vector_of(pace(model, pacing).end);
      reference = course(model, CellIntegrator::cvode, length / marks, 1e-11);
    }

    /// In steps of dt.
    Course course(const IonicModel &model, const CellIntegrator integrator, const double dt, const double tolerance) const
    {
      std::vector<double> y = start;
      Course result;
      const auto solver = make_cell_solver(integrator, model, y, tolerance);
      const int steps = static_cast<int>(std::lround(length / marks / dt));
      for (int i = 0; i < marks * steps; ++i)
        {
          solver->advance(y, i * dt, (i + 1) * dt, 0.0);
          if ((i + 1) % steps == 0)
            result.push_back(y);
        }
      return result;
    }

    /// Root mean square over the marks and V and all states, each relative to what it changes by, or to a thousandth of
    /// itself (of 1 for a gate): errors of V alone may cancel.
    double error(const IonicModel &model, const CellIntegrator integrator, const double dt, const double tolerance = 1e-6) const
    {
      const Course ours = course(model, integrator, dt, tolerance);
      double sum = 0.0;
      for (std::size_t k = 0; k < start.size(); ++k)
        {
          double size = k > 0 && model.is_gate()[k - 1] ? 1e-3 : 0.0, squares = 0.0;
          for (int i = 0; i < marks; ++i)
            {
              size = std::max({size, std::abs(reference[i][k] - start[k]), 1e-3 * std::abs(reference[i][k])});
              squares += (ours[i][k] - reference[i][k]) * (ours[i][k] - reference[i][k]);
            }
          sum += size > 0.0 ? squares / (size * size) : 0.0;
        }
      return std::sqrt(sum / marks / static_cast<double>(start.size()));
    }

    double step, length;
    std::vector<double> start;
    Course reference;
  };
}

TEST_P(ReactionSchemes, ConvergeWithTheirOrders)
{
  const auto model = make_cell(GetParam());
  const Stretch stretch(*model);
  const struct
  {
    CellIntegrator integrator;
    const char *name;
    double order;
  } schemes[] = {
    {CellIntegrator::rush_larsen, "rush_larsen", 1.0}, {CellIntegrator::grl1, "grl1", 1.0}, {CellIntegrator::grl2, "grl2", 2.0}};
  for (const auto &scheme : schemes)
    {
      // Halved until the order shows (cells with very fast states show it late) or the error nears the reference's own.
      constexpr double reference_errs = 1e-7, fine_enough = 1e-6;
      double dt = stretch.step, order = 0.0, error = stretch.error(*model, scheme.integrator, dt);
      std::printf("[ %-32s ] %-11s error at dt = %.3f ms and halves: %.1e", GetParam().c_str(), scheme.name, dt, error);
      for (int halving = 0; halving < 3 || (halving < 12 && error > fine_enough && order < scheme.order - 0.1); ++halving)
        {
          const double coarse = error;
          dt /= 2.0;
          error = stretch.error(*model, scheme.integrator, dt);
          order = std::log2(coarse / error);
          std::printf(" %.1e", error);
        }
      std::printf(", order %.2f\n", order);
      if (error > reference_errs)
        EXPECT_GT(order, scheme.order - 0.2) << scheme.name;
    }
}

TEST_P(ReactionSchemes, OfSundialsFollowTheirTolerance)
{
  const auto model = make_cell(GetParam());
  const Stretch stretch(*model);
  const double dt = 4.0 * stretch.step;
  for (const auto &[integrator, name] : {std::pair{CellIntegrator::cvode_restarted, "cvode"}, {CellIntegrator::arkode, "arkode"}})
    {
      const double loose = stretch.error(*model, integrator, dt, 1e-4), fine = stretch.error(*model, integrator, dt, 1e-6),
                   finest = stretch.error(*model, integrator, dt, 1e-8);
      std::printf("[ %-32s ] %-11s error at tolerances 1e-4, 1e-6, 1e-8: %.1e %.1e %.1e\n", GetParam().c_str(), name, loose, fine, finest);
      // 80 steps, each with the tolerance's error, against changes of a thousandth: 80 x 1e-8 / 1e-3.
      EXPECT_LT(loose, 0.05) << name;
      EXPECT_LT(finest, 8e-4) << name;
      if (loose > 1e-3) // else it was far more exact than asked for
        EXPECT_LT(finest, 0.2 * loose) << name;
    }
}

TEST_P(ReactionSchemes, MakeTheSameBeat)
{
  const auto model = make_cell(GetParam());
  Pacing pacing = test::own_pacing(*model);
  pacing.beats = 1;
  pacing.integrator = CellIntegrator::cvode;
  const Biomarkers reference = pace(*model, pacing).beats.back();
  for (const CellIntegrator integrator : {CellIntegrator::grl1, CellIntegrator::grl2, CellIntegrator::arkode})
    {
      pacing.integrator = integrator;
      pacing.relative_tolerance = 1e-6;
      pacing.step = integrator == CellIntegrator::grl1 ? 0.4 * model->traits().longest_step : model->traits().longest_step;
      const Biomarkers b = pace(*model, pacing).beats.back();
      const std::string name = cell_integrator_names()[static_cast<std::size_t>(integrator)];
      std::printf("[ %-32s ] %-11s dt %.3f ms: APD90 %.2f (%.2f), peak %.3f (%.3f)\n", GetParam().c_str(), name.c_str(), pacing.step,
                  b.APD90, reference.APD90, b.peak, reference.peak);
      EXPECT_NEAR(b.APD90, reference.APD90, 0.01 * reference.APD90) << name;
      if (integrator != CellIntegrator::grl1) // as published it takes gates and V from old values: its peak is some mV too high
        EXPECT_NEAR(b.peak, reference.peak, 0.01 * (reference.peak - reference.rest)) << name;
    }
}

namespace
{
  /// n nodes between rest and full depolarisation.
  struct Nodes
  {
    Nodes(const IonicModel &model, const std::size_t n) : n(n), stride((n + 7) / 8 * 8), V(stride), stimulus(stride)
    {
      const std::vector<double> rest = model.rest();
      states.resize(rest.size() * stride);
      for (std::size_t i = 0; i < n; ++i)
        {
          const double x = n > 1 ? double(i) / (n - 1) : 0.0;
          V[i] = model.rest_potential() + 100.0 * x;
          stimulus[i] = 10.0 * x;
          for (std::size_t k = 0; k < rest.size(); ++k)
            states[k * stride + i] = model.is_gate()[k] ? 0.98 * rest[k] + 0.02 * x : rest[k] * (0.8 + 0.4 * x);
        }
    }

    Nodes only(const std::size_t i) const
    {
      Nodes one = *this;
      one.n = 1;
      one.V[0] = V[i];
      one.stimulus[0] = stimulus[i];
      for (std::size_t at = 0; at < states.size(); at += stride)
        one.states[at] = states[at + i];
      return one;
    }

    void step(const IonicModel &model, const ReactionScheme scheme, const double dt)
    {
      MembraneStepper(model, {scheme, 1e-6}).step(n, stride, dt, V.data(), states.data(), stimulus.data());
    }

    std::size_t n, stride;
    std::vector<double> V, stimulus, states;
  };

  const auto generalised = {ReactionScheme::grl1, ReactionScheme::grl2};
}

TEST_P(ReactionSchemes, StartAlongTheRates)
{
  const auto model = make_cell(GetParam());
  const Nodes start(*model, 37);
  std::vector<double> dV(start.stride), ds(start.states.size());
  model->rates(start.n, start.stride, start.V.data(), start.states.data(), start.stimulus.data(), dV.data(), ds.data());
  const double dt = 1e-6;
  for (const ReactionScheme scheme : generalised)
    {
      Nodes stepped = start;
      stepped.step(*model, scheme, dt);
      for (std::size_t i = 0; i < start.n; ++i)
        {
          EXPECT_NEAR((stepped.V[i] - start.V[i]) / dt, dV[i], 1e-3 * std::abs(dV[i]) + 1e-5);
          for (std::size_t at = i; at < start.states.size(); at += start.stride)
            EXPECT_NEAR((stepped.states[at] - start.states[at]) / dt, ds[at],
                        // Curvature, dt y'' / 2; rounding where a gate's target is far larger than the gate, over dt.
                        1e-3 * std::abs(ds[at]) + 1e-7 * std::abs(start.states[at]) + 5e-14 / dt)
              << model->state_names()[at / start.stride] << " at V = " << start.V[i];
        }
    }
}

TEST_P(ReactionSchemes, TreatNodesOneByOneOnEveryInstructionSet)
{
  for (const ReactionScheme scheme : generalised)
    {
      std::vector<Nodes> results;
      for (const char *level : {"2", "3", "4"})
        {
          setenv("VIVICOR_ISA", level, 1);
          const auto model = make_cell(GetParam());
          unsetenv("VIVICOR_ISA");
          const Nodes start(*model, 21); // no multiple of any width
          Nodes together = start;
          together.step(*model, scheme, 0.02);
          for (std::size_t i = 0; i < start.n; ++i)
            {
              Nodes alone = start.only(i);
              alone.step(*model, scheme, 0.02);
              EXPECT_EQ(alone.V[0], together.V[i]);
              for (std::size_t at = 0; at < start.states.size(); at += start.stride)
                EXPECT_EQ(alone.states[at], together.states[at + i]);
            }
          results.push_back(together);
        }
      for (const std::size_t other : {1, 2})
        for (std::size_t i = 0; i < results[0].n; ++i)
          EXPECT_NEAR(results[other].V[i], results[0].V[i], 1e-6 * (1.0 + std::abs(results[0].V[i]))); // slopes by differences
    }
}

// SUNDIALS advances nodes in batches that share their steps: neighbours may matter as much as the tolerance, no more.
TEST_P(ReactionSchemes, OfSundialsHoldTheirToleranceInABatch)
{
  const auto model = make_cell(GetParam());
  const Nodes start(*model, 21);
  for (const ReactionScheme scheme : {ReactionScheme::cvode, ReactionScheme::arkode})
    {
      Nodes together = start;
      together.step(*model, scheme, 0.02);
      for (const std::size_t i : {0, 7, 20})
        {
          Nodes alone = start.only(i);
          alone.step(*model, scheme, 0.02);
          EXPECT_NEAR(alone.V[0], together.V[i], 1e-3) << i;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, ReactionSchemes, testing::ValuesIn(test::cell_names()), [](const auto &info) { return info.param; });
