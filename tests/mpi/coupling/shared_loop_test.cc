// The circulation is asked once, and all ranks go on with the same answer, whatever their processors make of it.
#include "coupling/schemes/staggered.h"
#include "tests/support/restart_parts.h"

#include "core/mpi.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  /// Vessels whose answer bears the rank's own round-off, and which fail where they are told to.
  class RoughLoop : public Circulation
  {
  public:
    const std::vector<std::string> &chambers() const override { return names; }
    std::vector<std::string> state_names() const override { return {"pressure"}; }
    std::vector<double> initial() const override { return {1.0}; }
    Chambers initial_pressures() const override { return {1, 1, 1, 1}; }
    Step advance(double, double dt, const std::vector<double> &state, const Chambers &volume, const Chambers &pressure) const override
    {
      ++asked;
      if (rank == failing_rank)
        throw StepFailed("no answer on rank " + std::to_string(rank));
      Step step{{state[0] + 1e-9 * rank}, volume, std::vector<Chambers>(names.size(), Chambers(names.size(), 0.))};
      for (unsigned k = 0; k < 4; ++k)
        {
          step.volume[k] += dt * 10 * (state[0] - pressure[k]) + 1e-3 * rank;
          step.dV_dp[k][k] = -10 * dt;
        }
      return step;
    }
    Rate rate(double, const std::vector<double> &, const Chambers &) const override { return {}; }
    double stored_volume(const std::vector<double> &) const override { return 0; }
    std::vector<Report> report(double, const std::vector<double> &, const Chambers &) const override { return {}; }

    const std::vector<std::string> names{chamber_names.begin(), chamber_names.end()};
    const int rank = rank_of(MPI_COMM_WORLD);
    int failing_rank = -1;
    mutable unsigned asked = 0;
  };

  struct Heart
  {
    Heart()
    {
      for (const std::string &name : chamber_names)
        anatomy.cavities[name] = {};
      pump = create<Pump>("elastance", deck, PumpContext{MPI_COMM_WORLD, anatomy, fibres, cell_rank, 800, timers});
      pump->preload({1, 1, 1, 1}, {});
      scheme = std::make_unique<Staggered>(MPI_COMM_WORLD, electrical.ep, *pump, loop, timers);
    }
    restart::ElectricalSphere electrical{MPI_COMM_WORLD};
    Anatomy anatomy;
    Fibres fibres;
    std::vector<unsigned> cell_rank;
    Timers timers;
    Parameters deck = test::deck(R"({"model": "elastance"})").section("mechanics");
    std::unique_ptr<Pump> pump;
    RoughLoop loop;
    std::unique_ptr<Staggered> scheme;
  };

  template <class Values>
  void expect_the_same_on_all_ranks(const Values &values)
  {
    for (const double value : values)
      {
        EXPECT_EQ(max(value, MPI_COMM_WORLD), value);
        EXPECT_EQ(min(value, MPI_COMM_WORLD), value);
      }
  }
}

TEST(SharedLoop, AllRanksHaveTheAnswerOfTheFirst)
{
  Heart heart;
  for (unsigned k = 0; k < 3; ++k)
    {
      heart.scheme->advance(2 * k, 2);
      heart.scheme->commit();
    }
  expect_the_same_on_all_ranks(heart.scheme->blood().state);
  expect_the_same_on_all_ranks(heart.scheme->blood().volume);
  expect_the_same_on_all_ranks(heart.scheme->blood().pressure);
  expect_the_same_on_all_ranks(heart.pump->volume());
  EXPECT_EQ(heart.scheme->blood().state[0], 1.0) << "with the first rank's round-off, which is none";
  if (heart.loop.rank == 0)
    EXPECT_GT(heart.loop.asked, 3u);
  else
    EXPECT_EQ(heart.loop.asked, 0u);
}

TEST(SharedLoop, AllRanksFailWithTheFirst)
{
  Heart heart;
  heart.loop.failing_rank = 0;
  std::string text;
  try
    {
      heart.scheme->advance(0, 2);
    }
  catch (const StepFailed &failed)
    {
      text = failed.what();
    }
  EXPECT_NE(text.find("no answer on rank 0"), std::string::npos) << text;
  heart.scheme->rollback();
  heart.loop.failing_rank = 1; // is not asked
  EXPECT_NO_THROW(heart.scheme->advance(0, 2));
}
