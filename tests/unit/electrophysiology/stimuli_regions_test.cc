// Where and when the deck's stimuli flow.
#include "core/error.h"
#include "electrophysiology/stimuli/regions.h"
#include "electrophysiology/stimuli/stimulus_table.h"
#include "electrophysiology/stimuli/time_course.h"
#include "tests/support/box.h"
#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  TimeCourse course(const std::string &json)
  {
    Schema schema;
    declare_time_course(schema, "2 ms");
    return read_time_course(parameters_from_json(json, schema));
  }

  /// Times (ms) at which current begins to flow, in steps of 0.25 ms.
  std::vector<double> onsets(const TimeCourse &c, double end)
  {
    std::vector<double> times;
    bool flowed = false;
    for (double t = 0; t < end; t += 0.25)
      {
        const bool flows = c.share(t, 0.25) > 0;
        if (flows && !flowed)
          times.push_back(t);
        flowed = flows;
      }
    return times;
  }

  /// A box of 8 x 8 x 8 mm whose face x = 0 is the endocardium of the LV and x = 8 the epicardium.
  test::Box wall()
  {
    auto box = test::make_box({8, 8, 8}, 1.0);
    Anatomy &anatomy = box.anatomy;
    for (unsigned c = 0; c < anatomy.cells.size(); ++c)
      for (unsigned skip = 0; skip < 4; ++skip)
        for (const double x : {0.0, 8.0})
          {
            std::vector<unsigned> face;
            for (unsigned k = 0; k < 4; ++k)
              if (k != skip && anatomy.points[anatomy.cells[c][k]][0] == x)
                face.push_back(anatomy.cells[c][k]);
            if (face.size() == 3)
              (x == 0 ? anatomy.cavities["LV"] : anatomy.epicardium).push_back({{face[0], face[1], face[2]}, c});
          }
    return box;
  }

  struct Reached
  {
    double volume = 0; ///< mm^3
    Point3 low{1e9, 1e9, 1e9}, high{-1e9, -1e9, -1e9};
    std::vector<StimulusSite> sites;
  };

  Reached reached(const test::Box &box, const std::string &json)
  {
    Schema schema;
    declare_region(schema);
    const auto mesh = build_refined_mesh(
      box.anatomy, std::vector<unsigned>(box.anatomy.cells.size(), 0), 0, 0, [](const NodeKey &) { return 0u; }, 1);
    const Matrices matrices = assemble(mesh, std::vector<SymmetricTensor>(mesh.cells.size(), SymmetricTensor{1, 1, 1, 0, 0, 0}));
    Reached r;
    r.sites = stimulated_sites(MPI_COMM_SELF, mesh, box.anatomy, parameters_from_json(json, schema));
    for (const StimulusSite &site : r.sites)
      for (const auto &[n, share] : site.nodes)
        {
          r.volume += share * matrices.lumped_mass[n];
          for (unsigned d = 0; d < 3; ++d)
            {
              r.low[d] = std::min(r.low[d], mesh.points[n][d]);
              r.high[d] = std::max(r.high[d], mesh.points[n][d]);
            }
        }
    return r;
  }

  std::string message_of(const std::function<void()> &action)
  {
    try
      {
        action();
      }
    catch (const UserError &error)
      {
        return error.what();
      }
    return "";
  }
}

TEST(TimeCourse, ProtocolsBeginWhenTheySay)
{
  using ::testing::ElementsAre;
  EXPECT_THAT(onsets(course(R"({"start": "5 ms"})"), 3000), ElementsAre(5));
  EXPECT_THAT(onsets(course(R"({"protocol": "train", "start": "5 ms", "period": "400 ms", "number": 3})"), 3000), ElementsAre(5, 405, 805));
  EXPECT_EQ(onsets(course(R"({"protocol": "train", "period": "100 ms"})"), 3000).size(), 30u);
  EXPECT_THAT(
    onsets(course(R"({"protocol": "s1s2", "s1_period": "500 ms", "s1_number": 3, "coupling_intervals": ["300 ms", "250 ms"]})"), 3000),
    ElementsAre(0, 500, 1000, 1300, 1550));
  EXPECT_THAT(
    onsets(course(R"({"protocol": "burst", "start": "10 ms", "period": "50 ms", "number": 3, "burst_period": "1000 ms", "bursts": 2})"),
           5000),
    ElementsAre(10, 60, 110, 1010, 1060, 1110));
}

TEST(TimeCourse, ChargeDoesNotDependOnTheSteps)
{
  const auto c = course(
    R"({"protocol": "burst", "start": "3.3 ms", "period": "7.1 ms", "number": 4, "burst_period": "50 ms", "bursts": 3})");
  for (const double dt : {0.05, 0.3, 1.7, 11.0})
    {
      double flowed = 0;
      for (int k = 0; k * dt < 200; ++k)
        flowed += dt * c.share(k * dt, dt);
      EXPECT_NEAR(flowed, 2.0 * 4 * 3, 1e-9) << dt;
    }
}

