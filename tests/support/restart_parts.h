// The three parts that have a state, small, on given ranks: for the tests that stop and resume them.
#pragma once

#include "core/checkpoint/checkpoint_folder.h"
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "electrophysiology/electrical_heart.h"
#include "mechanics/mechanics.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include <functional>
#include <string>

namespace vivicor::restart
{
  inline std::vector<unsigned> partition(const Anatomy &anatomy, MPI_Comm comm)
  {
    return partition_cells(anatomy.cells, anatomy.points.size(), static_cast<unsigned>(size_of(comm)));
  }

  /// A hollow sphere of muscle that beats: its upper half is atrium, the lower one ventricle, with a sinus and an AV node.
  struct ElectricalSphere
  {
    explicit ElectricalSphere(MPI_Comm comm, const std::string &more = "")
      : solid(two_tissues()),
        owned(build_electrical_heart(comm, solid.anatomy, solid.fibres, partition(solid.anatomy, comm), deck(more), timers))
    {
    }
    void advance(double from, double to)
    {
      for (double t = from + 2; t <= to + 1e-9; t += 2)
        {
          ep.advance(t);
          ep.commit();
        }
    }

    test::Solid solid;
    Timers timers;
    std::unique_ptr<ElectricalHeart> owned;
    ElectricalHeart &ep = *owned;

  private:
    static test::Solid two_tissues()
    {
      test::Solid solid = test::hollow_sphere(20, 26, 1, 2);
      solid.anatomy.regions = {{"LV", Tissue::ventricle}, {"RA", Tissue::atrium}};
      for (std::size_t c = 0; c < solid.anatomy.cells.size(); ++c)
        {
          double height = 0;
          for (const unsigned node : solid.anatomy.cells[c])
            height += solid.anatomy.points[node][2] / 4;
          solid.anatomy.cell_region[c] = height > 0 ? 1 : 0;
        }
      solid.fibres.apex = {0, 0, -26};
      solid.fibres.base = {0, 0, 0};
      return solid;
    }
    static Parameters deck(const std::string &more)
    {
      Schema schema;
      declare_electrophysiology(schema);
      return parameters_from_json(R"({"electrophysiology": {
        "sinus_node": {"centre": ["0 mm", "0 mm", "23 mm"], "radius": "15 mm"},
        "av_node": {"centre": ["0 mm", "23 mm", "5 mm"], "radius": "16 mm", "delay": "19 ms"},
        "early_sites": {"points": ["0 mm", "0 mm", "-23 mm"], "radius": "15 mm"})"
                                    + more + "}}",
                                  schema);
    }
  };

  /// A hollow sphere of Land's muscle that ejects into a compliance.
  struct MechanicalSphere
  {
    explicit MechanicalSphere(MPI_Comm comm, const std::string &more = "")
      : solid(test::hollow_sphere(20, 28, 1, 2)),
        mechanics(comm, solid.anatomy, solid.fibres, partition(solid.anatomy, comm), deck(more), timers)
    {
    }
    void advance(unsigned from, unsigned to)
    {
      constexpr double filled = 36000, compliance = 500; // mm^3, mm^3/kPa
      const CavityLaw law = [&](const std::vector<double> &p) {
        return CavityResponse{{filled - compliance * (p[0] - 1.0)}, {{-compliance}}};
      };
      for (unsigned k = from; k < to; ++k)
        {
          std::vector<double> calcium;
          for (const Point3 &x : solid.anatomy.points)
            calcium.push_back(0.2 + 0.1 * k + 0.005 * x[2]);
          mechanics.advance(2 * k, 2, calcium, law);
          mechanics.commit();
        }
    }

    test::Solid solid;
    Timers timers;
    Mechanics mechanics;

  private:
    static Parameters deck(const std::string &more)
    {
      return test::deck(R"({"vessel_ends": {"stiffness": "0.01 kPa/mm"}, "solver": {"tolerance": 1e-10, "volume_tolerance": "1e-6 mm^3"},
        "tissue": {"ventricle": {"passive": {"model": "usyk"}, "active": {"model": "land_2017"}}})"
                        + more + "}");
    }
  };

  /// Collective on the ranks that hold the part.
  template <class Part>
  void save(Part &part, const std::string &file, MPI_Comm comm)
  {
    Saver saver(comm);
    part.archive(saver);
    saver.write(file, {{"of", "a test"}});
  }
  template <class Part>
  void load(Part &part, const std::string &file, MPI_Comm comm, bool same_partition)
  {
    Loader loader(comm, file, rank_of(comm) == 0 ? checkpoint_format::inspect(file) : checkpoint_format::Inspection{});
    if (!same_partition)
      loader.forget_partition();
    part.archive(loader);
  }
}
