// The whole contract on a box: a strip of atrium that touches a strip of ventricle.
#include "core/error.h"
#include "electrophysiology/leads/electrocardiogram.h"
#include "tests/support/box.h"
#include "tests/support/memory_archive.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  constexpr double length = 24; // mm; the first half is atrium

  test::Box strip()
  {
    return test::make_box({12, 2, 2}, 2.0, {{"LV", Tissue::ventricle}, {"RA", Tissue::atrium}},
                          [](const Point3 &p) { return p[0] < length / 2 ? 1u : 0u; });
  }

  Parameters strip_deck(const std::string &av_delay, const std::string &more = "")
  {
    return test::ep_deck(R"({"refinement": 1, "activation_threshold": "-20 mV",
      "sinus_node": {"centre": ["0 mm", "2 mm", "2 mm"], "radius": "3 mm", "period": "600 ms"},
      "av_node": {"centre": ["12 mm", "2 mm", "2 mm"], "radius": "3 mm", "delay": ")"
                         + av_delay + R"("},
      "early_sites": {"points": ["24 mm", "2 mm", "2 mm"], "radius": "3 mm"})"
                         + more + "}");
  }

  struct Heart
  {
    explicit Heart(const Parameters &deck, test::Box box = strip())
      : box(std::move(box)),
        owned(build_electrical_heart(MPI_COMM_SELF, this->box.anatomy, this->box.fibres,
                                     std::vector<unsigned>(this->box.anatomy.cells.size(), 0), deck, timers))
    {
    }
    test::Box box;
    Timers timers;
    std::unique_ptr<ElectricalHeart> owned;
    ElectricalHeart &ep = *owned;
  };

  double highest(const VtuField &field, const VtuPiece &piece, double from_x)
  {
    double value = -1e9;
    for (std::size_t n = 0; n < piece.points.size(); ++n)
      if (piece.points[n][0] > from_x)
        value = std::max(value, field.values[n]);
    return value;
  }
}

TEST(ElectricalHeart, SizeAndNamesAreRight)
{
  Heart heart(strip_deck("60 ms"));
  EXPECT_EQ(heart.ep.size().nodes, 2 * 13 * 5 * 5);
  EXPECT_EQ(heart.ep.size().cells, 12 * 2 * 2 * 6 * 8);
  EXPECT_NEAR(heart.ep.size().edge_mean, 1.26, 0.01); // Kuhn's cubes of 1 mm: edges 3 x 1, 2 x sqrt 2, sqrt 3, each cell
  EXPECT_EQ(heart.ep.ecg_leads().size(), heart.ep.ecg().size());
  const auto piece = heart.ep.fields(false);
  EXPECT_EQ(piece.point_fields.size(), 6u);
  for (const auto &field : piece.point_fields)
    EXPECT_EQ(field.values.size(), piece.points.size());
}

TEST(ElectricalHeart, AtriumDoesNotConductIntoTheVentricle)
{
  Heart heart(strip_deck("300 ms"));
  heart.ep.advance(100);
  const auto piece = heart.ep.fields(false);
  EXPECT_GT(heart.ep.activation().atrial_duration, 8.0);
  EXPECT_EQ(heart.ep.activation().ventricular_duration, 0.0);
  EXPECT_LT(highest(piece.point_fields[0], piece, 12.5), -80.0);
  EXPECT_NEAR(heart.ep.activation().activated_fraction, 0.5, 1e-12);
}

