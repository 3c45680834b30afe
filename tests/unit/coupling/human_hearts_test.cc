// No heart of a deck may be the mirror image of a human one: its four valves lie to each other as a patient's do, and the
// fibres of its ventricles wind to the right inside and to the left outside. Left and right, front and back are told by
// the organs themselves; no vector product decides, which would turn round with the heart.
#include "core/units.h"
#include "coupling/deck.h"
#include "coupling/results/surface_activation.h"
#include "electrophysiology/conduction_system/sites.h"
#include "electrophysiology/leads/electrocardiogram.h"
#include "meshes/fibres/landmarks.h"
#include "meshes/surfaces.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

using namespace vivicor;

namespace
{
  Point3 middle_of_region(const Anatomy &anatomy, const std::string &name)
  {
    Point3 sum{0, 0, 0};
    double n = 0;
    const std::vector<char> in = of_region(anatomy, name);
    for (unsigned node = 0; node < in.size(); ++node)
      if (in[node])
        {
          sum = sum + anatomy.points[node];
          ++n;
        }
    EXPECT_GT(n, 0) << name;
    return 1 / n * sum;
  }

  /// Where the valves lie against the mitral one, mm.
  struct Valves
  {
    Valves(const Anatomy &anatomy, const Point3 &direction)
    {
      const auto along = [&](const char *name) {
        return dot(middle_of_region(anatomy, name) - middle_of_region(anatomy, "MV"), direction);
      };
      aortic = along("AV");
      pulmonary = along("PV");
      tricuspid = along("TV");
    }
    double mitral = 0, aortic, pulmonary, tricuspid;
  };

  /// Gray's Anatomy, surface markings of the valves: from above the pulmonary, aortic, mitral and tricuspid one; the
  /// pulmonary one in front of all and the mitral one behind; the tricuspid one farthest to the right.
  void expect_valves_of_a_patient(const Anatomy &anatomy, const HeartAxes &axes)
  {
    constexpr double clearly = 5; // mm
    const Valves right(anatomy, axes.right), front(anatomy, axes.anterior);
    EXPECT_GT(front.pulmonary, front.aortic + clearly);
    EXPECT_GT(front.aortic, front.mitral + clearly);
    EXPECT_GT(front.pulmonary, front.tricuspid + clearly);
    EXPECT_GT(right.tricuspid, right.aortic + clearly);
    EXPECT_GT(right.pulmonary, right.aortic + clearly);
    EXPECT_GT(right.tricuspid, right.mitral + clearly);

    const BodyFrame body(axes);
    const auto towards = [&](const Point3 &p) { return unit(body.place(p) - body.place({0, 0, 0})); };
    const Valves body_front(anatomy, towards({0, -1, 0})), body_up(anatomy, towards({0, 0, 1})), body_right(anatomy, towards({-1, 0, 0}));
    EXPECT_GT(body_front.pulmonary, body_front.aortic + clearly);
    EXPECT_GT(body_front.aortic, body_front.mitral + clearly);
    EXPECT_GT(body_front.tricuspid, body_front.mitral + clearly);
    EXPECT_GT(body_up.pulmonary, body_up.aortic + clearly);
    EXPECT_GT(body_up.aortic, body_up.mitral + clearly);
    EXPECT_LT(body_up.tricuspid, body_up.mitral);
    for (const double other : {body_right.pulmonary, body_right.aortic, body_right.mitral})
      EXPECT_GT(body_right.tricuspid, other + clearly);
  }

