// Membranes that wait where the tissue is quiet: what it costs in accuracy, and that states do not depend on who waited.
#include "tests/support/box.h"
#include "tests/support/memory_archive.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  struct Strip
  {
    explicit Strip(const std::string &quiet_rate)
      : owned(build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0),
                                     test::ep_deck(R"({"refinement": 0, "activation_threshold": "0 mV", "sinus_node": {"enabled": false},
             "membranes": {"mid": {"model": "tentusscher_panfilov_2006_epi"}, "apicobasal_gradient": {"apex": "1"}},
             "conduction": {"set_by": "conductivity", "fast_endocardial_layer": {"enabled": false}},
             "stimuli": {"end": {"shape": "box", "radius": "2 mm"}}, "quiet_rate": ")"
                                                   + quiet_rate + R"( uA/uF"})"),
                                     timers))
    {
    }
    test::Box box = test::make_box({40, 2, 2}, 0.5);
    Timers timers;
    std::unique_ptr<ElectricalHeart> owned;
    ElectricalHeart &ep = *owned;
  };

  /// Activation, duration (ms) and calcium (uM) of all nodes.
  struct Beat
  {
    std::vector<double> activation, duration;
    std::vector<std::vector<double>> calcium;
  };

  Beat beat(const std::string &quiet_rate)
  {
    Strip strip(quiet_rate);
    Beat beat;
    for (double t = 2; t <= 380; t += 2)
      {
        strip.ep.advance(t);
        beat.calcium.push_back(strip.ep.calcium());
      }
    for (const VtuField &field : strip.ep.fields(true).point_fields)
      if (field.name == "activation_ms")
        beat.activation = field.values;
      else if (field.name == "action_potential_duration_ms")
        beat.duration = field.values;
    return beat;
  }

  double largest_difference(const std::vector<double> &a, const std::vector<double> &b)
  {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
      largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
  }
}

TEST(QuietTissue, NothingIsQuietBelowAllRates)
{
  Strip always("0"), never("1e-12");
  always.ep.advance(30);
  never.ep.advance(30);
  EXPECT_EQ(vivicor::testing::saved(always.ep), vivicor::testing::saved(never.ep));
}

TEST(QuietTissue, TrialsAndRestartsRepeatToTheBit)
{
  Strip once("0.2"), again("0.2");
  once.ep.advance(10);
  once.ep.commit();
  const auto state = vivicor::testing::saved(once.ep);
  once.ep.advance(13);
  once.ep.rollback();
  once.ep.advance(20);
  vivicor::testing::load(again.ep, state);
  again.ep.advance(20);
  EXPECT_EQ(vivicor::testing::saved(once.ep), vivicor::testing::saved(again.ep));
}

TEST(QuietTissue, ErrorsStayWithinTheDocumentedBounds)
{
  const Beat exact = beat("0"), quiet = beat("0.2");
  EXPECT_LT(largest_difference(exact.activation, quiet.activation), 0.02);
  const double duration = largest_difference(exact.duration, quiet.duration);
  EXPECT_GT(duration, 0); // something has waited
  EXPECT_LT(duration, 0.5);
  double calcium = 0, peak = 0;
  for (std::size_t k = 0; k < exact.calcium.size(); ++k)
    for (std::size_t i = 0; i < exact.calcium[k].size(); ++i)
      peak = std::max(peak, exact.calcium[k][i]);
  for (std::size_t k = 0; k < exact.calcium.size(); ++k)
    calcium = std::max(calcium, largest_difference(exact.calcium[k], quiet.calcium[k]));
  EXPECT_LT(calcium, 0.01 * peak);
}
