// Published values, exact solutions and symmetries of single laws.
#include "core/error.h"
#include "tests/conformance/mechanics/models.h"
#include "tests/unit/mechanics/law_at_a_point.h"

#include <array>
#include <cmath>

using namespace vivicor;
using vivicor::test::evaluate;
using vivicor::test::LawAtAPoint;

namespace
{
  using Matrix = std::array<std::array<double, 3>, 3>;
  constexpr int row[6] = {0, 1, 2, 0, 0, 1}, column[6] = {0, 1, 2, 1, 2, 2};

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
    const LawAtAPoint turned = evaluate(law, rotated(general, Q)), straight = evaluate(law, general);
    const auto expected = rotated(straight.S, Q);
    EXPECT_NEAR(turned.W, straight.W, 1e-13 * straight.W);
    for (int c = 0; c < 6; ++c)
      EXPECT_NEAR(turned.S[c], expected[c], 1e-12 * (1. + std::abs(expected[c])));
  }

  /// The tangent at `general` against differences of the stress.
  void expect_tangent(const Material &law)
  {
    const LawAtAPoint exact = evaluate(law, general);
    for (int J = 0; J < 6; ++J)
      {
        const double h = 1e-5;
        auto plus = general, minus = general;
        plus[J] += J < 3 ? h : h / 2.;
        minus[J] -= J < 3 ? h : h / 2.;
        const LawAtAPoint p = evaluate(law, plus), m = evaluate(law, minus);
        for (int I = 0; I < 6; ++I)
          EXPECT_NEAR(exact.D[6 * I + J], (p.S[I] - m.S[I]) / (2. * h), 1e-6 * (std::abs(exact.D[0]) + std::abs(exact.D[21]))) << I << J;
      }
  }
}

