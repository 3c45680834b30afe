// Every measure compares two configurations of the same material points and is unchanged by a rigid motion of either.
//
// AVPD. Shortening of the distance from the epicardial apex to the centre of the mitral ring. Carlsson et al. 2007
//   (10.1152/ajpheart.01148.2006) follow the atrioventricular plane in long-axis images; its movement relative to the
//   apex, which hardly moves in them, leaves out a drift of the whole heart.
// Wall thickening. From each LV endocardial node in the middle third of the long axis, a ray along the outward
// transmural
//   direction meets the epicardium or the RV endocardium (septum) of the reference configuration; the measure is the
//   mean growth of the distance between node and that material point.
// Torsion. Rotation of the endocardial rings at 25 % and 75 % of the long axis about it, difference per distance
//   between them: Young and Cowan 2012 (10.1186/1532-429X-14-49), their "twist per length".
// GLS. Relative change of the endocardial contour's length in long-axis planes, annulus to apex to annulus: Voigt et
// al.
//   2015 (10.1093/ehjci/jeu184); here in 12 evenly turned planes fixed in the material at end diastole.
// Fibre strain. Volume-weighted mean of |F f0|(now)/|F f0|(end diastole) - 1 over the cells of the LV wall.
#include "mechanics/measures/measures.h"

#include "core/mesh/vectors.h"
#include "core/units.h"
#include "mechanics/measures/wall_thickness.h"
#include "meshes/fibres/landmarks.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <numbers>

namespace vivicor
{
  namespace
  {
    using Points = std::vector<Point3>;

    Point3 mean_of(const Points &x, const std::vector<unsigned> &nodes)
    {
      Point3 sum{0, 0, 0};
      for (const unsigned n : nodes)
        sum = sum + x[n];
      return (1.0 / nodes.size()) * sum;
    }

    struct Axis
    {
      Point3 apex, base, direction;
    };

    Axis axis_in(const LongAxis &landmarks, const Points &x)
    {
      const Point3 base = mean_of(x, landmarks.mitral_ring), apex = x[landmarks.apex_node];
      return {apex, base, unit(base - apex)};
    }

    // --- Wall thickening

    double mean_thickening(const Anatomy &anatomy, const Fibres &fibres, const Points &x_ed, const Points &x_now)
    {
      double sum = 0, count = 0;
      for (const Transmural &line : transmural_lines(anatomy))
        if (fibres.apicobasal[line.inner] >= 0.3 && fibres.apicobasal[line.inner] <= 0.7)
          {
            sum += line.length(x_now) - line.length(x_ed);
            count += 1;
          }
      return count > 0 ? sum / count : 0;
    }

    // --- Torsion
    // ---------------------------------------------------------------------------------------------------------------

    // Turns v as the smallest rotation does that turns unit vector a into unit vector b.
    Point3 turned(const Point3 &v, const Point3 &a, const Point3 &b)
    {
      const Point3 k = cross(a, b);
      const double cosine = dot(a, b);
      if (cosine < -1 + 1e-12)
        {
          const Point3 e = any_perpendicular(a);
          return 2 * dot(v, e) * e - v;
        }
      return cosine * v + cross(k, v) + (dot(k, v) / (1 + cosine)) * k;
    }

    struct Ring
    {
      double rotation = 0, height = 0; // rad, right-handed about the axis; mm along it at end diastole
      bool found = false;
    };

    Ring ring_at(double level, const Fibres &fibres, const std::vector<unsigned> &endo_nodes, const Axis &ed, const Axis &now,
                 const Points &x_ed, const Points &x_now)
    {
      constexpr double half_width = 0.05;
      std::vector<unsigned> nodes;
      std::copy_if(endo_nodes.begin(), endo_nodes.end(), std::back_inserter(nodes),
                   [&](unsigned n) { return std::abs(fibres.apicobasal[n] - level) <= half_width; });
      Ring ring;
      if (nodes.empty())
        return ring;
      const Point3 centre_ed = mean_of(x_ed, nodes), centre_now = mean_of(x_now, nodes);
      for (const unsigned n : nodes)
        {
          const Point3 before = perpendicular_part(x_ed[n] - centre_ed, ed.direction);
          const Point3 after = perpendicular_part(turned(x_now[n] - centre_now, now.direction, ed.direction), ed.direction);
          ring.rotation += std::atan2(dot(ed.direction, cross(before, after)), dot(before, after)) / nodes.size();
        }
      ring.height = dot(centre_ed - ed.apex, ed.direction);
      ring.found = true;
      return ring;
    }

    double torsion(const Fibres &fibres, const std::vector<unsigned> &endo_nodes, const Axis &ed, const Axis &now, const Points &x_ed,
                   const Points &x_now)
    {
      const Ring apical = ring_at(0.25, fibres, endo_nodes, ed, now, x_ed, x_now),
                 basal = ring_at(0.75, fibres, endo_nodes, ed, now, x_ed, x_now);
      if (!apical.found || !basal.found)
        return 0;
      // Seen from the apex the axis points away, so that a right-handed rotation about it appears clockwise.
      const double per_mm = -std::remainder(apical.rotation - basal.rotation, 2 * std::numbers::pi) / (basal.height - apical.height);
      return per_mm / units::degree * 10;
    }

