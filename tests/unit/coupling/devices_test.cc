// One trivial device that uses every port, and what the heart makes of it.
#include "core/error.h"
#include "core/units.h"
#include "coupling/devices.h"
#include "electrophysiology/electrodes.h"
#include "mechanics/mechanics.h"
#include "tests/support/circulation_decks.h"
#include "tests/support/memory_archive.h"
#include "tests/support/small_heart.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

using namespace vivicor;

namespace
{
  /// Paces at 5 ms, hears every 2 ms, lets a spot conduct less, joins a shunt, narrows a valve, holds and presses a surface.
  class EveryPort : public Device
  {
  public:
    EveryPort(const Parameters &deck, const Context &context) : deck(deck), context(context) {}

    Ports ports() override
    {
      Ports ports;
      const Point3 place{2.5, 2.2, 2.1}; // mm, no node
      if (deck.flag("paces"))
        ports.electrodes.push_back({context.name + " tip", context.where, Tissue::ventricle, place, deck.quantity("radius")});
      if (deck.flag("scars"))
        ports.tissue.push_back({context.name, context.where, place, 3, 0.1});
      if (deck.flag("shunts"))
        {
          Schema schema;
          registry<CirculationElement>().at("resistance").declare(schema);
          ports.circulation.additions.push_back(
            {context.name, deck.text("shunt_from"), "RA",
             create<CirculationElement>("resistance", parameters_from_settings({"resistance=5 mmHg s/mL"}, schema)), context.where});
          ports.circulation.factors.push_back({deck.text("valve"), "open_resistance", 20, context.where});
        }
      if (deck.flag("presses"))
        ports.surfaces.push_back({deck.text("surface"), context.where, 0.01, 0, [](double t) { return 0.01 * t; }});
      return ports;
    }

    void drive(double t, double dt, double *current) override
    {
      if (t + dt > 5 && t < 7)
        current[0] += 60;
    }
    double listening_interval() const override { return 2; }
    void hear(double t, const double *potential) override
    {
      ++trial.heard;
      trial.loudest = std::max(trial.loudest, potential[0]);
      trial.last = t;
    }
    void observe(const Readings &readings) override { volume = readings.volume.at("LV"); }
    void commit() override { committed = trial; }
    void rollback() override { trial = committed; }
    void archive(Archive &archive) override
    {
      archive_number(archive, "heard", committed.heard);
      archive_number(archive, "loudest", committed.loudest);
      archive_number(archive, "last", committed.last);
      trial = committed;
    }
    std::vector<Channel> channels() const override
    {
      return {{"heard", static_cast<double>(committed.heard)}, {"loudest", committed.loudest}, {"LV_volume", volume}};
    }

  private:
    const Parameters deck;
    const Context context;
    struct State
    {
      long heard = 0;
      double loudest = -200, last = 0; ///< mV, ms
    } trial, committed;
    double volume = 0;
  };

  void declare(Schema &device)
  {
    for (const std::string port : {"paces", "scars", "shunts", "presses"})
      device.flag(port, false, "Whether it uses that port.");
    device.quantity("radius", "3 mm", 0, 100, "Of its electrode.");
    device.text("shunt_from", "LA", "Where its shunt begins.");
    device.text("valve", "aortic", "The valve that it narrows.");
    device.text("surface", "epicardium", "What it presses on.");
  }

  const Register<Device> registered{
    {"every_port", "Uses every port.", "this test", declare,
     [](const Parameters &deck, const Device::Context &context) { return std::make_unique<EveryPort>(deck, context); }}};

  /// The devices of a deck.
  struct Implants : std::unique_ptr<Devices>
  {
    Implants(const std::string &json, const Anatomy &anatomy)
    {
      Schema schema;
      declare_devices(schema);
      reset(new Devices(parameters_from_json(R"({"devices": )" + json + "}", schema), anatomy, 800));
    }
  };

  std::unique_ptr<ElectricalHeart> electrical_heart(const test::Box &box, Timers &timers, const Devices &devices,
                                                    const std::string &model = "monodomain")
  {
    return build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0),
                                  test::ep_deck(R"({"model": ")" + model + R"(", "refinement": 0})"), timers, devices.electrical());
  }

  std::unique_ptr<Circulation> loop(const std::string &model, const CirculationAmendments &amendments)
  {
    Schema schema;
    Schema section = schema.section("circulation");
    declare_models<Circulation>(section, "model", model, "");
    const Parameters deck = parameters_from_json(R"({"circulation": )" + test::smallest_deck(model) + "}", schema).section("circulation");
    return create<Circulation>(model, deck, Circulation::Context{800, amendments});
  }

  double reported(const Circulation &loop, const Chambers &pressure, const std::string &name)
  {
    for (const auto &entry : loop.report(0, loop.initial(), pressure))
      if (entry.name == name)
        return entry.value;
    ADD_FAILURE() << "no report " << name;
    return 0;
  }

  std::string refusal(const std::function<void()> &what)
  {
    try
      {
        what();
      }
    catch (const UserError &error)
      {
        return error.what();
      }
    return "accepted";
  }

}

