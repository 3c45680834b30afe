// Rule-based fibres of the ventricles, Bayer et al. 2012 (10.1007/s10439-012-0593-5).
//
// Harmonic fields on the ventricular walls: phi_LV, phi_RV, phi_epi are 1 on their own surface and 0 on the two others,
// so they add up to one and the third needs no solve; psi is 0 in a column through the wall at the LV apex and 1 at the
// base. With depth in the septum d = phi_RV/(phi_LV + phi_RV):
//   Q_LV   = orient(axis(grad psi, -grad phi_LV), alpha_s(d), beta_s(d))
//   Q_RV   = orient(axis(grad psi,  grad phi_RV), alpha_s(d), beta_s(d))
//   Q_endo = bislerp(Q_LV, Q_RV, d)
//   Q_epi  = orient(axis(grad psi,  grad phi_epi), alpha_w(phi_epi), beta_w(phi_epi))
//   Q      = bislerp(Q_endo, Q_epi, phi_epi)
// alpha_w(e) = alpha_endo (1 - e) + alpha_epi e is the angle in the free wall; beta alike. The paper's septal angle is
// alpha_s(d) = alpha_endo (1 - 2 d). In the free walls (d = 0 or 1) that makes bislerp mix a frame that keeps
// alpha_endo at all depths with one that has turned by up to 120 degrees, where the shortest way changes sides: at 3/4
// of the depth the helix angle jumps. We take alpha_s = alpha_w(phi_epi) (1 - 2 d): the same on all surfaces and in the
// septum (phi_epi = 0), and exactly alpha_w, linear in phi_epi, in the free walls.
#include "core/mesh/vectors.h"
#include "meshes/fibres/frames.h"
#include "meshes/fibres/laplace.h"
#include "meshes/fibres/rules.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    struct Fields
    {
      std::vector<double> lv, rv;
      std::vector<Point3> grad_lv, grad_rv, grad_base;
    };

    double distance_to_segment(const Point3 &x, const Point3 &a, const Point3 &b)
    {
      const Point3 along = b - a;
      const double t = std::clamp(dot(x - a, along) / std::max(dot(along, along), 1e-30), 0.0, 1.0);
      return norm(x - a - t * along);
    }

    // A single node would leave grad psi pointing through the wall around it, so the apex is a column from endo- to
    // epicardium, as thick as 3 % of the long axis.
    std::map<unsigned, double> apex_and_base(const Anatomy &anatomy, const LongAxis &axis, const std::vector<unsigned> &nodes)
    {
      const std::vector<char> base = ventricular_base(anatomy);
      const double radius = 0.03 * norm(axis.base - axis.apex);
      const Point3 &inner = anatomy.points[axis.inner_apex_node];
      std::map<unsigned, double> prescribed;
      for (const unsigned n : nodes)
        if (base[n])
          prescribed[n] = 1;
        else if (n == axis.apex_node || n == axis.inner_apex_node || distance_to_segment(anatomy.points[n], axis.apex, inner) < radius)
          prescribed[n] = 0;
      return prescribed;
    }

    void prescribe(std::map<unsigned, double> &values, const Surface &surface, double value)
    {
      for (const Triangle &triangle : surface)
        for (const unsigned n : triangle.nodes)
          values[n] = value;
    }

    Fields solve_fields(const Anatomy &anatomy, const LongAxis &axis, const Laplace &laplace)
    {
      // Nodes on two surfaces belong to the endocardium: the later entry wins.
      const Surface epi = part_on_tissue(anatomy, anatomy.epicardium, Tissue::ventricle);
      const Surface lv = endocardium(anatomy, "LV"), rv = endocardium(anatomy, "RV");
      const auto solve = [&](double at_lv, double at_rv) {
        std::map<unsigned, double> prescribed;
        prescribe(prescribed, epi, 0);
        prescribe(prescribed, rv, at_rv);
        prescribe(prescribed, lv, at_lv);
        return laplace.solve(prescribed);
      };
      Fields fields;
      fields.lv = solve(1, 0);
      fields.rv = rv.empty() ? std::vector<double>(anatomy.points.size(), 0) : solve(0, 1);
      fields.grad_lv = laplace.gradient(fields.lv);
      fields.grad_rv = laplace.gradient(fields.rv);
      fields.grad_base = laplace.gradient(laplace.solve(apex_and_base(anatomy, axis, laplace.nodes())));
      return fields;
    }

    // bislerp where an end without weight may be undefined.
    std::optional<Axes> blend(const std::optional<Axes> &a, const std::optional<Axes> &b, double t)
    {
      constexpr double negligible = 1e-6;
      if (t < negligible)
        return a;
      if (t > 1 - negligible)
        return b;
      return a && b ? bislerp(*a, *b, t) : a ? a : b;
    }

    std::optional<Axes> oriented(const Point3 &longitudinal, const Point3 &transmural, double alpha, double beta)
    {
      const auto q = axis(longitudinal, transmural);
      return q ? std::optional<Axes>(orient(*q, alpha, beta)) : std::nullopt;
    }

    std::optional<Frame> rule_at(const Fields &fields, unsigned n, const FibreRules &rules)
    {
      const double lv = std::clamp(fields.lv[n], 0.0, 1.0), rv = std::clamp(fields.rv[n], 0.0, 1.0);
      const double epi = std::clamp(1 - lv - rv, 0.0, 1.0), septal_depth = lv + rv > 0 ? rv / (lv + rv) : 0;
      const auto in_wall = [](double endo, double outer, double depth) { return endo * (1 - depth) + outer * depth; };
      const double alpha_w = in_wall(rules.ventricle_endo, rules.ventricle_epi, epi);
      const double beta_w = in_wall(rules.sheet_endo, rules.sheet_epi, epi);
      const double alpha_s = alpha_w * (1 - 2 * septal_depth), beta_s = beta_w * (1 - 2 * septal_depth);

      const Point3 &up = fields.grad_base[n], &to_lv = fields.grad_lv[n], &to_rv = fields.grad_rv[n];
      const auto q_endo = blend(oriented(up, -1.0 * to_lv, alpha_s, beta_s), oriented(up, to_rv, alpha_s, beta_s), septal_depth);
      const auto q_epi = oriented(up, -1.0 * (to_lv + to_rv), alpha_w, beta_w);
      const auto q = blend(q_endo, q_epi, epi);
      if (!q)
        return {};
      // One sense of winding for all: counter-clockwise around the LV in its wall and in the septum, around the RV in
      // the RV's free wall. bislerp leaves it open.
      const Point3 outward = -1.0 * (2.0 * to_lv + to_rv);
      const Point3 fibre = dot(q->e0, cross(up, outward)) < 0 ? -1.0 * q->e0 : q->e0;
      return frame_from(fibre, dot(q->e2, outward) < 0 ? -1.0 * q->e2 : q->e2);
    }
  }

  TissueFibres ventricular_fibres(const Anatomy &anatomy, const LongAxis &axis, const FibreRules &rules)
  {
    const Laplace laplace(anatomy.points, anatomy.cells, cells_of(anatomy, Tissue::ventricle));
    const Fields fields = solve_fields(anatomy, axis, laplace);
    TissueFibres fibres{laplace.nodes(), std::vector<std::optional<Frame>>(anatomy.points.size()),
                        std::vector<double>(anatomy.points.size(), 0.5)};
    for (const unsigned n : fibres.nodes)
      {
        fibres.frame[n] = rule_at(fields, n, rules);
        // In the free walls this is phi_epi; in the septum it rises from both endocardia to 0.5.
        fibres.transmural[n] = std::clamp(1 - std::max(fields.lv[n], fields.rv[n]), 0.0, 1.0);
      }
    return fibres;
  }
}
