#include "electrophysiology/tissue/elements.h"

#include "core/mesh/vectors.h"

#include <cmath>
#include <numbers>

namespace vivicor
{
  namespace
  {
    struct Rule
    {
      std::vector<Point3> points;
      std::vector<double> weights;
      void add(const Point3 &point, double weight)
      {
        points.push_back(point);
        weights.push_back(weight);
      }
    };

    double factorial(unsigned n)
    {
      return n < 2 ? 1.0 : n * factorial(n - 1);
    }

    /// Barycentric coordinates without the first: x, y, z.
    Point3 from_barycentric(const std::array<double, 4> &lambda)
    {
      return {lambda[1], lambda[2], lambda[3]};
    }

    Rule symmetric_simplex_rule(unsigned dimension)
    {
      const double n = dimension, r = (n + 2 - std::sqrt(n + 2)) / ((n + 1) * (n + 2));
      Rule rule;
      for (unsigned special = 0; special <= dimension; ++special)
        {
          std::array<double, 4> lambda{0, 0, 0, 0};
          for (unsigned k = 0; k <= dimension; ++k)
            lambda[k] = k == special ? 1 - n * r : r;
          rule.add(from_barycentric(lambda), 1 / factorial(dimension + 1));
        }
      return rule;
    }

    /// Exact up to degree 2 s + 1.
    Rule grundmann_moeller(unsigned dimension, unsigned s)
    {
      const unsigned d = 2 * s + 1;
      Rule rule;
      for (unsigned i = 0; i <= s; ++i)
        {
          const double denominator = d + dimension - 2 * i;
          const double weight = (i % 2 ? -1 : 1) * std::pow(2.0, -2.0 * s) * std::pow(denominator, d)
                                / (factorial(i) * factorial(d + dimension - i));
          const unsigned sum = s - i;
          for (unsigned a = 0; a <= sum; ++a)
            for (unsigned b = 0; b <= (dimension > 1 ? sum - a : 0); ++b)
              for (unsigned c = 0; c <= (dimension > 2 ? sum - a - b : 0); ++c)
                {
                  Point3 point{(2.0 * a + 1) / denominator, 0, 0};
                  if (dimension > 1)
                    point[1] = (2.0 * b + 1) / denominator;
                  if (dimension > 2)
                    point[2] = (2.0 * c + 1) / denominator;
                  rule.add(point, weight);
                }
        }
      return rule;
    }

    /// n points on [0, 1]: roots of Legendre's polynomial by Newton's method.
    Rule gauss(unsigned n)
    {
      Rule rule;
      for (unsigned k = 0; k < n; ++k)
        {
          double x = std::cos(std::numbers::pi * (k + 0.75) / (n + 0.5)), slope = 1;
          for (unsigned iteration = 0; iteration < 50; ++iteration)
            {
              double before = 1, value = x;
              for (unsigned m = 2; m <= n; ++m)
                {
                  const double next = ((2 * m - 1) * x * value - (m - 1) * before) / m;
                  before = value;
                  value = next;
                }
              slope = n * (x * value - before) / (x * x - 1);
              x -= value / slope;
            }
          rule.add({0.5 * (1 - x), 0, 0}, 1 / ((1 - x * x) * slope * slope));
        }
      return rule;
    }

    Rule gauss_cube(unsigned dimension, unsigned n)
    {
      const Rule line = gauss(n);
      Rule rule;
      for (unsigned k = 0; k < (dimension > 2 ? n : 1); ++k)
        for (unsigned j = 0; j < (dimension > 1 ? n : 1); ++j)
          for (unsigned i = 0; i < n; ++i)
            rule.add({line.points[i][0], dimension > 1 ? line.points[j][0] : 0, dimension > 2 ? line.points[k][0] : 0},
                     line.weights[i] * (dimension > 1 ? line.weights[j] : 1) * (dimension > 2 ? line.weights[k] : 1));
      return rule;
    }

    struct Shape1
    {
      double value, slope;
    };

    /// Lagrange's polynomial k of degree 1 or 2 on [0, 1].
    Shape1 lagrange(unsigned degree, unsigned k, double x)
    {
      if (degree == 1)
        return k == 0 ? Shape1{1 - x, -1} : Shape1{x, 1};
      return k == 0   ? Shape1{(1 - x) * (1 - 2 * x), 4 * x - 3}
             : k == 1 ? Shape1{4 * x * (1 - x), 4 - 8 * x}
                      : Shape1{x * (2 * x - 1), 4 * x - 1};
    }
  }

  Element::Element(Shape shape, unsigned dimension, unsigned degree) : shape(shape), dimension(dimension), degree(degree)
  {
    if (shape == Shape::simplex)
      {
        nodes.push_back({0, 0, 0});
        for (unsigned k = 0; k < dimension; ++k)
          {
            nodes.push_back({0, 0, 0});
            nodes.back()[k] = 1;
          }
        if (degree == 2)
          for (unsigned a = 0; a <= dimension; ++a)
            for (unsigned b = a + 1; b <= dimension; ++b)
              nodes.push_back(0.5 * (nodes[a] + nodes[b]));
        return;
      }
    const double h = 1.0 / degree;
    for (unsigned k = 0; k <= (dimension > 2 ? degree : 0); ++k)
      for (unsigned j = 0; j <= (dimension > 1 ? degree : 0); ++j)
        for (unsigned i = 0; i <= degree; ++i)
          nodes.push_back({i * h, j * h, k * h});
  }