TEST(Devices, NoDeviceIsNoPort)
{
  const test::Box box = test::small_heart();
  const Implants none("{}", box.anatomy);
  EXPECT_EQ(none->electrical(), nullptr);
  EXPECT_TRUE(none->circulation().empty());
  EXPECT_TRUE(none->surfaces().empty());
  EXPECT_TRUE(none->channels().empty());
}

// Paced at 5 ms at its end, the strip's ventricle is up at 9 ms; without the device the AV node keeps it waiting.
TEST(Devices, ElectrodesPaceAndSense)
{
  const test::Box box = test::small_heart();
  const Implants lead(R"({"lead": {"model": "every_port", "paces": true}})", box.anatomy), none("{}", box.anatomy);
  const auto potential = [&](const Devices &devices) {
    Timers timers;
    const auto heart = electrical_heart(box, timers, devices);
    heart->advance(9);
    heart->commit();
    const auto V = heart->point_fields([](const std::string &name) { return name == "transmembrane_potential_mV"; });
    return *std::max_element(V.at(0).values.begin(), V.at(0).values.begin() + 8);
  };
  EXPECT_LT(potential(*none), -60);
  EXPECT_GT(potential(*lead), 0);
}

TEST(Devices, HearOnTheElectricalClockAndRollBack)
{
  const test::Box box = test::small_heart();
  const Implants lead(R"({"lead": {"model": "every_port", "paces": true}})", box.anatomy);
  Timers timers;
  const auto heart = electrical_heart(box, timers, *lead);
  const auto channel = [&](const std::string &name) {
    for (const auto &channel : lead->channels())
      if (channel.name == name)
        return channel.value;
    throw std::out_of_range(name);
  };
  heart->advance(9);
  heart->commit();
  lead->commit();
  EXPECT_EQ(channel("lead_heard"), 4); // at 2, 4, 6 and 8 ms
  EXPECT_GT(channel("lead_loudest"), -20);
  // A trial that is taken back leaves no trace.
  heart->advance(30);
  heart->rollback();
  lead->rollback();
  EXPECT_EQ(channel("lead_heard"), 4);
  heart->advance(12);
  heart->commit();
  lead->commit();
  EXPECT_EQ(channel("lead_heard"), 6);
  // Saved and loaded under the device's own name.
  const auto saved = vivicor::testing::saved(*lead);
  const Implants other(R"({"lead": {"model": "every_port", "paces": true}})", box.anatomy);
  vivicor::testing::load(*other, saved);
  EXPECT_EQ(other->channels()[0].value, 6);
  EXPECT_EQ(other->channels()[1].value, channel("lead_loudest"));
}

TEST(Devices, TwoOnOnePlaceCombine)
{
  const test::Box box = test::small_heart();
  const Implants two(R"({"a": {"model": "every_port", "scars": true, "presses": true}, "b": {"model": "every_port", "scars": true}})",
                     box.anatomy);
  EXPECT_DOUBLE_EQ(conduction_factor(two->electrical(), {2, 2, 2}), 0.01);
  EXPECT_DOUBLE_EQ(conduction_factor(two->electrical(), {2, 2, 5.1}), 1);
  EXPECT_EQ(two->surfaces().size(), 1u);
}

// A wave along the strip arrives late where a scar holds it up.
TEST(Devices, ScarsSlowTheWave)
{
  const test::Box box = test::small_heart();
  const auto duration = [&](const std::string &json) {
    const Implants devices(json, box.anatomy);
    Timers timers;
    const auto heart = electrical_heart(box, timers, *devices);
    heart->advance(60);
    return heart->activation().ventricular_duration.value_or(0.);
  };
  const double whole = duration(R"({"lead": {"model": "every_port", "paces": true}})"),
               scarred = duration(R"({"lead": {"model": "every_port", "paces": true, "scars": true}})");
  EXPECT_GT(whole, 5);
  EXPECT_GT(scarred, whole + 2);
}

