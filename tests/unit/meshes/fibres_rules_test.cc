#include "core/error.h"
#include "core/units.h"
#include "meshes/fibres/fibres.h"
#include "tests/unit/meshes/fibres_shapes.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  Parameters deck(const std::string &json = "{}")
  {
    Schema schema;
    declare_fibres(schema);
    return parameters_from_json(json, schema);
  }

  /// Helix angle in degrees, -90..90, against the exact directions of the ellipsoid.
  double helix_angle(const shapes::Ventricles &heart, const Fibres &fibres, unsigned n)
  {
    const auto [around, up, out] = heart.directions(n);
    const double angle = std::atan2(dot(fibres.nodal[n].fibre, up), dot(fibres.nodal[n].fibre, around)) / units::degree;
    return angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
  }

  /// Away from apex and base, where the wall is not cut and the meridians do not meet.
  bool in_the_middle(const shapes::Ventricles &heart, unsigned n)
  {
    const double a = heart.angle_from_apex[n] / units::degree;
    return a > 35 && a < 75;
  }

  double worst_orthonormality(const Fibres &fibres)
  {
    double worst = 0;
    for (const Frame &f : fibres.nodal)
      for (const double error : {norm(f.fibre) - 1, norm(f.sheet) - 1, norm(f.normal) - 1, dot(f.fibre, f.sheet), dot(f.fibre, f.normal),
                                 norm(cross(f.fibre, f.sheet) - f.normal)})
        worst = std::isfinite(error) ? std::max(worst, std::abs(error)) : 1e300;
    return worst;
  }

  double angle_between(const Point3 &a, const Point3 &b)
  {
    return std::acos(std::min(1.0, std::abs(dot(a, b)))) / units::degree;
  }
}

TEST(FibresRules, HelixAngleFollowsTheDeckThroughTheWall)
{
  const shapes::Ventricles heart({8, 24, 48});
  const Fibres fibres = build_fibres(heart.anatomy, deck());
  unsigned checked = 0;
  for (unsigned n = 0; n < heart.anatomy.points.size(); ++n)
    if (in_the_middle(heart, n))
      {
        EXPECT_NEAR(helix_angle(heart, fibres, n), 60 - 120 * fibres.transmural[n], 3) << "depth " << heart.depth[n];
        ++checked;
      }
  EXPECT_GT(checked, 1000u);
}

TEST(FibresRules, AnglesAreTheDecks)
{
  const shapes::Ventricles heart({6, 16, 32});
  const Fibres fibres = build_fibres(heart.anatomy, deck(R"({"fibres": {"ventricles": {
    "fibre_angle_endo": "80 deg", "fibre_angle_epi": "-40 deg",
    "sheet_angle_endo": "0 deg", "sheet_angle_epi": "0 deg"}}})"));
  for (unsigned n = 0; n < heart.anatomy.points.size(); ++n)
    if (in_the_middle(heart, n))
      {
        EXPECT_NEAR(helix_angle(heart, fibres, n), 80 - 120 * fibres.transmural[n], 3);
        EXPECT_LT(angle_between(fibres.nodal[n].sheet, heart.directions(n)[2]), 6);
      }
}

TEST(FibresRules, DepthAndLongAxisAreThoseOfTheEllipsoid)
{
  const shapes::Ventricles heart({6, 16, 32});
  const Fibres fibres = build_fibres(heart.anatomy, deck());
  EXPECT_LT(norm(fibres.apex - Point3{0, 0, -60}), 1e-9);
  EXPECT_LT(norm(fibres.base), 1e-9);
  EXPECT_LT(norm(fibres.long_axis - Point3{0, 0, 1}), 1e-12);
  for (unsigned n = 0; n < heart.anatomy.points.size(); ++n)
    {
      EXPECT_NEAR(fibres.apicobasal[n], 1 + heart.anatomy.points[n][2] / 60, 1e-12);
      if (heart.depth[n] == 0 || heart.depth[n] == 1)
        {
          EXPECT_NEAR(fibres.transmural[n], heart.depth[n], 1e-9);
        }
      if (in_the_middle(heart, n))
        {
          // Harmonic: between the cylinder's logarithm and the sphere's 1/r.
          const double r = 20 + 10 * heart.depth[n];
          EXPECT_GT(fibres.transmural[n], std::log(r / 20) / std::log(1.5) - 0.01);
          EXPECT_LT(fibres.transmural[n], (1 / 20. - 1 / r) / (1 / 20. - 1 / 30.) + 0.01);
        }
    }
}

TEST(FibresRules, WallOneCellThickIsCircumferentialOnTheWhole)
{
  const shapes::Ventricles heart({1, 16, 32});
  const Fibres fibres = build_fibres(heart.anatomy, deck());
  for (const auto &cell : heart.anatomy.cells)
    if (std::all_of(cell.begin(), cell.end(), [&](unsigned n) { return in_the_middle(heart, n); }))
      {
        // Three nodes at +-60 degrees and one at -+60 have the mean atan(tan(60)/2), two and two 0; flipping would
        // give 90.
        const Point3 fibre = fibres.at(cell, std::array<double, 4>{0.25, 0.25, 0.25, 0.25}).fibre;
        EXPECT_GT(std::abs(dot(fibre, heart.directions(cell[0])[0])), std::cos(50 * units::degree));
      }
}

