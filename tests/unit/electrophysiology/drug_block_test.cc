#include "electrophysiology/membranes/drug_block.h"

#include "core/error.h"
#include "electrophysiology/cells/protocol.h"
#include "electrophysiology/cells/results.h"
#include "tests/support/cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  const std::string ventricular = "tentusscher_panfilov_2006_epi", atrial = "courtemanche_1998";

  Parameters deck(const std::string &json)
  {
    Schema schema;
    declare_drugs(schema);
    return parameters_from_json(json, schema);
  }

  Parameters published(const std::string &model, const std::string &json = "{}")
  {
    Schema schema;
    registry<IonicModel>().at(model).declare(schema);
    return parameters_from_json(json, schema);
  }
}

TEST(DrugBlock, HillEquation)
{
  EXPECT_DOUBLE_EQ(unblocked_fraction(0.0, 3.0, 1.0), 1.0);
  EXPECT_DOUBLE_EQ(unblocked_fraction(3.0, 3.0, 0.7), 0.5);
  EXPECT_DOUBLE_EQ(unblocked_fraction(9.0, 3.0, 1.0), 0.25);
  EXPECT_DOUBLE_EQ(unblocked_fraction(9.0, 3.0, 2.0), 0.1);
}

TEST(DrugBlock, ChannelsAreTheScaleParameters)
{
  using testing::Contains;
  using testing::Pair;
  EXPECT_THAT(channels_of(ventricular), Contains(Pair("IKr", "g_Kr_scale")));
  EXPECT_THAT(channels_of(ventricular), Contains(Pair("INaCa", "K_NaCa_scale")));
  EXPECT_THAT(channels_of(ventricular), Contains(Pair("Iup", "Vmax_up_scale")));
  EXPECT_THAT(channels_of(atrial), Contains(Pair("IKur", "g_Kur_scale")));
  EXPECT_TRUE(channels_of("aliev_panfilov_1996").empty());
}

// Two drugs on one channel act independently; units of the deck are converted; a factor multiplies what the deck sets.
TEST(DrugBlock, FactorsMultiply)
{
  const auto factors = drug_factors(deck(R"({"drugs": {
    "one": {"concentration": "30 nM", "channels": {"IKr": {"IC50": "0.01 uM"}, "ICaL": {"IC50": "30 nM", "hill": 2}}},
    "two": {"concentration": "1 uM", "channels": {"IKr": {"IC50": "1 uM"}}}}})"));
  ASSERT_EQ(factors.size(), 3u);
  const Parameters cell = with_factors(published(ventricular, R"({"g_Kr_scale": 2})"), ventricular, factors);
  EXPECT_DOUBLE_EQ(cell.quantity("g_Kr_scale"), 2.0 * 0.25 * 0.5);
  EXPECT_DOUBLE_EQ(cell.quantity("g_CaL_scale"), 0.5);
  EXPECT_DOUBLE_EQ(cell.quantity("g_Na_scale"), 1.0);
}

TEST(DrugBlock, LeavesModelsWithoutTheChannelAlone)
{
  const auto factors = drug_factors(deck(R"({"drugs": {"d": {"concentration": "1 uM", "channels": {"IKur": {"IC50": "1 uM"}}}}})"));
  EXPECT_NO_THROW(require_channels({ventricular, atrial}, factors));
  EXPECT_DOUBLE_EQ(with_factors(published(atrial), atrial, factors).quantity("g_Kur_scale"), 0.5);
  EXPECT_NO_THROW(with_factors(published(ventricular), ventricular, factors));
}

TEST(DrugBlock, NamesTheNearestChannel)
{
  const auto factors = drug_factors(deck(R"({"drugs": {"d": {"channels": {"IKrr": {"IC50": "1 uM"}}}}})"));
  try
    {
      require_channels({ventricular}, factors);
      FAIL() << "nothing was thrown";
    }
  catch (const UserError &error)
    {
      EXPECT_EQ(error.text.nearest, "IKr");
      EXPECT_THAT(error.text.where, testing::HasSubstr("drugs.d.channels.IKrr"));
    }
}

TEST(DrugBlock, AsksForTheIC50)
{
  EXPECT_THROW(deck(R"({"drugs": {"d": {"channels": {"IKr": {"hill": 1}}}}})"), UserError);
}

// What blockers of IKr are known for, and that concentration matters.
TEST(DrugBlock, BlockingIKrLengthensTheActionPotential)
{
  const auto duration = [](const std::string &concentration) {
    const auto factors = drug_factors(
      deck(R"({"drugs": {"d": {"concentration": ")" + concentration + R"(", "channels": {"IKr": {"IC50": "10 nM"}}}}})"));
    const auto model = create<IonicModel>(ventricular, with_factors(published(ventricular), ventricular, factors));
    return pace(*model, test::own_pacing(*model)).beats[0].APD90;
  };
  const double control = duration("0 nM"), half = duration("10 nM"), most = duration("100 nM");
  EXPECT_GT(half, control + 10.0);
  EXPECT_GT(most, half + 10.0);
}

// `vivicor cell` takes the entries of the heart's drugs: the cell is that with the scaled channel.
TEST(DrugBlock, ReachesTheCellCommand)
{
  const auto study = [](const std::vector<std::string> &settings) {
    auto all = settings;
    all.insert(all.end(), {"protocol.beats=1", "protocol.integrator=rush_larsen", "protocol.cycle_length=500 ms"});
    return study_cell(ventricular, parameters_from_settings(all, cell_schema(ventricular)));
  };
  const CellStudy drugged = study({"drugs.d.concentration=3 nM", "drugs.d.channels.IKr.IC50=1 nM"}), scaled = study({"g_Kr_scale=0.25"});
  EXPECT_EQ(drugged.beats[0].APD90, scaled.beats[0].APD90);
  EXPECT_GT(drugged.beats[0].APD90, study({}).beats[0].APD90 + 10);
  EXPECT_DOUBLE_EQ(drugged.channels_left.at("IKr"), 0.25);
  EXPECT_THAT(cell_table(drugged), testing::HasSubstr("IKr: the drugs leave 25.0 %"));
  EXPECT_THROW(study({"drugs.d.channels.IKur.IC50=1 nM"}), UserError);
}
