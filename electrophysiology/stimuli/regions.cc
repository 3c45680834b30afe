#include "electrophysiology/stimuli/regions.h"

#include "core/broadcast.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/mpi.h"
#include "electrophysiology/conduction_system/endocardium.h"
#include "electrophysiology/stimuli/stimulus_table.h"

#include <cstdio>

namespace vivicor
{
  namespace
  {
    std::string text_of(const Point3 &p)
    {
      char text[80];
      std::snprintf(text, sizeof text, "(%.1f, %.1f, %.1f) mm", p[0], p[1], p[2]);
      return text;
    }

    /// The point of the anatomy's cells of a tissue that is nearest to `centre`.
    std::optional<Point3> nearest_node(const Anatomy &anatomy, Tissue tissue, const Point3 &centre)
    {
      std::optional<Point3> best;
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (anatomy.regions[anatomy.cell_region[c]].tissue == tissue)
          for (const unsigned n : anatomy.cells[c])
            if (!best || distance(anatomy.points[n], centre) < distance(*best, centre))
              best = anatomy.points[n];
      return best;
    }

    const std::map<std::string, std::pair<std::string, Tissue>> &surfaces()
    {
      static const std::map<std::string, std::pair<std::string, Tissue>> known{
        {"endocardium_LV", {"LV", Tissue::ventricle}},      {"endocardium_RV", {"RV", Tissue::ventricle}},
        {"endocardium_LA", {"LA", Tissue::atrium}},         {"endocardium_RA", {"RA", Tissue::atrium}},
        {"epicardium_ventricles", {"", Tissue::ventricle}}, {"epicardium_atria", {"", Tissue::atrium}}};
      return known;
    }

    void declare_tissue(Schema &shape)
    {
      shape.choice("tissue", "ventricle", {"ventricle", "atrium"}, "Which tissue it stimulates.");
    }

    Tissue tissue_of(const Parameters &deck)
    {
      return deck.text("tissue") == "atrium" ? Tissue::atrium : Tissue::ventricle;
    }

    AssignedTo assigned(const Parameters &deck)
    {
      return deck.text("assigned_to") == "nodes" ? AssignedTo::nodes : AssignedTo::cells;
    }

    auto ball(const Point3 &centre, double radius)
    {
      return [centre, radius](const Point3 &p) { return dot(p - centre, p - centre) <= radius * radius; };
    }

    StimulatedNodes in_box(const RefinedMesh &mesh, const Parameters &deck, Tissue tissue, const Point3 &centre)
    {
      const double radius = deck.quantity("radius");
      const auto edges = deck_point(deck, "edges");
      constexpr double rounding = 1 + 1e-9; // nodes on its faces are inside
      const Point3 half = rounding * (edges ? 0.5 * *edges : Point3{radius, radius, radius});
      return stimulated_nodes(
        mesh, tissue,
        [&](const Point3 &p) {
          const Point3 arm = p - centre;
          return std::abs(arm[0]) <= half[0] && std::abs(arm[1]) <= half[1] && std::abs(arm[2]) <= half[2];
        },
        assigned(deck));
    }

    StimulusSite on_surface(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Parameters &deck)
    {
      const std::string name = deck.text("surface");
      const auto &[cavity, tissue] = surfaces().at(name);
      Surface part = muscular_part(anatomy, cavity, tissue);
      if (cavity.empty())
        for (const Triangle &triangle : anatomy.epicardium)
          if (anatomy.regions[anatomy.cell_region[triangle.cell]].tissue == tissue)
            part.push_back(triangle);
      if (part.empty())
        throw UserError({"a stimulus on " + name, deck.where("surface"), "the mesh has no such muscular surface", "",
                         "choose a surface of the mesh; see: vivicor mesh DECK"});
      const TriangleSet triangles(anatomy.points, part);
      const double depth = deck.quantity("depth");
      StimulusSite site{stimulated_nodes(
                          mesh, tissue, [&](const Point3 &p) { return triangles.nearest(p, depth).distance <= depth; }, assigned(deck)),
                        0, 1};
      if (sum(static_cast<long long>(site.nodes.size()), comm) == 0)
        throw UserError({"a stimulus that reaches no node", deck.where("depth"), "no cell has its centre that near to " + name, "",
                         "raise the depth, or refine the mesh"});
      return site;
    }

    std::vector<StimulusSite> from_table(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Parameters &deck)
    {
      std::vector<StimulusRow> rows;
      on_rank_0(comm, [&] { rows = read_stimulus_table(deck, "file", deck.quantity("radius")); });
      broadcast(comm, rows);
      std::vector<StimulusSite> sites;
      for (const StimulusRow &row : rows)
        {
          sites.push_back({stimulated_nodes(mesh, tissue_of(deck), ball(row.point, row.radius), assigned(deck)), row.delay, row.strength});
          require_nodes(comm, sites.back().nodes.size(), anatomy, tissue_of(deck), row.point, deck, "file");
        }
      return sites;
    }
  }

  std::vector<Point3> deck_points(const Parameters &deck, const std::string &key)
  {
    const auto values = deck.quantities(key);
    if (values.size() % 3)
      throw UserError(
        {std::to_string(values.size()) + " coordinates", deck.where(key), "a point has three", "", "give three lengths a point"});
    std::vector<Point3> points;
    for (std::size_t k = 0; k < values.size(); k += 3)
      points.push_back({values[k], values[k + 1], values[k + 2]});
    return points;
  }

