// The O'Hara-Rudy family and the Purkinje cell against numbers computed elsewhere from the published CellML files, and
// what is peculiar to them: a drug that binds hERG, and a troponin that takes its time.
#include "tests/support/cells.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

using namespace vivicor;
using test::make_cell;

namespace
{
  std::size_t place(const IonicModel &model, const std::string &name)
  {
    const std::vector<std::string> names = model.state_names();
    const auto found = std::find(names.begin(), names.end(), name);
    EXPECT_NE(found, names.end()) << name;
    return found - names.begin();
  }

  /// Rates of a single cell, with V last.
  std::vector<double> rates(const IonicModel &model, const double V, const std::vector<double> &state)
  {
    constexpr std::size_t stride = 8;
    std::vector<double> states(stride * state.size()), derivatives(states.size()), potential(stride, V), dV(stride);
    for (std::size_t k = 0; k < state.size(); ++k)
      states[stride * k] = state[k];
    model.rates(1, stride, potential.data(), states.data(), nullptr, dV.data(), derivatives.data());
    std::vector<double> result;
    for (std::size_t k = 0; k < state.size(); ++k)
      result.push_back(derivatives[stride * k]);
    result.push_back(dV[0]);
    return result;
  }

  const std::map<std::string, double> concentrations = {
    {"Na_i", 9.0},   {"Na_ss", 9.5},  {"K_i", 141.0},  {"K_ss", 140.0}, {"Cl_i", 30.0},    {"Cl_ss", 31.0}, {"Ca_i", 4e-4},
    {"Ca_ss", 5e-3}, {"Ca_nsr", 1.8}, {"Ca_jsr", 0.9}, {"CaMKt", 0.02}, {"J_rel_np", 0.3}, {"J_rel_p", 0.2}};

  /// A state far from rest: concentrations as above, gates all over [0, 1], a Markov chain's states below 0.1.
  std::vector<double> scattered_state(const IonicModel &model)
  {
    std::vector<double> state;
    const std::vector<std::string> names = model.state_names();
    for (std::size_t k = 0; k < names.size(); ++k)
      {
        const std::string &name = names[k];
        const auto found = concentrations.find(name);
        const bool chain = name == "C1" || name == "C2" || name == "C3" || name == "O" || name == "I" || name == "IC2" || name == "IO";
        const double gate = 0.1 + 0.8 * ((7 * k) % 11) / 11.0;
        state.push_back(found != concentrations.end()              ? found->second
                        : name.find("_bound") != std::string::npos ? 0.0
                                                                   : gate * (chain ? 0.1 : 1.0));
      }
    return state;
  }

  /// Derivatives in the scattered state at -20 mV, without stimulus: an independent evaluation of the CellML files.
  struct PublishedRates
  {
    std::string model;
    double V, gates, Na_ss, K_i, Ca_i, Ca_ss, Ca_jsr, J_rel_p; // gates: sum over all of them
  };

  const std::vector<PublishedRates> published_rates = {{"tor_ord_dyncl_endo", 14.768913247, 23.985588177, -0.23660003408, -0.014782609892,
                                                        8.8058005513e-06, 0.0015717342974, -0.10711399755, 0.0012962475147},
                                                       {"tor_ord_dyncl_epi", 16.571286826, 23.985580131, -0.23514054373, -0.014845652417,
                                                        7.2709842761e-06, 0.0016081703212, -0.10711399755, 0.0083844092983},
                                                       {"tor_ord_dyncl_mid", 28.314738245, 23.985588177, -0.23052308517, -0.014851024048,
                                                        9.3762147812e-06, 0.0017614084849, -0.10711399755, 0.086354188918},
                                                       {"ohara_rudy_2011_endo", 3.9849230708, 2.8652447776, -0.24809359153, -0.014729750042,
                                                        8.9420995388e-06, 0.0008017362574, -0.069854198551, -0.020232118257},
                                                       {"ohara_rudy_2011_epi", 3.1955726168, 2.8652403785, -0.24787641106, -0.014803039996,
                                                        7.4797544396e-06, 0.00080713134542, -0.069854198551, -0.017449629628},
                                                       {"ohara_rudy_2011_mid", 6.0499472121, 2.8652447776, -0.24703909226, -0.01479254727,
                                                        8.8757361398e-06, 0.00084572603802, -0.069854198551, 0.024983321969},
                                                       {"ohara_rudy_cipa_2017", 4.7330507537, 2.4398518453, -0.24809173376, -0.014705145013,
                                                        8.9420995388e-06, 0.00080196035169, -0.069854198551, -0.020134731155}};
}

