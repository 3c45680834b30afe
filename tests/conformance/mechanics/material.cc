// What every passive law must satisfy, over the registry: 1,000 random admissible deformations each.
#include "mechanics/materials/material.h"
#include "tests/conformance/mechanics/models.h"

#include <array>
#include <cmath>
#include <random>

using namespace vivicor;

namespace
{
  constexpr std::size_t n = 1000;
  constexpr int row[6] = {0, 1, 2, 0, 0, 1}, column[6] = {0, 1, 2, 1, 2, 2};

  using Matrix = std::array<std::array<double, 3>, 3>;

  double det(const Matrix &F)
  {
    return F[0][0] * (F[1][1] * F[2][2] - F[1][2] * F[2][1]) - F[0][1] * (F[1][0] * F[2][2] - F[1][2] * F[2][0])
           + F[0][2] * (F[1][0] * F[2][1] - F[1][1] * F[2][0]);
  }

  /// Deformations F = 1 + u with entries of u in (-0.25, 0.25) and 0.6 < det F < 1.6.
  std::vector<Matrix> random_deformations(const std::size_t count)
  {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> uniform(-0.25, 0.25);
    std::vector<Matrix> result;
    while (result.size() < count)
      {
        Matrix F;
        for (int a = 0; a < 3; ++a)
          for (int b = 0; b < 3; ++b)
            F[a][b] = (a == b) + uniform(random);
        if (det(F) > 0.6 && det(F) < 1.6)
          result.push_back(F);
      }
    return result;
  }

  /// Their Green-Lagrange strains (6 x n).
  std::vector<double> strains_of(const std::vector<Matrix> &deformations)
  {
    const std::size_t count = deformations.size();
    std::vector<double> E(6 * count);
    for (std::size_t i = 0; i < count; ++i)
      for (int c = 0; c < 6; ++c)
        {
          double C = 0.;
          for (int a = 0; a < 3; ++a)
            C += deformations[i][a][row[c]] * deformations[i][a][column[c]];
          E[c * count + i] = 0.5 * (C - (row[c] == column[c]));
        }
    return E;
  }

  std::vector<double> random_strains(const std::size_t count)
  {
    return strains_of(random_deformations(count));
  }

  /// Cauchy stress F S F^T / det F of point i.
  Matrix cauchy(const Matrix &F, const std::vector<double> &S, const std::size_t count, const std::size_t i)
  {
    constexpr int voigt[3][3] = {{0, 3, 4}, {3, 1, 5}, {4, 5, 2}};
    Matrix sigma{};
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b)
        for (int I = 0; I < 3; ++I)
          for (int J = 0; J < 3; ++J)
            sigma[a][b] += F[a][I] * S[voigt[I][J] * count + i] * F[b][J] / det(F);
    return sigma;
  }

  Matrix product(const Matrix &A, const Matrix &B)
  {
    Matrix C{};
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b)
        for (int k = 0; k < 3; ++k)
          C[a][b] += A[a][k] * B[k][b];
    return C;
  }

  /// A random rotation, from a quaternion.
  Matrix random_rotation(std::mt19937 &random)
  {
    std::normal_distribution<double> normal;
    double q[4], length = 0.;
    for (double &value : q)
      {
        value = normal(random);
        length += value * value;
      }
    for (double &value : q)
      value /= std::sqrt(length);
    const double w = q[0], x = q[1], y = q[2], z = q[3];
    return {{{1. - 2. * (y * y + z * z), 2. * (x * y - w * z), 2. * (x * z + w * y)},
             {2. * (x * y + w * z), 1. - 2. * (x * x + z * z), 2. * (y * z - w * x)},
             {2. * (x * z - w * y), 2. * (y * z + w * x), 1. - 2. * (x * x + y * y)}}};
  }

  /// Adds `step` to engineering strain J of every point.
  std::vector<double> shifted(std::vector<double> E, const int J, const double step)
  {
    for (std::size_t i = 0; i < E.size() / 6; ++i)
      E[J * (E.size() / 6) + i] += J < 3 ? step : 0.5 * step;
    return E;
  }

  struct Evaluated
  {
    std::vector<double> W, S, D;
  };

  Evaluated evaluate(const Material &law, const std::vector<double> &E)
  {
    const std::size_t count = E.size() / 6;
    Evaluated result{std::vector<double>(count), std::vector<double>(6 * count), std::vector<double>(36 * count)};
    law.evaluate(count, E.data(), result.W.data(), result.S.data(), result.D.data());
    return result;
  }

  /// Five-point derivative in engineering strain J of what `values` yields.
  template <class Values>
  std::vector<double> derivative(const Material &law, const std::vector<double> &E, const int J, const Values &values)
  {
    const double h = 2e-5;
    const auto at = [&](const double step) { return values(evaluate(law, shifted(E, J, step))); };
    const auto p1 = at(h), p2 = at(2 * h), m1 = at(-h), m2 = at(-2 * h);
    std::vector<double> result(p1.size());
    for (std::size_t k = 0; k < result.size(); ++k)
      result[k] = (8. * (p1[k] - m1[k]) - (p2[k] - m2[k])) / (12. * h);
    return result;
  }

  /// Largest magnitude among the components of point i.
  double scale(const std::vector<double> &values, const std::size_t count, const std::size_t i)
  {
    double result = 1e-3;
    for (std::size_t c = 0; c < values.size() / count; ++c)
      result = std::max(result, std::abs(values[c * count + i]));
    return result;
  }

  class MaterialLaw : public testing::TestWithParam<std::string>
  {
  protected:
    std::unique_ptr<Material> law = test::make<Material>(GetParam());
  };
}