TEST(ElectricalHeart, AvNodeKeepsItsDelayAndItsRest)
{
  Heart heart(strip_deck("60 ms"));
  heart.ep.advance(590);
  const auto first = heart.ep.activation();
  EXPECT_NEAR(first.activated_fraction, 1.0, 1e-12);
  // The region of the AV node ends at 12 mm and begins 3 mm before: it is activated when its first node is.
  const auto piece = heart.ep.fields(true);
  double region = 1e9;
  for (std::size_t n = 0; n < piece.points.size(); ++n)
    if (const auto &p = piece.points[n]; p[0] < 11.9 && std::hypot(p[0] - 12, p[1] - 2, p[2] - 2) <= 3)
      region = std::min(region, piece.point_fields[0].values[n]);
  // Then the delay, then the stimulated membrane needs a moment to reach the threshold.
  EXPECT_GT(first.ventricular_start, region + 60.0);
  EXPECT_LT(first.ventricular_start, region + 60.0 + 3.0);
  EXPECT_GT(first.ventricular_repolarisation, first.ventricular_start + 200);

  heart.ep.advance(610); // the next beat has begun: its maps hold nothing of the last one
  EXPECT_EQ(heart.ep.activation().ventricular_duration, 0.0);
  heart.ep.advance(800);
  const auto second = heart.ep.activation();
  EXPECT_NEAR(second.ventricular_start, first.ventricular_start, 5.0);
  EXPECT_NEAR(second.atrial_start, first.atrial_start, 1.0);
}

TEST(ElectricalHeart, StepsOfTheCallerDoNotChangeTheResult)
{
  Heart once(strip_deck("60 ms")), often(strip_deck("60 ms"));
  once.ep.advance(120);
  for (int k = 1; k <= 120; ++k)
    often.ep.advance(k);
  EXPECT_NEAR(once.ep.activation().ventricular_start, often.ep.activation().ventricular_start, 1e-4);
  EXPECT_NEAR(once.ep.activation().ventricular_duration, often.ep.activation().ventricular_duration, 1e-4);
}

TEST(ElectricalHeart, SchemesAgreeOnTheSpeed)
{
  const std::string conductivities = R"(, "conduction": {"set_by": "conductivity"}, "time_step": "0.02 ms")";
  const auto duration = [&](const std::string &more) {
    Heart heart(strip_deck("60 ms", conductivities + more));
    heart.ep.advance(60);
    return heart.ep.activation().atrial_duration;
  };
  const double godunov = duration("");
  EXPECT_GT(godunov, 5.0);
  EXPECT_NEAR(duration(R"(, "splitting": "strang")"), godunov, 0.02 * godunov);
  EXPECT_NEAR(duration(R"(, "time_scheme": "backward_euler")"), godunov, 0.02 * godunov);
}

TEST(ElectricalHeart, RollbackAndSavedStateGiveTheSameBits)
{
  Heart heart(strip_deck("60 ms")), resumed(strip_deck("60 ms"));
  heart.ep.advance(30); // between the atria's activation and the AV node's firing
  heart.ep.commit();
  vivicor::testing::load(resumed.ep, vivicor::testing::saved(heart.ep));
  heart.ep.advance(31);
  const auto once = vivicor::testing::saved(heart.ep);
  heart.ep.rollback();
  EXPECT_EQ(heart.ep.time(), 30.0);
  heart.ep.advance(30.5); // a cut step that fails, too
  heart.ep.rollback();
  heart.ep.advance(31);
  EXPECT_EQ(vivicor::testing::saved(heart.ep), once);
  resumed.ep.advance(31);
  EXPECT_EQ(vivicor::testing::saved(resumed.ep), once);
}

TEST(ElectricalHeart, CalciumRisesInEveryTissueAndRestsAtTheRing)
{
  Heart heart(strip_deck("60 ms"));
  const auto rest = heart.ep.calcium();
  heart.ep.advance(120);
  for (std::size_t n = 0; n < rest.size(); ++n)
    {
      const double x = heart.box.anatomy.points[n][0];
      if (std::abs(x - 12) < 1e-9)
        {
          EXPECT_EQ(heart.ep.calcium()[n], rest[n]);
          EXPECT_GT(heart.ep.calcium(Tissue::ventricle)[n], 2 * rest[n]);
          EXPECT_GT(heart.ep.calcium(Tissue::atrium)[n], 2 * rest[n]);
        }
      else
        EXPECT_GT(heart.ep.calcium()[n], 2 * rest[n]) << "x = " << x;
    }
}