  /// What the report shows from the front: right ventricle and pulmonary artery nearest, the left atrium behind; the right
  /// atrium at the left edge of the picture, the apex to the right and below.
  void expect_views_of_a_patient(const Anatomy &anatomy, const HeartAxes &axes)
  {
    const auto views = views_of_the_chest(axes);
    ASSERT_EQ(views.size(), 3u);
    const auto &[name, to_viewer, head] = views[0];
    EXPECT_EQ(name, "anterior");
    const Point3 to_left = unit(cross(head, to_viewer)); // the patient's, which is right on the picture
    const auto near = [&](const char *region) { return dot(middle_of_region(anatomy, region), unit(to_viewer)); };
    const auto left = [&](const Point3 &p) { return dot(p, to_left); };
    EXPECT_GT(near("RV"), near("LV") + 10);
    EXPECT_GT(near("PV"), near("LA") + 20);
    EXPECT_GT(near("RV"), near("LA") + 20);
    EXPECT_LT(left(middle_of_region(anatomy, "RA")), left(middle_of_region(anatomy, "LV")) - 20);
    EXPECT_GT(left(axes.apex), left(axes.centre) + 10);
    EXPECT_LT(dot(axes.apex - axes.centre, head), 0);
    EXPECT_GT(dot(unit(views[1].towards_viewer), to_left), 0.999);
    EXPECT_LT(dot(unit(views[2].towards_viewer), unit(to_viewer)), -0.999);
  }

  /// To the front of the heart: across the long axis and the direction from the LV to the RV, from the mitral to the
  /// pulmonary valve.
  Point3 front_by_valves(const Anatomy &anatomy, const HeartAxes &axes)
  {
    const Point3 d = middle_of_region(anatomy, "PV") - middle_of_region(anatomy, "MV");
    return unit(d - dot(d, axes.up) * axes.up - dot(d, axes.right) * axes.right);
  }

  /// Median helix angle, degrees, of the nodes of a ventricle's free wall on a surface, half-way up; counted from the
  /// circumference that runs from the right of the heart to its front, its left and its back.
  double helix(const Anatomy &anatomy, const Fibres &fibres, const HeartAxes &axes, const std::string &chamber, const Surface &surface)
  {
    const Point3 centre = centre_of(anatomy.points, anatomy.cavities.at(chamber)), front = front_by_valves(anatomy, axes);
    const std::vector<char> on = on_surface(anatomy, surface), wall = of_region(anatomy, chamber);
    const double outside = chamber == "RV" ? 1 : -1; // of the free wall, to the right
    std::vector<double> angles;
    for (unsigned n = 0; n < on.size(); ++n)
      if (on[n] && wall[n] && fibres.apicobasal[n] > 0.3 && fibres.apicobasal[n] < 0.7)
        {
          const Point3 arm = anatomy.points[n] - centre;
          const double to_right = dot(arm, axes.right), to_front = dot(arm, front), out = std::hypot(to_right, to_front);
          if (outside * to_right < 0.7 * out)
            continue;
          const Point3 round = 1 / out * (to_right * front - to_front * axes.right), &f = fibres.nodal[n].fibre;
          angles.push_back(std::atan(dot(f, axes.up) / dot(f, round)) / units::degree);
        }
    EXPECT_GT(angles.size(), 10u) << chamber;
    std::nth_element(angles.begin(), angles.begin() + angles.size() / 2, angles.end());
    return angles[angles.size() / 2];
  }

  /// From +60 degrees at the endocardium to -60 at the epicardium: Streeter et al. 1969, 10.1161/01.RES.24.3.339.
  void expect_fibres_of_a_patient(const Anatomy &anatomy, const Fibres &fibres, const HeartAxes &axes)
  {
    const Surface epi = part_on_tissue(anatomy, anatomy.epicardium, Tissue::ventricle);
    for (const std::string chamber : {"LV", "RV"})
      {
        EXPECT_NEAR(helix(anatomy, fibres, axes, chamber, endocardium(anatomy, chamber)), 60, 15) << chamber;
        EXPECT_NEAR(helix(anatomy, fibres, axes, chamber, epi), -60, 15) << chamber;
      }
  }

