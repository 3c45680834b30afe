// Networks against closed forms, against the loop that is written out by hand, and with fewer chambers than four.
#include "circulation/closed_loop.h"
#include "circulation/network.h"
#include "core/units.h"
#include "tests/support/circulation_decks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace vivicor;

namespace
{
  const double mL = units::mL, mmHg = units::mmHg;

  double reported(const Circulation &loop, double t, const std::vector<double> &state, const Chambers &p, const std::string &name)
  {
    for (const auto &entry : loop.report(t, state, p))
      if (entry.name == name)
        return entry.value;
    ADD_FAILURE() << "no report " << name;
    return 0.;
  }

  std::string refusal(const std::string &json)
  {
    try
      {
        test::circulation("network", json);
      }
    catch (const UserError &error)
      {
        return error.what();
      }
    return "accepted";
  }
}

// Two compliances joined by a resistance: the difference of their pressures decays with R C1 C2/(C1 + C2).
TEST(Network, TwoVesselsLevelOutExponentially)
{
  const auto loop = test::circulation("network", R"({
    "compartments": {"a": {"compliance": "2 mL/mmHg", "initial_pressure": "100 mmHg"},
                     "b": {"compliance": "6 mL/mmHg", "initial_pressure": "20 mmHg", "unstressed": "50 mL"}},
    "elements": {"between": {"from": "a", "to": "b", "resistance": "0.5 mmHg s/mL"}}})");
  EXPECT_TRUE(loop->chambers().empty());
  const double tau = 0.5 * 2. * 6. / 8. * 1000., end = 600.; // ms
  const auto difference = [&](unsigned steps) {
    auto state = loop->initial();
    for (unsigned i = 0; i < steps; ++i)
      state = loop->advance(i * end / steps, end / steps, state, {}, {}).state;
    EXPECT_NEAR(loop->stored_volume(state), loop->stored_volume(loop->initial()), 1e-9);
    return reported(*loop, end, state, {}, "a_pressure") - reported(*loop, end, state, {}, "b_pressure");
  };
  const double exact = 80. * std::exp(-end / tau), coarse = difference(300), fine = difference(600);
  EXPECT_NEAR(fine, exact, 0.01 * exact);
  EXPECT_NEAR((coarse - exact) / (fine - exact), 2., 0.05); // backward Euler: first order
}

// A vessel with mass between constant pressures: Q = dp/R (1 - exp(-R t/L)).
TEST(Network, BloodIsAcceleratedThroughAVesselWithMass)
{
  const auto loop = test::circulation("network", R"({
    "elements": {"tube": {"kind": "vessel", "from": "LV", "to": "RV", "resistance": "0.1 mmHg s/mL", "inertance": "0.01 mmHg s^2/mL"}},
    "chambers": {"LV": {"initial_pressure": "30 mmHg"}, "RV": {"initial_pressure": "10 mmHg"}}})");
  ASSERT_EQ(loop->chambers(), (std::vector<std::string>{"LV", "RV"}));
  auto state = loop->initial();
  Chambers volume{100e3, 100e3};
  const Chambers p = loop->initial_pressures();
  for (unsigned i = 0; i < 4000; ++i)
    {
      const auto step = loop->advance(i * 0.05, 0.05, state, volume, p);
      state = step.state;
      volume = step.volume;
    }
  EXPECT_NEAR(reported(*loop, 200., state, p, "tube_flow"), 200. * (1. - std::exp(-2.)), 0.2); // mL/s
  EXPECT_NEAR(volume[0] + volume[1], 200e3, 1e-6);
  EXPECT_NEAR((volume[1] - 100e3) / mL, 200. * (0.2 - 0.1 * (1. - std::exp(-2.))), 0.02);
}

// The shipped network is the default loop, which is written out by hand elsewhere: the same steps, the same rates.
TEST(Network, TheShippedLoopIsTheHandWrittenOne)
{
  const auto network = test::circulation("network", test::smallest_deck("network")), hand = test::circulation("regazzoni_2022", "{}");
  const ElastanceHeart heart = ElastanceHeart::healthy_adult();
  auto a = heart.start(*network), b = heart.start(*hand);
  for (unsigned i = 0; i < 800; ++i)
    {
      heart.advance(*network, 2., a);
      heart.advance(*hand, 2., b);
      for (std::size_t k = 0; k < 4; ++k)
        ASSERT_NEAR(a.volume[k], b.volume[k], 1e-9 * b.volume[k] + 1e-5) << chamber_names[k] << " at " << a.t;
      for (const std::string name :
           {"aortic_pressure", "pulmonary_arterial_pressure", "systemic_venous_pressure", "mitral_flow", "aortic_flow"})
        ASSERT_NEAR(reported(*network, a.t, a.circulation, a.pressure, name), reported(*hand, b.t, b.circulation, b.pressure, name), 1e-5)
          << name << " at " << a.t;
    }
}

