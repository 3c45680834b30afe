// The report on made-up but heart-like data: well-formed, complete, robust. With VIVICOR_KEEP_REPORT=file it is kept
// for a look.
#include "report/page.h"

#include "core/output/files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

using namespace vivicor;
using ::testing::HasSubstr;
using vivicor::testing::TemporaryFolder;

namespace
{
  constexpr double pi = std::numbers::pi;

  /// A smooth bump between two times.
  double bump(double t, double from, double to)
  {
    return t > from && t < to ? std::pow(std::sin(pi * (t - from) / (to - from)), 2) : 0.0;
  }
  double rise(double t, double from, double to)
  {
    return t < from ? 0 : t > to ? 1 : 0.5 - 0.5 * std::cos(pi * (t - from) / (to - from));
  }
  double wave(double t, double centre, double width)
  {
    return std::exp(-std::pow((t - centre) / width, 2));
  }

  void add_beat(ReportData &data)
  {
    data.chambers = {{"LV", {}, {}}, {"RV", {}, {}}, {"LA", {}, {}}, {"RA", {}, {}}};
    data.flows_mL_s = {{"mitral", {}}, {"aortic", {}}, {"tricuspid", {}}, {"pulmonary", {}}};
    for (double t = 0; t <= 800; t += 2)
      {
        data.time_ms.push_back(t);
        const double emptying = rise(t, 230, 460), filling = rise(t, 530, 680), kick = rise(t, 80, 160);
        const double systole = std::pow(rise(t, 180, 330), 0.7) * (1 - rise(t, 400, 540));
        const double aorta = 82 + 36 * rise(t, 230, 340) * std::exp(-std::max(0.0, t - 340) / 600) - 12 * rise(t, 0, 230);
        const double LA = 7 + 4 * bump(t, 60, 180) + 5 * bump(t, 250, 560);
        data.aortic_pressure_mmHg.push_back(aorta);
        const double LV_v = 118 + 14 * kick - 76 * emptying + 62 * (filling - 0) + 0 * kick;
        data.chambers[0].pressure_mmHg.push_back(8 + 4 * kick * (1 - rise(t, 500, 520)) + 110 * systole);
        data.chambers[0].volume_mL.push_back(LV_v);
        data.chambers[1].pressure_mmHg.push_back(4 + 20 * systole);
        data.chambers[1].volume_mL.push_back(LV_v + 18);
        data.chambers[2].pressure_mmHg.push_back(LA);
        data.chambers[2].volume_mL.push_back(55 - 18 * kick + 40 * rise(t, 250, 520) - 22 * filling);
        data.chambers[3].pressure_mmHg.push_back(LA - 4);
        data.chambers[3].volume_mL.push_back(65 - 20 * kick + 42 * rise(t, 250, 520) - 22 * filling);
        data.flows_mL_s[0].values.push_back(430 * bump(t, 530, 690) + 280 * bump(t, 80, 160));
        data.flows_mL_s[1].values.push_back(520 * bump(t, 230, 460));
        data.flows_mL_s[2].values.push_back(400 * bump(t, 525, 700) + 260 * bump(t, 70, 155));
        data.flows_mL_s[3].values.push_back(480 * bump(t, 220, 470));
      }
    for (const auto &flow : data.flows_mL_s)
      for (const auto &interval : intervals_above(flow.name, data.time_ms, flow.values, 1))
        data.valves.push_back(interval);
  }

  void add_ecg(ReportData &data)
  {
    const char *names[] = {"I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"};
    const double size[] = {0.7, 1.1, 0.5, -0.9, 0.2, 0.8, -0.9, -1.2, 0.4, 1.4, 1.3, 1.0};
    for (double t = 0; t <= 800; t += 1)
      data.ecg_time_ms.push_back(t);
    for (unsigned i = 0; i < 12; ++i)
      {
        Curve curve{names[i], {}};
        for (const double t : data.ecg_time_ms)
          curve.values.push_back(size[i] * (0.12 * wave(t, 45, 22) - 0.1 * wave(t, 158, 7) + wave(t, 180, 12) - 0.25 * wave(t, 204, 9))
                                 + 0.3 * std::abs(size[i]) * wave(t, 430, 45));
        data.ecg_mV.push_back(curve);
      }
  }

