#include "meshes/sources/generated/heart_shape.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    Point3 along(const Point3 &from, const Point3 &direction, double distance)
    {
      return {from[0] + distance * direction[0], from[1] + distance * direction[1], from[2] + distance * direction[2]};
    }

    Point3 unit(const Point3 &v)
    {
      const double n = std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
      return {v[0] / n, v[1] / n, v[2] / n};
    }

    // Distance along the axis and from it.
    std::array<double, 2> cylindrical(const Cylinder &c, const Point3 &p)
    {
      const Point3 d{p[0] - c.foot[0], p[1] - c.foot[1], p[2] - c.foot[2]};
      const double h = d[0] * c.axis[0] + d[1] * c.axis[1] + d[2] * c.axis[2];
      const double r2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] - h * h;
      return {h, std::sqrt(std::max(0.0, r2))};
    }

    // An ellipsoid cut by z = 0 a depth above its centre, whose lowest point lies `length` below that plane.
    Ellipsoid hanging(double x, double y, double depth, double rx, double ry, double length)
    {
      return {{x, y, -depth}, {rx, ry, length - depth}};
    }

    // A solid stub that leaves an atrium along a direction given in the atrium's own (turned) frame.
    Cylinder vein(const Ellipsoid &atrium, const Point3 &local, double radius, double length_outside)
    {
      const double c = std::cos(atrium.turn), s = std::sin(atrium.turn);
      const Point3 l = unit(local);
      const double surface = 1.0
                             / std::sqrt(std::pow(l[0] / atrium.semi_axes[0], 2) + std::pow(l[1] / atrium.semi_axes[1], 2)
                                         + std::pow(l[2] / atrium.semi_axes[2], 2));
      const Point3 axis{c * l[0] - s * l[1], s * l[0] + c * l[1], l[2]};
      const double inside = 0.5 * surface;
      return {along(atrium.centre, axis, inside), axis, surface - inside + length_outside, radius};
    }
  }

  bool Ellipsoid::contains(const Point3 &p) const
  {
    const double c = std::cos(turn), s = std::sin(turn);
    const double x = p[0] - centre[0], y = p[1] - centre[1];
    const double a = (c * x + s * y) / semi_axes[0], b = (c * y - s * x) / semi_axes[1], d = (p[2] - centre[2]) / semi_axes[2];
    return a * a + b * b + d * d < 1.0;
  }

  Ellipsoid Ellipsoid::grown(double by) const
  {
    return {centre, {semi_axes[0] + by, semi_axes[1] + by, semi_axes[2] + by}, turn};
  }

  bool Cylinder::contains(const Point3 &p) const
  {
    const auto [h, r] = cylindrical(*this, p);
    return h > 0 && h < length && r < radius;
  }

  bool Cylinder::end_contains(const Point3 &p, double tolerance) const
  {
    const auto [h, r] = cylindrical(*this, p);
    return std::abs(h - length) < tolerance && r < radius + tolerance;
  }

  Cylinder Cylinder::grown(double by) const
  {
    return {foot, axis, length, radius + by};
  }

  HeartShape heart_shape(const HeartSizes &s)
  {
    HeartShape h;
    h.top = s.ring;

    // The widest section of the ventricles lies below the valves.
    const double depth = 0.16 * s.lv_length;
    h.lv = hanging(0, 0, depth, s.lv_radius, s.lv_radius, s.lv_length);
    h.lv_outer = h.lv.grown(s.lv_wall);

    // The RV is an ellipsoid from which the LV is cut: a crescent, turned a little to the front where its outflow lies.
    const double reach = s.lv_radius + s.lv_wall + s.rv_width; // from the LV axis to the RV free wall
    const double rx = 0.68 * reach;
    h.rv = hanging(rx - reach, -0.1 * s.rv_depth, depth, rx, s.rv_depth, s.rv_length);
    h.rv_outer = h.rv.grown(s.rv_wall);

    // Aorta over the front of the LV opening, LA over the back of it; their walls grow together between them, as the
    // aorto-mitral curtain does.
    const Point3 back = unit({0.08, 1.0, 0.0});
    const double opening = s.lv_radius * std::sqrt(1 - std::pow(depth / (s.lv_length - depth), 2));
    const double stub = 30.0 + s.ring;
    h.aorta = {along({0, 0, 0}, back, s.aorta_radius - opening), {0, 0, 1}, stub, s.aorta_radius};
    h.aorta_outer = h.aorta.grown(s.vessel_wall);

    const double front_of_la = 2 * s.aorta_radius - opening + s.vessel_wall - (s.atrial_wall + 2.0); // along `back`
    const Point3 la_axes{1.0 * s.la_radius, 0.93 * s.la_radius, 1.08 * s.la_radius};
    h.la = {along({0, 0, s.ring + 0.36 * s.la_radius}, back, front_of_la + s.atrial_wall + la_axes[1]), la_axes,
            -std::atan2(back[0], back[1])};
    h.la_outer = h.la.grown(s.atrial_wall);

    // RA over the back of the RV, overlapping the LA so that they share a septum.
    const Point3 ra_axes{1.0 * s.ra_radius, 1.0 * s.ra_radius, 1.1 * s.ra_radius};
    const double septum = h.la.centre[0] - h.la_outer.semi_axes[0];
    h.ra = {{septum + 0.22 * s.ra_radius - ra_axes[0], h.la.centre[1] - 0.25 * s.ra_radius, s.ring + 0.36 * s.ra_radius}, ra_axes};
    h.ra_outer = h.ra.grown(s.atrial_wall);

    // Pulmonary artery over the front of the RV crescent, nearer to the septum than to the free wall.
    const Point3 front_right = unit({-0.8, -0.62, 0.0});
    const double middle = s.lv_radius + s.lv_wall + 0.3 * s.rv_width;
    h.pulmonary = {along({0, 0, 0}, front_right, middle), {0, 0, 1}, stub, s.pulmonary_radius};
    h.pulmonary_outer = h.pulmonary.grown(s.vessel_wall);

    const double outside = s.atrial_wall + 8.0;
    for (const double side : {-1.0, 1.0})
      for (const double up : {0.25, 1.0})
        h.veins.push_back(vein(h.la, {0.75 * side, 0.75, up}, s.vein_radius, outside));
    h.veins.push_back(vein(h.ra, {-0.1, -0.1, 1.0}, 1.4 * s.vein_radius, outside));  // superior vena cava
    h.veins.push_back(vein(h.ra, {-0.35, 1.0, 0.05}, 1.4 * s.vein_radius, outside)); // inferior vena cava
    return h;
  }

  int heart_tag_at(const HeartShape &h, const Point3 &p)
  {
    using namespace heart_tag;
    const Point3 below{p[0], p[1], -1e-6}, above{p[0], p[1], h.top + 1e-6};
    if (p[2] < 0)
      return h.lv_outer.contains(p) ? LV : RV;
    if (p[2] < h.top)
      {
        const bool over_lv = h.lv.contains(below), over_rv = h.rv.contains(below) && !h.lv_outer.contains(below);
        if (over_lv && h.aorta.contains(above))
          return AV;
        if (over_rv && h.pulmonary.contains(above))
          return PV;
        if (over_lv && h.la.contains(above) && !h.aorta_outer.contains(above))
          return MV;
        if (over_rv && h.ra.contains(above) && !h.la_outer.contains(above))
          return TV;
        return ring;
      }
    if (h.aorta_outer.contains(p))
      return aorta;
    if (h.pulmonary_outer.contains(p))
      return pulmonary;
    for (const Cylinder &vein : h.veins)
      if (vein.contains(p))
        return veins;
    return h.la_outer.contains(p) ? LA : RA;
  }

  bool on_vessel_end(const HeartShape &h, const Point3 &p, double tolerance)
  {
    const auto at_end = [&](const Cylinder &c) { return c.end_contains(p, tolerance); };
    return at_end(h.aorta_outer) || at_end(h.pulmonary_outer) || std::any_of(h.veins.begin(), h.veins.end(), at_end);
  }
}
