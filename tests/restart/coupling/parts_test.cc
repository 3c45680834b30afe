// Each part with a state, stopped and resumed through a file: the same bits as without the stop.
#include "circulation/circulation.h"
#include "circulation/elastance_heart.h"
#include "tests/support/memory_archive.h"
#include "tests/support/restart_parts.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  void expect_electrical_heart_resumes(const std::string &more)
  {
    const vivicor::testing::TemporaryFolder folder;
    const std::string file = folder / "state";
    restart::ElectricalSphere unbroken(MPI_COMM_SELF, more), resumed(MPI_COMM_SELF, more);
    unbroken.advance(0, 20);
    restart::save(unbroken.ep, file, MPI_COMM_SELF);
    restart::load(resumed.ep, file, MPI_COMM_SELF, true);
    EXPECT_EQ(vivicor::testing::saved(resumed.ep), vivicor::testing::saved(unbroken.ep));
    EXPECT_EQ(resumed.ep.calcium(), unbroken.ep.calcium());
    unbroken.advance(20, 60);
    resumed.advance(20, 60);
    EXPECT_EQ(vivicor::testing::saved(resumed.ep), vivicor::testing::saved(unbroken.ep));
    EXPECT_EQ(resumed.ep.ecg(), unbroken.ep.ecg());
    EXPECT_GT(unbroken.ep.activation().ventricular_start.value(), 20) << "the AV node's firing was to come when the state was saved";
  }

  void expect_mechanics_resumes(const std::string &more)
  {
    const vivicor::testing::TemporaryFolder folder;
    const std::string file = folder / "state";
    restart::MechanicalSphere unbroken(MPI_COMM_SELF, more), resumed(MPI_COMM_SELF, more);
    unbroken.mechanics.inflate({1.0});
    unbroken.advance(0, 4);
    const double before = unbroken.mechanics.pressure()[0];
    restart::save(unbroken.mechanics, file, MPI_COMM_SELF);
    restart::load(resumed.mechanics, file, MPI_COMM_SELF, true);
    EXPECT_EQ(resumed.mechanics.volume(), unbroken.mechanics.volume());
    EXPECT_EQ(resumed.mechanics.nodal_fields().active_tension, unbroken.mechanics.nodal_fields().active_tension);
    EXPECT_EQ(resumed.mechanics.nodal_fields().fibre_stretch, unbroken.mechanics.nodal_fields().fibre_stretch);
    unbroken.advance(4, 10);
    resumed.advance(4, 10);
    EXPECT_EQ(vivicor::testing::saved(resumed.mechanics), vivicor::testing::saved(unbroken.mechanics));
    EXPECT_EQ(resumed.mechanics.displacement(), unbroken.mechanics.displacement());
    EXPECT_GT(std::abs(unbroken.mechanics.pressure()[0] - before), 0.05) << "kPa: the test is of a wall that moves";
  }

  struct CirculationState
  {
    ElastanceHeart::State state;
    void archive(Archive &archive)
    {
      archive_number(archive, "t", state.t);
      archive.numbers("circulation", state.circulation);
      archive.numbers("volume", state.volume);
      archive.numbers("pressure", state.pressure);
    }
  };
}

TEST(Restart, ElectricalHeart)
{
  expect_electrical_heart_resumes("");
}

TEST(Restart, ElectricalHeartWithStrangSplitting)
{
  expect_electrical_heart_resumes(R"(, "splitting": "strang")");
}

TEST(Restart, ElectricalHeartWithBdf2)
{
  expect_electrical_heart_resumes(R"(, "splitting": "none", "time_scheme": "bdf2")");
}

TEST(Restart, SamplesThatNobodyTookAreNotLost)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string file = folder / "state";
  restart::ElectricalSphere unbroken(MPI_COMM_SELF), resumed(MPI_COMM_SELF);
  unbroken.ep.sample_every(1);
  unbroken.advance(0, 4);
  restart::save(unbroken.ep, file, MPI_COMM_SELF);
  restart::load(resumed.ep, file, MPI_COMM_SELF, true);
  unbroken.advance(4, 8);
  resumed.advance(4, 8);
  const auto a = unbroken.ep.take_samples(), b = resumed.ep.take_samples();
  ASSERT_EQ(a.size(), 8u);
  ASSERT_EQ(b.size(), 8u);
  for (std::size_t k = 0; k < a.size(); ++k)
    {
      EXPECT_EQ(a[k].t, b[k].t);
      EXPECT_EQ(a[k].ecg, b[k].ecg);
    }
}

TEST(Restart, Mechanics)
{
  expect_mechanics_resumes("");
}

TEST(Restart, MechanicsWithInertia)
{
  expect_mechanics_resumes(R"(, "time": {"scheme": "generalised_alpha"})");
}

TEST(Restart, Circulation)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string file = folder / "state";
  Schema schema;
  Schema section = schema.section("circulation");
  declare_models<Circulation>(section, "model", "regazzoni_2022", "");
  const Parameters deck = parameters_from_json("{}", schema).section("circulation");
  const auto loop = create<Circulation>("regazzoni_2022", deck, Circulation::Context{800.});
  const ElastanceHeart heart = ElastanceHeart::healthy_adult();
  CirculationState unbroken{heart.start(*loop)}, resumed;
  const auto advance = [&](CirculationState &of, unsigned steps) {
    for (unsigned k = 0; k < steps; ++k)
      heart.advance(*loop, 1.0, of.state);
  };
  advance(unbroken, 333);
  restart::save(unbroken, file, MPI_COMM_SELF);
  restart::load(resumed, file, MPI_COMM_SELF, true);
  advance(unbroken, 800);
  advance(resumed, 800);
  EXPECT_EQ(resumed.state.t, unbroken.state.t);
  EXPECT_EQ(resumed.state.circulation, unbroken.state.circulation);
  EXPECT_EQ(resumed.state.volume, unbroken.state.volume);
  EXPECT_EQ(resumed.state.pressure, unbroken.state.pressure);
}