TEST(DetailedCells, RatesAreThoseOfThePublishedFiles)
{
  for (const PublishedRates &row : published_rates)
    {
      const auto model = make_cell(row.model);
      const std::vector<double> computed = rates(*model, -20.0, scattered_state(*model));
      const std::vector<std::string> names = model->state_names();
      double gates = 0.0;
      for (std::size_t k = 0; k < names.size(); ++k)
        if (!concentrations.count(names[k]))
          gates += computed[k];
      const auto near = [&](const double value, const double published, const char *what) {
        EXPECT_NEAR(value, published, 1e-9 * std::abs(published)) << row.model << ", " << what;
      };
      near(computed.back(), row.V, "V");
      near(gates, row.gates, "gates");
      for (const auto &[name, value] : std::initializer_list<std::pair<const char *, double>>{{"Na_ss", row.Na_ss},
                                                                                              {"K_i", row.K_i},
                                                                                              {"Ca_i", row.Ca_i},
                                                                                              {"Ca_ss", row.Ca_ss},
                                                                                              {"Ca_jsr", row.Ca_jsr},
                                                                                              {"J_rel_p", row.J_rel_p}})
        near(computed[place(*model, name)], value, name);
    }
}

namespace
{
  void expect_within_one_percent(const std::string &what, const double computed, const double published)
  {
    EXPECT_NEAR(computed, published, 0.01 * std::abs(published)) << what;
  }

  /// A row of numbers computed from a CellML file by an explicit integrator; 0 where the source gives none.
  struct Beat
  {
    unsigned beat;
    double rest, peak, dVdt_max, APD90, APD50, calcium_diastolic, calcium_peak;
  };

  void compare(const std::string &name, const Biomarkers &b, const Beat &row)
  {
    std::printf("%-24s beat %2u: rest %.2f (%.2f) peak %.2f (%.2f) dV/dt %.0f (%.0f) APD90 %.1f (%.1f) APD50 %.1f (%.1f) "
                "Ca %.4f (%.4f) -> %.3f (%.3f)\n",
                name.c_str(), row.beat, b.rest, row.rest, b.peak, row.peak, b.dVdt_max, row.dVdt_max, b.APD90, row.APD90, b.APD50,
                row.APD50, b.calcium_diastolic, row.calcium_diastolic, b.calcium_peak, row.calcium_peak);
    const std::string where = name + ", beat " + std::to_string(row.beat) + ", ";
    expect_within_one_percent(where + "rest", b.rest, row.rest);
    expect_within_one_percent(where + "peak", b.peak, row.peak);
    if (row.dVdt_max > 0)
      expect_within_one_percent(where + "dV/dt", b.dVdt_max, row.dVdt_max);
    expect_within_one_percent(where + "APD90", b.APD90, row.APD90);
    expect_within_one_percent(where + "APD50", b.APD50, row.APD50);
    if (row.calcium_peak > 0)
      {
        expect_within_one_percent(where + "diastolic calcium", b.calcium_diastolic, row.calcium_diastolic);
        expect_within_one_percent(where + "peak calcium", b.calcium_peak, row.calcium_peak);
      }
  }
}