// Uniaxial Cauchy stress of an incompressible neo-Hookean bar: sigma = mu (l^2 - 1/l), here from S with the pressure
// that frees the sides: sigma_11 - sigma_22 = l^2 S11 - S22 / l.
TEST(MaterialNeoHooke, UniaxialBar)
{
  const auto law = test::make<Material>("neo_hooke", R"({"mu": "10 kPa"})");
  for (const double l : {0.7, 0.9, 1.2, 1.6})
    {
      const LawAtAPoint p = evaluate(*law, uniaxial(l));
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
  const LawAtAPoint p = evaluate(*law, general);
  double power = 0.;
  for (int c = 0; c < 6; ++c)
    power += p.S[c] * (c < 3 ? 1. + 2. * general[c] : 4. * general[c]);
  EXPECT_NEAR(power, 0., 1e-12);
}

// S11 = C bf E11 exp(bf E11^2) for a strain of the fibre alone, and W of the published formula.
TEST(MaterialGuccione, FibreStrain)
{
  const auto law = test::make<Material>("guccione");
  const LawAtAPoint p = evaluate(*law, {0.2, 0., 0., 0., 0., 0.});
  EXPECT_NEAR(p.S[0], 2. * 8. * 0.2 * std::exp(8. * 0.04), 1e-13);
  const LawAtAPoint q = evaluate(*law, general);
  const double Q = 8. * 0.12 * 0.12 + 2. * (0.05 * 0.05 + 0.03 * 0.03 + 2. * 0.06 * 0.06) + 8. * (0.07 * 0.07 + 0.04 * 0.04);
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
  const double Q = 8. * 0.12 * 0.12 + 6. * 0.05 * 0.05 + 3. * 0.03 * 0.03 + 2. * (12. * 0.07 * 0.07 + 3. * 0.04 * 0.04 + 3. * 0.06 * 0.06);
  EXPECT_NEAR(evaluate(*usyk, general).W, 0.44 * (std::exp(Q) - 1.), 1e-13);
  const auto reduced = test::make<Material>("usyk",
                                            R"({"C": "2 kPa", "bff": 4, "bss": 1, "bnn": 1, "bfs": 2, "bfn": 2, "bsn": 1, "b_scale": 2})");
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
  const LawAtAPoint p = evaluate(*law, uniaxial(l));
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
  const LawAtAPoint p = evaluate(*split, general);
  double power = 0.;
  for (int c = 0; c < 6; ++c)
    power += p.S[c] * (c < 3 ? 1. + 2. * general[c] : 4. * general[c]);
  EXPECT_NEAR(power, 0., 1e-11);
  const double l = 1.1;
  const LawAtAPoint a = evaluate(*split, uniaxial(l)), b = evaluate(*whole, uniaxial(l));
  EXPECT_NEAR(a.W, b.W, 1e-13);
  EXPECT_NEAR(l * l * a.S[0] - a.S[1] / l, l * l * b.S[0] - b.S[1] / l, 1e-11);
}

// The tangents of the options, against differences of their stress.
TEST(MaterialHolzapfelOgden, TangentOfEveryOption)
{
  for (const std::string fibre_switch : {"smooth", "hard", "none"})
    for (unsigned split = 0; split < 8; ++split)
      {
        const auto flag = [&](const unsigned term) { return split >> term & 1u ? "true" : "false"; };
        const std::string json = std::string(R"({"fibre_switch": ")") + fibre_switch + R"(", "isochoric_isotropic": )" + flag(0)
                                 + R"(, "isochoric_fibres": )" + flag(1) + R"(, "isochoric_shear": )" + flag(2) + "}";
        SCOPED_TRACE(json);
        expect_tangent(*test::make<Material>("holzapfel_ogden", json));
      }
}

TEST(MaterialHolzapfelOgdenTransverse, TangentOfEveryOption)
{
  for (const std::string fibre_switch : {"smooth", "hard", "none"})
    for (const std::string split : {"true", "false"})
      expect_tangent(*test::make<Material>("holzapfel_ogden_transverse",
                                           R"({"fibre_switch": ")" + fibre_switch + R"(", "isochoric_fibre": )" + split + "}"));
}

// Energy of the benchmark of Arostica et al. 2025, written out a second time: I1 isochoric, I4 and I8 as they are, the smooth
// step in the energy.
TEST(MaterialHolzapfelOgden, BenchmarkEnergy)
{
  const auto law = test::make<Material>("holzapfel_ogden");
  const Matrix E = tensor(general);
  Matrix C = E;
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b)
      C[a][b] = 2. * E[a][b] + (a == b);
  const double det = C[0][0] * (C[1][1] * C[2][2] - C[1][2] * C[2][1]) - C[0][1] * (C[1][0] * C[2][2] - C[1][2] * C[2][0])
                     + C[0][2] * (C[1][0] * C[2][1] - C[1][1] * C[2][0]);
  const double I1 = std::pow(det, -1. / 3.) * (C[0][0] + C[1][1] + C[2][2]);
  const auto fibre = [](const double a, const double b, const double I4) {
    return a / (2. * b) / (1. + std::exp(-100. * (I4 - 1.))) * (std::exp(b * (I4 - 1.) * (I4 - 1.)) - 1.);
  };
  const double W = 0.059 / (2. * 8.023) * (std::exp(8.023 * (I1 - 3.)) - 1.) + fibre(18.472, 16.026, C[0][0]) + fibre(2.481, 11.12, C[1][1])
                   + 0.216 / (2. * 11.436) * (std::exp(11.436 * C[0][1] * C[0][1]) - 1.);
  EXPECT_NEAR(evaluate(*law, general).W, W, 1e-13 * W);
}

// Without the split of I1 the stress at rest is a pressure, a 1; with it, none. At constant volume both agree but for a
// pressure.
TEST(MaterialHolzapfelOgden, WholeFirstInvariant)
{
  const auto whole = test::make<Material>("holzapfel_ogden", R"({"isochoric_isotropic": false})"),
             split = test::make<Material>("holzapfel_ogden");
  const LawAtAPoint rest = evaluate(*whole, {});
  for (int c = 0; c < 6; ++c)
    EXPECT_NEAR(rest.S[c], c < 3 ? 0.059 : 0., 1e-15);
  const double l = 1.2;
  const LawAtAPoint a = evaluate(*whole, uniaxial(l)), b = evaluate(*split, uniaxial(l));
  EXPECT_NEAR(l * l * a.S[0] - a.S[1] / l, l * l * b.S[0] - b.S[1] / l, 1e-10);
}

TEST(MaterialHolzapfelOgdenTransverse, SymmetryAndTheOrthotropicCase)
{
  const auto law = test::make<Material>("holzapfel_ogden_transverse");
  expect_covariant(*law, rotation_about_1(0.9));
  const auto orthotropic = test::make<Material>("holzapfel_ogden", R"({"a": "2.28 kPa", "b": 9.726, "a_f": "1.685 kPa", "b_f": 15.779,
                                                  "a_s": "0 kPa", "a_fs": "0 kPa"})");
  const LawAtAPoint p = evaluate(*law, general), q = evaluate(*orthotropic, general);
  EXPECT_EQ(p.W, q.W);
  EXPECT_EQ(p.S, q.S);
  EXPECT_EQ(p.D, q.D);
}

