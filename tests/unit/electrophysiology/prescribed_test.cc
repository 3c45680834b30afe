// A heart whose wave is given: times, cells and calcium against what was asked for.
#include "core/error.h"
#include "electrophysiology/cells/single_cell.h"
#include "electrophysiology/prescribed/cell_beat.h"
#include "electrophysiology/prescribed/scattered.h"
#include "electrophysiology/tissue/activation_map.h"
#include "tests/support/small_heart.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

using namespace vivicor;
using ::testing::HasSubstr;

namespace
{
  class PrescribedHeart : public ::testing::Test
  {
  protected:
    std::unique_ptr<ElectricalHeart> make(const std::string &more)
    {
      return test::small_electrical_heart("prescribed", box, timers, MPI_COMM_SELF, {}, ", " + more);
    }
    std::unique_ptr<ElectricalHeart> ventricles(const std::string &source, const std::string &more = "")
    {
      return make(R"("activation": {"atria": {"from": "none"}, "ventricles": )" + source + "}" + more);
    }
    std::string table(const std::string &content)
    {
      const std::string file = folder / ("table" + std::to_string(++tables) + ".csv");
      std::ofstream(file) << content;
      return file;
    }
    ErrorText refusal(const std::string &source, const std::string &more = "")
    {
      try
        {
          ventricles(source, more);
        }
      catch (const UserError &error)
        {
          return error.text;
        }
      ADD_FAILURE() << "accepted: " << source << more;
      return {};
    }
    /// Node, its time by `time`: of all nodes of the mesh.
    template <class Time>
    std::string by_node(const Time &time, unsigned without = -1u)
    {
      std::string text = "node,activation_ms\n";
      for (unsigned n = 0; n < box.anatomy.points.size(); ++n)
        if (n != without)
          text += std::to_string(n) + "," + std::to_string(time(n)) + "\n";
      return R"({"from": "nodes", "file": ")" + table(text) + R"("})";
    }

    const test::Box box = test::small_heart();
    Timers timers;
    const vivicor::testing::TemporaryFolder folder;
    unsigned tables = 0;
  };

  /// Activation by place in the ventricles, x up to 12 mm.
  std::vector<std::pair<Point3, double>> map_of(const ElectricalHeart &heart, const std::string &name = "activation_ms")
  {
    const VtuPiece piece = heart.fields(false);
    const auto keys = heart.grid_nodes();
    std::vector<std::pair<Point3, double>> map;
    for (const VtuField &field : piece.point_fields)
      for (std::size_t n = 0; n < keys.size() && field.name == name; ++n)
        if (keys[n].tissue == Tissue::ventricle)
          map.emplace_back(piece.points[n], field.values[n]);
    EXPECT_FALSE(map.empty());
    return map;
  }
}

TEST_F(PrescribedHeart, SendsAPlaneWave)
{
  const auto heart = ventricles(R"({"from": "plane_wave", "start": "20 ms", "velocity": "0.5 m/s", "direction": [2, 0, 0]})");
  heart->advance(30);
  for (const auto &[p, time] : map_of(*heart))
    EXPECT_NEAR(time, p[0] < 5 ? 20 + p[0] / 0.5 : -1, 1e-9);
  heart->advance(60);
  EXPECT_NEAR(heart->activation().ventricular_duration.value(), 24, 1e-9);
  EXPECT_NEAR(heart->activation().ventricular_start.value(), 20, 1e-9);
  EXPECT_FALSE(heart->activation().atrial_duration);
  for (const auto &[p, velocity] : map_of(*heart, "conduction_velocity_m_s"))
    EXPECT_NEAR(velocity, 0.5, 1e-9);
}

TEST_F(PrescribedHeart, SendsItFromAnOriginAndRefusesWhatLiesBehindTheBeat)
{
  const auto heart = ventricles(R"({"start": "20 ms", "velocity": "1 m/s", "direction": [1, 0, 0], "origin": ["10 mm", "0 mm", "0 mm"]})");
  heart->advance(50);
  EXPECT_NEAR(heart->activation().ventricular_start.value(), 10, 1e-9);
  EXPECT_THAT(refusal(R"({"start": "5 ms", "direction": [1, 0, 0], "origin": ["10 mm", "0 mm", "0 mm"]})").what, HasSubstr("-5 ms"));
  EXPECT_THAT(refusal(R"({"start": "795 ms"})").nearest, HasSubstr("800"));
  EXPECT_THAT(refusal(R"({"direction": [0, 0, 0]})").where, HasSubstr("direction"));
  EXPECT_THAT(refusal(R"({"direction": [1, 0]})").where, HasSubstr("direction"));
}

