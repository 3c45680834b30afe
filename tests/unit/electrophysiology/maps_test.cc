// Maps of activation, repolarisation, APD90 and conduction velocity, and their numbers by region.
#include "core/error.h"
#include "electrophysiology/readout/region_statistics.h"
#include "electrophysiology/tissue/propagation.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

namespace
{
  /// From rest to peak in 1 ms at t = 10, then linearly back within `fall` ms.
  double triangle(double t, double rest, double peak, double fall)
  {
    if (t < 10)
      return rest;
    return t < 11 ? rest + (peak - rest) * (t - 10) : std::max(rest, peak - (peak - rest) * (t - 11) / fall);
  }

  RefinedMesh mesh_of(const test::Box &box)
  {
    return build_refined_mesh(
      box.anatomy, std::vector<unsigned>(box.anatomy.cells.size(), 0), 0, 1, [](const NodeKey &) { return 0u; }, 1);
  }

  AlignedVector nodal(const RefinedMesh &mesh, const std::function<double(const Point3 &)> &value)
  {
    AlignedVector field(mesh.n_local(), ActivationMap::never);
    for (std::size_t n = 0; n < mesh.n_local(); ++n)
      if (mesh.is_real(n))
        field[n] = value(mesh.points[n]);
    return field;
  }
}

TEST(ActivationMap, NinetyPercentOfEachNodesOwnAmplitude)
{
  // Two cells: one rests at -85 and peaks at 40 mV, the other rests at -65 and peaks at 10 mV, where a fixed -70 mV is
  // never met.
  constexpr double dt = 0.05, fall = 300, rest[2] = {-85, -65}, peak[2] = {40, 10};
  ActivationMap map(2, -20, 0.9);
  double before[2], now[2] = {rest[0], rest[1]};
  for (int k = 1; k <= 8000; ++k)
    {
      std::copy_n(now, 2, before);
      for (unsigned i = 0; i < 2; ++i)
        now[i] = triangle(k * dt, rest[i], peak[i], fall);
      map.observe(k * dt, dt, before, now);
    }
  for (unsigned i = 0; i < 2; ++i)
    {
      EXPECT_NEAR(map.activation[i], 10 + (-20 - rest[i]) / (peak[i] - rest[i]), 1e-9);
      EXPECT_NEAR(map.repolarisation[i], 11 + 0.9 * fall, 1e-9);
      EXPECT_EQ(map.rest[i], rest[i]);
      EXPECT_EQ(map.peak[i], peak[i]);
    }
}

TEST(ActivationMap, ANewBeatForgetsTheLast)
{
  ActivationMap map(1, -20, 0.9);
  const double path[] = {-80, 20, -80, -60, 30, -58.0};
  const auto step = [&](int k) { map.observe(k, 1, &path[k - 1], &path[k]); };
  step(1);
  step(2);
  EXPECT_NEAR(map.repolarisation[0], 1.9, 1e-12);
  map.begin_beat();
  EXPECT_EQ(map.activation[0], ActivationMap::never);
  step(4); // from a rest of -60 mV
  step(5);
  EXPECT_NEAR(map.activation[0], 3 + 40.0 / 90, 1e-12);
  EXPECT_NEAR(map.repolarisation[0], 5 - 7.0 / 88, 1e-12); // at -51 mV, 90 % of this beat's own 90 mV
}

TEST(ConductionVelocity, OfAPlaneWaveIsExact)
{
  const auto box = test::make_box({4, 3, 2}, 2.0);
  const auto mesh = mesh_of(box);
  const Point3 slowness{1.2, -0.9, 0.5}; // ms/mm
  const auto velocity = conduction_velocity(
    mesh, nodal(mesh, [&](const Point3 &p) { return 7 + p[0] * slowness[0] + p[1] * slowness[1] + p[2] * slowness[2]; }));
  for (std::size_t n = 0; n < mesh.n_owned; ++n)
    if (mesh.is_real(n))
      EXPECT_NEAR(velocity[n], 1 / std::sqrt(1.44 + 0.81 + 0.25), 1e-9);
}

TEST(ConductionVelocity, HasNoValueWhereNoWaveRuns)
{
  const auto box = test::make_box({8, 1, 1}, 1.0);
  const auto mesh = mesh_of(box);
  // Two waves of 0.5 m/s meet at x = 4 mm; beyond x = 6 mm nothing was activated.
  const auto velocity = conduction_velocity(
    mesh, nodal(mesh, [](const Point3 &p) { return p[0] > 6 ? ActivationMap::never : 2 * std::min(p[0], 8 - p[0]); }));
  for (std::size_t n = 0; n < mesh.n_owned; ++n)
    if (mesh.is_real(n))
      {
        const double x = mesh.points[n][0];
        if (x > 6.1)
          EXPECT_EQ(velocity[n], ActivationMap::never);
        else if (x < 3.9 && x > 0)
          EXPECT_NEAR(velocity[n], 0.5, 1e-9);
      }
}

TEST(RegionStatistics, AreIntegralsOverTheRegions)
{
  const auto box = test::make_box({6, 2, 2}, 2.0, {{"LV", Tissue::ventricle}, {"fat", Tissue::passive}, {"RV", Tissue::ventricle}},
                                  [](const Point3 &p) { return p[0] < 4   ? 0u
                                                               : p[0] < 8 ? 1u
                                                                          : 2u; });
  const auto mesh = mesh_of(box);
  const auto x = nodal(mesh, [](const Point3 &p) { return p[0]; });
  const auto never = nodal(mesh, [](const Point3 &) { return ActivationMap::never; });
  const auto rows = RegionStatistics(mesh, box.anatomy)(MPI_COMM_SELF, mesh, x, x, never, x);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].region, "LV");
  EXPECT_EQ(rows[1].region, "RV");
  EXPECT_NEAR(rows[1].volume_mL, 4 * 4 * 4 / 1000.0, 1e-12);
  EXPECT_NEAR(rows[1].activated_share, 1, 1e-12);
  EXPECT_NEAR(rows[1].activation.mean, 10, 1e-9); // from 8 to 12 mm
  EXPECT_NEAR(rows[1].activation.min, 8, 1e-12);
  EXPECT_NEAR(rows[1].activation.max, 12, 1e-12);
  EXPECT_NEAR(rows[1].activation.sd, std::sqrt(1.0 / 6 + 4 / 3.0), 0.15); // nodes stand for their neighbourhood
  EXPECT_TRUE(std::isnan(rows[0].apd90.mean));
}