TEST(TimeCourse, PulsesMayNotOverlap)
{
  EXPECT_THROW(course(R"({"protocol": "train", "period": "1.5 ms"})"), UserError);
  EXPECT_THROW(course(R"({"protocol": "s1s2", "coupling_intervals": ["1 ms"]})"), UserError);
  EXPECT_THROW(course(R"({"protocol": "burst", "period": "50 ms", "number": 4, "burst_period": "151 ms", "bursts": 2})"), UserError);
  EXPECT_THROW(course(R"({"period": "100 ms"})"), UserError); // belongs to train and burst
}

TEST(StimulatedRegion, ShapesReachTheirVolume)
{
  const auto box = wall();
  EXPECT_NEAR(reached(box, R"({"shape": "box", "centre": ["4 mm", "4 mm", "4 mm"], "edges": ["2 mm", "4 mm", "6 mm"]})").volume, 48, 1e-9);
  EXPECT_NEAR(reached(box, R"({"shape": "box", "centre": ["0 mm", "0 mm", "0 mm"], "radius": "2 mm"})").volume, 8, 1e-9);
  const double ball = 4 * M_PI / 3 * 27;
  EXPECT_NEAR(reached(box, R"({"centre": ["4 mm", "4 mm", "4 mm"], "radius": "3 mm"})").volume, ball, 0.05 * ball);
}

// Half a cell more on every side: (2 + 1) (4 + 1) (6 + 1) mm^3, the nodes on the faces included.
TEST(StimulatedRegion, AssignedToNodesItReachesHalfWayIntoTheCellsBeyond)
{
  const auto sites = reached(wall(), R"({"shape": "box", "centre": ["4 mm", "4 mm", "4 mm"], "edges": ["2 mm", "4 mm", "6 mm"],
                                         "assigned_to": "nodes"})");
  EXPECT_NEAR(sites.volume, 3 * 5 * 7, 1e-9);
  EXPECT_EQ(sites.low, (Point3{3, 2, 1}));
  EXPECT_EQ(sites.high, (Point3{5, 6, 7}));
  for (const auto &[node, share] : sites.sites[0].nodes)
    EXPECT_EQ(share, 1.0);
}

TEST(StimulatedRegion, SurfacesAreLayers)
{
  const auto box = wall();
  const auto inside = reached(box, R"({"shape": "surface", "surface": "endocardium_LV", "depth": "2 mm"})");
  EXPECT_NEAR(inside.volume, 2 * 64, 1e-9);
  EXPECT_EQ(inside.low[0], 0);
  EXPECT_EQ(inside.high[0], 2);
  const auto outside = reached(box, R"({"shape": "surface", "surface": "epicardium_ventricles", "depth": "1 mm"})");
  EXPECT_NEAR(outside.volume, 64, 1e-9);
  EXPECT_EQ(outside.low[0], 7);
  EXPECT_THROW(reached(box, R"({"shape": "surface", "surface": "endocardium_RV"})"), UserError);
}

TEST(StimulatedRegion, PointsAndTablesAreSpheres)
{
  const auto box = wall();
  const auto points = reached(box, R"({"shape": "points", "points": ["0 mm", "0 mm", "0 mm", "8 mm", "8 mm", "8 mm"], "radius": "2 mm"})");
  ASSERT_EQ(points.sites.size(), 2u);
  EXPECT_NEAR(points.volume, 2 * 4 * M_PI / 3, 1.0);

  const vivicor::testing::TemporaryFolder folder;
  const std::string file = folder / "sites.csv";
  std::ofstream(file) << "# two leads\nx_mm, y_mm, z_mm, delay_ms, strength\n0, 0, 0, 0, 1\n\n8, 8, 8, 25, 0.5\n";
  const auto table = reached(box, R"({"shape": "table", "file": ")" + file + R"(", "radius": "2 mm"})");
  ASSERT_EQ(table.sites.size(), 2u);
  EXPECT_EQ(table.sites[0].nodes, points.sites[0].nodes);
  EXPECT_EQ(table.sites[1].nodes, points.sites[1].nodes);
  EXPECT_EQ(table.sites[1].delay, 25);
  EXPECT_EQ(table.sites[1].strength, 0.5);
}

TEST(StimulatedRegion, AMissNamesTheNearestPoint)
{
  const std::string text = message_of([] { reached(wall(), R"({"centre": ["20 mm", "4 mm", "4 mm"], "radius": "1 mm"})"); });
  EXPECT_THAT(text, ::testing::HasSubstr("(20.0, 4.0, 4.0) mm"));
  EXPECT_THAT(text, ::testing::HasSubstr("(8.0, 4.0, 4.0) mm, 12.0 mm away"));
  EXPECT_THAT(message_of([] { reached(wall(), R"({"tissue": "atrium"})"); }), ::testing::HasSubstr("no such tissue"));
  EXPECT_THROW(reached(wall(), R"({"shape": "points"})"), UserError);
  EXPECT_THROW(reached(wall(), R"({"centre": ["1 mm", "2 mm"]})"), UserError);
}

