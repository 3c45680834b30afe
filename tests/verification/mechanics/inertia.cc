// The moving wall with mass: a slender bar of nearly incompressible neo-Hookean solid that swings along its axis.
#include "core/numbers.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;

namespace
{
  constexpr double length = 10, half_width = 1, shear = 10, density = 1; // mm, mm, kPa, mg/mm^3
  constexpr double duration = 8;                                         // ms, of the push

  double push(double t)
  {
    return t < duration ? 0.2 * std::pow(std::sin(M_PI * t / duration), 2) : 0;
  } // kPa

  /// A quarter of the bar: its planes of symmetry and its end x = 0 slide on stiff springs, the end x = length is pushed.
  struct Bar
  {
    Solid solid;
    Timers timers;
    std::unique_ptr<Mechanics> mechanics;
    double t = 0;

    explicit Bar(double spectral_radius, const std::string &viscosity = "0 Pa s", unsigned cells = 16)
      : solid(box({length, half_width, half_width}, {cells, 1, 1}))
    {
      const Surface surface = boundary(solid.anatomy);
      for (unsigned axis = 0; axis < 3; ++axis)
        for (const Triangle &triangle : where(solid.anatomy, surface, [&](const Point3 &p) { return p[axis] < 1e-9; }))
          solid.anatomy.epicardium.push_back(triangle);
      solid.anatomy.cavities["LV"] = where(solid.anatomy, surface, [](const Point3 &p) { return p[0] > length - 1e-9; });
      mechanics = std::make_unique<Mechanics>(
        MPI_COMM_SELF, solid.anatomy, solid.fibres, one_rank(solid),
        deck(
          R"({"time": {"scheme": "generalised_alpha", "density": "1 g/mL", "spectral_radius": )" + shortest_digits(spectral_radius) +
          R"(}, "pericardium": {"stiffness": "1e4 kPa/mm", "damping": "0 kPa s/mm"}, "bulk_modulus": "1e5 kPa", "volume_barrier": "0 kPa",
               "viscosity": ")"
          + viscosity + R"(", "solver": {"tolerance": 1e-8, "linear_tolerance": 1e-6},
               "tissue": {"ventricle": {"passive": {"model": "neo_hooke", "mu": "10 kPa"}, "active": {"model": "none"}}}})"),
        timers);
    }

    void advance(double dt, unsigned steps)
    {
      const std::vector<double> calcium(solid.anatomy.points.size(), 0.1);
      for (unsigned k = 0; k < steps; ++k)
        {
          t += dt;
          mechanics->advance(t - dt, dt, calcium, std::vector<double>{push(t)});
          mechanics->commit();
        }
    }

    /// Mean of u_x at the pushed end.
    double end() const
    {
      double sum = 0;
      unsigned n = 0;
      const auto u = mechanics->displacement();
      for (std::size_t i = 0; i < u.size(); ++i)
        if (solid.anatomy.points[i][0] > length - 1e-9)
          {
            sum += u[i][0];
            ++n;
          }
      return sum / n;
    }

    /// Amplitude of the first axial mode, sin(pi x / 2 length).
    double mode() const
    {
      double sum = 0, weight = 0;
      const auto u = mechanics->displacement();
      for (std::size_t i = 0; i < u.size(); ++i)
        {
          const double x = solid.anatomy.points[i][0], phi = std::sin(M_PI / 2 * x / length), at_end = x > length - 1e-9 ? 0.5 : 1;
          sum += at_end * phi * u[i][0];
          weight += at_end * phi * phi;
        }
      return sum / weight;
    }
  };

  void expect_second_order(double spectral_radius, const std::string &viscosity)
  {
    double value[4];
    for (unsigned k = 0; k < 4; ++k)
      {
        Bar bar(spectral_radius, viscosity);
        const unsigned steps = 80u << k;
        bar.advance(duration / steps, steps);
        value[k] = bar.end();
      }
    const double coarse = value[1] - value[0], middle = value[2] - value[1], fine = value[3] - value[2];
    std::printf("end at %.8f mm; differences %.2e %.2e %.2e, orders %.3f %.3f\n", value[3], coarse, middle, fine,
                std::log2(coarse / middle), std::log2(middle / fine));
    EXPECT_NEAR(std::log2(middle / fine), 2, 0.1);
  }
}

TEST(Inertia, SecondOrderInTime)
{
  expect_second_order(0.5, "0 Pa s");
}
TEST(Inertia, SecondOrderInTimeWithViscosity)
{
  expect_second_order(0.5, "2 Pa s");
}
TEST(Inertia, SecondOrderInTimeWithoutDamping)
{
  expect_second_order(1, "0 Pa s");
}

// A bar, fixed at one end: omega = pi/(2 L) sqrt(E/rho), and less by nu^2 k^2 r^2/2 for the mass that moves sideways (Rayleigh
// and Love), with E = 3 mu, nu = 1/2 and r the polar radius of gyration of the section.
TEST(Inertia, SwingsWithTheBarsPeriodAndAmplitude)
{
  Bar bar(1);
  const double k = M_PI / (2 * length), r2 = 2 * half_width * half_width / 3;
  const double omega = k * std::sqrt(3 * shear / density) / std::sqrt(1 + 0.25 * k * k * r2), period = 2 * M_PI / omega;
  const double dt = period / 100;
  bar.advance(duration / 110, 110);
  std::vector<double> zero;    // ms: downward
  std::vector<double> highest; // mm: between two of them
  double before = bar.mode(), top = 0;
  while (zero.size() < 6)
    {
      bar.advance(dt, 1);
      const double now = bar.mode();
      top = std::max(top, now);
      if (before > 0 && now <= 0)
        {
          zero.push_back(bar.t - dt * now / (now - before));
          highest.push_back(top);
          top = 0;
        }
      before = now;
    }
  const double measured = (zero.back() - zero.front()) / 5;
  std::printf("period %.5f ms, exact %.5f ms; amplitudes %.5f .. %.5f mm\n", measured, period, highest[1], highest.back());
  EXPECT_NEAR(measured, period, 0.01 * period);
  EXPECT_NEAR(highest.back(), highest[1], 0.01 * highest[1]) << "nothing takes the energy away";
}

// For steps far longer than all periods, -spectral_radius is the threefold eigenvalue of a step: displacements obey
// u_n+3 + 3 r u_n+2 + 3 r^2 u_n+1 + r^3 u_n = 0.
TEST(Inertia, DampsHighFrequenciesAsAsked)
{
  for (const double r : {0.5, 0.8})
    {
      constexpr double longest = 300; // ms: forty periods
      Bar bar(r);
      bar.advance(duration / 40, 40);
      std::vector<double> u{bar.end()};
      for (unsigned k = 0; k < 6; ++k)
        {
          bar.advance(longest, 1);
          u.push_back(bar.end());
        }
      for (unsigned n = 0; n + 3 < u.size(); ++n)
        EXPECT_NEAR(u[n + 3] + 3 * r * u[n + 2] + 3 * r * r * u[n + 1] + r * r * r * u[n], 0, 0.01 * std::abs(u[0])) << r << ", " << n;
    }
}
