// The Purkinje tree, how it grows, and how excitation runs in it.
#include "electrophysiology/conduction_system/growth.h"
#include "electrophysiology/conduction_system/junction_balls.h"
#include "electrophysiology/conduction_system/network.h"
#include "electrophysiology/ionic_models/ionic_model.h"
#include "tests/support/box.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

using namespace vivicor;

namespace
{
  /// A trunk of 30 mm with two limbs of 60 mm, each of which ends in a junction; "left_bundle" is the first.
  PurkinjeTree forked_tree()
  {
    PurkinjeTree tree;
    tree.bundles = {"his_bundle", "left_bundle", "right_bundle"};
    tree.add(PurkinjeTree::none, {0, 0, 0}, 0);
    const unsigned end = tree.add_way(0, {{30, 0, 0}}, 1.0, 0);
    for (const unsigned limb : {1u, 2u})
      tree.junctions.push_back(tree.add_way(end, {{30, limb == 1 ? 60.0 : -60.0, 0}}, 1.0, limb));
    return tree;
  }

  std::vector<PurkinjeNetwork::Arrival> run(const PurkinjeNetwork &network, PurkinjeNetwork::State &state, double from, double to,
                                            double dt = 0.05)
  {
    std::vector<PurkinjeNetwork::Arrival> all;
    for (long k = 0; from + static_cast<double>(k) * dt < to - 1e-9; ++k)
      for (const auto &arrival : network.advance(state, from + static_cast<double>(k) * dt, dt))
        all.push_back(arrival);
    return all;
  }

  std::shared_ptr<const IonicModel> membrane()
  {
    Schema schema;
    declare_models<IonicModel>(schema, "model", "tentusscher_panfilov_2006_endo", "");
    return create<IonicModel>("tentusscher_panfilov_2006_endo", parameters_from_json("{}", schema));
  }

  /// The square 0 < x, y < size of the plane z = 0.
  struct Plane
  {
    explicit Plane(unsigned n, double size)
    {
      const double h = size / n;
      for (unsigned j = 0; j <= n; ++j)
        for (unsigned i = 0; i <= n; ++i)
          points.push_back({i * h, j * h, 0});
      for (unsigned j = 0; j < n; ++j)
        for (unsigned i = 0; i < n; ++i)
          {
            const unsigned a = i + (n + 1) * j, b = a + 1, c = a + n + 1, d = c + 1;
            triangles.push_back({{a, b, d}, 0});
            triangles.push_back({{a, d, c}, 0});
          }
    }
    std::vector<Point3> points;
    Surface triangles;
  };
}

TEST(EikonalNetwork, ArrivesAfterLengthOverVelocity)
{
  const auto tree = forked_tree();
  const auto network = eikonal_network(tree, 3.0, 250);
  auto state = network->initial();
  network->excite_root(state, 10);
  const auto arrivals = run(*network, state, 0, 100);
  ASSERT_EQ(arrivals.size(), 2u);
  for (const auto &[junction, time] : arrivals)
    EXPECT_NEAR(time, 10 + 90 / 3.0, 1e-9);
  EXPECT_NEAR(network->activation(state)[tree.junctions[0] - 30], 10 + 60 / 3.0, 1e-9);
}

TEST(EikonalNetwork, RunsBackwardsAndIsRefractory)
{
  const auto tree = forked_tree();
  const auto network = eikonal_network(tree, 3.0, 250);
  auto state = network->initial();
  network->excite_junction(state, 0, 5);
  auto arrivals = run(*network, state, 0, 100);
  ASSERT_EQ(arrivals.size(), 2u);
  EXPECT_EQ(arrivals[0], PurkinjeNetwork::Arrival(0, 5.0)); // the junction's own fibre
  EXPECT_NEAR(arrivals[1].second, 5 + 120 / 3.0, 1e-9);
  EXPECT_NEAR(network->activation(state)[0], 5 + 90 / 3.0, 1e-9);

  network->excite_root(state, 200); // 165 ms after the root's activation
  EXPECT_TRUE(run(*network, state, 100, 250).empty());
  network->excite_root(state, 300);
  EXPECT_EQ(run(*network, state, 250, 400).size(), 2u);
}

