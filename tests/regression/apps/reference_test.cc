// docs/parameters.md is made by the program; decks that are shipped must be fit to run.
#include "tests/regression/apps/program.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

using vivicor::program::run_vivicor;

TEST(Reference, parameters_page_is_not_stale)
{
  std::ifstream stream(VIVICOR_SOURCE "/docs/parameters.md");
  const std::string page{std::istreambuf_iterator<char>(stream), {}};
  const auto made = run_vivicor("explain --markdown");
  ASSERT_EQ(made.code, 0) << made.text;
  EXPECT_TRUE(page == made.text) << "docs/parameters.md is stale: vivicor explain --markdown > docs/parameters.md";
}

TEST(Reference, every_registered_model_is_listed_and_every_model_file_is_registered)
{
  const auto listed = run_vivicor("list models");
  ASSERT_EQ(listed.code, 0) << listed.text;
  for (const std::string model :
       {"tentusscher_panfilov_2006_epi", "tentusscher_panfilov_2006_mid", "tentusscher_panfilov_2006_endo", "courtemanche_1998", "usyk",
        "guccione", "holzapfel_ogden", "neo_hooke", "land_2017", "mooney_rivlin", "holzapfel_ogden_transverse", "regazzoni_2020",
        "nash_panfilov_2004", "linear", "regazzoni_2022", "wall", "elastance"})
    EXPECT_NE(listed.text.find("  " + model + " "), std::string::npos) << model;
}

TEST(Reference, shipped_decks_are_valid)
{
  for (const std::string deck : {"minimal/heart.json", "whole_heart/heart.json"})
    {
      const auto checked = run_vivicor("check " VIVICOR_SOURCE "/parameters/" + deck);
      EXPECT_EQ(checked.code, 0) << deck << "\n" << checked.text;
    }
}

TEST(Reference, explain_finds_the_nearest_key)
{
  const auto known = run_vivicor("explain time.cycle_length");
  EXPECT_EQ(known.code, 0);
  EXPECT_NE(known.text.find("800 ms"), std::string::npos) << known.text;
  const auto unknown = run_vivicor("explain time.cycle_lenght");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.text.find("time.cycle_length"), std::string::npos) << unknown.text;
}
