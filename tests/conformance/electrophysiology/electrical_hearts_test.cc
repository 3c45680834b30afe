// What every registered electrical heart must do, on a small anatomy and with its defaults.
#include "electrophysiology/tissue/refined_mesh.h"
#include "tests/support/memory_archive.h"
#include "tests/support/small_heart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

using namespace vivicor;
using vivicor::testing::saved;

namespace
{
  constexpr double cycle = 800, after_wave = 330; // ms: the atria, the conduction between, the ventricles

  const std::vector<std::string> twelve_leads{"I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"};

  std::vector<std::string> hearts()
  {
    std::vector<std::string> names;
    for (const auto &[name, model] : registry<ElectricalHeart>())
      names.push_back(name);
    return names;
  }

  class EveryHeart : public ::testing::TestWithParam<std::string>
  {
  protected:
    std::unique_ptr<ElectricalHeart> make() { return test::small_electrical_heart(GetParam(), box, timers); }

    /// Of all nodes, by tissue: the ring has both.
    std::vector<double> nodes_of(const std::vector<double> &nodal, Tissue tissue) const
    {
      std::vector<double> values;
      for (std::size_t n = 0; n < nodal.size(); ++n)
        if ((tissue == Tissue::ventricle) == (box.anatomy.points[n][0] < 12))
          values.push_back(nodal[n]);
      return values;
    }

    const test::Box box = test::small_heart();
    Timers timers;
  };
  INSTANTIATE_TEST_SUITE_P(Registered, EveryHeart, ::testing::ValuesIn(hearts()), [](const auto &heart) { return heart.param; });

  const VtuField &field(const std::vector<VtuField> &fields, const std::string &name)
  {
    return *std::find_if(fields.begin(), fields.end(), [&](const VtuField &f) { return f.name == name; });
  }

  std::vector<VtuField> all_fields(const ElectricalHeart &heart)
  {
    return heart.point_fields([](const std::string &) { return true; });
  }

  void expect_near(const std::vector<double> &a, const std::vector<double> &b, double tolerance)
  {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
      ASSERT_NEAR(a[i], b[i], tolerance);
  }
}

TEST(ElectricalHearts, AreRegisteredWithASentenceAndASource)
{
  EXPECT_THAT(hearts(), ::testing::IsSupersetOf({"monodomain", "prescribed"}));
  for (const auto &[name, model] : registry<ElectricalHeart>())
    {
      EXPECT_FALSE(model.doc.empty()) << name;
      EXPECT_FALSE(model.source.empty()) << name;
    }
}

TEST_P(EveryHeart, RollbackRestoresToTheBit)
{
  const auto heart = make();
  heart->sample_every(0.5);
  heart->advance(20);
  heart->commit();
  const auto state = saved(*heart);
  const auto calcium = heart->calcium();
  const auto fields = all_fields(*heart);
  heart->advance(31);
  EXPECT_EQ(heart->time(), 31);
  EXPECT_NE(field(all_fields(*heart), "transmembrane_potential_mV").values, field(fields, "transmembrane_potential_mV").values);
  const auto there = saved(*heart);
  heart->rollback();
  EXPECT_EQ(heart->time(), 20);
  EXPECT_EQ(saved(*heart), state);
  EXPECT_EQ(heart->calcium(), calcium);
  for (const VtuField &before : fields)
    EXPECT_EQ(field(all_fields(*heart), before.name).values, before.values) << before.name;
  heart->advance(31);
  EXPECT_EQ(saved(*heart), there);
}

TEST_P(EveryHeart, TwoHalvesAreAWhole)
{
  const auto once = make(), twice = make();
  for (double t = 4; t <= 40; t += 4)
    {
      once->advance(t);
      twice->advance(t - 2);
      twice->advance(t);
    }
  EXPECT_EQ(once->time(), twice->time());
  expect_near(once->calcium(), twice->calcium(), 1e-6);
  expect_near(field(all_fields(*once), "transmembrane_potential_mV").values, field(all_fields(*twice), "transmembrane_potential_mV").values,
              1e-3);
  expect_near(once->ecg(), twice->ecg(), 1e-5);
}