TEST(FibresRules, FramesAreOrthonormalEverywhere)
{
  for (const bool with_right : {false, true})
    {
      const shapes::Ventricles heart({4, 16, 32}, with_right);
      EXPECT_LT(worst_orthonormality(build_fibres(heart.anatomy, deck())), 1e-12);
    }
}

TEST(FibresRules, SeptumTurnsFromOneEndocardiumToTheOther)
{
  const shapes::Ventricles heart({8, 24, 48}, true);
  const Fibres fibres = build_fibres(heart.anatomy, deck());
  unsigned checked = 0;
  for (const Triangle &triangle : heart.anatomy.cavities.at("RV"))
    for (const unsigned n : triangle.nodes)
      if (heart.depth[n] == 1 && in_the_middle(heart, n) && std::abs(heart.around[n] - 112.5 * units::degree) < 0.5)
        {
          // The RV's endocardium: +60 degrees seen from the RV is -60 degrees seen from the LV.
          EXPECT_NEAR(helix_angle(heart, fibres, n), -60, 5);
          EXPECT_NEAR(fibres.transmural[n], 0, 1e-9);
          ++checked;
        }
  EXPECT_GT(checked, 100u);
  for (unsigned n = 0; n < heart.anatomy.points.size(); ++n)
    if (heart.depth[n] < 1 && heart.depth[n] > 0 && in_the_middle(heart, n) && std::abs(heart.around[n] - 112.5 * units::degree) < 0.3)
      {
        EXPECT_LE(fibres.transmural[n], 0.5 + 1e-9);
      }
}

TEST(FibresRules, TurningTheHeartTurnsTheFibres)
{
  shapes::Ventricles heart({4, 12, 24}, true);
  const Fibres before = build_fibres(heart.anatomy, deck());
  const Point3 about = unit({1, 2, -0.5}), shift{30, -12, 7};
  for (Point3 &x : heart.anatomy.points)
    x = shapes::turned(x, about, 1.1) + shift;
  const Fibres after = build_fibres(heart.anatomy, deck());
  EXPECT_LT(norm(after.long_axis - shapes::turned(before.long_axis, about, 1.1)), 1e-10);
  for (unsigned n = 0; n < heart.anatomy.points.size(); ++n)
    {
      EXPECT_GT(std::abs(dot(after.nodal[n].fibre, shapes::turned(before.nodal[n].fibre, about, 1.1))), 1 - 1e-6) << n;
      EXPECT_NEAR(after.transmural[n], before.transmural[n], 1e-8);
      EXPECT_NEAR(after.apicobasal[n], before.apicobasal[n], 1e-10);
    }
}

TEST(FibresRules, FileFieldsReplaceTheRuleWhereTheyAreNotZero)
{
  shapes::Ventricles heart({2, 8, 16});
  auto &fibre = heart.anatomy.vectors["fibre"];
  fibre.assign(heart.anatomy.points.size(), {0, 0, 2});
  fibre[5] = {0, 0, 0};
  const Fibres rule = build_fibres(heart.anatomy, deck());
  const Fibres file = build_fibres(heart.anatomy, deck(R"({"fibres": {"source": "file"}})"));
  EXPECT_LT(worst_orthonormality(file), 1e-12);
  EXPECT_LT(norm(file.nodal[5].fibre - rule.nodal[5].fibre), 1e-12);
  EXPECT_NEAR(std::abs(file.nodal[6].fibre[2]), 1, 1e-12);
  EXPECT_GT(dot(file.nodal[6].fibre, rule.nodal[6].fibre), 0); // on the rule's side
}

TEST(FibresRules, SheetsFromTheFileAreMadePerpendicular)
{
  shapes::Ventricles heart({2, 8, 16});
  heart.anatomy.vectors["f0"].assign(heart.anatomy.points.size(), {0, 0, 2});
  heart.anatomy.vectors["s0"].assign(heart.anatomy.points.size(), {0, 1, 1});
  const Fibres fibres = build_fibres(heart.anatomy, deck(R"({"fibres": {"source": "file", "fibre_array": "f0", "sheet_array": "s0"}})"));
  EXPECT_LT(worst_orthonormality(fibres), 1e-12);
  EXPECT_LT(norm(fibres.nodal[6].sheet - Point3{0, 1, 0}), 1e-12);
}

TEST(FibresRules, MissingFieldOrVentricleIsTheUsersError)
{
  shapes::Ventricles heart({2, 8, 16});
  EXPECT_THROW(build_fibres(heart.anatomy, deck(R"({"fibres": {"source": "file"}})")), UserError);
  heart.anatomy.cavities.clear();
  EXPECT_THROW(build_fibres(heart.anatomy, deck()), UserError);
}
