// The cavity law inside Newton's method against exact solutions: the incompressible sphere of exact_sphere.h, P(V) in closed form,
// joined to circuits whose answer is known.
//
// A source of constant pressure p_s behind a resistance R fills it: dV/dt = (p_s - P(V))/R, that is
//   t(V) = R int from V0 to V of dW / (p_s - P(W)),
// by quadrature. A compliance C that holds the rest of a given blood volume M: V + C P(V) = M.
#include "tests/unit/mechanics/solid_meshes.h"
#include "tests/verification/mechanics/exact_sphere.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/toms748_solve.hpp>

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;
using namespace vivicor::test::sphere;

namespace
{
  constexpr double source = 3.5, R = 4e-3, end = 48; // kPa, kPa ms/mm^3, ms: about two time constants

  double exact_pressure_of(double relative_volume)
  {
    return exact_pressure(std::cbrt(relative_volume));
  }

  double root(const std::function<double(double)> &f, double low, double high)
  {
    std::uintmax_t iterations = 100;
    const auto [left, right] = boost::math::tools::toms748_solve(f, low, high, boost::math::tools::eps_tolerance<double>(50), iterations);
    return (left + right) / 2;
  }

  /// V/V0 at `end`, of a sphere of V0 at rest.
  double exact_filling(double V0)
  {
    using Rule = boost::math::quadrature::gauss_kronrod<double, 31>;
    const auto time = [&](double v) {
      return R * V0 * Rule::integrate([](double w) { return 1 / (source - exact_pressure_of(w)); }, 1.0, v, 10, 1e-12);
    };
    const double equilibrium = root([](double v) { return exact_pressure_of(v) - source; }, 1.0, 2.5);
    return root([&](double v) { return time(v) - end; }, 1 + 1e-6, 1 + (equilibrium - 1) * (1 - 1e-6));
  }

  struct Balloon
  {
    Balloon(unsigned refinements, unsigned layers)
      : solid(hollow_sphere(a, b, refinements, layers)),
        mechanics(
          MPI_COMM_SELF, solid.anatomy, solid.fibres, one_rank(solid),
          deck(R"({"bulk_modulus": "1e6 kPa", "viscosity": "0 Pa s", "vessel_ends": {"stiffness": "1e-4 kPa/mm", "damping": "0 kPa s/mm"},
                   "solver": {"tolerance": 1e-8, "volume_tolerance": "1e-3 mm^3", "linear_tolerance": "1e-6"},
                   "tissue": {"ventricle": {"passive": {"model": "neo_hooke", "mu": "10 kPa"}, "active": {"model": "none"}}}})"),
          timers),
        V0(mechanics.volume()[0])
    {
    }
    Pump::Step advance(double t, double dt, const CavityLaw &law)
    {
      const Pump::Step step = mechanics.advance(t, dt, std::vector<double>(solid.anatomy.points.size(), 0.1), law);
      mechanics.commit();
      return step;
    }

    Solid solid;
    Timers timers;
    Mechanics mechanics;
    double V0; ///< mm^3, of the polyhedron
  };

  struct Filling
  {
    double relative_volume, exact;
  };

  /// Filled through the resistance in equal steps of backward Euler.
  Filling fill(unsigned refinements, unsigned layers, unsigned steps)
  {
    Balloon balloon(refinements, layers);
    const double dt = end / steps;
    for (unsigned k = 0; k < steps; ++k)
      {
        const double V = balloon.mechanics.volume()[0];
        balloon.advance(k * dt, dt, [&](const std::vector<double> &p) {
          return CavityResponse{{V + dt * (source - p[0]) / R}, {{-dt / R}}};
        });
      }
    return {balloon.mechanics.volume()[0] / balloon.V0, exact_filling(balloon.V0)};
  }
}

TEST(SphereWithCircuit, FillsThroughAResistanceWithFirstOrderInTheStep)
{
  const Filling coarse = fill(2, 4, 6), fine = fill(2, 4, 12), finest = fill(2, 4, 24);
  const double order = std::log2((fine.relative_volume - coarse.relative_volume) / (finest.relative_volume - fine.relative_volume));
  std::printf("V/V0 exact %.5f; %.5f %.5f %.5f, order %.2f\n", finest.exact, coarse.relative_volume, fine.relative_volume,
              finest.relative_volume, order);
  EXPECT_NEAR(order, 1, 0.1);
}

TEST(SphereWithCircuit, FillsToTheExactVolumeAsStepAndMeshBecomeFine)
{
  // Of the volume that has flowed in; without the step's error of first order.
  const auto error = [](unsigned refinements, unsigned layers) {
    const Filling fine = fill(refinements, layers, 12), finest = fill(refinements, layers, 24);
    return (2 * finest.relative_volume - fine.relative_volume - finest.exact) / (finest.exact - 1);
  };
  const double coarse = error(1, 2), fine = error(2, 4), without_mesh = (4 * fine - coarse) / 3;
  std::printf("errors of the filling %.4f %.4f, order in h %.2f; extrapolated %.4f\n", coarse, fine, std::log2(coarse / fine),
              without_mesh);
  EXPECT_NEAR(std::log2(coarse / fine), 2, 0.2);
  EXPECT_LT(std::abs(without_mesh), 3e-3);
}

TEST(SphereWithCircuit, SharesBloodWithACompliance)
{
  const double C = 3000, more = 20000; // mm^3/kPa, mm^3 that both take up
  const auto error = [&](unsigned refinements, unsigned layers) {
    Balloon balloon(refinements, layers);
    const Pump::Step step = balloon.advance(0, 10, [&](const std::vector<double> &p) {
      return CavityResponse{{balloon.V0 + more - C * p[0]}, {{-C}}};
    });
    EXPECT_NEAR(step.volume[0] + C * step.pressure[0], balloon.V0 + more, 1e-2) << "no blood is lost";
    const double exact = root([&](double v) { return balloon.V0 * (v - 1) + C * exact_pressure_of(v) - more; }, 1.0, 2.5);
    std::printf("V/V0 exact %.5f, computed %.5f; P exact %.4f, computed %.4f kPa\n", exact, step.volume[0] / balloon.V0,
                exact_pressure_of(exact), step.pressure[0]);
    return std::abs(step.pressure[0] / exact_pressure_of(exact) - 1);
  };
  const double coarse = error(1, 2), fine = error(2, 4);
  EXPECT_GT(std::log2(coarse / fine), 1.5);
  EXPECT_LT(fine, 0.03);
}