  /// Where the bundle branches end: on the left side of the septum, its anterior and its posterior part; on the right side
  /// across, and in front on the free wall. A crescent's own centre line runs within its septum and tells no angle there.
  void expect_early_sites_of_a_patient(const Anatomy &anatomy, const HeartAxes &axes)
  {
    const Point3 front = front_by_valves(anatomy, axes);
    std::map<std::string, Point3> arm; // from the centre of the LV, across the long axis
    for (const EarlySite &site : early_sites(anatomy, axes))
      {
        const Point3 d = site.point - centre_of(anatomy.points, anatomy.cavities.at("LV"));
        arm[site.name] = d - dot(d, axes.up) * axes.up;
      }
    const auto degrees = [&](const char *site) {
      return std::atan2(dot(arm.at(site), front), dot(arm.at(site), axes.right)) / units::degree;
    };
    constexpr double coarse = 25; // the edges of the minimal heart subtend 30 degrees
    EXPECT_NEAR(degrees(left_septum), 15, coarse);
    EXPECT_NEAR(degrees(left_anterior), 60, coarse);
    EXPECT_NEAR(degrees(left_posterior), -70, coarse);
    EXPECT_NEAR(degrees(right_septum), 0, coarse);
    EXPECT_GT(dot(arm.at(right_septum), axes.right), dot(arm.at(left_septum), axes.right) + 4);               // the other side of the wall
    EXPECT_GT(std::hypot(dot(arm.at(right_free_wall), axes.right), dot(arm.at(right_free_wall), front)), 40); // mm, far out
    EXPECT_GT(dot(arm.at(right_free_wall), axes.right), 10);
    EXPECT_GT(dot(arm.at(right_free_wall), front), 0);
  }

  struct Heart
  {
    explicit Heart(const std::string &deck)
      : parameters(read_deck(VIVICOR_SOURCE "/parameters/" + deck, deck_schema()).parameters),
        anatomy(build_anatomy(parameters, {VIVICOR_DATA}))
    {
    }
    Parameters parameters;
    Anatomy anatomy;
  };

  void expect_a_human_heart(const Heart &heart)
  {
    const Fibres fibres = build_fibres(heart.anatomy, heart.parameters);
    const HeartAxes axes = heart_axes(heart.anatomy, fibres);
    expect_valves_of_a_patient(heart.anatomy, axes);
    expect_views_of_a_patient(heart.anatomy, axes);
    expect_fibres_of_a_patient(heart.anatomy, fibres, axes);
    expect_early_sites_of_a_patient(heart.anatomy, axes);
  }

  Anatomy mirrored(Anatomy anatomy)
  {
    for (Point3 &p : anatomy.points)
      p[1] = -p[1];
    for (auto &cell : anatomy.cells)
      std::swap(cell[2], cell[3]);
    for (auto *surface : {&anatomy.epicardium, &anatomy.fixed})
      for (Triangle &triangle : *surface)
        std::swap(triangle.nodes[1], triangle.nodes[2]);
    for (auto &[name, cavity] : anatomy.cavities)
      for (Triangle &triangle : cavity)
        std::swap(triangle.nodes[1], triangle.nodes[2]);
    return anatomy;
  }

  bool has_imaged_heart()
  {
    return std::filesystem::exists(VIVICOR_DATA "/meshes/kit_wholeheart.vtu");
  }
}

TEST(HumanHearts, Default)
{
  expect_a_human_heart(Heart("whole_heart/heart.json"));
}

TEST(HumanHearts, MinimalAndItsMirrorImage)
{
  Heart heart("minimal/heart.json");
  expect_a_human_heart(heart);

  // What the tests above would say of a mirrored heart.
  heart.anatomy = mirrored(heart.anatomy);
  const Fibres fibres = build_fibres(heart.anatomy, heart.parameters);
  const HeartAxes axes = heart_axes(heart.anatomy, fibres);
  const Valves front(heart.anatomy, axes.anterior);
  EXPECT_LT(front.pulmonary, front.aortic - 5);
  EXPECT_LT(front.aortic, front.mitral - 5);
  for (const std::string chamber : {"LV", "RV"})
    EXPECT_LT(helix(heart.anatomy, fibres, axes, chamber, endocardium(heart.anatomy, chamber)), -30) << chamber;
}

TEST(HumanHearts, ImagedUnloaded)
{
  if (!has_imaged_heart())
    GTEST_SKIP() << "needs the public data set: set VIVICOR_DATA to its folder (meshes/kit_wholeheart.vtu)";
  expect_a_human_heart(Heart("whole_heart/kit.json"));
}

TEST(HumanHearts, ImagedAtEndDiastole)
{
  if (!has_imaged_heart())
    GTEST_SKIP() << "needs the public data set: set VIVICOR_DATA to its folder (meshes/kit_wholeheart.vtu)";
  expect_a_human_heart(Heart("whole_heart/kit_imaged.json"));
}
