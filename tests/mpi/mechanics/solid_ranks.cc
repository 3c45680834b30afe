// The answer does not depend on how many ranks find it: every rank solves alone, then all solve together.
#include "tests/unit/mechanics/solid_meshes.h"

#include "core/mesh/partition.h"
#include "core/mpi.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;

namespace
{
  struct Answer
  {
    std::vector<double> pressure, volume;
    std::vector<Point3> displacement;
    Mechanics::NodalFields fields;
  };

  Answer solve(MPI_Comm comm, const Solid &solid)
  {
    const auto cell_rank = partition_cells(solid.anatomy.cells, solid.anatomy.points.size(), static_cast<unsigned>(size_of(comm)));
    Timers timers;
    Mechanics mechanics(
      comm, solid.anatomy, solid.fibres, cell_rank,
      deck(R"({"vessel_ends": {"stiffness": "0.01 kPa/mm"}, "solver": {"tolerance": 1e-10, "volume_tolerance": "1e-6 mm^3"},
      "tissue": {"ventricle": {"passive": {"model": "usyk"}, "active": {"model": "land_2017"}}}})"),
      timers);
    mechanics.inflate({1.0});
    const double filled = mechanics.volume()[0];
    const CavityLaw law = [&](const std::vector<double> &p) { return CavityResponse{{filled - 500 * (p[0] - 1.0)}, {{-500}}}; };
    for (unsigned k = 0; k < 4; ++k)
      {
        std::vector<double> calcium;
        for (const Point3 &x : solid.anatomy.points)
          calcium.push_back(0.3 + 0.1 * k + 0.005 * x[2]);
        mechanics.advance(2 * k, 2, calcium, law);
        mechanics.commit();
      }
    return {mechanics.pressure(), mechanics.volume(), mechanics.displacement(), mechanics.nodal_fields()};
  }
}

TEST(SolidRanks, AgreeWithOneRank)
{
  const Solid solid = hollow_sphere(20, 28, 2, 2);
  const Answer one = solve(MPI_COMM_SELF, solid), all = solve(MPI_COMM_WORLD, solid);
  EXPECT_NEAR(all.pressure[0], one.pressure[0], 1e-6 * one.pressure[0]);
  EXPECT_NEAR(all.volume[0], one.volume[0], 1e-6 * one.volume[0]);
  double largest = 0;
  for (const Point3 &u : one.displacement)
    largest = std::max(largest, norm(u));
  for (std::size_t i = 0; i < one.displacement.size(); ++i)
    EXPECT_LT(norm(minus(one.displacement[i], all.displacement[i])), 1e-6 * largest);
  for (std::size_t i = 0; i < one.displacement.size(); ++i)
    {
      EXPECT_NEAR(all.fields.active_tension[i], one.fields.active_tension[i], 1e-5);
      EXPECT_NEAR(all.fields.fibre_stretch[i], one.fields.fibre_stretch[i], 1e-6);
      EXPECT_NEAR(all.fields.pressure[i], one.fields.pressure[i], 1e-4);
    }
}

TEST(SolidRanks, AFailureIsAgreed)
{
  const Solid solid = hollow_sphere(20, 28, 1, 1);
  const auto cell_rank = partition_cells(solid.anatomy.cells, solid.anatomy.points.size(), static_cast<unsigned>(size_of(MPI_COMM_WORLD)));
  Timers timers;
  Mechanics mechanics(MPI_COMM_WORLD, solid.anatomy, solid.fibres, cell_rank, deck("{}"), timers);
  const double volume = mechanics.volume()[0];
  const CavityLaw law = [&](const std::vector<double> &) { return CavityResponse{{volume}, {{0.0}}}; };
  const std::vector<double> calcium(solid.anatomy.points.size(), rank_of(MPI_COMM_WORLD) == 0 ? NAN : 0.1);
  EXPECT_THROW(mechanics.advance(0, 1, calcium, law), StepFailed);
}
