// A strip that is ventricle on its left and atrium on its right, with an endocardium: a heart for every electrical heart, which
// needs no place told.
#pragma once

#include "meshes/surfaces.h"
#include "tests/support/box.h"

namespace vivicor::test
{
  inline Box small_heart()
  {
    constexpr double ring = 12; // mm, where the tissues meet
    Box box = make_box({12, 2, 2}, 2.0, {{"LV", Tissue::ventricle}, {"RA", Tissue::atrium}},
                       [](const Point3 &p) { return p[0] < ring ? 0u : 1u; });
    box.fibres.apex = {0, 2, 2};
    box.fibres.base = {ring, 2, 2};
    Anatomy &anatomy = box.anatomy;
    for (const Triangle &face : boundary_of(anatomy.cells))
      if (anatomy.cell_region[face.cell] == 0
          && std::all_of(face.nodes.begin(), face.nodes.end(), [&](unsigned n) { return anatomy.points[n][2] == 0; }))
        anatomy.cavities["LV"].push_back(face);
    return box;
  }

  /// A registered heart on it, with its defaults and what more stands in the text.
  inline std::unique_ptr<ElectricalHeart> small_electrical_heart(const std::string &model, const Box &box, Timers &timers,
                                                                 MPI_Comm comm = MPI_COMM_SELF, std::vector<unsigned> cell_rank = {},
                                                                 const std::string &more = "")
  {
    cell_rank.resize(box.anatomy.cells.size(), 0);
    const auto deck = ep_deck(R"({"model": ")" + model
                              + R"(", "refinement": 0, "electrograms": {"tip": {"position": ["-5 mm", "2 mm", "2 mm"]}})" + more + "}");
    return build_electrical_heart(comm, box.anatomy, box.fibres, cell_rank, deck, timers);
  }
}