TEST(EikonalNetwork, FrontsThatMeetGoOut)
{
  const auto network = eikonal_network(forked_tree(), 3.0, 250);
  auto state = network->initial();
  network->excite_root(state, 0);
  network->excite_junction(state, 0, 2);
  const auto arrivals = run(*network, state, 0, 200);
  EXPECT_THAT(arrivals, ::testing::UnorderedElementsAre(::testing::Pair(0, 2.0), ::testing::Pair(1, ::testing::DoubleNear(30.0, 1e-9))));
}

TEST(PurkinjeNetwork, ACutBlocksBothWays)
{
  auto tree = forked_tree();
  tree.severed[31] = 1; // the left limb's first segment
  for (const auto &network : {eikonal_network(tree, 3.0, 250), cable_network(tree, membrane(), {})})
    {
      auto state = network->initial();
      network->excite_root(state, 1);
      const auto forward = run(*network, state, 0, 100);
      ASSERT_EQ(forward.size(), 1u);
      EXPECT_EQ(forward[0].first, 1u);
      auto backward = network->initial();
      network->excite_junction(backward, 0, 1);
      EXPECT_EQ(run(*network, backward, 0, 100).size(), 1u);
      EXPECT_LT(network->activation(backward)[0], 0);
    }
}

TEST(CableNetwork, ConductsAtItsVelocityWhateverTheEdge)
{
  const auto tree = forked_tree();
  for (const double edge : {0.5, 1.0, 2.0})
    {
      CableNetworkOptions options;
      options.edge = edge;
      const auto network = cable_network(tree, membrane(), options);
      auto state = network->initial();
      network->excite_root(state, 1);
      const auto arrivals = run(*network, state, 0, 60);
      ASSERT_EQ(arrivals.size(), 2u) << edge;
      EXPECT_NEAR(arrivals[0].second, arrivals[1].second, 1e-9);
      const auto times = network->activation(state);
      const unsigned end = tree.junctions[0];
      EXPECT_NEAR(times[end - 10] - times[end - 40], 30 / 3.0, 0.03 * 30 / 3.0) << edge;
      // Branching costs the front some of its current, and its start and end have no neighbours to feed.
      EXPECT_NEAR(arrivals[0].second, 1 + 90 / 3.0, 1.5) << edge;
    }
}

TEST(CableNetwork, RunsBackwardsAndIsRefractory)
{
  const auto network = cable_network(forked_tree(), membrane(), {});
  auto state = network->initial();
  network->excite_junction(state, 0, 1);
  auto arrivals = run(*network, state, 0, 80);
  ASSERT_EQ(arrivals.size(), 2u);
  EXPECT_EQ(arrivals[1].first, 1u);
  EXPECT_NEAR(arrivals[1].second, 1 + 120 / 3.0, 2.0);
  network->excite_root(state, 120);
  EXPECT_TRUE(run(*network, state, 80, 200).empty());
  network->excite_root(state, 600);
  EXPECT_EQ(run(*network, state, 200, 660).size(), 2u);
}

TEST(PurkinjeNetwork, AStateCanBeTakenBack)
{
  for (const auto &network : {eikonal_network(forked_tree(), 3.0, 250), cable_network(forked_tree(), membrane(), {})})
    {
      auto state = network->initial();
      network->excite_root(state, 1);
      run(*network, state, 0, 10);
      const auto kept = state;
      const auto once = run(*network, state, 10, 60);
      const auto after = state;
      state = kept;
      EXPECT_EQ(run(*network, state, 10, 60), once);
      EXPECT_EQ(state, after);
    }
}

TEST(TriangleSet, FindsTheNearestPoint)
{
  const Plane plane(10, 20);
  const TriangleSet set(plane.points, plane.triangles);
  Dice dice(7);
  for (int k = 0; k < 500; ++k)
    {
      const Point3 p{60 * dice.uniform() - 20, 60 * dice.uniform() - 20, 40 * dice.uniform() - 20};
      const Point3 foot{std::clamp(p[0], 0.0, 20.0), std::clamp(p[1], 0.0, 20.0), 0};
      const auto found = set.nearest(p);
      EXPECT_NEAR(found.distance, distance(p, foot), 1e-9);
      EXPECT_NEAR(distance(found.point, foot), 0, 1e-6);
      EXPECT_EQ(found.at_rim, p[0] <= 0 || p[0] >= 20 || p[1] <= 0 || p[1] >= 20);
      EXPECT_EQ(std::isinf(set.nearest(p, 5.0).distance), distance(p, foot) > 5.0);
    }
}

