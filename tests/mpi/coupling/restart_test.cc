// Stopped on some ranks and resumed on others: the same to the solvers' tolerance; on the same ones: the same bits.
#include "core/collective.h"
#include "tests/support/restart_parts.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  /// One folder for all ranks that outlives the test on each.
  class SharedFolder
  {
  public:
    SharedFolder()
    {
      path = mine.path.string();
      path.resize(256);
      MPI_Bcast(path.data(), 256, MPI_CHAR, 0, MPI_COMM_WORLD);
      path = path.c_str();
    }
    ~SharedFolder() { MPI_Barrier(MPI_COMM_WORLD); }
    std::string operator/(const std::string &name) const { return path + "/" + name; }

  private:
    vivicor::testing::TemporaryFolder mine;
    std::string path;
  };

  /// Largest difference over both hearts' own nodes, mV.
  double largest_difference(const restart::ElectricalSphere &a, const restart::ElectricalSphere &b)
  {
    const auto ecg_a = a.ep.ecg(), ecg_b = b.ep.ecg();
    double largest = 0;
    for (std::size_t k = 0; k < ecg_a.size(); ++k)
      largest = std::max(largest, std::abs(ecg_a[k] - ecg_b[k]));
    return largest;
  }
}

TEST(Restart, ElectricalHeartOnOtherRanks)
{
  const SharedFolder folder;
  restart::ElectricalSphere alone(MPI_COMM_SELF), together(MPI_COMM_WORLD), alone_resumed(MPI_COMM_SELF), together_resumed(MPI_COMM_WORLD),
    together_again(MPI_COMM_WORLD);
  alone.advance(0, 20);
  together.advance(0, 20);
  const std::string of_one = folder / "of_one", of_all = folder / "of_all";
  if (rank_of(MPI_COMM_WORLD) == 0)
    restart::save(alone.ep, of_one, MPI_COMM_SELF);
  restart::save(together.ep, of_all, MPI_COMM_WORLD);
  MPI_Barrier(MPI_COMM_WORLD);
  restart::load(together_resumed.ep, of_one, MPI_COMM_WORLD, false);
  restart::load(together_again.ep, of_all, MPI_COMM_WORLD, true);
  restart::load(alone_resumed.ep, of_all, MPI_COMM_SELF, false);
  for (auto *heart : {&alone, &together, &alone_resumed, &together_resumed, &together_again})
    heart->advance(20, 60);

  EXPECT_EQ(largest_difference(together_again, together), 0.0);
  double size = 0;
  for (const double lead : alone.ep.ecg())
    size = std::max(size, std::abs(lead));
  EXPECT_LT(largest_difference(together_resumed, alone), 1e-4 * size);
  EXPECT_LT(largest_difference(alone_resumed, together), 1e-4 * size);
  const auto reference = alone.ep.activation();
  for (const auto *heart : {&together, &alone_resumed, &together_resumed})
    {
      const auto found = heart->ep.activation();
      EXPECT_EQ(found.activated_fraction, reference.activated_fraction);
      EXPECT_NEAR(found.atrial_duration.value(), reference.atrial_duration.value(), 1e-3);
      EXPECT_NEAR(found.ventricular_start.value(), reference.ventricular_start.value(), 1e-3);
    }
}

TEST(Restart, MechanicsOnOtherRanks)
{
  const SharedFolder folder;
  restart::MechanicalSphere alone(MPI_COMM_SELF), together(MPI_COMM_WORLD), alone_resumed(MPI_COMM_SELF), together_resumed(MPI_COMM_WORLD),
    together_again(MPI_COMM_WORLD);
  for (auto *sphere : {&alone, &together})
    {
      sphere->mechanics.inflate({1.0});
      sphere->advance(0, 4);
    }
  const std::string of_one = folder / "of_one", of_all = folder / "of_all";
  if (rank_of(MPI_COMM_WORLD) == 0)
    restart::save(alone.mechanics, of_one, MPI_COMM_SELF);
  restart::save(together.mechanics, of_all, MPI_COMM_WORLD);
  MPI_Barrier(MPI_COMM_WORLD);
  restart::load(together_resumed.mechanics, of_one, MPI_COMM_WORLD, false);
  restart::load(together_again.mechanics, of_all, MPI_COMM_WORLD, true);
  restart::load(alone_resumed.mechanics, of_all, MPI_COMM_SELF, false);
  for (auto *sphere : {&alone, &together, &alone_resumed, &together_resumed, &together_again})
    sphere->advance(4, 8);

  EXPECT_EQ(together_again.mechanics.displacement(), together.mechanics.displacement());
  EXPECT_EQ(together_again.mechanics.pressure(), together.mechanics.pressure());
  const auto reference = alone.mechanics.displacement();
  double largest = 0;
  for (const Point3 &u : reference)
    largest = std::max(largest, test::norm(u));
  for (const auto *sphere : {&together, &alone_resumed, &together_resumed})
    {
      EXPECT_NEAR(sphere->mechanics.pressure()[0], alone.mechanics.pressure()[0], 1e-6 * alone.mechanics.pressure()[0]);
      const auto found = sphere->mechanics.displacement();
      for (std::size_t i = 0; i < reference.size(); ++i)
        ASSERT_LT(test::norm(test::minus(found[i], reference[i])), 1e-6 * largest);
    }
}
