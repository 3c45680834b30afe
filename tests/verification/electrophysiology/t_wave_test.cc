// Why T is upright: a wedge of wall, stimulated at the endocardium and seen from beyond the epicardium, as V5 sees the
// lateral wall. The wave comes: QRS is positive. T is positive too where the outer layer, excited last, recovers first.
#include "electrophysiology/membranes/apicobasal_gradient.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  struct Waves
  {
    double qrs = 0, t = 0; ///< mV, of largest size
    double apd90 = 0;      ///< ms, mean of the wedge
  };

  Waves wedge(const std::string &membranes, double apicobasal = 0.5)
  {
    constexpr double thickness = 12;
    test::Box box = test::make_box({12, 2, 2}, 1.0);
    for (std::size_t n = 0; n < box.anatomy.points.size(); ++n)
      box.fibres.transmural[n] = box.anatomy.points[n][0] / thickness;
    box.fibres.apicobasal.assign(box.anatomy.points.size(), apicobasal);
    box.fibres.nodal.assign(box.anatomy.points.size(), Frame{{0, 1, 0}, {0, 0, 1}, {1, 0, 0}});
    // Conductivities that carry the wave through the wall at the 0.4 to 0.5 m/s of human wedges (Glukhov et al. 2012,
    // 10.1161/CIRCULATIONAHA.111.047274).
    const auto deck = test::ep_deck(R"({"refinement": 0, "sinus_node": {"enabled": false}, "membranes": )" + membranes + R"(,
      "conduction": {"set_by": "conductivity", "fast_endocardial_layer": {"enabled": false}, "ventricles": {
        "conductivity_longitudinal": "0.25 S/m", "conductivity_transverse": "0.25 S/m", "conductivity_normal": "0.25 S/m"}},
      "stimuli": {"endocardium": {"centre": ["-100 mm", "1 mm", "1 mm"], "radius": "101.2 mm"}},
      "electrograms": {"V5": {"position": ["60 mm", "1 mm", "1 mm"]}}})");
    Timers timers;
    const auto heart = build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0),
                                              deck, timers);
    ElectricalHeart &ep = *heart;
    Waves waves;
    for (double t = 4; t <= 420; t += 4)
      {
        ep.advance(t);
        const double V5 = ep.electrograms()[0];
        double &wave = t < 100 ? waves.qrs : waves.t;
        if ((t < 100 || t > 200) && std::abs(V5) > std::abs(wave))
          wave = V5;
      }
    waves.apd90 = ep.regional_maps().at(0).apd90.mean;
    return waves;
  }
}

TEST(TWave, IsUprightWhereTheLongestActionPotentialsLieBeneathTheEndocardium)
{
  const Waves waves = wedge("{}");
  EXPECT_GT(waves.qrs, 0.0);
  EXPECT_GT(waves.t, 0.1 * waves.qrs);
}

TEST(TWave, IsInvertedWhereTheyLieInTheMiddle)
{
  const Waves waves = wedge(R"({"endo_below": "0.33", "epi_above": "0.67"})");
  EXPECT_GT(waves.qrs, 0.0);
  EXPECT_LT(waves.t, 0.0);
}

TEST(TWave, TheApexRecoversBeforeTheBase)
{
  EXPECT_LT(wedge("{}", 0.0).apd90, wedge("{}", 1.0).apd90 - 10); // ms
}

TEST(ApicobasalGradient, IsLinearInStepsAndAsksForKnownChannels)
{
  Schema schema;
  declare_apicobasal_gradient(schema);
  const ApicobasalGradient gradient(parameters_from_json(R"({"apicobasal_gradient": {"apex": "2", "base": "1", "levels": 4}})", schema));
  EXPECT_EQ(gradient.n_levels(), 4u);
  EXPECT_EQ(gradient.level(-0.1), 0u);
  EXPECT_EQ(gradient.level(0.49), 1u);
  EXPECT_EQ(gradient.level(1.0), 3u);
  EXPECT_DOUBLE_EQ(gradient.factor(0).factor, 1.875);
  EXPECT_DOUBLE_EQ(gradient.factor(3).factor, 1.125);
  EXPECT_NO_THROW(gradient.check({"courtemanche_1998"}));
  const ApicobasalGradient none(parameters_from_json(R"({"apicobasal_gradient": {"apex": "1"}})", schema));
  EXPECT_EQ(none.n_levels(), 1u);
}
