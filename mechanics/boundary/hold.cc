#include "mechanics/boundary/hold.h"

#include "core/mesh/vectors.h"

#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/lapack_full_matrix.h>
#include <deal.II/lac/vector.h>

#include <array>
#include <cstdio>
#include <functional>

namespace vivicor
{
  namespace
  {
    using Motions = std::array<Point3, 6>; // of one point

    /// What the outer surface is measured by.
    struct Outside
    {
      double area = 0, gyration = 0; // mm^2, mm
      Point3 centre{};
    };

    Point3 double_area(const Anatomy &anatomy, const Triangle &t)
    {
      const Point3 &a = anatomy.points[t.nodes[0]];
      return cross(anatomy.points[t.nodes[1]] - a, anatomy.points[t.nodes[2]] - a);
    }

    Outside outside_of(const Anatomy &anatomy)
    {
      Outside outside;
      double squares = 0;
      for (const Surface *surface : {&anatomy.epicardium, &anatomy.fixed})
        for (const Triangle &t : *surface)
          {
            const double third = norm(double_area(anatomy, t)) / 6;
            outside.area += 3 * third;
            for (const unsigned node : t.nodes)
              outside.centre = outside.centre + third * anatomy.points[node];
          }
      outside.centre = (1 / outside.area) * outside.centre;
      for (const Surface *surface : {&anatomy.epicardium, &anatomy.fixed})
        for (const Triangle &t : *surface)
          {
            Point3 sum{};
            double each = 0;
            for (const unsigned node : t.nodes)
              {
                const Point3 arm = anatomy.points[node] - outside.centre;
                sum = sum + arm;
                each += dot(arm, arm);
              }
            squares += norm(double_area(anatomy, t)) / 24 * (each + dot(sum, sum)); // exact for linear arms
          }
      outside.gyration = std::sqrt(squares / outside.area);
      return outside;
    }

    Motions motions_at(const Point3 &x, const Outside &outside)
    {
      const Point3 arm = (1 / outside.gyration) * (x - outside.centre);
      const Point3 axes[3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
      Motions motions;
      for (unsigned i = 0; i < 3; ++i)
        {
          motions[i] = axes[i];
          motions[3 + i] = cross(axes[i], arm);
        }
      return motions;
    }

    using Matrix = std::array<std::array<double, 6>, 6>;

    /// Adds the springs of a surface as Robin has them: linear on each triangle, whose mass matrix is area/12 (1 + delta_ab).
    void add(const Anatomy &anatomy, const Surface &surface, const Outside &outside, const std::function<double(const Triangle &)> &spring,
             bool all_directions, Matrix &K)
    {
      for (const Triangle &t : surface)
        {
          const Point3 vector = double_area(anatomy, t), normal = unit(vector);
          const double weight = spring(t) * norm(vector) / 24 / outside.area;
          std::array<Motions, 3> r;
          for (unsigned a = 0; a < 3; ++a)
            {
              r[a] = motions_at(anatomy.points[t.nodes[a]], outside);
              if (!all_directions)
                for (Point3 &motion : r[a])
                  motion = dot(motion, normal) * normal;
            }
          for (unsigned a = 0; a < 3; ++a)
            for (unsigned b = 0; b < 3; ++b)
              for (unsigned i = 0; i < 6; ++i)
                for (unsigned j = 0; j < 6; ++j)
                  K[i][j] += weight * (a == b ? 2 : 1) * dot(r[a][i], r[b][j]);
        }
    }

    std::string in_words(const Point3 &shift, const Point3 &turn)
    {
      const bool turns = norm(turn) > norm(shift);
      const Point3 axis = unit(turns ? turn : shift);
      char text[80];
      std::snprintf(text, sizeof text, "%s (%.1f, %.1f, %.1f)", turns ? "a turn about" : "a shift along", axis[0], axis[1], axis[2]);
      return text;
    }

    Hold softest(const Matrix &K)
    {
      dealii::LAPACKFullMatrix<double> matrix(6, 6);
      double trace = 0;
      for (unsigned i = 0; i < 6; ++i)
        for (unsigned j = 0; j < 6; ++j)
          {
            matrix(i, j) = K[i][j];
            trace += i == j ? K[i][j] : 0;
          }
      dealii::Vector<double> values;
      dealii::FullMatrix<double> vectors;
      matrix.compute_eigenvalues_symmetric(-trace - 1, trace + 1, 0, values, vectors); // ascending
      Hold hold;
      hold.stiffness = std::max(0.0, values[0]);
      hold.motion = in_words({vectors(0, 0), vectors(1, 0), vectors(2, 0)}, {vectors(3, 0), vectors(4, 0), vectors(5, 0)});
      return hold;
    }
  }

  Hold hold_of(const Anatomy &anatomy, const Fibres &fibres, const MechanicsSettings &settings, double cycle_length)
  {
    const Outside outside = outside_of(anatomy);
    const RobinSettings &robin = settings.robin;
    Matrix K{};
    add(
      anatomy, anatomy.epicardium, outside,
      [&](const Triangle &t) {
        return (robin.stiffness + robin.damping / cycle_length) * pericardium_factor(fibres, t, robin.base_factor);
      },
      false, K);
    add(
      anatomy, anatomy.fixed, outside, [&](const Triangle &) { return robin.fixed_stiffness + robin.fixed_damping / cycle_length; }, true,
      K);
    Hold hold = softest(K);
    hold.clamped = settings.clamped_ends && !anatomy.fixed.empty();
    return hold;
  }
}