// Uniaxial bar: sigma = 2 (l^2 - 1/l) (c1 + c2/l); simple shear g: sigma_12 = 2 (c1 + c2) g and the normal stress
// differences sigma_11 - sigma_33 = 2 c1 g^2, sigma_22 - sigma_33 = -2 c2 g^2 (Rivlin 1948).
TEST(MaterialMooneyRivlin, BarAndSimpleShear)
{
  const double c1 = 3., c2 = 2.;
  const auto law = test::make<Material>("mooney_rivlin", R"({"c1": "3 kPa", "c2": "2 kPa"})");
  for (const double l : {0.7, 0.9, 1.2, 1.6})
    {
      const LawAtAPoint p = evaluate(*law, uniaxial(l));
      EXPECT_NEAR(l * l * p.S[0] - p.S[1] / l, 2. * (l * l - 1. / l) * (c1 + c2 / l), 1e-12);
      EXPECT_NEAR(p.W, c1 * (l * l + 2. / l - 3.) + c2 * (2. * l + 1. / (l * l) - 3.), 1e-13);
    }
  for (const double g : {-0.4, 0.1, 0.8})
    {
      // F = 1 + g e1 x e2: sigma = F S F^T.
      const LawAtAPoint p = evaluate(*law, {0., 0.5 * g * g, 0., 0.5 * g, 0., 0.});
      const double S11 = p.S[0], S22 = p.S[1], S33 = p.S[2], S12 = p.S[3];
      EXPECT_NEAR(S12 + g * S22, 2. * (c1 + c2) * g, 1e-12);
      EXPECT_NEAR(S11 + 2. * g * S12 + g * g * S22 - S33, 2. * c1 * g * g, 1e-12);
      EXPECT_NEAR(S22 - S33, -2. * c2 * g * g, 1e-12);
    }
  EXPECT_NEAR(law->shear_modulus(), 10., 1e-15);
}

TEST(MaterialMooneyRivlin, IsotropicAndNeoHookeWithoutTheSecond)
{
  const auto law = test::make<Material>("mooney_rivlin");
  expect_covariant(*law, rotation_about_1(0.7));
  expect_covariant(*law, rotation_about_3(-1.1));
  EXPECT_NEAR(law->shear_modulus(), test::make<Material>("neo_hooke")->shear_modulus(), 1e-14);
  const auto reduced = test::make<Material>("mooney_rivlin", R"({"c1": "3.725 kPa", "c2": "0 kPa"})");
  const LawAtAPoint p = evaluate(*reduced, general), q = evaluate(*test::make<Material>("neo_hooke"), general);
  for (int c = 0; c < 36; ++c)
    EXPECT_NEAR(p.D[c], q.D[c], 1e-13);
}

TEST(MaterialParameters, BadValuesAreUserErrors)
{
  EXPECT_THROW(test::make<Material>("guccione", R"({"C": "-2 kPa"})"), UserError);
  EXPECT_THROW(test::make<Material>("guccione", R"({"C": "2 mm"})"), UserError);
  EXPECT_THROW(test::make<Material>("holzapfel_ogden", R"({"fibre_switch": "soft"})"), UserError);
  EXPECT_THROW(test::make<Material>("mooney_rivlin", R"({"c1": "0 kPa", "c2": "0 kPa"})"), UserError);
}
