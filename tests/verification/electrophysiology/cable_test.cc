// Conduction on a cable of ten Tusscher-Panfilov 2006 epicardial cells with the constants of Niederer et al. 2011
// (10.1098/rsta.2011.0139), against values computed independently from the published CellML file with an explicit scheme.
#include "electrophysiology/tissue/cable.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

namespace
{
  std::unique_ptr<IonicModel> epicardial()
  {
    const auto &entry = registry<IonicModel>().at("tentusscher_panfilov_2006_epi");
    Schema schema;
    entry.declare(schema);
    return entry.create(parameters_from_json("{}", schema));
  }

  constexpr double along = 0.1334177 / 1.4, across = 0.0176062 / 1.4; // mm^2/ms

  CableOptions cable(double edge, double lumping, double length)
  {
    CableOptions options;
    options.edge = edge;
    options.lumping = lumping;
    options.length = length;
    options.time_step = 0.001;
    return options;
  }
}

TEST(Cable, AlongTheFibres)
{
  const auto model = epicardial();
  struct Row
  {
    double edge, lumping, arrival, velocity;
  };
  for (const auto &row : {Row{0.5, 1, 44.494, 0.4211}, Row{0.5, 0, 32.191, 0.5905}, Row{0.2, 1, 34.494, 0.5581},
                          Row{0.2, 0, 30.255, 0.6406}, Row{0.1, 1, 32.297, 0.5966}, Row{0.1, 0, 30.853, 0.6260}})
    {
      const auto options = cable(row.edge, row.lumping, 20);
      EXPECT_NEAR(cable_activation(*model, along, options, 100).back(), row.arrival, 0.01 * row.arrival);
      EXPECT_NEAR(conduction_velocity(*model, along, options), row.velocity, 0.01 * row.velocity);
    }
}

TEST(Cable, AcrossTheFibres)
{
  const auto model = epicardial();
  struct Row
  {
    double edge, lumping, arrival, velocity;
  };
  for (const auto &row : {Row{0.5, 1, 115.20, 0.0482}, Row{0.5, 0, 48.82, 0.1144}, Row{0.2, 1, 40.02, 0.1445},
                          Row{0.1, 1, 30.24, 0.1909}, Row{0.1, 0, 25.11, 0.2325}})
    {
      const auto options = cable(row.edge, row.lumping, 8);
      const auto at_7_mm = static_cast<std::size_t>(std::lround(7 / row.edge));
      EXPECT_NEAR(cable_activation(*model, across, options, 200)[at_7_mm], row.arrival, 0.01 * row.arrival);
      EXPECT_NEAR(conduction_velocity(*model, across, options), row.velocity, 0.01 * row.velocity);
    }
}

TEST(Cable, TuningReachesItsVelocity)
{
  const auto model = epicardial();
  for (const double edge : {0.5, 1.5, 2.5})
    for (const double lumping : {0.0, 0.5, 1.0})
      for (const double velocity : {0.3, 0.6, 1.8})
        {
          CableOptions options;
          options.edge = edge;
          options.lumping = lumping;
          const double D = tune_diffusivity(*model, velocity, options);
          EXPECT_NEAR(conduction_velocity(*model, D, options), velocity, 2e-3 * velocity)
            << "edge " << edge << ", lumping " << lumping;
        }
}