TEST_F(PrescribedHeart, RepeatsItInEveryBeat)
{
  const auto heart = ventricles(R"({"start": "20 ms", "velocity": "0.5 m/s"})");
  heart->advance(400);
  const auto first = map_of(*heart), repolarised = map_of(*heart, "repolarisation_ms");
  const auto calcium = heart->calcium();
  for (const auto &[p, time] : repolarised)
    EXPECT_GT(time, 200);
  heart->advance(800); // the first beat ends with this moment
  EXPECT_EQ(heart->activation().activated_fraction, 0.5);
  heart->advance(805);
  EXPECT_EQ(heart->activation().activated_fraction, 0);
  heart->advance(1200);
  const auto second = map_of(*heart);
  for (std::size_t n = 0; n < first.size(); ++n)
    EXPECT_NEAR(second[n].second, first[n].second, 1e-9);
  for (std::size_t n = 0; n < calcium.size(); ++n)
    EXPECT_NEAR(heart->calcium()[n], calcium[n], 1e-9);
}

TEST_F(PrescribedHeart, TakesTimesByNode)
{
  const auto time = [&](unsigned n) { return n == 5 ? -1.0 : 30 + box.anatomy.points[n][1] + 2 * box.anatomy.points[n][2]; };
  const auto heart = ventricles(by_node(time));
  heart->advance(100);
  for (const auto &[p, activation] : map_of(*heart))
    EXPECT_NEAR(activation, p == box.anatomy.points[5] ? -1 : 30 + p[1] + 2 * p[2], 1e-5);
  EXPECT_THAT(refusal(by_node(time, 3)).what, HasSubstr("node 3"));
  EXPECT_THAT(refusal(by_node([](unsigned) { return 800; })).nearest, HasSubstr("below 800 ms"));
  EXPECT_THAT(refusal(R"({"from": "nodes", "file": ")" + table("node,activation_ms\n1,2\n1,3\n") + R"("})").where, HasSubstr(":3"));
  EXPECT_THAT(refusal(R"({"from": "nodes", "file": ")" + table("node,activation_ms\n9999,2\n") + R"("})").what, HasSubstr("9999"));
  EXPECT_THAT(refusal(R"({"from": "nodes", "file": ")" + table("node,activation_ms\n1,nan\n") + R"("})").what, HasSubstr("nan"));
  EXPECT_THAT(refusal(R"({"from": "nodes", "file": ")" + table("node,activatoin_ms\n1,1\n") + R"("})").nearest, HasSubstr("activation_ms"));
  EXPECT_THAT(refusal(R"({"from": "nodes", "file": "absent.csv"})").what, HasSubstr("absent.csv"));
}

TEST_F(PrescribedHeart, TakesTimesByPoint)
{
  std::string text = "\xef\xbb\xbf# a map\nx_mm, y_mm, z_mm, activation_ms\r\n";
  for (const Point3 &p : box.anatomy.points)
    text += std::to_string(p[0]) + "," + std::to_string(p[1]) + "," + std::to_string(p[2]) + "," + std::to_string(40 + p[0]) + "\r\n";
  const auto heart = ventricles(R"({"from": "points", "file": ")" + table(text) + R"("})");
  heart->advance(100);
  for (const auto &[p, activation] : map_of(*heart))
    EXPECT_NEAR(activation, 40 + p[0], 1e-5);
}

TEST(ScatteredValues, AreWeightedByTheInverseSquareOfTheDistance)
{
  const NumberTable rows{"table", 4, {0, 0, 0, 10, 3, 0, 0, 40, 0, 50, 0, -1}, {2, 3, 4}};
  const auto values = between_points(rows, {{1, 0, 0}, {0, 0, 0}, {0, 49, 0}, {9, 9, 9}}, {1, 1, 1, 0});
  EXPECT_NEAR(values[0], (1.0 / 1 * 10 + 1.0 / 4 * 40) / (1 + 0.25), 1e-12);
  EXPECT_EQ(values[1], 10);
  EXPECT_EQ(values[2], ActivationMap::never);
  EXPECT_EQ(values[3], ActivationMap::never);
}

