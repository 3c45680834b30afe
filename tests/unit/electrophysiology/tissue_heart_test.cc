// The whole contract on a box: a strip of atrium that touches a strip of ventricle.
#include "core/error.h"
#include "electrophysiology/leads/electrocardiogram.h"
#include "tests/support/box.h"
#include "tests/support/memory_archive.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

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
  EXPECT_GT(heart.ep.activation().atrial_duration.value(), 8.0);
  EXPECT_FALSE(heart.ep.activation().ventricular_duration);
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
  EXPECT_GT(first.ventricular_start.value(), region + 60.0);
  EXPECT_LT(first.ventricular_start.value(), region + 60.0 + 3.0);
  EXPECT_GT(first.ventricular_repolarisation.value(), first.ventricular_start.value() + 200);

  heart.ep.advance(610); // the next beat has begun: its maps hold nothing of the last one
  EXPECT_FALSE(heart.ep.activation().ventricular_duration);
  heart.ep.advance(800);
  const auto second = heart.ep.activation();
  EXPECT_NEAR(second.ventricular_start.value(), first.ventricular_start.value(), 5.0);
  EXPECT_NEAR(second.atrial_start.value(), first.atrial_start.value(), 1.0);
}

namespace
{
  /// The sinus node is off; a lead paces the atrial end of the strip.
  const std::string paced_atrium = R"(, "sinus_node": {"enabled": false},
    "stimuli": {"lead": {"tissue": "atrium", "centre": ["0 mm", "2 mm", "2 mm"], "radius": "3 mm"%}})";

  std::string with_course(const std::string &course)
  {
    std::string text = paced_atrium;
    return text.replace(text.find('%'), 1, course);
  }

  Parameters paced_deck(const std::string &av_node, const std::string &course = "", const std::string &more = "")
  {
    return test::ep_deck(R"({"refinement": 1, "activation_threshold": "-20 mV",
      "av_node": {"centre": ["12 mm", "2 mm", "2 mm"], "radius": "3 mm", )"
                         + av_node + R"(}, "early_sites": {"points": ["24 mm", "2 mm", "2 mm"], "radius": "3 mm"})" + with_course(course)
                         + more + "}");
  }

  /// Times at which the ventricle's far end rises through -20 mV.
  std::vector<double> ventricular_beats(ElectricalHeart &ep, double until)
  {
    std::vector<double> beats;
    double before = -80;
    for (double t = 1; t <= until; ++t)
      {
        ep.advance(t);
        const VtuPiece piece = ep.fields(false);
        const double V = highest(piece.point_fields[0], piece, 23.5);
        if (before < -20 && V >= -20)
          beats.push_back(t);
        before = V;
      }
    return beats;
  }
}

TEST(ElectricalHeart, TheAvNodePassesOnWhateverExcitedTheAtria)
{
  Heart sinus(strip_deck("60 ms")), lead(paced_deck(R"("delay": "60 ms")")),
    junction(paced_deck(R"("delay": "60 ms")", R"(, "start": "30 ms")"));
  for (Heart *heart : {&sinus, &lead, &junction})
    heart->ep.advance(150);
  ASSERT_TRUE(lead.ep.activation().ventricular_start);
  EXPECT_NEAR(lead.ep.activation().ventricular_start.value(), sinus.ep.activation().ventricular_start.value(), 2.0);
  EXPECT_NEAR(junction.ep.activation().ventricular_start.value(), sinus.ep.activation().ventricular_start.value() + 30, 2.0);
}

// A cut of the His bundle blocks them; so does a mesh on which nothing says where early sites are, with a word in the log.
TEST(ElectricalHeart, NothingIsPassedOnWithoutAHisBundle)
{
  for (const char *cut : {R"(, "conduction_system": {"cut": ["his_bundle"]})", ""})
    {
      Heart heart(test::ep_deck(R"({"refinement": 1, "activation_threshold": "-20 mV",
        "av_node": {"centre": ["12 mm", "2 mm", "2 mm"], "radius": "3 mm", "delay": "20 ms"})"
                                + with_course("") + cut + "}"));
      heart.ep.advance(100);
      EXPECT_TRUE(heart.ep.activation().atrial_start);
      EXPECT_FALSE(heart.ep.activation().ventricular_start);
    }
}

// A lead in the ventricle does not excite the atria, and what nobody excited is not passed on.
TEST(ElectricalHeart, WithoutAtrialActivationTheAvNodeIsSilent)
{
  Heart heart(test::ep_deck(R"({"refinement": 1, "activation_threshold": "-20 mV", "sinus_node": {"enabled": false},
      "av_node": {"centre": ["12 mm", "2 mm", "2 mm"], "radius": "3 mm", "delay": "20 ms"},
      "early_sites": {"points": ["24 mm", "2 mm", "2 mm"], "radius": "3 mm"}})"));
  heart.ep.advance(100);
  EXPECT_FALSE(heart.ep.activation().ventricular_start);
  EXPECT_FALSE(heart.ep.activation().atrial_start);
}

// The atria follow every pulse; the AV node passes on only those that come late enough after the last that it passed on.
TEST(ElectricalHeart, ThePacedAvNodeIsRefractory)
{
  const std::string train = R"(, "protocol": "train", "period": "400 ms", "number": 3)";
  Heart one_to_one(paced_deck(R"("delay": "60 ms", "refractory": "250 ms")", train)),
    two_to_one(paced_deck(R"("delay": "60 ms", "refractory": "500 ms")", train));
  EXPECT_EQ(ventricular_beats(one_to_one.ep, 920).size(), 3u);
  const auto blocked = ventricular_beats(two_to_one.ep, 920);
  ASSERT_EQ(blocked.size(), 2u);
  EXPECT_NEAR(blocked[1] - blocked[0], 800, 8);
}

