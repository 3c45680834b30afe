// A flat piece of ventricular wall whose lower face is the endocardium of the LV: the smallest heart with a Purkinje network.
#pragma once

#include "tests/support/box.h"

namespace vivicor::test
{
  /// n x n x 2 cubes of edge h (mm); the apex is at x = 0, the base at the other end.
  inline Box endocardial_slab(unsigned n, double h)
  {
    Box box = make_box({n, n, 2}, h);
    Anatomy &anatomy = box.anatomy;
    for (unsigned c = 0; c < anatomy.cells.size(); ++c)
      for (unsigned skip = 0; skip < 4; ++skip)
        {
          std::array<unsigned, 3> face{};
          unsigned corners = 0;
          for (unsigned k = 0; k < 4; ++k)
            if (k != skip && anatomy.points[anatomy.cells[c][k]][2] == 0)
              face[corners++] = anatomy.cells[c][k];
          if (corners == 3)
            anatomy.cavities["LV"].push_back({face, c});
        }
    for (std::size_t i = 0; i < anatomy.points.size(); ++i)
      box.fibres.transmural[i] = anatomy.points[i][2] / (2 * h);
    return box;
  }

  /// Deck of the section "electrophysiology" for it, with a network of a model, and what more stands in the text.
  inline Parameters network_deck(const std::string &model, const std::string &more = "", const std::string &system = "")
  {
    return ep_deck(R"({"av_node": {"delay": "2 ms"}, "conduction_system": {"model": ")" + model + "\"" + system + "}" + more + "}");
  }
}
