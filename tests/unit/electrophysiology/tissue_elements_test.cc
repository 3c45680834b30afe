// Reference elements: quadrature, shape functions, and the matrices made of them.
#include "core/mesh/vectors.h"
#include "electrophysiology/tissue/box_mesh.h"
#include "electrophysiology/tissue/matrices.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  std::vector<Element> all_elements()
  {
    std::vector<Element> elements;
    for (const auto shape : {Element::Shape::simplex, Element::Shape::cube})
      for (unsigned dimension = 1; dimension <= 3; ++dimension)
        for (unsigned degree = 1; degree <= 2; ++degree)
          elements.emplace_back(shape, dimension, degree);
    return elements;
  }

  double factorial(unsigned n)
  {
    return n < 2 ? 1.0 : n * factorial(n - 1);
  }

  /// Integral of x^a y^b z^c over the reference cell.
  double exact_moment(const Element &element, const std::array<unsigned, 3> &p)
  {
    if (element.shape == Element::Shape::cube)
      return 1.0 / ((p[0] + 1) * (p[1] + 1) * (p[2] + 1));
    return factorial(p[0]) * factorial(p[1]) * factorial(p[2]) / factorial(p[0] + p[1] + p[2] + element.dimension);
  }

  Point3 place(const Element &element, const Element::Point &point)
  {
    Point3 x{0, 0, 0};
    for (unsigned a = 0; a < element.n_nodes(); ++a)
      for (unsigned d = 0; d < 3; ++d)
        x[d] += point.value[a] * element.reference_nodes()[a][d];
    return x;
  }
}

TEST(Elements, QuadratureIsExact)
{
  for (const Element &element : all_elements())
    for (const unsigned degree : {1u, 2u, 4u, 5u, 7u})
      for (unsigned a = 0; a <= degree; ++a)
        for (unsigned b = 0; b <= (element.dimension > 1 ? degree - a : 0); ++b)
          for (unsigned c = 0; c <= (element.dimension > 2 ? degree - a - b : 0); ++c)
            {
              double sum = 0;
              for (const auto &point : element.quadrature(degree))
                {
                  const Point3 x = place(element, point);
                  sum += point.weight * std::pow(x[0], a) * std::pow(x[1], b) * std::pow(x[2], c);
                }
              ASSERT_NEAR(sum, exact_moment(element, {a, b, c}), 1e-12) << "dimension " << element.dimension << ", degree " << degree;
            }
}

TEST(Elements, ShapeFunctionsAreOneInTheirNodesAndSumToOne)
{
  for (const Element &element : all_elements())
    for (const auto &point : element.quadrature(3))
      {
        double sum = 0;
        Point3 slope{0, 0, 0};
        for (unsigned a = 0; a < element.n_nodes(); ++a)
          {
            sum += point.value[a];
            for (unsigned d = 0; d < 3; ++d)
              slope[d] += point.gradient[a][d];
          }
        EXPECT_NEAR(sum, 1, 1e-13);
        EXPECT_NEAR(std::abs(slope[0]) + std::abs(slope[1]) + std::abs(slope[2]), 0, 1e-12);
      }
}

TEST(Elements, StiffnessOfAPolynomialIsItsEnergy)
{
  // x' K x is the integral of grad u . D grad u: for u = x + 2 y, and u = x^2 on elements of degree 2, on [0,2] x [0,1] x [0,1].
  for (const Element &element : all_elements())
    {
      const auto box = box_mesh(element, {4, 2, 2}, 0.5);
      const auto matrices = assemble(box.nodes, box.cells, std::vector<SymmetricTensor>(box.cells.size(), {0.3, 0.1, 0.2, 0, 0, 0}));
      Halo halo(MPI_COMM_SELF, box.nodes);
      const auto energy = [&](const auto &u) {
        AlignedVector x(box.nodes.n_local(), 0.0), y(box.nodes.n_owned, 0.0);
        for (std::size_t i = 0; i < box.nodes.groups[0].count; ++i)
          x[i] = u(box.nodes.points[i]);
        multiply(matrices.pattern, matrices.stiffness, nullptr, halo, x.data(), y.data());
        double sum = 0;
        for (std::size_t i = 0; i < box.nodes.groups[0].count; ++i)
          sum -= x[i] * y[i];
        return -sum;
      };
      const double linear = element.dimension == 1 ? 2 * 0.3 : 2 * (0.3 + 4 * 0.1);
      EXPECT_NEAR(energy([](const Point3 &p) { return p[0] + 2 * p[1]; }), linear, 1e-5);
      if (element.degree == 2)
        EXPECT_NEAR(energy([](const Point3 &p) { return p[0] * p[0]; }), 0.3 * 4 * 8 / 3, 1e-5);
    }
}

