#include "meshes/fibres/fibres.h"

#include "core/error.h"
#include "core/mesh/vectors.h"
#include "core/units.h"
#include "meshes/fibres/frames.h"
#include "meshes/fibres/rules.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    // Later tissues do not overwrite earlier ones: ventricle before atrium before passive.
    void take(const TissueFibres &tissue, std::vector<char> &done, Fibres &fibres)
    {
      for (const unsigned n : tissue.nodes)
        if (!done[n])
          {
            done[n] = 1;
            fibres.nodal[n] = *tissue.frame[n];
            fibres.transmural[n] = tissue.transmural[n];
          }
    }

    // Position along the long axis, as in a stack of short-axis slices.
    void set_apicobasal(const Anatomy &anatomy, const LongAxis &axis, Fibres &fibres)
    {
      const double length = norm(axis.base - axis.apex);
      for (const unsigned c : cells_of(anatomy, Tissue::ventricle))
        for (const unsigned n : anatomy.cells[c])
          fibres.apicobasal[n] = std::clamp(dot(anatomy.points[n] - axis.apex, axis.direction) / length, 0.0, 1.0);
    }

    const std::vector<Point3> &field_of(const Anatomy &anatomy, const std::string &name, const Parameters &deck)
    {
      const auto found = anatomy.vectors.find(name);
      if (found != anatomy.vectors.end() && found->second.size() == anatomy.points.size())
        return found->second;
      std::vector<std::string> names;
      for (const auto &field : anatomy.vectors)
        names.push_back(field.first);
      throw UserError({"the mesh has no nodal vector field '" + name + "'", deck.section("fibres").where("source"),
                       "fibres.source = file takes the fibres from the mesh file", nearest_of(name, names),
                       "correct fibres.fibre_array or fibres.sheet_array, or set fibres.source to rule"});
    }

    // The file's fibre, pointing to the rule's side, and its sheet where it has one; the rule's frame where the file's
    // vector is zero.
    void read_frames(const Anatomy &anatomy, const Parameters &deck, Fibres &fibres)
    {
      const std::string sheet_name = deck.section("fibres").text("sheet_array");
      const std::vector<Point3> &fibre = field_of(anatomy, deck.section("fibres").text("fibre_array"), deck);
      const std::vector<Point3> *sheet = sheet_name.empty() ? nullptr : &field_of(anatomy, sheet_name, deck);
      for (std::size_t n = 0; n < fibres.nodal.size(); ++n)
        {
          if (norm(fibre[n]) == 0)
            continue;
          const Frame rule = fibres.nodal[n];
          const Point3 along = dot(fibre[n], rule.fibre) < 0 ? -1.0 * fibre[n] : fibre[n];
          auto frame = sheet ? frame_from(along, (*sheet)[n]) : std::nullopt;
          if (!frame)
            frame = frame_from(along, rule.sheet);
          if (!frame)
            frame = frame_from(along, rule.normal);
          if (!frame)
            throw UserError({"the fibre of node " + std::to_string(n) + " is no direction", deck.section("fibres").where("fibre_array"),
                             "it is not finite, or too short or too long", "", "mend the array, or set fibres.source to rule"});
          fibres.nodal[n] = *frame;
        }
    }
  }

  void declare_fibres(Schema &deck)
  {
    Schema fibres = deck.section("fibres", "Direction of the muscle fibres and their sheets");
    fibres.choice("source", "rule", {"rule", "file"},
                  "rule: from the shape of the heart; file: nodal vectors of the mesh file, the rule where they are zero");
    fibres.text("fibre_array", "fibre", "source = file: nodal vector array along the fibres");
    fibres.text("sheet_array", "", "source = file: nodal vector array along the sheets; empty: the sheets of the rule");
    const std::string bayer = "Bayer et al. 2012, doi:10.1007/s10439-012-0593-5";
    Schema ventricles = fibres.section("ventricles", "Laplace-Dirichlet rule for both ventricles");
    ventricles.quantity("fibre_angle_endo", "60 deg", -90, 90, "helix angle at the endocardium, counted from the circumference", bayer);
    ventricles.quantity("fibre_angle_epi", "-60 deg", -90, 90, "helix angle at the epicardium", bayer);
    ventricles.quantity("sheet_angle_endo", "-65 deg", -90, 90, "angle of the sheets to the outward direction, endocardium", bayer);
    ventricles.quantity("sheet_angle_epi", "25 deg", -90, 90, "angle of the sheets to the outward direction, epicardium", bayer);
    ventricles.choice("angle_profile", "linear", {"linear", "published"},
                      "helix angle through the free walls: linear in depth, or quadratic as the published interpolation makes it");
    Schema atria = fibres.section("atria", "Fibres around the atrioventricular mouths");
    const std::string piersanti = "simplified from Piersanti et al. 2021, doi:10.1016/j.cma.2020.113468";
    atria.quantity("fibre_angle_endo", "0 deg", -90, 90, "angle to the circumference of the mouth at the endocardium", piersanti);
    atria.quantity("fibre_angle_epi", "0 deg", -90, 90, "angle to the circumference of the mouth at the epicardium", piersanti);
  }

  FibreRules read_fibre_rules(const Parameters &deck)
  {
    const Parameters fibres = deck.section("fibres"), ventricles = fibres.section("ventricles"), atria = fibres.section("atria");
    return {ventricles.quantity("fibre_angle_endo"), ventricles.quantity("fibre_angle_epi"), ventricles.quantity("sheet_angle_endo"),
            ventricles.quantity("sheet_angle_epi"),  atria.quantity("fibre_angle_endo"),     atria.quantity("fibre_angle_epi")};
  }

  void fill_from_neighbours(const Anatomy &anatomy, Tissue tissue, const Point3 &fallback, TissueFibres &fibres)
  {
    const std::vector<unsigned> cells = cells_of(anatomy, tissue);
    bool any_missing = true, progress = true;
    while (any_missing && progress)
      {
        std::vector<std::vector<const Frame *>> neighbours(anatomy.points.size());
        for (const unsigned c : cells)
          for (const unsigned n : anatomy.cells[c])
            if (!fibres.frame[n])
              for (const unsigned m : anatomy.cells[c])
                if (fibres.frame[m])
                  neighbours[n].push_back(&*fibres.frame[m]);
        any_missing = progress = false;
        std::vector<std::pair<unsigned, Frame>> found;
        for (const unsigned n : fibres.nodes)
          if (!neighbours[n].empty())
            {
              const std::vector<double> weights(neighbours[n].size(), 1.0 / neighbours[n].size());
              found.emplace_back(n, mean_frame(neighbours[n].data(), weights.data(), weights.size()));
            }
          else
            any_missing |= !fibres.frame[n];
        for (const auto &[n, frame] : found)
          fibres.frame[n] = frame;
        progress = !found.empty();
      }
    for (const unsigned n : fibres.nodes)
      if (!fibres.frame[n])
        fibres.frame[n] = frame_from(any_perpendicular(fallback), cross(fallback, any_perpendicular(fallback)));
  }

  Fibres build_fibres(const Anatomy &anatomy, const Parameters &deck)
  {
    const FibreRules rules = read_fibre_rules(deck);
    const LongAxis axis = find_long_axis(anatomy);
    TissueFibres ventricles = ventricular_fibres(anatomy, axis, rules), atria = atrial_fibres(anatomy, rules),
                 passive = passive_frames(anatomy, axis);
    fill_from_neighbours(anatomy, Tissue::ventricle, axis.direction, ventricles);
    fill_from_neighbours(anatomy, Tissue::atrium, axis.direction, atria);
    fill_from_neighbours(anatomy, Tissue::passive, axis.direction, passive);

    const std::size_t n_nodes = anatomy.points.size();
    const Frame standard{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    Fibres fibres{std::vector<Frame>(n_nodes, standard),
                  std::vector<double>(n_nodes, 0.5),
                  std::vector<double>(n_nodes, 1),
                  axis.direction,
                  axis.apex,
                  axis.base};
    std::vector<char> done(n_nodes, 0);
    take(ventricles, done, fibres);
    take(atria, done, fibres);
    take(passive, done, fibres);
    set_apicobasal(anatomy, axis, fibres);
    if (deck.section("fibres").text("source") == "file")
      read_frames(anatomy, deck, fibres);
    return fibres;
  }
}