TEST_P(MaterialLaw, StressIsTheDerivativeOfTheEnergy)
{
  const auto E = random_strains(n);
  const Evaluated exact = evaluate(*law, E);
  for (int J = 0; J < 6; ++J)
    {
      const auto numeric = derivative(*law, E, J, [](const Evaluated &v) { return v.W; });
      for (std::size_t i = 0; i < n; ++i)
        ASSERT_NEAR(exact.S[J * n + i], numeric[i], 1e-6 * std::max(scale(exact.S, n, i), exact.W[i]))
          << "component " << J << ", point " << i;
    }
}

TEST_P(MaterialLaw, TangentIsTheDerivativeOfTheStress)
{
  const auto E = random_strains(n);
  const Evaluated exact = evaluate(*law, E);
  for (int J = 0; J < 6; ++J)
    {
      const auto numeric = derivative(*law, E, J, [](const Evaluated &v) { return v.S; });
      for (int I = 0; I < 6; ++I)
        for (std::size_t i = 0; i < n; ++i)
          ASSERT_NEAR(exact.D[(6 * I + J) * n + i], numeric[I * n + i], 1e-6 * scale(exact.D, n, i))
            << "component " << I << J << ", point " << i;
    }
}

TEST_P(MaterialLaw, TangentIsSymmetric)
{
  const Evaluated v = evaluate(*law, random_strains(n));
  for (int I = 0; I < 6; ++I)
    for (int J = 0; J < I; ++J)
      for (std::size_t i = 0; i < n; ++i)
        ASSERT_NEAR(v.D[(6 * I + J) * n + i], v.D[(6 * J + I) * n + i], 1e-13 * scale(v.D, n, i));
}

// Whoever turns with the wall sees the same energy and the same stress, turned: sigma(Q F) = Q sigma(F) Q^T.
TEST_P(MaterialLaw, Objective)
{
  std::mt19937 random(13);
  const auto deformations = random_deformations(n);
  std::vector<Matrix> rotations, turned;
  for (const Matrix &F : deformations)
    {
      rotations.push_back(random_rotation(random));
      turned.push_back(product(rotations.back(), F));
    }
  const Evaluated v = evaluate(*law, strains_of(deformations)), w = evaluate(*law, strains_of(turned));
  for (std::size_t i = 0; i < n; ++i)
    {
      // Round-off of the strains, 1e-16, times the slope of energy and stress.
      ASSERT_NEAR(w.W[i], v.W[i], 1e-14 * (v.W[i] + scale(v.S, n, i))) << "point " << i;
      const Matrix sigma = cauchy(turned[i], w.S, n, i), straight = cauchy(deformations[i], v.S, n, i);
      const Matrix &Q = rotations[i];
      for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b)
          {
            double expected = 0.;
            for (int c = 0; c < 3; ++c)
              for (int d = 0; d < 3; ++d)
                expected += Q[a][c] * straight[c][d] * Q[b][d];
            ASSERT_NEAR(sigma[a][b], expected, 1e-14 * (scale(v.S, n, i) + scale(v.D, n, i))) << "point " << i;
          }
    }
}

