// Cells of regions and under drugs, in a strip of ventricle whose far half is a border zone.
#include "electrophysiology/membranes/membranes.h"

#include "core/error.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace vivicor;

namespace
{
  constexpr double length = 16; // mm

  test::Box strip()
  {
    return test::make_box({16, 1, 1}, 1.0, {{"LV", Tissue::ventricle}, {"border_zone", Tissue::ventricle}, {"valve", Tissue::passive}},
                          [](const Point3 &p) { return p[0] < length / 2 ? 0u : 1u; });
  }

  /// The strip is stimulated at its left end. @param more entries of "electrophysiology", @param membranes of its
  /// "membranes"
  Parameters strip_deck(const std::string &membranes, const std::string &more = "")
  {
    return test::ep_deck(R"({"refinement": 0, "sinus_node": {"enabled": false},
      "conduction": {"fast_endocardial_layer": {"enabled": false}},
      "stimuli": {"end": {"shape": "box", "radius": "1.5 mm", "amplitude": "50 uA/uF", "duration": "2 ms"}},
      "membranes": {"apicobasal_gradient": {"apex": "1"})"
                         + membranes + "}" + more + "}");
  }

  Parameters section(const Parameters &deck)
  {
    return deck.section("electrophysiology");
  }

  const std::string border_zone = R"(, "regions": {"border_zone": {"channels": {"INa": {"factor": 0}, "ICaL": {"factor": 0}}}})";

  double activation(const Parameters &deck, const double x, const double t_end = 60)
  {
    const auto box = strip();
    Timers timers;
    const auto built = build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0),
                                              deck, timers);
    ElectricalHeart &heart = *built;
    heart.advance(t_end);
    return test::activation_at(heart, {x, 0, 0});
  }

  template <class Call>
  ErrorText error_of(const Call &call)
  {
    try
      {
        call();
      }
    catch (const UserError &error)
      {
        return error.text;
      }
    ADD_FAILURE() << "nothing was thrown";
    return {};
  }
}

TEST(Membranes, RegionsHaveTheirOwnGroups)
{
  const auto box = strip();
  const auto plain = section(strip_deck("")), zoned = section(strip_deck(border_zone));
  EXPECT_EQ(build_membranes(plain, box.anatomy).size(), std::size_t{n_membrane_groups});
  EXPECT_EQ(build_membranes(zoned, box.anatomy).size(), std::size_t{2 * n_membrane_groups});

  const auto group = membrane_of(box.fibres, box.anatomy, zoned);
  for (std::uint32_t node = 0; node < box.anatomy.points.size(); ++node)
    {
      NodeKey key;
      key.tissue = Tissue::ventricle;
      key.carrier[0] = node;
      key.weight[0] = 1;
      const bool in_zone = box.anatomy.points[node][0] >= length / 2; // its border belongs to it
      EXPECT_EQ(group(key) / n_membrane_groups, in_zone ? 1u : 0u);
      // Half-way along an edge that leaves the zone.
      key.carrier[1] = 0;
      EXPECT_LT(group(key), std::uint32_t{n_membrane_groups});
    }
}

TEST(Membranes, FactorsReachTheRegionsCellsAlone)
{
  const auto box = strip();
  const auto membranes = build_membranes(section(strip_deck(border_zone)), box.anatomy);
  const auto upstroke = [&](const std::size_t g) {
    const IonicModel &model = *membranes[g].model;
    const std::size_t stride = 8;
    std::vector<double> V(stride, -30.0), states, dV(stride), ds(stride * model.rest().size());
    for (const double value : model.rest())
      states.insert(states.end(), stride, value);
    const auto names = model.state_names();
    const auto m = static_cast<std::size_t>(std::find(names.begin(), names.end(), "m") - names.begin());
    std::fill_n(states.begin() + static_cast<std::ptrdiff_t>(m * stride), stride, 1.0);
    model.rates(1, stride, V.data(), states.data(), nullptr, dV.data(), ds.data());
    return dV[0];
  };
  EXPECT_GT(upstroke(midmyocardial), 100.0);
  EXPECT_LT(upstroke(n_membrane_groups + midmyocardial), 10.0);
}

TEST(Membranes, AZoneWithoutInwardCurrentsDoesNotFire)
{
  EXPECT_GT(activation(strip_deck(""), length), 10.0);
  EXPECT_GT(activation(strip_deck(border_zone), 4.0), 0.0);
  EXPECT_LT(activation(strip_deck(border_zone), length), 0.0);
}

// Conductivities stay those that give the wanted velocity without the drug.
TEST(Membranes, ASodiumBlockerSlowsConduction)
{
  const auto drug = [](const std::string &concentration) {
    return R"(, "drugs": {"blocker": {"concentration": ")" + concentration + R"(", "channels": {"INa": {"IC50": "1 uM"}}}})";
  };
  const double control = activation(strip_deck("", drug("0 uM")), length), half = activation(strip_deck("", drug("1 uM")), length, 100);
  EXPECT_DOUBLE_EQ(control, activation(strip_deck(""), length));
  EXPECT_GT(half, 1.15 * control);
}

TEST(Membranes, NamesWhatItDoesNotKnow)
{
  const auto box = strip();
  const auto build = [&](const std::string &membranes, const std::string &more = "") {
    return error_of([&] { build_membranes(section(strip_deck(membranes, more)), box.anatomy); });
  };
  const auto region = build(R"(, "regions": {"border_zoen": {}})");
  EXPECT_EQ(region.nearest, "border_zone");
  EXPECT_NE(region.where.find("membranes.regions.border_zoen"), std::string::npos);
  EXPECT_NE(build(R"(, "regions": {"valve": {}})").why.find("passive"), std::string::npos);
  EXPECT_EQ(build(R"(, "regions": {"border_zone": {"channels": {"IKR2": {"factor": 1}}}})").nearest, "IKr");
  EXPECT_EQ(build("", R"(, "drugs": {"d": {"channels": {"ICaLL": {"IC50": "1 uM"}}}})").nearest, "ICaL");
  // The atria have IKur, ventricles alone have not.
  EXPECT_EQ(build(R"(, "regions": {"border_zone": {"channels": {"IKur": {"factor": 1}}}})").what, "no channel named 'IKur'");
  EXPECT_NO_THROW(build_membranes(section(strip_deck("", R"(, "drugs": {"d": {"channels": {"IKur": {"IC50": "1 uM"}}}})")), box.anatomy));
}