// A left ventricle alone, filled from and ejecting into vessels, and a biventricle whose atria are compartments: both beat,
// and neither loses blood.
TEST(Network, AnySubsetOfChambersBeats)
{
  const std::string single = R"({
    "compartments": {"aortic": {"compliance": "1.36 mL/mmHg", "initial_pressure": "80 mmHg"},
                     "systemic_venous": {"compliance": "60 mL/mmHg", "initial_pressure": "8 mmHg"}},
    "elements": {"mitral": {"kind": "diode", "from": "systemic_venous", "to": "LV"},
                 "aortic": {"kind": "diode", "from": "LV", "to": "aortic"},
                 "systemic": {"from": "aortic", "to": "systemic_venous", "resistance": "1.04 mmHg s/mL"}},
    "chambers": {"LV": {"initial_pressure": "6 mmHg"}}})";
  auto whole = nlohmann::json::parse(test::smallest_deck("network"));
  for (const auto &[name, active, passive] : {std::tuple{"LA", "0.18 mmHg/mL", "0.14 mmHg/mL"}, {"RA", "0.134 mmHg/mL", "0.059 mmHg/mL"}})
    {
      whole["chambers"].erase(name);
      whole["compartments"][name] = {
        {"kind", "elastance"}, {"active", active},        {"passive", passive},     {"unstressed", "5 mL"},
        {"onset", "40 ms"},    {"contraction", "130 ms"}, {"relaxation", "150 ms"}, {"initial_pressure", "6 mmHg"}};
    }
  const auto adult = ElastanceHeart::healthy_adult().chambers();
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases{{single, {"LV"}}, {whole.dump(), {"LV", "RV"}}};
  for (const auto &[json, chambers] : cases)
    {
      const auto loop = test::circulation("network", json);
      ASSERT_EQ(loop->chambers(), chambers);
      const ElastanceHeart heart({adult.begin(), adult.begin() + static_cast<std::ptrdiff_t>(chambers.size())}, 800.);
      auto state = heart.start(*loop);
      const auto blood = [&] {
        return loop->stored_volume(state.circulation) + std::accumulate(state.volume.begin(), state.volume.end(), 0.);
      };
      const double before = blood();
      ElastanceBeat beat;
      for (unsigned n = 0; n < 10; ++n)
        beat = heart.beat(*loop, 400, state);
      EXPECT_NEAR(blood(), before, 1e-9 * before);
      EXPECT_GT(beat.pressure_max[0], 60. * mmHg);
      EXPECT_GT(beat.volume_max[0] - beat.volume_min[0], 30. * mL);
      // The same in continuous time.
      ClosedLoop integrated(*loop, heart, heart.start(*loop), 1e-8);
      integrated.advance(8000.);
      EXPECT_NEAR(integrated.blood(), before, 1e-7 * before);
      EXPECT_NEAR(integrated.volume()[0], state.volume[0], 2. * mL); // first order in 2 ms
    }
}

TEST(Network, RefusesWhatCannotWork)
{
  const std::string place = R"("compartments": {"a": {"compliance": "2 mL/mmHg", "initial_pressure": "100 mmHg"},
                                                "b": {"compliance": "2 mL/mmHg", "initial_pressure": "10 mmHg"}})";
  EXPECT_THAT(refusal("{" + place + R"(, "elements": {"x": {"from": "a", "to": "bb", "resistance": "1 mmHg s/mL"}}})"),
              testing::AllOf(testing::HasSubstr("joins 'bb'"), testing::HasSubstr("nearest: b")));
  EXPECT_THAT(refusal("{" + place + R"(, "elements": {"x": {"from": "a", "to": "a", "resistance": "1 mmHg s/mL"}}})"),
              testing::HasSubstr("begins and ends in 'a'"));
  EXPECT_THAT(refusal("{" + place + R"(, "elements": {"x": {"from": "a", "to": "LV", "resistance": "1 mmHg s/mL"}}})"),
              testing::HasSubstr("no element of the circulation reaches the compartment 'b'"));
  EXPECT_THAT(refusal(R"({"elements": {"x": {"from": "RA", "to": "LV", "resistance": "1 mmHg s/mL"}}})"),
              testing::HasSubstr("no pressure for the chamber LV to start from"));
  EXPECT_THAT(refusal("{" + place + "}"), testing::HasSubstr("a circulation without elements"));
}