TEST(DetailedCells, ToRORdBeatsAsTheFileDoes)
{
  // The file of the endocardial cell starts from the epicardial cell's cycle, with the ends C1 and C3 of the hERG chain
  // exchanged.
  const auto model = make_cell("tor_ord_dyncl_endo"), epi = make_cell("tor_ord_dyncl_epi");
  CellState start = resting_state(*epi);
  start.states[place(*model, "C3")] = 6.029079e-4;
  Pacing pacing;
  pacing.beats = 2;
  pacing.stimulus_amplitude = 53.0;
  pacing.integrator = CellIntegrator::cvode;
  const PacedCell cell = pace(*model, pacing, start);
  compare("tor_ord_dyncl_endo", cell.beats[0], {1, -90.75, 32.77, 358, 261.8, 201.8, 0.066, 0.67});
  compare("tor_ord_dyncl_endo", cell.beats[1], {2, -90.66, 32.79, 357, 262.1, 203.2, 0.080, 0.61});
}

TEST(DetailedCells, OHaraRudyBeatsAsTheFileDoes)
{
  // The file starts from a cell that has never fired: gates open or shut for good.
  const auto model = make_cell("ohara_rudy_2011_endo");
  const std::map<std::string, double> never = {
    {"Na_i", 7.0},   {"Na_ss", 7.0}, {"K_i", 145.0}, {"K_ss", 145.0}, {"Ca_i", 1e-4}, {"Ca_ss", 1e-4}, {"Ca_nsr", 1.2},
    {"Ca_jsr", 1.2}, {"hf", 1.0},    {"hs", 1.0},    {"j", 1.0},      {"hsp", 1.0},   {"jp", 1.0},     {"hL", 1.0},
    {"hLp", 1.0},    {"iF", 1.0},    {"iS", 1.0},    {"iFp", 1.0},    {"iSp", 1.0},   {"ff", 1.0},     {"fs", 1.0},
    {"fcaf", 1.0},   {"fcas", 1.0},  {"ffp", 1.0},   {"fcafp", 1.0},  {"jca", 1.0},   {"xk1", 1.0}};
  CellState start{-87.0, {}};
  for (const std::string &name : model->state_names())
    start.states.push_back(never.count(name) ? never.at(name) : 0.0);
  Pacing pacing;
  pacing.beats = 30;
  pacing.stimulus_start = 10.0;
  pacing.stimulus_amplitude = 80.0;
  // The file's stimulus of 0.5 ms includes its end: with the source's steps one step more. It shows in peak and dV/dt.
  pacing.stimulus_duration = 0.5025;
  pacing.integrator = CellIntegrator::cvode;
  const PacedCell cell = pace(*model, pacing, start);
  compare("ohara_rudy_2011_endo", cell.beats[0], {1, -88.03, 44.6, 330, 304.0, 239.2, 0, 0});
  compare("ohara_rudy_2011_endo", cell.beats[9], {10, -88.04, 40.3, 263, 265.0, 206.8, 0, 0});
  compare("ohara_rudy_2011_endo", cell.beats[29], {30, -88.01, 40.4, 263, 269.6, 210.0, 0.081, 0.29});
}

