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

TEST(Reference, registered_models_are_listed)
{
  const auto listed = run_vivicor("list models");
  ASSERT_EQ(listed.code, 0) << listed.text;
  for (const std::string model : {"tentusscher_panfilov_2006_epi",
                                  "tentusscher_panfilov_2006_mid",
                                  "tentusscher_panfilov_2006_endo",
                                  "courtemanche_1998",
                                  "usyk",
                                  "guccione",
                                  "holzapfel_ogden",
                                  "neo_hooke",
                                  "land_2017",
                                  "mooney_rivlin",
                                  "holzapfel_ogden_transverse",
                                  "regazzoni_2020",
                                  "nash_panfilov_2004",
                                  "linear",
                                  "regazzoni_2022",
                                  "generated",
                                  "vtu",
                                  "gmsh",
                                  "fields",
                                  "probes",
                                  "wall",
                                  "elastance",
                                  "monodomain",
                                  "prescribed",
                                  "network",
                                  "demand_pacemaker"})
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

TEST(Reference, kinds_are_listed_one_by_one_and_an_unknown_one_is_refused)
{
  const auto kinds = run_vivicor("list kinds"), one = run_vivicor("list mesh_sources"), unknown = run_vivicor("list mesh_source");
  EXPECT_NE(kinds.text.find("mesh_sources"), std::string::npos) << kinds.text;
  EXPECT_NE(one.text.find("  gmsh "), std::string::npos) << one.text;
  EXPECT_EQ(one.text.find("usyk"), std::string::npos) << one.text;
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.text.find("mesh_sources"), std::string::npos) << unknown.text;
}

TEST(Reference, explain_knows_what_is_registered)
{
  const auto material = run_vivicor("explain usyk");
  EXPECT_EQ(material.code, 0);
  EXPECT_NE(material.text.find("b_scale"), std::string::npos) << material.text;
  EXPECT_NE(material.text.find("mechanics.tissue.ventricle.passive.model"), std::string::npos) << material.text;
}
