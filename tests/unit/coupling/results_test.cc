// Where the numbers of summary.json and of the report come from, and what they say where nothing was found.
#include "coupling/results/results.h"

#include "core/units.h"
#include "coupling/results/map_tables.h"
#include "coupling/results/segment_results.h"
#include "coupling/results/summary.h"
#include "report/healthy_bands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;
using ::testing::HasSubstr;
using Json = nlohmann::ordered_json;

namespace
{
  const std::vector<std::string> columns{"t_ms",
                                         "LV_volume_mL",
                                         "RV_volume_mL",
                                         "LA_volume_mL",
                                         "RA_volume_mL",
                                         "LV_pressure_mmHg",
                                         "RV_pressure_mmHg",
                                         "LA_pressure_mmHg",
                                         "RA_pressure_mmHg",
                                         "mitral_flow_mL_s",
                                         "aortic_flow_mL_s",
                                         "tricuspid_flow_mL_s",
                                         "pulmonary_flow_mL_s",
                                         "aortic_pressure_mmHg"};

  /// Every column its own number, times 1 in the first cycle of 200 ms, 2 in the second, 3 in the third.
  Recording numbered(double end)
  {
    Recording recording{columns, std::vector<std::vector<double>>(columns.size())};
    for (double t = 0; t <= end; t += 10)
      {
        std::vector<double> row{t};
        for (std::size_t c = 1; c < columns.size(); ++c)
          row.push_back(c * (t <= 200 ? 1. : t <= 400 ? 2. : 3.));
        recording.add(row);
      }
    return recording;
  }

  double last_of(const std::string &column, double cycle)
  {
    return (std::find(columns.begin(), columns.end(), column) - columns.begin()) * cycle;
  }
}

TEST(BeatOf, EachSeriesIsItsColumn)
{
  const Recording recording = numbered(500);
  const CycleSpan span = latest_span(recording, 200);
  EXPECT_EQ(span.from, 200);
  EXPECT_EQ(span.to, 400);
  const TimeSeries beat = beat_of(recording, span);
  EXPECT_TRUE(beat.whole);
  EXPECT_EQ(beat.t.front(), 0);
  EXPECT_EQ(beat.t.back(), 200);
  constexpr double mL_s = units::mL / units::s;
  for (std::size_t k = 0; k < chamber_names.size(); ++k)
    {
      EXPECT_NEAR(beat.volume[k].back(), last_of(chamber_names[k] + "_volume_mL", 2) * units::mL, 1e-9) << chamber_names[k];
      EXPECT_NEAR(beat.pressure[k].back(), last_of(chamber_names[k] + "_pressure_mmHg", 2) * units::mmHg, 1e-9) << chamber_names[k];
    }
  EXPECT_NEAR(beat.inflow[0].back(), last_of("mitral_flow_mL_s", 2) * mL_s, 1e-9);
  EXPECT_NEAR(beat.inflow[1].back(), last_of("tricuspid_flow_mL_s", 2) * mL_s, 1e-9);
  EXPECT_NEAR(beat.outflow[0].back(), last_of("aortic_flow_mL_s", 2) * mL_s, 1e-9);
  EXPECT_NEAR(beat.outflow[1].back(), last_of("pulmonary_flow_mL_s", 2) * mL_s, 1e-9);
  EXPECT_NEAR(beat.aortic_pressure.back(), last_of("aortic_pressure_mmHg", 2) * units::mmHg, 1e-9);
  EXPECT_FALSE(beat_of(numbered(150), latest_span(numbered(150), 200)).whole);
}

TEST(Found, NothingIsNullAndZeroIsANumber)
{
  EXPECT_TRUE(found(std::nullopt).is_null());
  EXPECT_TRUE(found(std::nan("")).is_null());
  EXPECT_EQ(found(0.0), 0.0);
}

// Names of each side's valves and chambers.
TEST(ValvesJson, HasEachValveUnderItsName)
{
  BeatMetrics beat;
  beat.valves = {ValveTimes{1., 2., 4., 8.}, ValveTimes{10., 20., 40., 80.}};
  beat.e_a_ratio = {1.5, std::nullopt};
  const Json json = valves_json(beat);
  EXPECT_EQ(json["mitral_closes_ms"], 1.);
  EXPECT_EQ(json["aortic_opens_ms"], 2.);
  EXPECT_EQ(json["aortic_closes_ms"], 4.);
  EXPECT_EQ(json["mitral_opens_ms"], 8.);
  EXPECT_EQ(json["tricuspid_closes_ms"], 10.);
  EXPECT_EQ(json["pulmonary_opens_ms"], 20.);
  EXPECT_EQ(json["pulmonary_closes_ms"], 40.);
  EXPECT_EQ(json["tricuspid_opens_ms"], 80.);
  EXPECT_EQ(json["LV"]["isovolumic_contraction_ms"], 1.);
  EXPECT_EQ(json["LV"]["ejection_ms"], 2.);
  EXPECT_EQ(json["LV"]["isovolumic_relaxation_ms"], 4.);
  EXPECT_EQ(json["RV"]["isovolumic_relaxation_ms"], 40.);
  EXPECT_EQ(json["LV"]["e_a_ratio"], 1.5);
  EXPECT_TRUE(json["RV"]["e_a_ratio"].is_null());
}