TEST(StimulatedRegion, BadTablesSayTheLine)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string file = folder / "bad.csv";
  const auto complaint = [&](const std::string &content) {
    std::ofstream(file) << content;
    return message_of([&] { reached(wall(), R"({"shape": "table", "file": ")" + file + R"("})"); });
  };
  EXPECT_THAT(complaint("x_mm,y_mm,zmm\n0,0,0\n"),
              ::testing::AllOf(::testing::HasSubstr("zmm"), ::testing::HasSubstr("z_mm"), ::testing::HasSubstr("bad.csv:1")));
  EXPECT_THAT(complaint("x_mm,y_mm\n0,0\n"), ::testing::HasSubstr("no column 'z_mm'"));
  EXPECT_THAT(complaint("x_mm,y_mm,z_mm\n0,0,here\n"), ::testing::AllOf(::testing::HasSubstr("'here'"), ::testing::HasSubstr("bad.csv:2")));
  EXPECT_THAT(complaint("x_mm,y_mm,z_mm\n0,0\n"), ::testing::HasSubstr("bad.csv:2"));
  EXPECT_THAT(complaint("x_mm,y_mm,z_mm\n"), ::testing::HasSubstr("without a row"));
  EXPECT_THAT(message_of([] { reached(wall(), R"({"shape": "table", "file": "absent.csv"})"); }), ::testing::HasSubstr("absent.csv"));
}

// Tables as spreadsheets save them: a byte-order mark, other line ends, semicolons or tabs, quoted headers.
TEST(StimulatedRegion, TablesOfSpreadsheetsAreRead)
{
  const auto box = wall();
  const vivicor::testing::TemporaryFolder folder;
  const std::string file = folder / "sites.csv", mark = "\xef\xbb\xbf";
  const auto sites = [&](const std::string &content) {
    std::ofstream(file, std::ios::binary) << content;
    return reached(box, R"({"shape": "table", "file": ")" + file + R"(", "radius": "2 mm"})").sites;
  };
  const auto plain = sites("x_mm,y_mm,z_mm,delay_ms\n0,0,0,0\n8,8,8,25\n");
  ASSERT_EQ(plain.size(), 2u);
  for (const std::string &content :
       {mark + "x_mm,y_mm,z_mm,delay_ms\n0,0,0,0\n8,8,8,25\n", mark + "x_mm,y_mm,z_mm,delay_ms\r\n0,0,0,0\r\n8,8,8,25\r\n",
        std::string("x_mm,y_mm,z_mm,delay_ms\r0,0,0,0\r8,8,8,25"), mark + "x_mm;y_mm;z_mm;delay_ms\r\n0;0;0;0\r\n8;8;8;25\r\n",
        std::string("x_mm\ty_mm\tz_mm\tdelay_ms\n0\t0\t0\t0\n8\t8\t8\t25\n"),
        std::string("\"x_mm\",\"y_mm\",\"z_mm\",\"delay_ms\"\n0,0,0,0\n8,8,8,25\n"),
        mark + "# sites\nx_mm, y_mm, z_mm, delay_ms\n0,0,0,0\n8,8,8,25\n"})
    {
      const auto read = sites(content);
      ASSERT_EQ(read.size(), 2u) << content;
      EXPECT_EQ(read[1].nodes, plain[1].nodes) << content;
      EXPECT_EQ(read[1].delay, 25) << content;
    }
}

// A table is sought beside the deck that names it: also one that --set names, and beside the deck that a link leads to.
TEST(StimulatedRegion, TablesLieBesideTheDeck)
{
  const vivicor::testing::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path / "decks");
  std::filesystem::create_directories(folder.path / "links");
  std::ofstream(folder / "decks/sites.csv") << "x_mm,y_mm,z_mm\n1,2,3\n";
  std::ofstream(folder / "decks/deck.json") << "{}";
  std::ofstream(folder / "decks/names.json") << R"({"file": "sites.csv"})";
  std::filesystem::create_symlink("../decks/deck.json", folder / "links/deck.json");
  std::filesystem::create_symlink("../decks/names.json", folder / "links/names.json");
  Schema schema;
  schema.path("file", "", "A table.");
  for (const auto &[deck, settings] : {std::pair{"decks/deck.json", std::vector<std::string>{"file=sites.csv"}},
                                       {"links/deck.json", {"file=sites.csv"}},
                                       {"decks/names.json", {}},
                                       {"links/names.json", {}}})
    {
      const auto rows = read_stimulus_table(read_deck(folder / deck, schema, settings).parameters, "file", 1);
      ASSERT_EQ(rows.size(), 1u) << deck;
      EXPECT_EQ(rows[0].point, (Point3{1, 2, 3}));
    }
  EXPECT_THAT(
    message_of([&] { read_stimulus_table(read_deck(folder / "decks/deck.json", schema, {"file=absent.csv"}).parameters, "file", 1); }),
    ::testing::AllOf(::testing::HasSubstr("absent.csv"), ::testing::HasSubstr("decks/absent.csv")));
}