TEST(ShortestWay, IsNearTheStraightOne)
{
  const Plane plane(20, 20);
  const auto length = [&](unsigned from, unsigned to) {
    const auto way = shortest_way(plane.points, plane.triangles, from, to);
    double sum = 0;
    for (std::size_t k = 1; k < way.size(); ++k)
      sum += distance(way[k], way[k - 1]);
    return sum;
  };
  EXPECT_NEAR(length(0, 20), 20, 1e-9);
  EXPECT_NEAR(length(0, 21 * 21 - 1), 20 * std::sqrt(2.0), 1e-9);
  const double straight = std::hypot(20.0, 9.0);
  EXPECT_GE(length(0, 20 + 21 * 9), straight - 1e-9);
  EXPECT_LE(length(0, 20 + 21 * 9), 1.06 * straight);
  EXPECT_LE(length(20, 21 * 20), 1.06 * 20 * std::sqrt(2.0)); // against the diagonals
}

TEST(Growth, CoversTheSurfaceEvenlyAndAgain)
{
  const Plane plane(20, 80);
  const TriangleSet surface(plane.points, plane.triangles);
  const GrowthOptions options;
  const auto grown = [&](std::uint64_t seed) {
    PurkinjeTree tree;
    tree.bundles = {"his_bundle"};
    tree.add(PurkinjeTree::none, {40, 2, 0}, 0);
    Dice dice(seed);
    grow(tree, surface, {{0, {0, 1, 0}, 0}, {0, {1, 0.2, 0}, 0}, {0, {-1, 0.2, 0}, 0}}, options, dice);
    return tree;
  };
  const auto tree = grown(1), again = grown(1), other = grown(2);
  EXPECT_EQ(tree.points, again.points);
  EXPECT_EQ(tree.junctions, again.junctions);
  EXPECT_NE(tree.points, other.points);
  for (unsigned n = 1; n < tree.points.size(); ++n)
    {
      EXPECT_NEAR(tree.points[n][2], 0, 1e-9);
      EXPECT_LE(tree.length[n], options.segment * 1.0001);
      EXPECT_LT(tree.parent[n], n);
    }
  // Every tip is a junction, and nothing else.
  std::vector<char> has_child(tree.points.size(), 0);
  for (unsigned n = 1; n < tree.points.size(); ++n)
    has_child[tree.parent[n]] = 1;
  std::vector<unsigned> tips;
  for (unsigned n = 0; n < tree.points.size(); ++n)
    if (!has_child[n])
      tips.push_back(n);
  EXPECT_EQ(tree.junctions, tips);
  // No place is far from the tree.
  double farthest = 0;
  for (const Point3 &p : plane.points)
    {
      double nearest = 1e9;
      for (const Point3 &q : tree.points)
        nearest = std::min(nearest, distance(p, q));
      farthest = std::max(farthest, nearest);
    }
  EXPECT_LT(farthest, 2 * options.branch_length);
  EXPECT_GT(tree.junctions.size(), 60u);
}

TEST(Junctions, ReachTheSameVolumeOnEveryMesh)
{
  const double radius = 3, half = 2 * std::numbers::pi / 3 * 27; // the centres lie on a face
  for (const double h : {2.0, 1.0, 0.5})
    {
      const auto n = static_cast<unsigned>(12 / h);
      const auto box = test::make_box({n, n, n / 2}, h);
      const auto mesh = build_refined_mesh(
        box.anatomy, std::vector<unsigned>(box.anatomy.cells.size(), 0), 0, 0, [](const NodeKey &) { return 0u; }, 1);
      const auto mass = assemble(mesh, std::vector<SymmetricTensor>(mesh.cells.size(), SymmetricTensor{1, 1, 1, 0, 0, 0})).lumped_mass;
      const auto balls = stimulated_balls(mesh, Tissue::ventricle, {{6, 6, 0}, {5.3, 6.7, 0}, {100, 0, 0}}, radius);
      for (const unsigned b : {0u, 1u})
        {
          double volume = 0;
          for (const auto &[node, share] : balls[b])
            volume += share * mass[node];
          EXPECT_NEAR(volume, half, 0.04 * half) << "h = " << h;
        }
      EXPECT_TRUE(balls[2].empty());
    }
}
