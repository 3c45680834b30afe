#include "meshes/fibres/frames.h"

#include "core/mesh/vectors.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    using Quaternion = std::array<double, 4>; // w, x, y, z

    double dot4(const Quaternion &a, const Quaternion &b)
    {
      return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
    }

    // Shepperd's choice of the largest component keeps the division well away from zero.
    Quaternion quaternion(const Axes &q)
    {
      const double m00 = q.e0[0], m11 = q.e1[1], m22 = q.e2[2];
      const Quaternion squares{1 + m00 + m11 + m22, 1 + m00 - m11 - m22, 1 - m00 + m11 - m22, 1 - m00 - m11 + m22};
      const auto largest = std::max_element(squares.begin(), squares.end()) - squares.begin();
      const double twice = std::sqrt(squares[largest]), f = 0.5 / twice;
      const double zy = q.e1[2] - q.e2[1], xz = q.e2[0] - q.e0[2], yx = q.e0[1] - q.e1[0];
      const double sxy = q.e0[1] + q.e1[0], sxz = q.e2[0] + q.e0[2], syz = q.e1[2] + q.e2[1];
      switch (largest)
        {
        case 0:
          return {0.5 * twice, f * zy, f * xz, f * yx};
        case 1:
          return {f * zy, 0.5 * twice, f * sxy, f * sxz};
        case 2:
          return {f * xz, f * sxy, 0.5 * twice, f * syz};
        default:
          return {f * yx, f * sxz, f * syz, 0.5 * twice};
        }
    }

    Axes axes(const Quaternion &q)
    {
      const auto [w, x, y, z] = q;
      return {{1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)},
              {2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)},
              {2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)}};
    }

    // q followed by nothing, or by a half turn about its own first, second or third axis: q, q i, q j, q k.
    std::array<Quaternion, 4> half_turns(const Quaternion &q)
    {
      const auto [w, x, y, z] = q;
      return {{{w, x, y, z}, {-x, w, z, -y}, {-y, -z, w, x}, {-z, y, -x, w}}};
    }

    Quaternion slerp(const Quaternion &a, const Quaternion &b, double t)
    {
      const double cosine = std::clamp(dot4(a, b), -1.0, 1.0), angle = std::acos(cosine);
      double wa = 1 - t, wb = t;
      if (angle > 1e-6)
        {
          wa = std::sin((1 - t) * angle) / std::sin(angle);
          wb = std::sin(t * angle) / std::sin(angle);
        }
      Quaternion result;
      for (unsigned i = 0; i < 4; ++i)
        result[i] = wa * a[i] + wb * b[i];
      const double length = std::sqrt(dot4(result, result));
      for (double &component : result)
        component /= length;
      return result;
    }

    // Sum of one axis of the frames, those turned round that are nearly opposite to the first. Nearly: fibres of one
    // wall that is a single cell thick may stand at 120 degrees to each other, +60 inside and -60 outside, and their
    // mean is the circumference between them, not the long axis that turning one round would give.
    Point3 aligned_sum(const Frame *const *frames, const double *weights, std::size_t n, Point3 Frame::*axis)
    {
      constexpr double nearly_opposite = -0.71; // 135 degrees
      Point3 sum{0, 0, 0};
      for (std::size_t i = 0; i < n; ++i)
        {
          const Point3 &v = frames[i]->*axis;
          sum = sum + (dot(v, frames[0]->*axis) < nearly_opposite ? -weights[i] : weights[i]) * v;
        }
      return sum;
    }
  }

  std::optional<Axes> axis(const Point3 &longitudinal, const Point3 &transmural)
  {
    constexpr double sine_of_two_degrees = 0.035;
    const Point3 e1 = unit(longitudinal), across = perpendicular_part(unit(transmural), e1);
    if (norm(e1) == 0 || norm(across) < sine_of_two_degrees)
      return {};
    const Point3 e2 = unit(perpendicular_part(unit(across), e1));
    return Axes{cross(e1, e2), e1, e2};
  }

  Axes orient(const Axes &q, double alpha, double beta)
  {
    const double ca = std::cos(alpha), sa = std::sin(alpha), cb = std::cos(beta), sb = std::sin(beta);
    const Point3 fibre = ca * q.e0 + sa * q.e1, across = ca * q.e1 - sa * q.e0;
    return {fibre, cb * across - sb * q.e2, sb * across + cb * q.e2};
  }

  Axes bislerp(const Axes &a, const Axes &b, double t)
  {
    const Quaternion end = quaternion(b);
    Quaternion start{};
    double nearest = 0;
    for (const Quaternion &same : half_turns(quaternion(a)))
      if (const double d = dot4(same, end); std::abs(d) > std::abs(nearest))
        {
          nearest = d;
          start = same;
        }
    if (nearest < 0)
      for (double &component : start)
        component = -component;
    return axes(slerp(start, end, t));
  }

  std::optional<Frame> frame_from(const Point3 &fibre, const Point3 &sheet)
  {
    const Point3 f = unit(fibre), across = perpendicular_part(unit(sheet), f);
    if (norm(f) == 0 || norm(across) < 1e-6)
      return {};
    // Once more: the first subtraction loses digits where sheet and fibre were almost parallel.
    const Point3 s = unit(perpendicular_part(unit(across), f));
    return Frame{f, s, cross(f, s)};
  }

  Frame mean_frame(const Frame *const *frames, const double *weights, std::size_t n)
  {
    const Point3 fibre = aligned_sum(frames, weights, n, &Frame::fibre);
    if (norm(fibre) < 1e-12)
      return *frames[std::max_element(weights, weights + n) - weights];
    if (const auto frame = frame_from(fibre, aligned_sum(frames, weights, n, &Frame::sheet)))
      return *frame;
    if (const auto frame = frame_from(fibre, cross(aligned_sum(frames, weights, n, &Frame::normal), fibre)))
      return *frame;
    return *frame_from(fibre, any_perpendicular(unit(fibre)));
  }
}