  std::optional<Point3> deck_point(const Parameters &deck, const std::string &key)
  {
    const auto points = deck_points(deck, key);
    if (points.size() > 1)
      throw UserError(
        {std::to_string(3 * points.size()) + " coordinates", deck.where(key), "one point has three", "", "give three lengths"});
    return points.empty() ? std::nullopt : std::optional{points[0]};
  }

  void declare_region(Schema &deck)
  {
    std::vector<std::string> names;
    for (const auto &[name, part] : surfaces())
      names.push_back(name);
    const auto centre = [](Schema &s) {
      declare_tissue(s);
      s.quantities("centre", {"0 mm", "0 mm", "0 mm"}, "mm", "Its centre.");
    };
    deck.select("shape", "sphere",
                {{"sphere",
                  [centre](Schema &s) {
                    centre(s);
                    s.quantity("radius", "5 mm", 0, 1000, "Its radius.");
                  }},
                 {"box",
                  [centre](Schema &s) {
                    centre(s);
                    s.quantity("radius", "5 mm", 0, 1000, "Half the edge of a cube along the axes.");
                    s.quantities("edges", {}, "mm", "The three edges of a box, in place of the radius.");
                  }},
                 {"surface",
                  [names](Schema &s) {
                    s.choice("surface", "endocardium_LV", names, "Muscular part of a chamber's inner or of the outer surface.");
                    s.quantity("depth", "2 mm", 0, 100, "Cells whose centre is this near to it are stimulated.");
                  }},
                 {"points",
                  [](Schema &s) {
                    declare_tissue(s);
                    s.quantities("points", {}, "mm", "Three lengths a point.");
                    s.quantity("radius", "3 mm", 0, 1000, "Radius of the sphere around each point.");
                  }},
                 {"table",
                  [](Schema &s) {
                    declare_tissue(s);
                    s.path("file", "",
                           "Comma-separated values with a header: x_mm,y_mm,z_mm and, if wanted, radius_mm, delay_ms, strength; "
                           "sought beside the deck, then from the working folder.");
                    s.quantity("radius", "3 mm", 0, 1000, "Radius of the spheres where the table has none.");
                  }}},
                "Which tissue it reaches: a sphere, a box, a layer under a surface, spheres around points of the deck or of a table.");
    deck.choice("assigned_to", "cells", {"cells", "nodes"},
                "Cells: a node has the share of the current that the cells around it, by volume, have their centre in the shape, so the "
                "stimulated volume keeps its size on any mesh. Nodes: each node in the shape has all of it, as in codes that give stimuli "
                "to nodes; the current then reaches half-way into the cells beyond.");
  }

  namespace
  {
    std::string key_of_points(const Parameters &stimulus)
    {
      return stimulus.text("shape") == "points" ? "points" : "centre";
    }
  }

  std::vector<Point3> stimulus_points(const Parameters &deck)
  {
    const std::string key = key_of_points(deck);
    const auto points = deck_points(deck, key);
    if (points.empty() || (key == "centre" && points.size() != 1))
      throw UserError({"a stimulus with " + std::to_string(points.size()) + " points", deck.where(key), "it has no automatic place", "",
                       key == "points" ? "give three lengths a point" : "give three lengths"});
    if (deck.text("shape") == "box")
      deck_point(deck, "edges");
    return points;
  }

  std::vector<StimulusSite> stimulated_sites(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Parameters &deck)
  {
    const std::string shape = deck.text("shape");
    if (shape == "surface")
      return {on_surface(comm, mesh, anatomy, deck)};
    if (shape == "table")
      return from_table(comm, mesh, anatomy, deck);
    const Tissue tissue = tissue_of(deck);
    std::vector<StimulusSite> sites;
    for (const Point3 &point : stimulus_points(deck))
      {
        sites.push_back({shape == "box" ? in_box(mesh, deck, tissue, point)
                                        : stimulated_nodes(mesh, tissue, ball(point, deck.quantity("radius")), assigned(deck)),
                         0, 1});
        require_nodes(comm, sites.back().nodes.size(), anatomy, tissue, point, deck, key_of_points(deck));
      }
    return sites;
  }

  void require_nodes(MPI_Comm comm, std::size_t nodes, const Anatomy &anatomy, Tissue tissue, const Point3 &centre, const Parameters &deck,
                     const std::string &key)
  {
    if (sum(static_cast<long long>(nodes), comm) > 0)
      return;
    const std::string name = tissue == Tissue::ventricle ? "ventricles" : "atria";
    const auto nearest = nearest_node(anatomy, tissue, centre);
    if (!nearest)
      throw UserError({"a stimulus of the " + name, deck.where(key), "the mesh has no such tissue", "", "choose the other tissue"});
    char away[40];
    std::snprintf(away, sizeof away, ", %.1f mm away", distance(*nearest, centre));
    throw UserError({"a stimulus at " + text_of(centre) + " that reaches no cell", deck.where(key),
                     "no cell of the " + name + " has its centre inside it",
                     "the nearest point of the " + name + " is " + text_of(*nearest) + away,
                     "move it into the tissue, or raise its radius to the edge length of the cells or more"});
  }
}
