// Rule-based fibres of the atria: one bundle direction per depth, wound around the mouth of the atrioventricular valve.
//
// A simplification of Piersanti et al. 2021 (10.1016/j.cma.2020.113468), who take the transmural direction and one of
// several mouth-to-mouth fields region by region; we keep the field from the valve to the veins everywhere. Harmonic
// fields on the atrial walls: phi_LA and phi_RA are 1 on their own endocardium and 0 on the other and the epicardium;
// psi is 0 at the atrioventricular rings and 1 where veins enter. In the wall of chamber k
//   sheet  = -grad phi_k (from the blood outwards),
//   fibre  = grad psi x sheet, along the circumference of the mouth, turned towards the veins by an angle of the deck,
//   normal = fibre x sheet.
#include "core/mesh/vectors.h"
#include "meshes/fibres/frames.h"
#include "meshes/fibres/laplace.h"
#include "meshes/fibres/rules.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    using Flags = std::vector<char>;

    void prescribe(std::map<unsigned, double> &values, const Flags &nodes, double value)
    {
      for (unsigned n = 0; n < nodes.size(); ++n)
        if (nodes[n])
          values[n] = value;
    }

    // Passive and ventricular cells that stand at a mouth: atrioventricular valves, rings and what touches a ventricle.
    std::vector<char> cells_at_mouth(const Anatomy &anatomy)
    {
      const Flags ventricular = of_tissue(anatomy, Tissue::ventricle);
      std::vector<char> at_mouth(anatomy.cells.size(), 0);
      for (std::size_t c = 0; c < at_mouth.size(); ++c)
        {
          const Region &region = anatomy.regions[anatomy.cell_region[c]];
          const auto &nodes = anatomy.cells[c];
          at_mouth[c] = region.tissue != Tissue::atrium
                        && (is_valve(region, Valve::mitral) || is_valve(region, Valve::tricuspid)
                            || region.name.find("ring") != std::string::npos
                            || std::any_of(nodes.begin(), nodes.end(), [&](unsigned n) { return ventricular[n]; }));
        }
      return at_mouth;
    }

    // Mouths and veins by node. Veins enter where the blood of an atrium meets other passive tissue, the closed ends of
    // their stubs; an aorta that only leans on the atrium from outside is none.
    struct Openings
    {
      Flags mouth, veins;
    };

    Openings find_openings(const Anatomy &anatomy)
    {
      const std::vector<char> at_mouth = cells_at_mouth(anatomy);
      Openings openings{Flags(anatomy.points.size(), 0), Flags(anatomy.points.size(), 0)};
      for (std::size_t c = 0; c < at_mouth.size(); ++c)
        if (at_mouth[c])
          for (const unsigned n : anatomy.cells[c])
            openings.mouth[n] = 1;
      for (const std::string chamber : {"LA", "RA"})
        if (const auto found = anatomy.cavities.find(chamber); found != anatomy.cavities.end())
          for (const Triangle &triangle : part_on_tissue(anatomy, found->second, Tissue::passive))
            if (!at_mouth[triangle.cell])
              for (const unsigned n : anatomy.cells[triangle.cell])
                openings.veins[n] = 1;
      return openings;
    }

    // A chamber without veins gets a roof in their place: the tenth of its wall farthest from the mouth.
    void prescribe_roof(const Anatomy &anatomy, const std::string &chamber, const Openings &openings, std::map<unsigned, double> &values)
    {
      const Flags wall = of_region(anatomy, chamber);
      Point3 centre{0, 0, 0};
      unsigned n_mouth = 0, n_veins = 0;
      for (unsigned n = 0; n < wall.size(); ++n)
        if (wall[n] && openings.mouth[n])
          {
            centre = centre + anatomy.points[n];
            ++n_mouth;
          }
        else if (wall[n] && openings.veins[n])
          ++n_veins;
      if (n_mouth == 0 || n_veins > 0)
        return;
      centre = (1.0 / n_mouth) * centre;
      double farthest = 0;
      for (unsigned n = 0; n < wall.size(); ++n)
        if (wall[n])
          farthest = std::max(farthest, norm(anatomy.points[n] - centre));
      for (unsigned n = 0; n < wall.size(); ++n)
        if (wall[n] && norm(anatomy.points[n] - centre) > 0.9 * farthest)
          values[n] = 1;
    }

    std::vector<Point3> mouth_to_veins(const Anatomy &anatomy, const Laplace &laplace)
    {
      const Openings openings = find_openings(anatomy);
      std::map<unsigned, double> values;
      prescribe(values, openings.veins, 1);
      for (const std::string chamber : {"LA", "RA"})
        prescribe_roof(anatomy, chamber, openings, values);
      prescribe(values, openings.mouth, 0);
      return laplace.gradient(laplace.solve(values));
    }

    std::vector<double> depth_field(const Anatomy &anatomy, const Laplace &laplace, const std::string &one, const std::string &other)
    {
      std::map<unsigned, double> values;
      prescribe(values, on_surface(anatomy, part_on_tissue(anatomy, anatomy.epicardium, Tissue::atrium)), 0);
      prescribe(values, on_surface(anatomy, endocardium(anatomy, other)), 0);
      prescribe(values, on_surface(anatomy, endocardium(anatomy, one)), 1);
      return laplace.solve(values);
    }
  }

  TissueFibres atrial_fibres(const Anatomy &anatomy, const FibreRules &rules)
  {
    const Laplace laplace(anatomy.points, anatomy.cells, cells_of(anatomy, Tissue::atrium));
    TissueFibres fibres{laplace.nodes(), std::vector<std::optional<Frame>>(anatomy.points.size()),
                        std::vector<double>(anatomy.points.size(), 0.5)};
    if (fibres.nodes.empty())
      return fibres;

    const std::vector<double> left = depth_field(anatomy, laplace, "LA", "RA");
    const std::vector<double> right = depth_field(anatomy, laplace, "RA", "LA");
    const std::vector<Point3> to_left = laplace.gradient(left), to_right = laplace.gradient(right);
    const std::vector<Point3> up = mouth_to_veins(anatomy, laplace);
    for (const unsigned n : fibres.nodes)
      {
        // By slope, not by value: both fields vanish on the epicardium.
        const Point3 inward = norm(to_left[n]) >= norm(to_right[n]) ? to_left[n] : to_right[n];
        const double depth = std::clamp(1 - std::max(left[n], right[n]), 0.0, 1.0);
        fibres.transmural[n] = depth;
        // (sheet, towards the veins, circumference); the wall's normal is kept, the direction of the veins gives way.
        if (const auto wall = frame_from(-1.0 * inward, up[n]))
          {
            const double angle = rules.atrium_endo * (1 - depth) + rules.atrium_epi * depth;
            fibres.frame[n] = frame_from(std::sin(angle) * wall->sheet - std::cos(angle) * wall->normal, wall->fibre);
          }
      }
    return fibres;
  }
}