TEST_P(EveryHeart, GoesOnFromASavedStateAsIfUnbroken)
{
  const auto unbroken = make(), resumed = make();
  unbroken->sample_every(0.5);
  unbroken->advance(20);
  unbroken->commit();
  vivicor::testing::load(*resumed, saved(*unbroken));
  EXPECT_EQ(resumed->time(), 20);
  EXPECT_EQ(resumed->calcium(), unbroken->calcium());
  resumed->advance(25);
  resumed->rollback(); // to what was loaded
  for (double t = 24; t <= 60; t += 4)
    for (ElectricalHeart *heart : {unbroken.get(), resumed.get()})
      {
        heart->advance(t);
        heart->commit();
      }
  EXPECT_EQ(saved(*resumed), saved(*unbroken));
  EXPECT_EQ(resumed->ecg(), unbroken->ecg());
}

TEST_P(EveryHeart, HasCalciumAtRestUntilTheWaveComes)
{
  const auto heart = make();
  const double ventricular = heart->calcium(Tissue::ventricle)[0], atrial = heart->calcium(Tissue::atrium).back();
  EXPECT_GT(ventricular, 0);
  EXPECT_GT(atrial, 0);
  const auto at_rest = [&](double slack) {
    for (const double value : nodes_of(heart->calcium(), Tissue::ventricle))
      EXPECT_NEAR(value, ventricular, slack);
  };
  at_rest(1e-12);
  for (const double value : nodes_of(heart->calcium(Tissue::atrium), Tissue::atrium))
    EXPECT_NEAR(value, atrial, 1e-12);
  heart->advance(2); // before any wave reaches the ventricles
  at_rest(0.02 * ventricular);

  double highest = 0;
  for (double t = 10; t <= after_wave; t += 10)
    {
      heart->advance(t);
      for (const auto *nodal : {&heart->calcium(), &heart->calcium(Tissue::atrium), &heart->calcium(Tissue::ventricle)})
        for (const double value : *nodal)
          {
            ASSERT_TRUE(std::isfinite(value));
            ASSERT_GT(value, 0);
          }
      for (const double value : nodes_of(heart->calcium(), Tissue::ventricle))
        highest = std::max(highest, value);
    }
  EXPECT_GT(highest, 1.5 * ventricular);
  EXPECT_LT(highest, 20);
}

TEST_P(EveryHeart, ShowsTwelveFiniteLeadsAndItsElectrograms)
{
  const auto heart = make();
  EXPECT_EQ(heart->ecg_leads(), twelve_leads);
  EXPECT_EQ(heart->electrogram_names(), std::vector<std::string>{"tip"});
  double largest = 0, largest_electrogram = 0;
  const auto rest = heart->electrograms();
  for (double t = 10; t <= after_wave; t += 10)
    {
      heart->advance(t);
      const auto leads = heart->ecg();
      ASSERT_EQ(leads.size(), twelve_leads.size());
      for (const double lead : leads)
        {
          ASSERT_TRUE(std::isfinite(lead));
          largest = std::max(largest, std::abs(lead));
        }
      EXPECT_NEAR(leads[0] + leads[2], leads[1], 1e-12 + 1e-9 * largest); // I + III = II: Einthoven
      const auto unipolar = heart->electrograms();
      ASSERT_EQ(unipolar.size(), 1u);
      ASSERT_TRUE(std::isfinite(unipolar[0]));
      largest_electrogram = std::max(largest_electrogram, std::abs(unipolar[0] - rest[0]));
    }
  EXPECT_GT(largest, 1e-6); // mV: there was a wave
  EXPECT_GT(largest_electrogram, 1e-3);
}

TEST_P(EveryHeart, SamplesWithinStepsAndForgetsWhatIsRolledBack)
{
  const auto heart = make();
  heart->sample_every(0.5);
  heart->advance(13);
  heart->rollback(); // a step that failed
  heart->advance(12);
  heart->commit();
  const auto samples = heart->take_samples();
  ASSERT_EQ(samples.size(), 24u);
  for (std::size_t k = 0; k < samples.size(); ++k)
    {
      EXPECT_NEAR(samples[k].t, 0.5 * static_cast<double>(k + 1), 1e-9);
      EXPECT_EQ(samples[k].ecg.size(), twelve_leads.size());
    }
  EXPECT_EQ(samples.back().ecg, heart->ecg());
  EXPECT_EQ(samples.back().electrograms, heart->electrograms());
  heart->advance(13);
  heart->commit();
  EXPECT_EQ(heart->take_samples().size(), 2u);
}