TEST(DetailedCells, PurkinjeCellFiresAsTheFileDoes)
{
  const auto model = make_cell("stewart_2009");
  Pacing pacing;
  pacing.stimulus_amplitude = 0.0;
  pacing.step = 0.005; // as CVODE looks less often where it sees no stimulus, it would miss the steepest rise
  compare("stewart_2009", pace(*model, pacing).beats[0], {1, -75.6, 29.3, 177, 308.5, 232, 0.102, 0.72});

  const std::string path = std::string(VIVICOR_DATA) + "/traces/stewart_zhang_model_2008_ss.dat";
  if (!std::filesystem::exists(path))
    GTEST_SKIP() << "the public data set is absent: " << path;
  pacing.integrator = CellIntegrator::cvode;
  pacing.keep_trace = true;
  const PacedCell cell = pace(*model, pacing);
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  std::size_t seen = 0;
  double V_worst = 0.0, calcium_worst = 0.0;
  while (std::getline(in, line))
    {
      std::istringstream fields(line);
      double t, V, calcium;
      if (!(fields >> t >> V >> calcium))
        continue;
      const auto later = std::lower_bound(cell.trace.begin(), cell.trace.end(), t - 1e-6,
                                          [](const CellSample &s, const double time) { return s.t < time; });
      ASSERT_NE(later, cell.trace.end());
      V_worst = std::max(V_worst, std::abs(later->V - V));
      calcium_worst = std::max(calcium_worst, std::abs(later->calcium / (1000.0 * calcium) - 1.0));
      ++seen;
    }
  EXPECT_EQ(seen, 101u);
  std::printf("stewart_2009: worst |dV| %.3f mV, calcium %.2f %%\n", V_worst, 100.0 * calcium_worst);
  // The source allows 1 mV. Where V falls fast, 0.16 mV are 0.1 ms of the time at which each integrator lets it fire.
  EXPECT_LT(V_worst, 0.5);
  EXPECT_LT(calcium_worst, 0.01);
}

// Calcium that leaves the cytosol for troponin is bound there: the total is that of the instantaneous buffer's cell.
TEST(DetailedCells, DynamicTroponinKeepsCalcium)
{
  const auto instant = make_cell("tor_ord_dyncl_endo"), dynamic = make_cell("tor_ord_dyncl_land_endo");
  const std::vector<double> state = scattered_state(*instant);
  std::vector<double> with_troponin = state;
  ASSERT_EQ(dynamic->state_names().back(), "CaTRPN");
  with_troponin.push_back(0.2);
  const std::size_t k = place(*instant, "Ca_i");
  const double c = state[k];
  const auto capacity = [c](const double B, const double K) { return B * K / ((c + K) * (c + K)); };
  const std::vector<double> a = rates(*instant, -20.0, state), b = rates(*dynamic, -20.0, with_troponin);
  const double flux = a[k] * (1.0 + capacity(0.05, 0.00238) + capacity(0.07, 0.0005));
  const double bound = b[b.size() - 2], free = b[k] * (1.0 + capacity(0.05, 0.00238));
  EXPECT_NEAR(free + 0.07 * bound, flux, 1e-12 * (std::abs(free) + 0.07 * std::abs(bound)));
  // Land et al. 2017: 0.1 / ms ((Ca / 0.805 uM)^2 (1 - CaTRPN) - CaTRPN).
  EXPECT_NEAR(bound, 0.1 * (std::pow(1000.0 * c / 0.805, 2) * 0.8 - 0.2), 1e-12);
}

TEST(DetailedCells, DrugBindsTheOpenChannelAndProlongsTheBeat)
{
  const auto control = make_cell("ohara_rudy_cipa_2017"),
             treated = make_cell("ohara_rudy_cipa_2017", R"({"drug_concentration": 10})"); // nM of dofetilide
  Pacing pacing;
  pacing.beats = 10;
  pacing.stimulus_amplitude = 80.0;
  pacing.stimulus_duration = 0.5;
  const PacedCell without = pace(*control, pacing), with = pace(*treated, pacing);
  const auto bound = [&](const CellState &state) {
    return state.states[place(*control, "IO_bound")] + state.states[place(*control, "O_bound")] + state.states[place(*control, "C_bound")];
  };
  EXPECT_EQ(bound(without.end), 0.0);
  EXPECT_GT(bound(with.end), 0.05);
  EXPECT_LT(bound(with.end), 1.0);
  std::printf("hERG bound: %.3f, APD90 %.1f -> %.1f ms\n", bound(with.end), without.beats.back().APD90, with.beats.back().APD90);
  EXPECT_GT(with.beats.back().APD90, 1.02 * without.beats.back().APD90);
}
