// Rule-based fibres of the atria: one bundle direction per depth, wound around the mouth of the atrioventricular valve.
//
// A simplification of Piersanti et al. 2021 (10.1016/j.cma.2020.113468), who take the transmural direction and one of
// several mouth-to-mouth fields region by region; we keep the field from the valve to the veins everywhere. Harmonic
// fields on the atrial walls: phi_LA and phi_RA are 1 on their own endocardium and 0 on the other and the epicardium;
// psi is 0 at the atrioventricular rings and 1 where veins enter. In the wall of chamber k
//   sheet  = -grad phi_k (from the blood outwards),
//   fibre  = grad psi x sheet, along the circumference of the mouth, turned towards the veins by an angle of the deck,
//   normal = fibre x sheet.
#include "meshes/fibres/frames.h"
#include "meshes/fibres/laplace.h"
#include "meshes/fibres/rules.h"
#include "meshes/fibres/vectors.h"

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

    // Of the mouths: ventricles, everything named after an atrioventricular valve or a ring, and what touches a
    // ventricle. Other tissue beside the atria is taken for veins.
    Flags nodes_beside(const Anatomy &anatomy, bool mouth)
    {
      const Flags ventricular = of_tissue(anatomy, Tissue::ventricle);
      const auto named_after
        = [](const Region &region, const char *what) { return region.name.find(what) != std::string::npos; };
      Flags flags(anatomy.points.size(), 0);
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        {
          const Region &region = anatomy.regions[anatomy.cell_region[c]];
          const auto &nodes = anatomy.cells[c];
          const bool at_mouth = named_after(region, "mitral") || named_after(region, "tricuspid")
                                || named_after(region, "ring")
                                || std::any_of(nodes.begin(), nodes.end(), [&](unsigned n) { return ventricular[n]; });
          if (region.tissue != Tissue::atrium && at_mouth == mouth)
            for (const unsigned n : nodes)
              flags[n] = 1;
        }
      return flags;
    }

    // Without veins the roof takes their place: the tenth of the wall farthest from the mouth.
    void prescribe_roof(const Anatomy &anatomy, const std::vector<unsigned> &nodes, const Flags &mouth,
                        std::map<unsigned, double> &values)
    {
      Point3 centre{0, 0, 0};
      double count = 0;
      for (const unsigned n : nodes)
        if (mouth[n])
          {
            centre = centre + anatomy.points[n];
            count += 1;
          }
      centre = (1 / std::max(count, 1.0)) * centre;
      double farthest = 0;
      for (const unsigned n : nodes)
        farthest = std::max(farthest, norm(anatomy.points[n] - centre));
      for (const unsigned n : nodes)
        if (norm(anatomy.points[n] - centre) > 0.9 * farthest)
          values[n] = 1;
    }

    std::vector<Point3> mouth_to_veins(const Anatomy &anatomy, const Laplace &laplace)
    {
      const Flags mouth = nodes_beside(anatomy, true), veins = nodes_beside(anatomy, false);
      std::map<unsigned, double> values;
      prescribe(values, veins, 1);
      const bool has_veins = std::any_of(laplace.nodes().begin(), laplace.nodes().end(),
                                         [&](unsigned n) { return veins[n] && !mouth[n]; });
      if (!has_veins)
        prescribe_roof(anatomy, laplace.nodes(), mouth, values);
      prescribe(values, mouth, 0);
      return laplace.gradient(laplace.solve(values));
    }

    std::vector<double> depth_field(const Anatomy &anatomy, const Laplace &laplace, const std::string &one,
                                    const std::string &other)
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
        const bool is_left = left[n] >= right[n];
        const double depth = std::clamp(1 - std::max(left[n], right[n]), 0.0, 1.0);
        fibres.transmural[n] = depth;
        // (sheet, towards the veins, circumference): the wall's normal is kept and the direction of the veins gives
        // way.
        if (const auto wall = frame_from(-1.0 * (is_left ? to_left[n] : to_right[n]), up[n]))
          {
            const double angle = rules.atrium_endo * (1 - depth) + rules.atrium_epi * depth;
            fibres.frame[n] = frame_from(std::sin(angle) * wall->sheet - std::cos(angle) * wall->normal, wall->fibre);
          }
      }
    return fibres;
  }
}
