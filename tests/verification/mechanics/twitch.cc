// A strong twitch of Land's muscle (2017, 10.1016/j.yjmcc.2017.03.008) on the ventricle of Arostica et al. 2025, with the feedback of
// stretch and its rate on the tension. Lagged by a step, the feedback makes tension and stretch oscillate from step to step, the more so
// the shorter the step (Regazzoni and Quarteroni 2021, 10.1016/j.cma.2020.113506); here both are found together.
#include "mechanics/boundary/prescribed_loads.h"
#include "mechanics/mechanics.h"
#include "mechanics/verification/arostica_ventricle.h"
#include "mechanics/verification/solid_anatomy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace vivicor;

namespace
{
  struct Twitch
  {
    std::vector<double> stretch, tension; ///< mean over the nodes, at the end of each step
    double peak = 0;                      ///< kPa, of any node
  };

  Twitch twitch(double dt)
  {
    constexpr double end = 120; // ms
    const ArosticaVentricle ventricle;
    const WallProblem problem = wall_problem(ventricle.mesh(SolidMesh::Shape::tetrahedra, {4, 8, 1}), ventricle_inside, ventricle_base,
                                             [&](const Point3 &X) { return ventricle.fibres(X); });
    Schema schema;
    declare_mechanics(schema);
    Timers timers;
    Mechanics mechanics(MPI_COMM_SELF, problem.anatomy, problem.fibres, std::vector<unsigned>(problem.anatomy.cells.size(), 0),
                        parameters_from_json(R"({"mechanics": {"pericardium": {"stiffness": "0.5 kPa/mm", "base_factor": 1},
                          "vessel_ends": {"stiffness": "0.5 kPa/mm"},
                          "tissue": {"ventricle": {"passive": {"model": "holzapfel_ogden"}, "active": {"model": "land_2017", "scale": 3.3}}}}})",
                                             schema),
                        timers);
    Twitch result;
    for (unsigned k = 0; k * dt < end - 1e-9; ++k)
      {
        const double t = (k + 1) * dt, s = t / 50;
        const std::vector<double> calcium(problem.anatomy.points.size(), 0.1 + 1.0 * s * std::exp(1 - s)); // uM: 1.1 at 50 ms
        mechanics.advance(t - dt, dt, calcium, std::vector<double>{12 * std::pow(std::sin(M_PI / 2 * std::min(1.0, t / 80)), 2)});
        mechanics.commit();
        const Mechanics::NodalFields fields = mechanics.nodal_fields();
        double stretch = 0, tension = 0;
        for (std::size_t i = 0; i < fields.fibre_stretch.size(); ++i)
          {
            stretch += fields.fibre_stretch[i] / static_cast<double>(fields.fibre_stretch.size());
            tension += fields.active_tension[i] / static_cast<double>(fields.active_tension.size());
            result.peak = std::max(result.peak, fields.active_tension[i]);
          }
        result.stretch.push_back(stretch);
        result.tension.push_back(tension);
      }
    return result;
  }

  /// How often the curve turns round.
  unsigned turns(const std::vector<double> &curve)
  {
    unsigned n = 0;
    for (std::size_t i = 2; i < curve.size(); ++i)
      if ((curve[i] - curve[i - 1]) * (curve[i - 1] - curve[i - 2]) < 0)
        ++n;
    return n;
  }
}

TEST(Twitch, DoesNotOscillateWhateverTheStep)
{
  std::vector<Twitch> runs;
  for (const double dt : {2.0, 1.0, 0.5})
    {
      const Twitch run = twitch(dt);
      std::printf("step %.1f ms: peak tension %.2f kPa, mean at the end %.3f kPa, mean stretch %.5f; turns %u and %u\n", dt, run.peak,
                  run.tension.back(), run.stretch.back(), turns(run.tension), turns(run.stretch));
      EXPECT_GT(run.peak, 120);
      EXPECT_LE(turns(run.tension), 1u) << "up, and perhaps down again";
      EXPECT_LE(turns(run.stretch), 3u) << "filled before the tension rises, shortened, let go";
      runs.push_back(run);
    }
  EXPECT_NEAR(runs[0].tension.back(), runs[2].tension.back(), 0.03 * runs[2].tension.back());
  EXPECT_NEAR(runs[1].tension.back(), runs[2].tension.back(), 0.02 * runs[2].tension.back());
}