TEST(ElectricalHeart, WrongPlacesAreTheUsersErrors)
{
  EXPECT_THROW(Heart(strip_deck("60 ms", R"(, "stimuli": {"far": {"centre": ["500 mm", "0 mm", "0 mm"]}})")), UserError);
  EXPECT_THROW(Heart(strip_deck("60 ms", R"(, "conduction": {"regions": {"LVV": {"factor": "0.5"}}})")), UserError);
  EXPECT_THROW(Heart(strip_deck("60 ms", R"(, "ecg": {"electrodes": ["1 mm"]})")), UserError);
}

TEST(Electrocardiogram, IsTheFieldOfADipole)
{
  // A cube of 1 mm with a uniform gradient is, 100 mm away, a dipole of moment sigma_i grad V times its volume.
  const auto box = test::make_box({1, 1, 1}, 1.0);
  const std::string far = R"("80 mm", "0 mm", "60 mm")", origin = R"("0 mm", "0 mm", "1e6 mm")";
  std::string places = origin + "," + origin + "," + origin;
  for (unsigned v = 0; v < 6; ++v)
    places += "," + far;
  const auto deck = test::ep_deck(R"({"ecg": {"torso": "unbounded", "electrodes": [)" + places + R"(], "torso_conductivity": "0.2 S/m",
    "intracellular_longitudinal": "0.3 S/m", "intracellular_transverse": "0.1 S/m"}})")
                      .section("electrophysiology");
  const auto mesh = build_refined_mesh(
    box.anatomy, std::vector<unsigned>(6, 0), 0, 1, [](const NodeKey &) { return 0u; }, 1);
  const Electrocardiogram ecg(mesh, box.anatomy, box.fibres, deck);
  const Point3 slope{2.0, 1.0, -3.0}; // mV/mm
  std::vector<double> V(mesh.n_owned, 0.0);
  for (std::size_t n = 0; n < mesh.n_owned; ++n)
    V[n] = dot(slope, mesh.points[n]);
  const Point3 arm = Point3{80, 0, 60} - Point3{0.5, 0.5, 0.5}, moment{0.3 * slope[0], 0.1 * slope[1], 0.1 * slope[2]};
  const double expected = -dot(moment, arm) / (4 * M_PI * 0.2 * std::pow(std::sqrt(dot(arm, arm)), 3));
  const auto leads = ecg(MPI_COMM_SELF, V.data());
  EXPECT_NEAR(leads[6], expected, 1e-3 * std::abs(expected));
}

TEST(Electrocardiogram, AWaveThatComesNearerIsPositive)
{
  auto box = test::make_box({12, 2, 2}, 2.0);
  std::string places = R"("0 mm", "0 mm", "1e6 mm", "0 mm", "0 mm", "1e6 mm", "0 mm", "0 mm", "1e6 mm")";
  for (unsigned v = 0; v < 3; ++v)
    places += R"(, "100 mm", "0 mm", "0 mm", "-100 mm", "0 mm", "0 mm")";
  Heart heart(test::ep_deck(R"({"sinus_node": {"enabled": false}, "ecg": {"torso": "unbounded", "electrodes": [)" + places + R"(]},
    "stimuli": {"left": {"centre": ["0 mm", "2 mm", "2 mm"], "radius": "3 mm"}}})"),
              box);
  heart.ep.advance(15);
  const auto leads = heart.ep.ecg();
  EXPECT_GT(leads[6], 0.0);
  EXPECT_LT(leads[7], 0.0);
  EXPECT_NEAR(leads[0] + leads[2], leads[1], 1e-12);       // Einthoven
  EXPECT_NEAR(leads[3] + leads[4] + leads[5], 0.0, 1e-12); // Goldberger
}