  Element::Point Element::tabulate(const Point3 &at, double weight) const
  {
    Point point;
    point.weight = weight;
    const auto add = [&](double value, const Point3 &gradient) {
      point.value.push_back(value);
      point.gradient.push_back(gradient);
    };
    if (shape == Shape::cube)
      {
        for (const Point3 &node : nodes)
          {
            std::array<Shape1, 3> factor{Shape1{1, 0}, {1, 0}, {1, 0}};
            for (unsigned d = 0; d < dimension; ++d)
              factor[d] = lagrange(degree, static_cast<unsigned>(std::lround(node[d] * degree)), at[d]);
            add(factor[0].value * factor[1].value * factor[2].value,
                {factor[0].slope * factor[1].value * factor[2].value, factor[0].value * factor[1].slope * factor[2].value,
                 factor[0].value * factor[1].value * factor[2].slope});
          }
        return point;
      }
    std::array<double, 4> lambda{1 - at[0] - at[1] - at[2], at[0], at[1], at[2]};
    std::array<Point3, 4> slope{};
    for (unsigned k = 0; k < dimension; ++k)
      {
        slope[0][k] = -1;
        slope[k + 1][k] = 1;
      }
    for (unsigned a = 0; a <= dimension; ++a)
      add(degree == 1 ? lambda[a] : lambda[a] * (2 * lambda[a] - 1), (degree == 1 ? 1.0 : 4 * lambda[a] - 1) * slope[a]);
    if (degree == 2)
      for (unsigned a = 0; a <= dimension; ++a)
        for (unsigned b = a + 1; b <= dimension; ++b)
          add(4 * lambda[a] * lambda[b], 4 * lambda[a] * slope[b] + 4 * lambda[b] * slope[a]);
    return point;
  }

  std::vector<Element::Point> Element::blended_quadrature() const
  {
    const double half = 0.5 * std::sqrt(2.0 / 3); // Gauss: sqrt(1/3); the corners, which lump: 1
    std::vector<Point> result;
    for (unsigned corner = 0; corner < n_corners(); ++corner)
      {
        Point3 at{0, 0, 0};
        for (unsigned d = 0; d < dimension; ++d)
          at[d] = 0.5 + (corner >> d & 1 ? half : -half);
        result.push_back(tabulate(at, 1.0 / n_corners()));
      }
    return result;
  }

  std::vector<Element::Point> Element::quadrature(unsigned exact_degree) const
  {
    const Rule rule = shape == Shape::cube ? gauss_cube(dimension, exact_degree / 2 + 1)
                      : exact_degree <= 2  ? symmetric_simplex_rule(dimension)
                                           : grundmann_moeller(dimension, exact_degree / 2);
    std::vector<Point> result;
    for (std::size_t q = 0; q < rule.points.size(); ++q)
      result.push_back(tabulate(rule.points[q], rule.weights[q]));
    return result;
  }

  namespace
  {
    /// Columns; the identity in the dimensions that the element lacks.
    std::array<Point3, 3> jacobian(const Element &element, const Element::Point &point, const unsigned *nodes,
                                   const std::vector<Point3> &points)
    {
      std::array<Point3, 3> column{};
      for (unsigned a = 0; a < element.n_nodes(); ++a)
        for (unsigned d = 0; d < element.dimension; ++d)
          column[d] = column[d] + point.gradient[a][d] * points[nodes[a]];
      for (unsigned d = element.dimension; d < 3; ++d)
        column[d][d] = 1;
      return column;
    }
  }

  double mapped_volume(const Element &element, const Element::Point &point, const unsigned *nodes, const std::vector<Point3> &points)
  {
    const auto column = jacobian(element, point, nodes, points);
    return point.weight * std::abs(dot(column[0], cross(column[1], column[2])));
  }

  MappedPoint map(const Element &element, const Element::Point &point, const unsigned *nodes, const std::vector<Point3> &points)
  {
    const auto column = jacobian(element, point, nodes, points);
    const std::array<Point3, 3> normal{cross(column[1], column[2]), cross(column[2], column[0]), cross(column[0], column[1])};
    const double determinant = dot(column[0], normal[0]);
    MappedPoint mapped;
    mapped.volume = point.weight * std::abs(determinant);
    for (unsigned a = 0; a < element.n_nodes(); ++a)
      {
        Point3 gradient{0, 0, 0};
        for (unsigned d = 0; d < element.dimension; ++d)
          gradient = gradient + (point.gradient[a][d] / determinant) * normal[d];
        mapped.gradient.push_back(gradient);
      }
    return mapped;
  }
}
