// Published values, exact solutions and symmetries of single laws.
#include "core/error.h"
#include "mechanics/materials/material.h"
#include "tests/conformance/mechanics/models.h"

#include <array>
#include <cmath>

using namespace vivicor;

namespace
{
  using Matrix = std::array<std::array<double, 3>, 3>;
  constexpr int row[6] = {0, 1, 2, 0, 0, 1}, column[6] = {0, 1, 2, 1, 2, 2};

  struct Point
  {
    double W = 0.;
    std::array<double, 6> S{};
    std::array<double, 36> D{};
  };

  Point evaluate(const Material &law, const std::array<double, 6> &E)
  {
    Point point;
    law.evaluate(1, E.data(), &point.W, point.S.data(), point.D.data());
    return point;
  }

  /// Strain of an incompressible stretch l along axis 1.
  std::array<double, 6> uniaxial(const double l)
  {
    return {0.5 * (l * l - 1.), 0.5 * (1. / l - 1.), 0.5 * (1. / l - 1.), 0., 0., 0.};
  }

  Matrix tensor(const std::array<double, 6> &v)
  {
    Matrix M{};
    for (int c = 0; c < 6; ++c)
      M[row[c]][column[c]] = M[column[c]][row[c]] = v[c];
    return M;
  }

  std::array<double, 6> rotated(const std::array<double, 6> &v, const Matrix &Q)
  {
    const Matrix M = tensor(v);
    std::array<double, 6> result{};
    for (int c = 0; c < 6; ++c)
      for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b)
          result[c] += Q[row[c]][a] * M[a][b] * Q[column[c]][b];
    return result;
  }

  Matrix rotation_about_1(const double angle)
  {
    const double c = std::cos(angle), s = std::sin(angle);
    return {{{1., 0., 0.}, {0., c, -s}, {0., s, c}}};
  }
  Matrix rotation_about_3(const double angle)
  {
    const double c = std::cos(angle), s = std::sin(angle);
    return {{{c, -s, 0.}, {s, c, 0.}, {0., 0., 1.}}};
  }

  const std::array<double, 6> general{0.12, -0.05, 0.03, 0.07, -0.04, 0.06};

  void expect_covariant(const Material &law, const Matrix &Q)
  {
    const Point turned = evaluate(law, rotated(general, Q)), straight = evaluate(law, general);
    const auto expected = rotated(straight.S, Q);
    EXPECT_NEAR(turned.W, straight.W, 1e-13 * straight.W);
    for (int c = 0; c < 6; ++c)
      EXPECT_NEAR(turned.S[c], expected[c], 1e-12 * (1. + std::abs(expected[c])));
  }
}

// Uniaxial Cauchy stress of an incompressible neo-Hookean bar: sigma = mu (l^2 - 1/l), here from S with the pressure
// that frees the sides: sigma_11 - sigma_22 = l^2 S11 - S22 / l.
TEST(MaterialNeoHooke, UniaxialBar)
{
  const auto law = test::make<Material>("neo_hooke", R"({"mu": "10 kPa"})");
  for (const double l : {0.7, 0.9, 1.2, 1.6})
    {
      const Point p = evaluate(*law, uniaxial(l));
      EXPECT_NEAR(l * l * p.S[0] - p.S[1] / l, 10. * (l * l - 1. / l), 1e-12);
      EXPECT_NEAR(p.W, 5. * (l * l + 2. / l - 3.), 1e-13);
    }
}

TEST(MaterialNeoHooke, IsotropicAndFreeOfPressure)
{
  const auto law = test::make<Material>("neo_hooke");
  expect_covariant(*law, rotation_about_1(0.7));
  expect_covariant(*law, rotation_about_3(-1.1));
  // Isochoric: S : C = 0.
  const Point p = evaluate(*law, general);
  double power = 0.;
  for (int c = 0; c < 6; ++c)
    power += p.S[c] * (c < 3 ? 1. + 2. * general[c] : 4. * general[c]);
  EXPECT_NEAR(power, 0., 1e-12);
}

// S11 = C bf E11 exp(bf E11^2) for a strain of the fibre alone, and W of the published formula.
TEST(MaterialGuccione, FibreStrain)
{
  const auto law = test::make<Material>("guccione");
  const Point p = evaluate(*law, {0.2, 0., 0., 0., 0., 0.});
  EXPECT_NEAR(p.S[0], 2. * 8. * 0.2 * std::exp(8. * 0.04), 1e-13);
  const Point q = evaluate(*law, general);
  const double Q
    = 8. * 0.12 * 0.12 + 2. * (0.05 * 0.05 + 0.03 * 0.03 + 2. * 0.06 * 0.06) + 8. * (0.07 * 0.07 + 0.04 * 0.04);
  EXPECT_NEAR(q.W, std::exp(Q) - 1., 1e-13);
}

TEST(MaterialGuccione, TransverselyIsotropic)
{
  expect_covariant(*test::make<Material>("guccione"), rotation_about_1(0.9));
}

// With equal exponents the law is isotropic (Land 2015, problem 2): mean shear modulus C b / 2.
TEST(MaterialGuccione, EqualExponentsAreIsotropic)
{
  const auto law = test::make<Material>("guccione", R"({"C": "10 kPa", "bf": 1, "bt": 1, "bfs": 1})");
  expect_covariant(*law, rotation_about_3(0.6));
  EXPECT_NEAR(law->shear_modulus(), 5., 1e-13);
}

