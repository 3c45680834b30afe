// Purkinje network and muscle together, on a flat piece of wall.
#include "core/error.h"
#include "electrophysiology/leads/heart_axes.h"
#include "tests/support/endocardial_slab.h"
#include "tests/support/memory_archive.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace vivicor;

namespace
{
  constexpr unsigned n = 12; // cubes of 2 mm along an edge

  struct Slab
  {
    explicit Slab(const Parameters &deck)
      : box(test::endocardial_slab(n, 2.0)),
        owned(
          build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0), deck, timers))
    {
    }
    test::Box box;
    Timers timers;
    std::unique_ptr<ElectricalHeart> owned;
    ElectricalHeart &ep = *owned;
  };

  class NetworkAndMuscle : public ::testing::TestWithParam<const char *>
  {
  };
  INSTANTIATE_TEST_SUITE_P(Models, NetworkAndMuscle, ::testing::Values("eikonal", "cable"),
                           [](const auto &model) { return std::string(model.param); });

  /// Mean time (ms) from a junction's excitation to that of the muscle's node nearest to it.
  double mean_latency(const ElectricalHeart &ep)
  {
    const auto network = ep.network();
    const VtuPiece piece = ep.fields(true);
    double sum = 0, number = 0;
    for (std::size_t j = 0; j < network.points.size(); ++j)
      if (network.is_junction[j])
        {
          std::size_t nearest = 0;
          for (std::size_t i = 0; i < piece.points.size(); ++i)
            if (vivicor::distance(piece.points[i], network.points[j]) < vivicor::distance(piece.points[nearest], network.points[j]))
              nearest = i;
          sum += piece.point_fields[0].values[nearest] - network.activation[j];
          ++number;
        }
    return sum / number;
  }
}

TEST_P(NetworkAndMuscle, TheHisBundleExcitesEveryJunctionAndTheyTheMuscle)
{
  Slab slab(test::network_deck(GetParam()));
  slab.ep.advance(60);
  EXPECT_EQ(slab.ep.activation().activated_fraction, 1.0);
  const auto network = slab.ep.network();
  EXPECT_GT(std::count(network.is_junction.begin(), network.is_junction.end(), 1), 4);
  for (std::size_t i = 0; i < network.points.size(); ++i)
    EXPECT_GT(network.activation[i], 1.9) << network.part[i];
  EXPECT_GT(mean_latency(slab.ep), 3.4);
  EXPECT_LT(mean_latency(slab.ep), 3.4 + 2.5);
}

TEST_P(NetworkAndMuscle, MuscleExcitesTheNetworkBackwards)
{
  const std::string corner = R"(, "sinus_node": {"enabled": false}, "conduction": {"fast_endocardial_layer": {"enabled": false}},
    "stimuli": {"corner": {"centre": ["0 mm", "0 mm", "0 mm"], "radius": "4 mm"}})";
  Slab with(test::network_deck(GetParam(), corner)), without(test::network_deck("early_sites", corner));
  with.ep.advance(100);
  without.ep.advance(100);
  EXPECT_TRUE(without.ep.network().points.empty());
  const auto network = with.ep.network();
  EXPECT_GT(network.activation[0], 0); // up to the root of the His bundle
  EXPECT_LT(with.ep.activation().ventricular_duration.value(), without.ep.activation().ventricular_duration.value() - 8);
}

TEST_P(NetworkAndMuscle, ACutLeavesTheMuscleAlone)
{
  Slab slab(test::network_deck(GetParam(), "", R"(, "cut": ["left_bundle"])"));
  slab.ep.advance(60);
  EXPECT_EQ(slab.ep.activation().activated_fraction, 0.0);
}

TEST_P(NetworkAndMuscle, RollbackAndSavedStateGiveTheSameBits)
{
  Slab slab(test::network_deck(GetParam())), resumed(test::network_deck(GetParam()));
  slab.ep.advance(12);
  slab.ep.commit();
  vivicor::testing::load(resumed.ep, vivicor::testing::saved(slab.ep));
  slab.ep.advance(20);
  const auto once = vivicor::testing::saved(slab.ep);
  slab.ep.rollback();
  slab.ep.advance(13.5);
  slab.ep.rollback();
  slab.ep.advance(20);
  EXPECT_EQ(vivicor::testing::saved(slab.ep), once);
  resumed.ep.advance(20);
  EXPECT_EQ(vivicor::testing::saved(resumed.ep), once);
}

TEST_P(NetworkAndMuscle, JunctionsActAlikeOnEveryMesh)
{
  // The stated tolerance: 1 ms between nodes 2 mm and 0.5 mm apart. The tree is the same, and so is its own time.
  std::vector<double> latency, first_junction;
  for (const char *refinement : {"0", "1", "2"})
    {
      Slab slab(test::network_deck(GetParam(), std::string(R"(, "refinement": )") + refinement));
      slab.ep.advance(30);
      latency.push_back(mean_latency(slab.ep));
      const auto network = slab.ep.network();
      first_junction.push_back(1e9);
      for (std::size_t i = 0; i < network.points.size(); ++i)
        if (network.is_junction[i])
          first_junction.back() = std::min(first_junction.back(), network.activation[i]);
    }
  EXPECT_NEAR(latency[0], latency[2], 1.0);
  EXPECT_NEAR(latency[1], latency[2], 1.0);
  EXPECT_NEAR(first_junction[0], first_junction[2], 1e-6);
}

TEST(ConductionSystemDeck, SaysWhatItCannotDo)
{
  EXPECT_THROW(Slab(test::network_deck("eikonal", "", R"(, "cut": ["left_bundel"])")), UserError);
  EXPECT_THROW(
    Slab(test::ep_deck(R"({"conduction_system": {"cut": ["left_bundle"]}, "early_sites": {"points": ["0 mm", "0 mm", "0 mm"]}})")),
    UserError);
  EXPECT_THROW(Slab(test::ep_deck(R"({"sinus_node": {"period": "20 ms"}})")), UserError);
  Timers timers;
  const auto box = test::make_box({4, 4, 4}, 2.0); // no cavity
  EXPECT_THROW(build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0),
                                      test::network_deck("eikonal"), timers),
               UserError);
}
