// Our cells against numbers and traces computed elsewhere from the published equations.
#include "electrophysiology/single_cell.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace vivicor;

namespace
{
  std::unique_ptr<IonicModel> make(const std::string &name)
  {
    Schema schema;
    registry<IonicModel>().at(name).declare(schema);
    return create<IonicModel>(name, parameters_from_json("{}", schema));
  }

  /// Stimulus of the published CellML files: once a second, 100 ms into the cycle.
  Pacing published_pacing(const std::string &name)
  {
    Pacing pacing;
    pacing.stimulus_start = 100.0;
    const bool atrial = name == "courtemanche_1998";
    pacing.stimulus_amplitude = atrial ? 20.0 : 52.0;
    pacing.stimulus_duration = atrial ? 2.0 : 1.0;
    pacing.integrator = CellIntegrator::cvode;
    return pacing;
  }

  /// One row: values computed from the CellML files by an explicit integrator with steps of 0.0005 to 0.005 ms. Calcium
  /// in uM; 0 where the source does not give it for that beat.
  struct Published
  {
    std::string model;
    unsigned beat;
    double rest, peak, dVdt_max, APD90, APD50, calcium_diastolic, calcium_peak;
  };

  const std::vector<Published> table
    = {{"tentusscher_panfilov_2006_epi", 1, -85.47, 38.27, 381, 299.6, 270.9, 0.106, 0.956},
       {"tentusscher_panfilov_2006_epi", 10, -85.51, 38.69, 386, 306.1, 277.9, 0.103, 0.864},
       {"tentusscher_panfilov_2006_endo", 1, -86.71, 38.26, 374, 290.6, 262.0, 0.109, 1.01},
       {"tentusscher_panfilov_2006_endo", 10, -85.98, 38.58, 380, 297.7, 269.7, 0.106, 0.934},
       {"tentusscher_panfilov_2006_mid", 1, -85.83, 36.48, 369, 371.7, 340.8, 0.119, 1.43},
       {"tentusscher_panfilov_2006_mid", 2, -85.84, 37.37, 379, 391.1, 360.1, 0, 0},
       {"courtemanche_1998", 1, -81.19, 24.5, 219, 306.9, 185.1, 0, 0},
       {"courtemanche_1998", 10, -80.87, 24.4, 218, 298.0, 178.7, 0.115, 0.74}};
}

TEST(PublishedCells, BiomarkersWithinOnePercent)
{
  for (const Published &row : table)
    {
      const auto model = make(row.model);
      Pacing pacing = published_pacing(row.model);
      pacing.beats = row.beat;
      const Biomarkers b = pace(*model, pacing).beats.back();
      std::printf(
        "%-32s beat %2u: rest %.2f (%.2f) peak %.2f (%.2f) dV/dt %.0f (%.0f) APD90 %.1f (%.1f) APD50 %.1f (%.1f) "
        "Ca %.4f (%.4f) -> %.3f (%.3f)\n",
        row.model.c_str(), row.beat, b.rest, row.rest, b.peak, row.peak, b.dVdt_max, row.dVdt_max, b.APD90, row.APD90,
        b.APD50, row.APD50, b.calcium_diastolic, row.calcium_diastolic, b.calcium_peak, row.calcium_peak);
      const std::string where = row.model + ", beat " + std::to_string(row.beat);
      const auto near = [](const double value, const double published) {
        return std::abs(value - published) < 0.01 * std::abs(published);
      };
      EXPECT_TRUE(near(b.rest, row.rest)) << where;
      EXPECT_TRUE(near(b.peak, row.peak)) << where;
      EXPECT_TRUE(near(b.dVdt_max, row.dVdt_max)) << where;
      EXPECT_TRUE(near(b.APD90, row.APD90)) << where;
      EXPECT_TRUE(near(b.APD50, row.APD50)) << where;
      if (row.calcium_peak > 0)
        {
          EXPECT_TRUE(near(b.calcium_diastolic, row.calcium_diastolic)) << where;
          EXPECT_TRUE(near(b.calcium_peak, row.calcium_peak)) << where;
        }
    }
}

namespace
{
  /// Columns 1 to 3 of a trace: ms, mV, mM.
  std::vector<CellSample> read_trace(const std::string &file)
  {
    std::vector<CellSample> samples;
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line))
      {
        std::istringstream fields(line);
        CellSample s;
        if (fields >> s.t >> s.V >> s.calcium)
          samples.push_back({s.t, s.V, 1000.0 * s.calcium});
      }
    return samples;
  }

  double interpolate(const std::vector<CellSample> &trace, const double t, double CellSample::*value)
  {
    std::size_t i = 1;
    while (i + 1 < trace.size() && trace[i].t < t)
      ++i;
    const CellSample &a = trace[i - 1], &b = trace[i];
    return b.t == a.t ? b.*value : a.*value + (t - a.t) / (b.t - a.t) * (b.*value - a.*value);
  }

  void compare_with_trace(const std::string &name, const std::string &file)
  {
    const std::string path = std::string(VIVICOR_DATA) + "/traces/" + file;
    if (!std::filesystem::exists(path))
      GTEST_SKIP() << "the public data set is absent: " << path;
    const auto model = make(name);
    Pacing pacing = published_pacing(name);
    pacing.stimulus_start = 50.0; // as in the source's test: 40 uA/cm^2 for 2 ms
    pacing.stimulus_amplitude = 40.0;
    pacing.stimulus_duration = 2.0;
    pacing.keep_trace = true;
    const std::vector<CellSample> ours = pace(*model, pacing).trace, theirs = read_trace(path);
    ASSERT_EQ(theirs.size(), 71u);
    double V_worst = 0.0, calcium_worst = 0.0, t_worst = 0.0;
    for (const CellSample &s : theirs)
      {
        const double dV = std::abs(interpolate(ours, s.t, &CellSample::V) - s.V);
        if (dV > V_worst)
          {
            V_worst = dV;
            t_worst = s.t;
          }
        calcium_worst
          = std::max(calcium_worst, std::abs(interpolate(ours, s.t, &CellSample::calcium) / s.calcium - 1.0));
      }
    std::printf("%s: worst |dV| %.3f mV at %.0f ms, calcium %.2f %%\n", name.c_str(), V_worst, t_worst,
                100.0 * calcium_worst);
    // Far below the 1 mV that the source itself allows.
    EXPECT_LT(V_worst, 0.02);
    EXPECT_LT(calcium_worst, 0.001);
  }
}

TEST(PublishedCells, TenTusscherPanfilovTrace)
{
  compare_with_trace("tentusscher_panfilov_2006_epi", "ten_tusscher_model_2006_epi.dat");
}

TEST(PublishedCells, CourtemancheTrace)
{
  compare_with_trace("courtemanche_1998", "courtemanche_ramirez_nattel_1998.dat");
}