  /// An ellipsoid with a wave from one side, a bulge and a spot that was never activated.
  void add_map(ReportData &data, unsigned n)
  {
    for (unsigned i = 0; i <= n; ++i)
      for (unsigned j = 0; j < 2 * n; ++j)
        {
          const double u = pi * i / n, v = pi * j / n, r = 1 + 0.15 * std::sin(2 * u) * std::cos(v);
          const Point3 p{38 * r * std::sin(u) * std::cos(v), 34 * r * std::sin(u) * std::sin(v), 52 * r * std::cos(u)};
          data.map.points.push_back(p);
          data.map.values.push_back(i > 2 * n / 3 && j < n / 4 ? NAN : 20 + 0.9 * std::hypot(p[0] - 30, p[1], p[2] - 20));
          if (i == n)
            continue;
          const unsigned a = i * 2 * n + j, b = i * 2 * n + (j + 1) % (2 * n), c = a + 2 * n, d = b + 2 * n;
          data.map.triangles.push_back({a, c, b});
          data.map.triangles.push_back({b, c, d});
        }
  }

  ReportData heart_like()
  {
    ReportData data;
    data.title = "Whole heart <test> & report";
    data.subtitle = "one beat, 800 ms, 2 ranks";
    data.notes = {"Made-up data: this page tests the layout."};
    add_beat(data);
    add_ecg(data);
    add_map(data, 40);
    data.metrics = {{"LV end-diastolic volume", 132, "mL", 88, 218, "Kawel-Boehm et al. 2015"},
                    {"LV ejection fraction", 57.6, "%", 57, 77, "Kawel-Boehm et al. 2015"},
                    {"LV peak pressure", 143, "mmHg", 90, 140, "guideline digest"},
                    {"QRS duration", 171, "ms", 69, 109, "Mason et al. 2007"},
                    {"AV-plane displacement", NAN, "mm", 12, 20, "Carlsson et al. 2007"},
                    {"RV ejection fraction", 56, "%", 50, INFINITY, "limit only below"},
                    {"periodicity error", 3.2, "%", -INFINITY, INFINITY, ""}};
    data.tables = {{"Solver", {"quantity", "value"}, {{"Newton iterations per step", "4.2"}, {"failed steps", "0"}}},
                   {"Time", {"part", "s", "share"}, {{"ionic", "41.2", "21 %"}, {"mechanics solve", "98.7", "49 %"}}},
                   {"Versions", {}, {{"Vivicor", "0.1.0"}, {"git", "0123456789ab"}}}};
    return data;
  }

  std::string text_of(const pugi::xml_node &node)
  {
    std::string text;
    for (const auto &found : node.select_nodes(".//text()"))
      text += std::string(found.node().value()) + "|";
    return text;
  }

  pugi::xml_document parsed(const std::string &html)
  {
    pugi::xml_document document;
    const auto result = document.load_string(html.c_str(), pugi::parse_full);
    EXPECT_TRUE(result) << result.description() << " near: " << html.substr(result.offset, 80);
    return document;
  }
}