TEST_F(PrescribedHeart, GivesATransientOfTwoExponentials)
{
  const auto heart = ventricles(R"({"start": "20 ms", "velocity": "100 m/s"})", R"(, "calcium": {"from": "exponential", "rest": "0.1 uM",
    "peak": "0.7 uM", "rise": "15 ms", "decay": "90 ms"})");
  EXPECT_NEAR(heart->calcium()[0], 0.1, 1e-12);
  const double to_peak = std::log(90.0 / 15) * 15 * 90 / (90 - 15);
  heart->advance(20 + to_peak);
  EXPECT_NEAR(heart->calcium()[0], 0.7, 1e-6);
  heart->advance(700);
  EXPECT_NEAR(heart->calcium()[0], 0.1, 2e-3);
  EXPECT_THAT(refusal("{}", R"(, "calcium": {"from": "exponential", "rise": "20 ms", "decay": "20 ms"})").where, HasSubstr("decay"));
  EXPECT_THAT(refusal("{}", R"(, "calcium": {"from": "exponential", "rest": "2 uM"})").where, HasSubstr("peak"));
}

TEST_F(PrescribedHeart, GivesATransientFromATable)
{
  const auto course = [&](const std::string &rows) {
    return R"(, "calcium": {"from": "table", "file": ")" + table("time_ms,calcium_uM\n" + rows) + R"("})";
  };
  const auto heart = ventricles(R"({"start": "20 ms", "velocity": "100 m/s"})", course("0,0.1\n50,0.6\n250,0.2\n"));
  EXPECT_NEAR(heart->calcium()[0], 0.1, 1e-12);
  heart->advance(45);
  EXPECT_NEAR(heart->calcium()[0], 0.35, 1e-3);
  heart->advance(170);
  EXPECT_NEAR(heart->calcium()[0], 0.4, 1e-3);
  heart->advance(500);
  EXPECT_NEAR(heart->calcium()[0], 0.2, 1e-9);
  EXPECT_THAT(refusal("{}", course("1,0.1\n2,0.2\n")).why, HasSubstr("begin at 0"));
  EXPECT_THAT(refusal("{}", course("0,0.1\n2,0.2\n2,0.2\n")).where, HasSubstr(":4"));
  EXPECT_THAT(refusal("{}", course("0,0\n2,0.2\n")).why, HasSubstr("positive"));
}

TEST_F(PrescribedHeart, RefusesACellThatDoesNotFire)
{
  EXPECT_THAT(refusal("{}", R"(, "activation_threshold": "30 mV", "membranes": {"epi": {"model": "aliev_panfilov_1996"}})").what,
              HasSubstr("does not fire"));
}

TEST(CellBeat, IsThatOfTheCellAlone)
{
  const auto membrane = Reaction::at_rest(create<IonicModel>("tentusscher_panfilov_2006_epi", [] {
    Schema schema;
    registry<IonicModel>().at("tentusscher_panfilov_2006_epi").declare(schema);
    return parameters_from_settings({}, schema);
  }()));
  const CellBeat beat = record_beat(membrane, {800, -20, 0.9}, {});
  EXPECT_NEAR(beat.at(beat.V, -1e6), membrane.model->rest_potential(), 1e-9);
  EXPECT_NEAR(beat.at(beat.V, 0), -20, 0.5);
  Pacing pacing = natural_pacing(*membrane.model);
  pacing.cycle_length = 800;
  const double APD90 = pace(*membrane.model, pacing).beats[0].APD90; // by the tissue's scheme, from the steepest rise
  EXPECT_NEAR(beat.duration, APD90, 0.01 * APD90);
  EXPECT_NEAR(beat.at(beat.V, 100 + 800), beat.at(beat.V, 100), 1e-9);
  EXPECT_GT(beat.at(beat.calcium, 50), 3 * beat.at(beat.calcium, -10));
}
