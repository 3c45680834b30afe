// The human heart of Gerach & Loewe 2024 with their passive laws, between its unloaded and its imaged shape.
#include "core/mesh/partition.h"
#include "core/mesh/vectors.h"
#include "core/units.h"
#include "coupling/deck.h"
#include "coupling/reference.h"
#include "mechanics/unloading/filling.h"

#include <gtest/gtest.h>

#include <filesystem>

using namespace vivicor;

namespace
{
  const std::string folder = std::string(VIVICOR_SOURCE) + "/parameters/whole_heart/";

  bool data_here()
  {
    return std::filesystem::exists(VIVICOR_DATA "/meshes/kit_wholeheart.vtu");
  }

  Deck published(std::vector<std::string> settings = {})
  {
    return read_deck(folder + "kit_published.json", deck_schema(), settings);
  }

  double distance(const std::vector<Point3> &a, const std::vector<Point3> &b)
  {
    double sum = 0;
    for (std::size_t n = 0; n < a.size(); ++n)
      sum += norm(a[n] - b[n]) / static_cast<double>(a.size());
    return sum;
  }
}

// docs/decisions/0025-published-heart.md
TEST(SlowKitHeart, InflatesFromItsUnloadedShape)
{
  if (!data_here())
    GTEST_SKIP() << "the public data set is not at " VIVICOR_DATA;
  const Deck deck = published();
  const Anatomy heart = build_anatomy(deck.parameters, {VIVICOR_DATA});
  const Fibres fibres = build_fibres(heart, deck.parameters);
  Timers timers;
  Mechanics mechanics(MPI_COMM_SELF, heart, fibres, std::vector<unsigned>(heart.cells.size(), 0), deck.parameters, timers);
  Equilibria(1e-2).find(mechanics, read_reference(deck.parameters.section("mechanics"), mechanics.cavities()).pressure,
                        std::vector<Point3>(heart.points.size(), Point3{0, 0, 0}), mechanics);
  const std::map<std::string, double> inflated{{"LV", 200.6}, {"RV", 188.5}, {"LA", 70.4}, {"RA", 98.5}}; // mL, the published state
  const auto volumes = mechanics.volume();
  for (std::size_t k = 0; k < volumes.size(); ++k)
    EXPECT_NEAR(volumes[k] / units::mL, inflated.at(mechanics.cavities()[k]), 0.05 * inflated.at(mechanics.cavities()[k]))
      << mechanics.cavities()[k];
}

TEST(SlowKitHeart, UnloadsFromItsImage)
{
  if (!data_here())
    GTEST_SKIP() << "the public data set is not at " VIVICOR_DATA;
  const Deck imaged = published({"mesh.reference_points=", "mechanics.reference.scheme=unload", "mechanics.reference.tolerance=0.1 mm"});
  const Anatomy answer = build_anatomy(published().parameters, {VIVICOR_DATA}); // the authors' own unloaded shape
  Anatomy heart = build_anatomy(imaged.parameters, {VIVICOR_DATA});
  const auto image = heart.points;
  Fibres fibres = build_fibres(heart, imaged.parameters);
  Timers timers;
  ASSERT_TRUE(unload_reference(MPI_COMM_SELF, imaged.parameters, heart, fibres, std::vector<unsigned>(heart.cells.size(), 0), timers));
  EXPECT_LT(distance(heart.points, answer.points), 0.5 * distance(image, answer.points)) << "mm: nearer to theirs than the image is";
}