TEST(Elements, QuadraticTetrahedraOfTheRefinedMeshAreThoseOfABox)
{
  const auto box = test::make_box({3, 2, 2}, 1.0);
  const auto mesh = build_refined_mesh(
    box.anatomy, std::vector<unsigned>(box.anatomy.cells.size(), 0), 0, 1, [](const NodeKey &) { return 0u; }, 1, 2);
  const CellList cells = elements_of(mesh);
  ASSERT_EQ(cells.element.degree, 2u);
  ASSERT_EQ(cells.size(), box.anatomy.cells.size());
  const auto &reference = cells.element.reference_nodes();
  for (std::size_t c = 0; c < cells.size(); ++c)
    for (unsigned a = 4; a < 10; ++a) // an edge's node stands in its middle, as in the reference cell
      for (unsigned d = 0; d < 3; ++d)
        {
          double x = 0;
          const std::array<double, 4> lambda{1 - reference[a][0] - reference[a][1] - reference[a][2], reference[a][0], reference[a][1],
                                             reference[a][2]};
          for (unsigned k = 0; k < 4; ++k)
            x += lambda[k] * mesh.points[cells[c][k]][d];
          EXPECT_NEAR(mesh.points[cells[c][a]][d], x, 1e-12);
        }
}

TEST(Elements, SchemesThatDoNotGoTogetherAreTheUsersErrors)
{
  const auto box = test::make_box({2, 2, 2}, 1.0);
  for (const char *json : {R"({"time_scheme": "bdf2"})", R"({"ionic_current": "interpolated_states", "mass_lumping": 0})",
                           R"({"splitting": "none", "ionic_current": "interpolated_states"})", R"({"degree": 2})",
                           R"({"degree": 2, "refinement": 0, "mass_lumping": 0})"})
    {
      Timers timers;
      EXPECT_THROW(build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0),
                                          test::ep_deck(json), timers),
                   UserError)
        << json;
    }
}

TEST(Elements, BlendedQuadratureIsOfFourthOrderInEveryDirection)
{
  // Rate at which an oblique plane wave decays: K u = rate M u in the middle of the box.
  const auto error = [](double h) {
    const auto box = box_mesh(Element(Element::Shape::cube, 3, 1), {4, 4, 4}, h);
    const Matrices matrices = assemble(box.nodes, box.cells, std::vector<SymmetricTensor>(box.cells.size(), {0.3, 0.1, 0.2, 0, 0, 0}),
                                       box.cells.element.blended_quadrature());
    const Point3 k{0.5, 1.1, -0.8}, middle{2 * h, 2 * h, 2 * h};
    AlignedVector u(box.nodes.n_local(), 0.0), Ku(box.nodes.n_owned), Mu(box.nodes.n_owned);
    for (std::size_t i = 0; i < box.nodes.groups[0].count; ++i)
      u[i] = std::cos(dot(k, box.nodes.points[i] - middle));
    Halo halo(MPI_COMM_SELF, box.nodes);
    multiply(matrices.pattern, matrices.stiffness, nullptr, halo, u.data(), Ku.data());
    multiply(matrices.pattern, matrices.mass, matrices.lumped_mass.data(), halo, u.data(), Mu.data());
    const unsigned n = box.nearest(middle);
    return Ku[n] / Mu[n] / (0.3 * 0.25 + 0.1 * 1.21 + 0.2 * 0.64) - 1;
  };
  EXPECT_LT(std::abs(error(0.4)), 5e-4);
  EXPECT_NEAR(std::log2(error(0.8) / error(0.4)), 4, 0.2);
}