TEST_P(MaterialLaw, RestIsFreeOfStressAndStable)
{
  const Evaluated v = evaluate(*law, std::vector<double>(6, 0.));
  EXPECT_NEAR(v.W[0], 0., 1e-14);
  for (int I = 0; I < 6; ++I)
    EXPECT_NEAR(v.S[I], 0., 1e-12 * law->shear_modulus()) << "component " << I;
  EXPECT_GT(law->shear_modulus(), 0.);
  // A small volume-preserving strain in any direction costs energy.
  for (int trial = 0; trial < 6; ++trial)
    {
      std::vector<double> E(6, 0.);
      if (trial < 3)
        {
          E[trial] = 1e-3;
          E[(trial + 1) % 3] = E[(trial + 2) % 3] = -0.5e-3;
        }
      else
        E[trial] = 1e-3;
      EXPECT_GT(evaluate(*law, E).W[0], 0.) << "direction " << trial;
    }
}

// Fibre, sheet and normal have no sign: reflecting an axis reflects the stress.
TEST_P(MaterialLaw, SignsOfTheLocalAxesDoNotMatter)
{
  const auto E = random_strains(n);
  const Evaluated v = evaluate(*law, E);
  for (int axis = 0; axis < 3; ++axis)
    {
      const auto sign = [axis](const int c) { return (row[c] == axis) != (column[c] == axis) ? -1. : 1.; };
      auto reflected = E;
      for (int c = 0; c < 6; ++c)
        for (std::size_t i = 0; i < n; ++i)
          reflected[c * n + i] *= sign(c);
      const Evaluated w = evaluate(*law, reflected);
      for (std::size_t i = 0; i < n; ++i)
        {
          ASSERT_NEAR(w.W[i], v.W[i], 1e-12 * (1. + v.W[i]));
          for (int c = 0; c < 6; ++c)
            ASSERT_NEAR(w.S[c * n + i], sign(c) * v.S[c * n + i], 1e-12 * scale(v.S, n, i));
        }
    }
}

// A batch gives each point what it gets alone, and the optional outputs change nothing.
TEST_P(MaterialLaw, PointsAreIndependentAndOutputsOptional)
{
  const auto E = random_strains(n);
  const Evaluated v = evaluate(*law, E);
  std::vector<double> S(6 * n);
  law->evaluate(n, E.data(), nullptr, S.data(), nullptr);
  EXPECT_EQ(S, v.S);
  for (const std::size_t i : {std::size_t(0), n / 2, n - 1})
    {
      std::vector<double> one(6);
      for (int c = 0; c < 6; ++c)
        one[c] = E[c * n + i];
      const Evaluated w = evaluate(*law, one);
      EXPECT_EQ(w.W[0], v.W[i]);
      for (int c = 0; c < 36; ++c)
        EXPECT_EQ(w.D[c], v.D[c * n + i]);
    }
}

// Hopeless strains must not look like a stress: the solver then sees inf or NaN and cuts its step.
TEST_P(MaterialLaw, OverflowShowsAsNonFinite)
{
  const std::vector<double> E{80., 80., 80., 0., 0., 0.};
  const Evaluated v = evaluate(*law, E);
  bool finite = true;
  for (const double S : v.S)
    finite = finite && std::isfinite(S);
  if (finite) // a law without an exponential may stay finite; then it must still be the derivative
    {
      const auto numeric = derivative(*law, E, 0, [](const Evaluated &w) { return w.W; });
      EXPECT_NEAR(v.S[0], numeric[0], 1e-6 * (1. + std::abs(v.W[0])));
    }
}

INSTANTIATE_TEST_SUITE_P(Registry, MaterialLaw, testing::ValuesIn(test::names<Material>()), test::test_name);