TEST(ChamberJson, NamesItsNumbers)
{
  ChamberMetrics chamber;
  chamber.edv_mL = 1;
  chamber.p_max_mmHg = 2;
  chamber.p_ed_mmHg = 3;
  chamber.dpdt_max_mmHg_s = 4;
  chamber.dpdt_min_mmHg_s = -5;
  EXPECT_EQ(chamber_json(chamber).dump(), R"({"edv_mL":1.0,"esv_mL":null,"sv_mL":null,"ef_pct":null,"p_max_mmHg":2.0,"p_ed_mmHg":3.0,)"
                                          R"("dpdt_max_mmHg_s":4.0,"dpdt_min_mmHg_s":-5.0,"work_mJ":null})");
}

TEST(Metrics, WhatWasNotFoundIsNotJudged)
{
  const Json summary{{"beat", {{"whole_cycle", true}}}, {"chambers", {{"LV", {{"edv_mL", 120.}, {"ef_pct", nullptr}}}}}};
  const auto all = metrics(summary);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(judge(all[0]), Verdict::inside);
  EXPECT_EQ(judge(all[1]), Verdict::unknown);
  ReportData report;
  report.metrics = all;
  EXPECT_THAT(report_html(report), HasSubstr("<td class=\"number\">\u2013 "));
}

TEST(Metrics, APartOfACycleIsNotJudged)
{
  const auto judged = [](const Json &beat) {
    Json summary{{"chambers", {{"LV", {{"edv_mL", 1000.}}}}}};
    if (!beat.is_null())
      summary["beat"] = beat;
    return judge(metrics(summary).at(0));
  };
  EXPECT_EQ(judged({{"whole_cycle", true}}), Verdict::outside);
  EXPECT_EQ(judged(nullptr), Verdict::outside);
  EXPECT_EQ(judged({{"whole_cycle", false}}), Verdict::unknown);
}

// A key that nothing writes would never be judged.
TEST(Metrics, EveryBandHasANumberInTheSummary)
{
  const Json chamber = chamber_json({}), valves = valves_json({});
  for (const HealthyBand &band : healthy_bands())
    {
      const std::string last = band.key.substr(band.key.rfind('.') + 1);
      if (band.key.starts_with("chambers."))
        EXPECT_TRUE(chamber.contains(last)) << band.key;
      else if (band.key.starts_with("valves.LV."))
        EXPECT_TRUE(valves["LV"].contains(last)) << band.key;
      else
        EXPECT_TRUE(band.key.starts_with("circulation.") || band.key.starts_with("mechanics.")
                    || band.key.starts_with("electrophysiology."))
          << band.key; // of a whole run: tests/regression/apps/beat_test.cc
    }
}

TEST(Report, SaysHowLongTheRunIsAndOfWhichPartTheNumbersAre)
{
  EXPECT_EQ(subtitle("A heart.", 800, 800), "A heart. 800 ms: one cycle of 800 ms.");
  EXPECT_EQ(subtitle("A heart.", 2400, 800), "A heart. 2400 ms: 3 cycles of 800 ms.");
  EXPECT_EQ(subtitle("", 300, 200), "300 ms: 1.5 cycles of 200 ms.");
  EXPECT_THAT(note_on(latest_cycle(2500, 800), {}), HasSubstr("1600 to 2400 ms"));
  EXPECT_THAT(note_on(latest_cycle(20, 800), {}), HasSubstr("nothing is judged"));
}

TEST(Segments, AbsentOnesHaveNoNumbers)
{
  EXPECT_EQ(segments_json(std::nullopt)["fibre_strain_pct"], Json());
  EXPECT_THAT(segments_csv(std::nullopt), HasSubstr("1,basal anterior,,,,,,,,\n"));
  EXPECT_EQ(segments_figure(std::nullopt).svg, "");
  std::array<SegmentMeasures, n_segments> some{};
  some[0].volume = 1000;
  some[0].fibre_strain = -12;
  some[0].thickness_ed = 10;
  some[0].thickness = 13;
  EXPECT_NEAR(segments_json(some)["fibre_strain_pct"].get<double>(), -12, 1e-9);
  const std::string csv = segments_csv(some);
  EXPECT_THAT(csv, HasSubstr("1,basal anterior,1,-12,0,0,0,10,13,30\n"));
  EXPECT_THAT(csv, HasSubstr("2,basal anteroseptal,0,,,,,,,\n"));
}