TEST(MaterialUsyk, EnergyAndTheGuccioneCase)
{
  const auto usyk = test::make<Material>("usyk");
  const double Q = 8. * 0.12 * 0.12 + 6. * 0.05 * 0.05 + 3. * 0.03 * 0.03
                   + 2. * (12. * 0.07 * 0.07 + 3. * 0.04 * 0.04 + 3. * 0.06 * 0.06);
  EXPECT_NEAR(evaluate(*usyk, general).W, 0.44 * (std::exp(Q) - 1.), 1e-13);
  const auto reduced = test::make<Material>(
    "usyk", R"({"C": "2 kPa", "bff": 4, "bss": 1, "bnn": 1, "bfs": 2, "bfn": 2, "bsn": 1, "b_scale": 2})");
  const auto guccione = test::make<Material>("guccione");
  for (int c = 0; c < 6; ++c)
    EXPECT_NEAR(evaluate(*reduced, general).S[c], evaluate(*guccione, general).S[c], 1e-13);
}

// Uniaxial extension of the fibre, incompressible, no switch: with x = l^2 - 1,
// S11 - ... = a exp(b (I1 - 3)) + 2 a_f x exp(b_f x^2) (Holzapfel & Ogden 2009, eq. 5.39 without the pressure).
TEST(MaterialHolzapfelOgden, UniaxialFibre)
{
  const auto law = test::make<Material>("holzapfel_ogden", R"({"fibre_switch": "hard"})");
  const double l = 1.15, x = l * l - 1., I1 = l * l + 2. / l;
  const Point p = evaluate(*law, uniaxial(l));
  const double isotropic = 0.059 * std::exp(8.023 * (I1 - 3.)) * (l * l - 1. / l),
               fibre = 2. * 18.472 * x * std::exp(16.026 * x * x) * l * l;
  EXPECT_NEAR(l * l * p.S[0] - p.S[1] / l, isotropic + fibre, 1e-10); // the sheet is shortened: it bears nothing
}

TEST(MaterialHolzapfelOgden, SwitchesAgreeAwayFromTheKink)
{
  const auto smooth = test::make<Material>("holzapfel_ogden"),
             hard = test::make<Material>("holzapfel_ogden", R"({"fibre_switch": "hard"})"),
             none = test::make<Material>("holzapfel_ogden", R"({"fibre_switch": "none"})");
  const std::array<double, 6> stretched{0.15, 0.12, -0.2, 0.02, 0., 0.}, shortened{-0.2, -0.15, 0.3, 0.02, 0., 0.};
  for (int c = 0; c < 6; ++c)
    {
      EXPECT_NEAR(evaluate(*smooth, stretched).S[c], evaluate(*hard, stretched).S[c], 1e-6);
      EXPECT_NEAR(evaluate(*none, stretched).S[c], evaluate(*hard, stretched).S[c], 1e-12);
      EXPECT_NEAR(evaluate(*smooth, shortened).S[c], evaluate(*hard, shortened).S[c], 1e-6);
    }
  EXPECT_LT(evaluate(*none, shortened).S[0], evaluate(*hard, shortened).S[0] - 1.);
}

// Split terms do not see a change of volume: S : C = 0; and they agree with the whole ones where J = 1 up to a
// pressure.
TEST(MaterialHolzapfelOgden, SplitTerms)
{
  const auto split = test::make<Material>("holzapfel_ogden", R"({"isochoric_fibres": true, "isochoric_shear": true})");
  const auto whole = test::make<Material>("holzapfel_ogden");
  const Point p = evaluate(*split, general);
  double power = 0.;
  for (int c = 0; c < 6; ++c)
    power += p.S[c] * (c < 3 ? 1. + 2. * general[c] : 4. * general[c]);
  EXPECT_NEAR(power, 0., 1e-11);
  const double l = 1.1;
  const Point a = evaluate(*split, uniaxial(l)), b = evaluate(*whole, uniaxial(l));
  EXPECT_NEAR(a.W, b.W, 1e-13);
  EXPECT_NEAR(l * l * a.S[0] - a.S[1] / l, l * l * b.S[0] - b.S[1] / l, 1e-11);
}

// The tangents of the options, against differences of their stress.
TEST(MaterialHolzapfelOgden, TangentOfEveryOption)
{
  for (const std::string fibre_switch : {"smooth", "hard", "none"})
    for (const std::string split : {"true", "false"})
      {
        const auto law = test::make<Material>("holzapfel_ogden", R"({"fibre_switch": ")" + fibre_switch
                                                                   + R"(", "isochoric_fibres": )" + split
                                                                   + R"(, "isochoric_shear": )" + split + "}");
        const Point exact = evaluate(*law, general);
        for (int J = 0; J < 6; ++J)
          {
            const double h = 1e-5;
            auto plus = general, minus = general;
            plus[J] += J < 3 ? h : h / 2.;
            minus[J] -= J < 3 ? h : h / 2.;
            const Point p = evaluate(*law, plus), m = evaluate(*law, minus);
            for (int I = 0; I < 6; ++I)
              EXPECT_NEAR(exact.D[6 * I + J], (p.S[I] - m.S[I]) / (2. * h),
                          1e-6 * (std::abs(exact.D[0]) + std::abs(exact.D[21])))
                << fibre_switch << " " << split << " " << I << J;
          }
      }
}

TEST(MaterialParameters, BadValuesAreUserErrors)
{
  EXPECT_THROW(test::make<Material>("guccione", R"({"C": "-2 kPa"})"), UserError);
  EXPECT_THROW(test::make<Material>("guccione", R"({"C": "2 mm"})"), UserError);
  EXPECT_THROW(test::make<Material>("holzapfel_ogden", R"({"fibre_switch": "soft"})"), UserError);
}