TEST(Report, is_well_formed_and_complete)
{
  const std::string html = report_html(heart_like());
  const auto document = parsed(html);
  const std::string text = text_of(document.child("html").child("body"));
  for (const char *part : {"Whole heart <test> & report",
                           "one beat, 800 ms, 2 ranks",
                           "Made-up data",
                           "LV end-diastolic volume",
                           "132",
                           "57.6",
                           "88 to 218",
                           "Kawel-Boehm et al. 2015",
                           "Newton iterations per step",
                           "4.2",
                           "mechanics solve",
                           "98.7",
                           "0123456789ab",
                           "aVR",
                           "V6",
                           "mitral",
                           "pulmonary",
                           "pressure (mmHg)",
                           "LV volume (mL)",
                           "flow (mL/s)"})
    EXPECT_THAT(text, HasSubstr(part));
  EXPECT_EQ(document.select_nodes("//svg").size(), 5u);
  // Wiggers diagram (curve and key), twelve leads, rhythm strip.
  EXPECT_EQ(document.select_nodes("//path[@class='line ecg']").size(), 2u + 12u + 1u);
  if (const char *file = std::getenv("VIVICOR_KEEP_REPORT"))
    write_whole(file, html);
}

TEST(Report, needs_nothing_from_outside)
{
  const std::string html = report_html(heart_like());
  const auto document = parsed(html);
  for (const char *attribute : {"src", "href"})
    EXPECT_TRUE(document.select_nodes(("//@" + std::string(attribute)).c_str()).empty());
  EXPECT_EQ(html.find("url("), std::string::npos);
  EXPECT_EQ(html.find("@import"), std::string::npos);
  EXPECT_TRUE(document.select_nodes("//script").empty());
}

TEST(Report, no_coordinate_is_nan)
{
  ReportData data = heart_like();
  data.chambers[0].pressure_mmHg[20] = NAN;
  data.chambers[0].volume_mL[100] = INFINITY;
  std::fill(data.ecg_mV[4].values.begin(), data.ecg_mV[4].values.end(), NAN);
  const auto document = parsed(report_html(data));
  for (const char *attribute : {"d", "x", "y", "width", "height", "transform", "viewBox"})
    for (const auto &found : document.select_nodes(("//@" + std::string(attribute)).c_str()))
      {
        const std::string value = found.attribute().value();
        EXPECT_EQ(value.find("nan"), std::string::npos) << value;
        EXPECT_EQ(value.find("inf"), std::string::npos) << value;
      }
}

TEST(Report, absent_data_leave_their_figure_out)
{
  ReportData data;
  data.title = "electrophysiology only";
  EXPECT_TRUE(parsed(report_html(data)).select_nodes("//svg").empty());
  add_ecg(data);
  EXPECT_EQ(parsed(report_html(data)).select_nodes("//svg").size(), 1u);
}

TEST(Report, judges_against_bands)
{
  EXPECT_EQ(judge({"a", 10, "", 5, 15, ""}), Verdict::inside);
  EXPECT_EQ(judge({"a", 17, "", 5, 15, ""}), Verdict::near);
  EXPECT_EQ(judge({"a", 18, "", 5, 15, ""}), Verdict::outside);
  EXPECT_EQ(judge({"a", 2, "", 5, 15, ""}), Verdict::outside);
  EXPECT_EQ(judge({"a", 45, "", 50, INFINITY, ""}), Verdict::near);
  EXPECT_EQ(judge({"a", 500, "", 50, INFINITY, ""}), Verdict::inside);
  EXPECT_EQ(judge({"a", NAN, "", 5, 15, ""}), Verdict::unknown);
  EXPECT_EQ(judge({"a", 3, "", -INFINITY, INFINITY, ""}), Verdict::unknown);
}

TEST(Report, intervals_are_interpolated)
{
  const auto intervals = intervals_above("mitral", {0, 10, 20, 30, 40}, {0, 2, 2, 0, 3}, 1);
  ASSERT_EQ(intervals.size(), 2u);
  EXPECT_EQ(intervals[0].from_ms, 5);
  EXPECT_EQ(intervals[0].to_ms, 25);
  EXPECT_NEAR(intervals[1].from_ms, 30 + 10.0 / 3, 1e-12);
  EXPECT_EQ(intervals[1].to_ms, 40);
}

TEST(Report, is_written_whole)
{
  const TemporaryFolder folder;
  write_report(folder / "report.html", heart_like());
  EXPECT_EQ(read_whole(folder / "report.html"), report_html(heart_like()));
}