TEST(Devices, JoinTheCirculationAndChangeItsValves)
{
  const test::Box box = test::small_heart();
  const Implants shunt(R"({"shunt": {"model": "every_port", "shunts": true}})", box.anatomy);
  const auto plain = loop("network", {}), joined = loop("network", shunt->circulation());
  const Chambers p{16, 3, 2, 0.6};
  EXPECT_NEAR(reported(*joined, p, "shunt_flow"), (2 - 0.6) / units::mmHg / 5, 1e-6); // 5 mmHg s/mL
  EXPECT_NEAR(reported(*joined, p, "aortic_flow") / reported(*plain, p, "aortic_flow"), 1 / 20., 0.02);
  EXPECT_EQ(reported(*joined, p, "pulmonary_flow"), reported(*plain, p, "pulmonary_flow"));
  // What it takes from one chamber it gives to the other.
  const Chambers volume{120e3, 140e3, 60e3, 60e3};
  const auto with = joined->advance(0, 1, joined->initial(), volume, p), without = plain->advance(0, 1, plain->initial(), volume, p);
  // The narrowed valve sends a trifle less to the veins.
  EXPECT_NEAR(with.volume[2] - without.volume[2], without.volume[3] - with.volume[3], 1e-4);
  const auto blood = [&](const Circulation::Step &step) {
    return joined->stored_volume(step.state) + step.volume[0] + step.volume[1] + step.volume[2] + step.volume[3];
  };
  EXPECT_NEAR(blood(with), blood(without), 1e-6);
}

TEST(Devices, AreRefusedWhereTheyCannotBe)
{
  const test::Box box = test::small_heart();
  const auto circulation = [&](const std::string &model, const std::string &json) {
    return refusal([&] { loop(model, Implants(json, box.anatomy)->circulation()); });
  };
  EXPECT_THAT(circulation("regazzoni_2022", R"({"x": {"model": "every_port", "shunts": true}})"), ::testing::HasSubstr("nearest: network"));
  EXPECT_THAT(circulation("network", R"({"x": {"model": "every_port", "shunts": true, "shunt_from": "LAA"}})"),
              ::testing::AllOf(::testing::HasSubstr("joins 'LAA'"), ::testing::HasSubstr("nearest: LA")));
  EXPECT_THAT(circulation("network", R"({"x": {"model": "every_port", "shunts": true, "valve": "aorta"}})"),
              ::testing::AllOf(::testing::HasSubstr("changes the element 'aorta'"), ::testing::HasSubstr("nearest: aortic")));
  EXPECT_THAT(circulation("network", R"({"mitral": {"model": "every_port", "shunts": true}})"),
              ::testing::HasSubstr("the circulation has one of that name"));
  EXPECT_THAT(refusal([&] {
                Timers timers;
                const Implants lead(R"({"lead": {"model": "every_port", "paces": true, "radius": "0.1 mm"}})", box.anatomy);
                electrical_heart(box, timers, *lead);
              }),
              ::testing::AllOf(::testing::HasSubstr("covers no node"), ::testing::HasSubstr("mm away")));
  EXPECT_THAT(refusal([&] {
                Timers timers;
                const Implants lead(R"({"lead": {"model": "every_port", "paces": true}})", box.anatomy);
                electrical_heart(box, timers, *lead, "prescribed");
              }),
              ::testing::HasSubstr("monodomain"));
  EXPECT_THAT(refusal([&] { named_surface(box.anatomy, "epicard", "x"); }), ::testing::HasSubstr("nearest: epicardium"));
}

// The same pressure inside and outside compresses the wall at most by pressure over bulk modulus; outside alone, the sphere shrinks.
TEST(Devices, PressOnSurfaces)
{
  const test::Solid solid = test::hollow_sphere(20, 26, 1, 2);
  const auto volume = [&](const std::string &json, double inside) {
    const Implants sac(json, solid.anatomy);
    Timers timers;
    const std::vector<unsigned> ranks(solid.anatomy.cells.size(), 0);
    Schema schema;
    declare_mechanics(schema);
    const Parameters deck = parameters_from_json(R"({"mechanics": {"vessel_ends": {"stiffness": "0.01 kPa/mm"}}})", schema);
    Mechanics heart(PumpContext{MPI_COMM_SELF, solid.anatomy, solid.fibres, ranks, 800, timers, &sac->surfaces()},
                    deck.section("mechanics"));
    const double unloaded = heart.volume()[0];
    const std::vector<double> calcium(solid.anatomy.points.size(), 0.1);
    for (unsigned k = 1; k <= 5; ++k)
      {
        heart.advance(10 * (k - 1), 10, calcium, std::vector<double>{inside * k / 5});
        heart.commit();
      }
    return heart.volume()[0] / unloaded;
  };
  const std::string presses
    = R"({"sac": {"model": "every_port", "presses": true, "surface": "vessel_ends"}})"; // 0.01 kPa/ms: 0.5 kPa at 50 ms
  Schema schema;
  declare_mechanics(schema);
  const double bulk_modulus = parameters_from_json("{}", schema).section("mechanics").quantity("bulk_modulus");
  const double unloaded = volume("{}", 0), both = volume(presses, 0.5);
  EXPECT_LT(both, unloaded);
  EXPECT_GT(both, unloaded * (1 - 0.5 / bulk_modulus));
  EXPECT_LT(volume(presses, 0), 0.97);
  EXPECT_GT(volume("{}", 0.5), 1.03);
}