TEST_P(EveryHeart, HasFieldsOfTheSizeOfItsGrid)
{
  const auto heart = make();
  const VtuPiece grid = heart->grid();
  ASSERT_FALSE(grid.points.empty());
  EXPECT_EQ(heart->grid_nodes().size(), grid.points.size());
  EXPECT_EQ(heart->grid_parents().size(), grid.cells.size());
  for (const unsigned parent : heart->grid_parents())
    EXPECT_LT(parent, box.anatomy.cells.size());
  for (const auto &cell : grid.cells)
    for (const unsigned node : cell)
      EXPECT_LT(node, grid.points.size());
  const auto nodes = heart->grid_nodes();
  for (std::size_t n = 0; n < nodes.size(); ++n)
    if (nodes[n].is_anatomy_node())
      {
        EXPECT_EQ(grid.points[n], box.anatomy.points[nodes[n].carrier[0]]);
      }

  heart->advance(20);
  for (const VtuField &shown : all_fields(*heart))
    {
      EXPECT_THAT(ElectricalHeart::point_field_names(), ::testing::Contains(shown.name));
      EXPECT_EQ(shown.values.size(), shown.components * grid.points.size()) << shown.name;
      for (const double value : shown.values)
        ASSERT_TRUE(std::isfinite(value)) << shown.name;
    }
  EXPECT_EQ(heart->point_fields([](const std::string &name) { return name == "calcium_uM"; }).size(), 1u);
  EXPECT_EQ(heart->fields(true).cells.size(), grid.cells.size());
  const auto size = heart->size();
  EXPECT_EQ(size.cells, static_cast<long long>(grid.cells.size())); // on one rank
  EXPECT_EQ(size.nodes, static_cast<long long>(grid.points.size()));
  EXPECT_NEAR(size.edge_mean, 2.0, 1.0);
}

TEST_P(EveryHeart, IsActivatedWithinTheBeat)
{
  const auto heart = make();
  EXPECT_EQ(heart->activation().activated_fraction, 0);
  heart->advance(after_wave);
  const auto fields = all_fields(*heart);
  const auto &on = field(fields, "activation_ms").values, &off = field(fields, "repolarisation_ms").values,
             &duration = field(fields, "action_potential_duration_ms").values;
  for (std::size_t n = 0; n < on.size(); ++n)
    {
      EXPECT_TRUE(on[n] == -1 || (on[n] >= 0 && on[n] <= cycle));
      if (off[n] != -1)
        {
          EXPECT_GT(off[n], on[n]);
          EXPECT_LE(off[n], after_wave);
          EXPECT_NEAR(duration[n], off[n] - on[n], 1e-9);
        }
    }
  const auto activation = heart->activation();
  EXPECT_GT(activation.activated_fraction, 0.99);
  EXPECT_NEAR(*std::max_element(on.begin(), on.end()), activation.ventricular_start.value() + activation.ventricular_duration.value(),
              1e-9);
  EXPECT_NEAR(*std::min_element(on.begin(), on.end()), activation.atrial_start.value(), 1e-9);

  const auto regions = heart->regional_maps();
  ASSERT_EQ(regions.size(), 2u);
  EXPECT_EQ(regions[0].region, "LV");
  EXPECT_NEAR(regions[0].volume_mL, 0.192, 1e-9); // 12 x 4 x 4 mm
  for (const auto &region : regions)
    {
      EXPECT_GT(region.activated_share, 0.99);
      EXPECT_GE(region.activation.min, 0);
      EXPECT_LE(region.activation.max, cycle);
    }
  EXPECT_NEAR(regions[1].activation.min, activation.atrial_start.value(), 1e-9);
}

TEST_P(EveryHeart, HasANetworkThatHangsTogether)
{
  const auto heart = make();
  const auto network = heart->network();
  EXPECT_EQ(network.activation.size(), network.points.size());
  EXPECT_EQ(network.is_junction.size(), network.points.size());
  for (std::size_t n = 1; n < network.points.size(); ++n)
    EXPECT_LT(network.parent[n], network.points.size());
}
