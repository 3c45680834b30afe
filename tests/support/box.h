// A box of tetrahedra with straight fibres along x, for tests of the electrical tissue.
#pragma once

#include "core/numbers.h"
#include "electrophysiology/electrical_heart.h"
#include "electrophysiology/ionic_models/ionic_model.h"

#include <cmath>
#include <functional>
#include <map>

namespace vivicor::test
{
  struct Box
  {
    Anatomy anatomy;
    Fibres fibres;
  };

  /// nx x ny x nz cubes of edge h (mm), each cut into six tetrahedra around the same diagonal.
  /// @param region number of the region of a cube by its centre
  inline Box make_box(
    const std::array<unsigned, 3> &n, double h, const std::vector<Region> &regions = {{"LV", Tissue::ventricle}},
    const std::function<unsigned(const Point3 &)> &region = [](const Point3 &) { return 0u; })
  {
    Box box;
    Anatomy &anatomy = box.anatomy;
    anatomy.regions = regions;
    const auto number = [&](unsigned i, unsigned j, unsigned k) { return i + (n[0] + 1) * (j + (n[1] + 1) * k); };
    for (unsigned k = 0; k <= n[2]; ++k)
      for (unsigned j = 0; j <= n[1]; ++j)
        for (unsigned i = 0; i <= n[0]; ++i)
          anatomy.points.push_back({i * h, j * h, k * h});
    // From corner 0 to corner 7 along the axes in every order; odd orders are turned over to keep volumes positive.
    const std::array<std::array<unsigned, 4>, 6> orders{
      {{0, 1, 3, 7}, {0, 3, 2, 7}, {0, 2, 6, 7}, {0, 6, 4, 7}, {0, 4, 5, 7}, {0, 5, 1, 7}}};
    for (unsigned k = 0; k < n[2]; ++k)
      for (unsigned j = 0; j < n[1]; ++j)
        for (unsigned i = 0; i < n[0]; ++i)
          for (const auto &order : orders)
            {
              std::array<unsigned, 4> cell;
              for (unsigned a = 0; a < 4; ++a)
                cell[a] = number(i + (order[a] & 1), j + (order[a] >> 1 & 1), k + (order[a] >> 2 & 1));
              anatomy.cells.push_back(cell);
              anatomy.cell_region.push_back(region({(i + 0.5) * h, (j + 0.5) * h, (k + 0.5) * h}));
            }
    box.fibres.nodal.assign(anatomy.points.size(), Frame{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    box.fibres.transmural.assign(anatomy.points.size(), 0.5);
    box.fibres.apicobasal.assign(anatomy.points.size(), 0.5);
    box.fibres.long_axis = {1, 0, 0};
    box.fibres.apex = {0, 0, 0};
    box.fibres.base = {n[0] * h, 0, 0};
    return box;
  }

  inline double volume(const Anatomy &anatomy, std::size_t c)
  {
    std::array<Point3, 3> e;
    for (unsigned k = 0; k < 3; ++k)
      for (unsigned d = 0; d < 3; ++d)
        e[k][d] = anatomy.points[anatomy.cells[c][k + 1]][d] - anatomy.points[anatomy.cells[c][0]][d];
    return (e[0][0] * (e[1][1] * e[2][2] - e[1][2] * e[2][1]) - e[0][1] * (e[1][0] * e[2][2] - e[1][2] * e[2][0])
            + e[0][2] * (e[1][0] * e[2][1] - e[1][1] * e[2][0]))
           / 6;
  }

  inline Schema ep_schema()
  {
    Schema schema;
    declare_electrophysiology(schema);
    return schema;
  }

  /// A deck of the section "electrophysiology" alone.
  inline Parameters ep_deck(const std::string &json)
  {
    return parameters_from_json("{\"electrophysiology\": " + json + "}", ep_schema());
  }

  /// The slab of Niederer et al. 2011 (10.1098/rsta.2011.0139), 20 x 7 x 3 mm.
  inline Box niederer_slab(double h)
  {
    const auto n = [&](double length) { return static_cast<unsigned>(std::lround(length / h)); };
    return make_box({n(20), n(7), n(3)}, h);
  }
  inline Parameters niederer_deck(double lumping, const std::string &time_step, unsigned refinement = 0)
  {
    return ep_deck("{\"refinement\": " + std::to_string(refinement) + R"(, "time_step": ")" + time_step + R"(", "mass_lumping": )"
                   + shortest_digits(lumping) + R"(,
      "activation_threshold": "0 mV", "sinus_node": {"enabled": false},
      "membranes": {"mid": {"model": "tentusscher_panfilov_2006_epi"}, "apicobasal_gradient": {"apex": "1"}},
      "conduction": {"set_by": "conductivity", "fast_endocardial_layer": {"enabled": false},
        "ventricles": {"conductivity_longitudinal": "0.1334177 S/m", "conductivity_transverse": "0.0176062 S/m",
                       "conductivity_normal": "0.0176062 S/m"}},
      "stimuli": {"corner": {"shape": "box", "radius": "1.5 mm", "amplitude": "35.714 uA/uF", "duration": "2 ms"}}})");
  }

  inline double activation_at(const ElectricalHeart &heart, const Point3 &point)
  {
    const VtuPiece piece = heart.fields(true);
    for (std::size_t n = 0; n < piece.points.size(); ++n)
      if (std::hypot(piece.points[n][0] - point[0], piece.points[n][1] - point[1], piece.points[n][2] - point[2]) < 1e-6)
        return piece.point_fields[0].values[n];
    return -2;
  }
}