// Stopped between a beat that was passed on and one that is blocked because of it: only the saved time of the first tells.
TEST(ElectricalHeart, TheAvNodesRestIsSaved)
{
  const auto deck = paced_deck(R"("delay": "60 ms", "refractory": "500 ms")", R"(, "protocol": "train", "period": "400 ms", "number": 2)");
  Heart heart(deck), resumed(deck);
  heart.ep.advance(300);
  vivicor::testing::load(resumed.ep, vivicor::testing::saved(heart.ep));
  heart.ep.advance(500);
  resumed.ep.advance(500);
  const VtuPiece piece = resumed.ep.fields(false);
  EXPECT_LT(highest(piece.point_fields[0], piece, 23.5), -60) << "the second activation of the atrium must be blocked";
  EXPECT_EQ(vivicor::testing::saved(resumed.ep), vivicor::testing::saved(heart.ep));
}

// Whatever is saved is loaded: a number changed in the saved state is found changed in the state saved again.
TEST(ElectricalHeart, EverySavedNumberIsLoaded)
{
  Heart heart(strip_deck("60 ms")), other(strip_deck("60 ms"));
  heart.ep.sample_every(1);
  heart.ep.advance(40); // the AV node's firing is to come
  heart.ep.commit();
  const auto state = vivicor::testing::saved(heart.ep);
  for (const std::string name :
       {"electrophysiology/time", "conduction_system/beat", "conduction_system/beat_start", "conduction_system/last_conducted",
        "conduction_system/heard", "conduction_system/firings", "conduction_system/network", "conduction_system/junctions_fired",
        "conduction_system/junctions_heard", "electrophysiology/diffusion/length", "electrophysiology/samples/interval",
        "electrophysiology/samples/times", "electrophysiology/samples/values"})
    EXPECT_TRUE(state.count(name)) << name;
  EXPECT_GT(state.at("conduction_system/last_conducted").at(0), 0.0);
  EXPECT_FALSE(state.at("conduction_system/firings").empty());
  for (const auto &[name, values] : state)
    {
      if (values.empty())
        continue;
      auto changed = state;
      changed.at(name)[0] = std::isfinite(values[0]) ? values[0] + 1 : 7;
      vivicor::testing::load(other.ep, changed);
      EXPECT_EQ(vivicor::testing::saved(other.ep).at(name), changed.at(name)) << name;
    }
}

TEST(ElectricalHeart, StepsOfTheCallerDoNotChangeTheResult)
{
  Heart once(strip_deck("60 ms")), often(strip_deck("60 ms"));
  once.ep.advance(120);
  for (int k = 1; k <= 120; ++k)
    often.ep.advance(k);
  EXPECT_NEAR(once.ep.activation().ventricular_start.value(), often.ep.activation().ventricular_start.value(), 1e-4);
  EXPECT_NEAR(once.ep.activation().ventricular_duration.value(), often.ep.activation().ventricular_duration.value(), 1e-4);
}

TEST(ElectricalHeart, SchemesAgreeOnTheSpeed)
{
  const std::string conductivities = R"(, "conduction": {"set_by": "conductivity"}, "time_step": "0.02 ms")";
  const auto duration = [&](const std::string &more) {
    Heart heart(strip_deck("60 ms", conductivities + more));
    heart.ep.advance(60);
    return heart.ep.activation().atrial_duration.value();
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

// Wilson's, Goldberger's and Einthoven's definitions, each lead as weights of the nine electrodes (Malmivuo and Plonsey 1995,
// Bioelectromagnetism, chapter 15).
TEST(Electrocardiogram, LeadsAreThoseOfTheTextbook)
{
  constexpr double h = 0.5, w = -1.0 / 3;
  const std::map<std::string, std::vector<double>> weights{
    //        RA  LA  LL  V1 V2 V3 V4 V5 V6
    {"I", {-1, 1, 0, 0, 0, 0, 0, 0, 0}},    {"II", {-1, 0, 1, 0, 0, 0, 0, 0, 0}},   {"III", {0, -1, 1, 0, 0, 0, 0, 0, 0}},
    {"aVR", {1, -h, -h, 0, 0, 0, 0, 0, 0}}, {"aVL", {-h, 1, -h, 0, 0, 0, 0, 0, 0}}, {"aVF", {-h, -h, 1, 0, 0, 0, 0, 0, 0}},
    {"V1", {w, w, w, 1, 0, 0, 0, 0, 0}},    {"V2", {w, w, w, 0, 1, 0, 0, 0, 0}},    {"V3", {w, w, w, 0, 0, 1, 0, 0, 0}},
    {"V4", {w, w, w, 0, 0, 0, 1, 0, 0}},    {"V5", {w, w, w, 0, 0, 0, 0, 1, 0}},    {"V6", {w, w, w, 0, 0, 0, 0, 0, 1}}};
  const auto &names = Electrocardiogram::leads();
  ASSERT_EQ(names.size(), weights.size());
  for (unsigned e = 0; e < 9; ++e)
    {
      std::vector<double> potentials(9, 0.0);
      potentials[e] = 1;
      const auto leads = Electrocardiogram::leads_of(potentials);
      ASSERT_EQ(leads.size(), names.size());
      for (std::size_t l = 0; l < leads.size(); ++l)
        EXPECT_NEAR(leads[l], weights.at(names[l])[e], 1e-15) << names[l] << " of electrode " << e;
    }
}
