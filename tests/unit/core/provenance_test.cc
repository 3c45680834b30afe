#include "core/provenance.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace vivicor;
using nlohmann::json;

TEST(Provenance, says_who_made_it)
{
  unsetenv("SLURM_JOB_ID");
  const auto about = json::parse(provenance_json(provenance(MPI_COMM_WORLD, {{"Gmsh", "4.8"}})));
  for (const char *key : {"version", "git", "build_type", "compiler", "host", "started"})
    EXPECT_FALSE(about.at(key).get<std::string>().empty()) << key;
  EXPECT_GE(about.at("ranks").get<int>(), 1);
  EXPECT_EQ(about.at("libraries").at("Gmsh"), "4.8");
  EXPECT_TRUE(about.at("libraries").contains("MPI"));
  EXPECT_FALSE(about.contains("slurm"));
}

TEST(Provenance, keeps_the_job_and_the_inputs)
{
  setenv("SLURM_JOB_ID", "4711", 1);
  RunFacts facts;
  facts.resolved_deck_json = R"({"time": {"end": "800 ms"}})";
  facts.inputs_sha256 = {{"heart.json", "abc"}};
  const auto run = json::parse(provenance_json(provenance(MPI_COMM_WORLD), facts));
  unsetenv("SLURM_JOB_ID");
  EXPECT_EQ(run.at("slurm").at("SLURM_JOB_ID"), "4711");
  EXPECT_EQ(run.at("deck").at("time").at("end"), "800 ms");
  EXPECT_EQ(run.at("inputs_sha256").at("heart.json"), "abc");
}

TEST(Provenance, odd_bytes_do_not_stop_a_run)
{
  RunFacts facts;
  facts.deck_file = "he\xffrt.json";
  EXPECT_NO_THROW(json::parse(provenance_json(provenance(MPI_COMM_WORLD), facts)));
}
