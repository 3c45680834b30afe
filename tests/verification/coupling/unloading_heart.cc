// A whole heart, inflated and unloaded again, is the heart that it was.
#include "core/mesh/vectors.h"
#include "core/units.h"
#include "coupling/deck.h"
#include "coupling/reference.h"
#include "coupling/results/passive_curve.h"
#include "mechanics/unloading/fibre_transport.h"
#include "mechanics/unloading/filling.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  const std::string folder = std::string(VIVICOR_SOURCE) + "/parameters/minimal/";
}

TEST(UnloadingHeart, RecoversTheUnloadedFourChambers)
{
  const Deck deck = read_deck(
    folder + "heart.json", deck_schema(),
    {"mechanics.reference.scheme=unload", "mechanics.reference.tolerance=1e-4 mm", "mechanics.solver.tolerance=1e-8"});
  const Anatomy unloaded = build_anatomy(deck.parameters, {folder});
  const Fibres fibres = build_fibres(unloaded, deck.parameters);
  const std::vector<unsigned> cell_rank(unloaded.cells.size(), 0);
  Timers timers;
  Mechanics mechanics(MPI_COMM_SELF, unloaded, fibres, cell_rank, deck.parameters, timers);
  Equilibria(1e-5).find(mechanics, read_reference(deck.parameters.section("mechanics"), mechanics.cavities()).pressure,
                        std::vector<Point3>(unloaded.points.size(), Point3{0, 0, 0}), mechanics);

  Anatomy heart = unloaded; // now as in an image
  const auto u = mechanics.displacement();
  double moved = 0;
  for (std::size_t n = 0; n < u.size(); ++n)
    {
      heart.points[n] = heart.points[n] + u[n];
      moved = std::max(moved, norm(u[n]));
    }
  ASSERT_GT(moved, 2) << "mm: nothing to find";
  Fibres heart_fibres = pushed_forward(fibres, unloaded, heart.points);
  const auto result = unload_reference(MPI_COMM_SELF, deck.parameters, heart, heart_fibres, cell_rank, timers);
  ASSERT_TRUE(result);
  double largest = 0;
  for (std::size_t n = 0; n < u.size(); ++n)
    largest = std::max(largest, norm(heart.points[n] - unloaded.points[n]));
  std::printf("moved by %.2f mm, recovered within %.2e mm in %zu iterations\n", moved, largest, result->iterations.size());
  EXPECT_LT(largest, 1e-3) << "mm";
  for (std::size_t n = 0; n < u.size(); ++n)
    EXPECT_LT(norm(heart_fibres.nodal[n].fibre - fibres.nodal[n].fibre), 1e-3);
}

TEST(UnloadingHeart, AGivenReferenceIsLeftAlone)
{
  const Deck deck = read_deck(folder + "heart.json", deck_schema());
  Anatomy heart = build_anatomy(deck.parameters, {folder});
  const auto points = heart.points;
  Fibres fibres;
  Timers timers;
  EXPECT_FALSE(unload_reference(MPI_COMM_SELF, deck.parameters, heart, fibres, {}, timers));
  EXPECT_EQ(heart.points, points);
}