    // --- Strains
    // ---------------------------------------------------------------------------------------------------------------

    // Adds the length of the cut of one triangle with the plane through `origin` across `normal` in both
    // configurations.
    void add_cut(const Triangle &triangle, const Point3 &origin, const Point3 &normal, const Points &x_ed, const Points &x_now,
                 double &length_ed, double &length_now)
    {
      std::array<Point3, 2> end_ed, end_now;
      unsigned found = 0;
      for (unsigned edge = 0; edge < 3; ++edge)
        {
          const unsigned a = triangle.nodes[edge], b = triangle.nodes[(edge + 1) % 3];
          const double side_a = dot(x_ed[a] - origin, normal), side_b = dot(x_ed[b] - origin, normal);
          if ((side_a < 0) == (side_b < 0))
            continue;
          const double w = side_a / (side_a - side_b);
          end_ed[found] = x_ed[a] + w * (x_ed[b] - x_ed[a]);
          end_now[found] = x_now[a] + w * (x_now[b] - x_now[a]);
          ++found;
        }
      if (found == 2)
        {
          length_ed += norm(end_ed[1] - end_ed[0]);
          length_now += norm(end_now[1] - end_now[0]);
        }
    }

    double longitudinal_strain(const Surface &endo, const LongAxis &landmarks, const Axis &ed, const Points &x_ed, const Points &x_now)
    {
      constexpr unsigned n_planes = 12;
      // Half a plane's turn away from a node of the ring, so that planes do not run along mesh lines.
      const Point3 to_ring = perpendicular_part(x_ed[landmarks.mitral_ring[0]] - ed.base, ed.direction);
      const Point3 e0 = norm(to_ring) > 0 ? unit(to_ring) : any_perpendicular(ed.direction), e1 = cross(ed.direction, e0);
      double length_ed = 0, length_now = 0;
      for (unsigned plane = 0; plane < n_planes; ++plane)
        {
          const double angle = std::numbers::pi * (plane + 0.5) / n_planes;
          const Point3 normal = std::cos(angle) * e0 + std::sin(angle) * e1;
          for (const Triangle &triangle : endo)
            add_cut(triangle, ed.base, normal, x_ed, x_now, length_ed, length_now);
        }
      return length_ed > 0 ? length_now / length_ed - 1 : 0;
    }

    // |F f| of one cell with reference edges from node 0: F f = sum of edges(x) times the components of f in edges(X).
    double stretch(const std::array<unsigned, 4> &nodes, const Points &reference, const Points &x, const Point3 &fibre)
    {
      const auto edge = [&](const Points &y, unsigned i) { return y[nodes[i]] - y[nodes[0]]; };
      const Point3 a = edge(reference, 1), b = edge(reference, 2), c = edge(reference, 3);
      const double volume = dot(a, cross(b, c));
      return norm((dot(fibre, cross(b, c)) / volume) * edge(x, 1) + (dot(fibre, cross(c, a)) / volume) * edge(x, 2)
                  + (dot(fibre, cross(a, b)) / volume) * edge(x, 3));
    }

    double mean_fibre_strain(const Anatomy &anatomy, const Fibres &fibres, const Points &x_ed, const Points &x_now)
    {
      double sum = 0, volume = 0;
      for (const unsigned c : lv_cells(anatomy))
        {
          const auto &n = anatomy.cells[c];
          const Points &x = anatomy.points;
          const double cell_volume = dot(x[n[1]] - x[n[0]], cross(x[n[2]] - x[n[0]], x[n[3]] - x[n[0]]));
          const Point3 fibre = fibres.at(n, std::array<double, 4>{0.25, 0.25, 0.25, 0.25}).fibre;
          sum += cell_volume * (stretch(n, x, x_now, fibre) / stretch(n, x, x_ed, fibre) - 1);
          volume += cell_volume;
        }
      return sum / volume;
    }
  }

  Measures measure(const Anatomy &anatomy, const Fibres &fibres, const std::vector<Point3> &end_diastole, const std::vector<Point3> &now)
  {
    constexpr double percent = 100;
    const Points x_ed = moved(anatomy.points, end_diastole), x_now = moved(anatomy.points, now);
    const LongAxis landmarks = find_long_axis(anatomy);
    const Axis axis_ed = axis_in(landmarks, x_ed), axis_now = axis_in(landmarks, x_now);
    const Surface endo = endocardium(anatomy, "LV");

    Measures measures;
    measures.avpd = norm(axis_ed.base - axis_ed.apex) - norm(axis_now.base - axis_now.apex);
    measures.wall_thickening = mean_thickening(anatomy, fibres, x_ed, x_now);
    measures.torsion = torsion(fibres, nodes_of(endo), axis_ed, axis_now, x_ed, x_now);
    measures.gls = percent * longitudinal_strain(endo, landmarks, axis_ed, x_ed, x_now);
    measures.fibre_strain = percent * mean_fibre_strain(anatomy, fibres, x_ed, x_now);
    return measures;
  }
}
