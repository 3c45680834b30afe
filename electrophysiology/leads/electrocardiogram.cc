#include "electrophysiology/leads/electrocardiogram.h"

#include "core/error.h"
#include "electrophysiology/leads/lead_field.h"
#include "electrophysiology/leads/torso.h"

namespace vivicor
{
  void declare_electrocardiogram(Schema &deck)
  {
    Schema ecg = deck.section("ecg", "The electrocardiogram.");
    ecg.choice("torso", "cylinder", {"cylinder", "unbounded"},
               "Cylinder: an elliptic one with the size of a usual torso, scaled and turned with the heart, that no "
               "current leaves. "
               "Unbounded: a conductor without end, whose potentials are two to three times smaller.");
    ecg.quantity("torso_conductivity", "0.2 S/m", 1e-3, 10, "Conductivity of the uniform torso.",
                 "mean of the torso: Gabriel et al. 1996, 10.1088/0031-9155/41/11/001");
    ecg.quantity("intracellular_longitudinal", "0.17 S/m", 0, 10, "Intracellular conductivity along the fibres, of the sources.",
                 "Clerc 1976, 10.1113/jphysiol.1976.sp011283");
    ecg.quantity("intracellular_transverse", "0.019 S/m", 0, 10, "Intracellular conductivity across the fibres, of the sources.",
                 "Clerc 1976, 10.1113/jphysiol.1976.sp011283");
    ecg.quantities("electrodes", {}, "mm",
                   "Places of RA, LA, LL, V1 to V6, three lengths each, in the coordinates of the mesh; empty: "
                   "automatic, by the heart's "
                   "axes. On a bounded torso the nearest points of its skin are taken.");
  }

  std::vector<Point3> given_electrodes(const Parameters &ecg)
  {
    const auto given = ecg.quantities("electrodes");
    if (!given.empty() && given.size() != 27)
      throw UserError({std::to_string(given.size()) + " coordinates of electrodes", ecg.where("electrodes"), "nine electrodes have 27", "",
                       "give three lengths each for RA, LA, LL, V1 to V6, or none"});
    std::vector<Point3> points;
    for (std::size_t e = 0; 3 * e < given.size(); ++e)
      points.push_back({given[3 * e], given[3 * e + 1], given[3 * e + 2]});
    return points;
  }

  namespace
  {
    // A usual heart in its torso, axes (left, posterior, superior): the long axis runs to the right, back and up, and
    // the right ventricle lies to the right and in front of the left one. The skin lies about 80 mm in front of the
    // ventricles' centre and 125 mm to its left; the cylinder ends at the shoulders and the hips.
    constexpr Point3 long_axis{-0.61, 0.56, 0.56}, towards_right_ventricle{-0.60, -0.80, 0.0};
    constexpr double usual_length = 90; // mm, of the left ventricle
    constexpr double half_width = 150, half_depth = 105, hips = -330, shoulders = 200;
    constexpr Point3 torso_centre{-25, 25, 0};
    constexpr std::array<Point3, 9> usual_electrodes{{{-175, 25, 150},
                                                      {125, 25, 150},
                                                      {75, 25, -330}, // LL after RA, LA
                                                      {-50, -75, 20},
                                                      {0, -85, 20},
                                                      {35, -80, 5}, // V1 to V3, then V4 to V6
                                                      {70, -70, -15},
                                                      {100, -35, -15},
                                                      {115, 10, -15}}};

    TriangleSurface skin(const BodyFrame &body)
    {
      TriangleSurface surface = elliptic_cylinder(half_width, half_depth, hips, shoulders, 24, 12);
      for (Point3 &point : surface.points)
        point = body.place(point + torso_centre);
      return surface;
    }

    std::vector<Point3> electrode_places(const BodyFrame &body, const Parameters &ecg)
    {
      std::vector<Point3> points = given_electrodes(ecg);
      if (points.empty())
        for (const Point3 &electrode : usual_electrodes)
          points.push_back(body.place(electrode));
      return points;
    }

    /// The field of an electrode is smooth in the heart, so its potentials at the nodes, linear between them, give it.
    SourceWeights torso_weights(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const SourceConductivities &sigma,
                                const Torso &torso)
    {
      const std::size_t n = torso.electrodes().size();
      std::vector<double> potential(mesh.n_local() * n, 0.0);
      for (std::size_t node = 0; node < mesh.n_local(); ++node)
        if (mesh.is_real(node))
          torso.potentials(mesh.points[node], &potential[node * n]);
      return {mesh, anatomy, fibres, sigma, n, [&](std::size_t c, const P1Cell &p1, Point3 *integrals) {
                for (std::size_t e = 0; e < n; ++e)
                  {
                    integrals[e] = {0, 0, 0};
                    for (unsigned k = 0; k < 4; ++k)
                      integrals[e] = integrals[e] + p1.volume * potential[mesh.cells[c][k] * n + e] * p1.gradient[k];
                  }
              }};
    }
  }

  SourceConductivities source_conductivities(const Parameters &deck)
  {
    const Parameters ecg = deck.section("ecg");
    return {ecg.quantity("intracellular_longitudinal"), ecg.quantity("intracellular_transverse"), ecg.quantity("torso_conductivity")};
  }

  BodyFrame::BodyFrame(const HeartAxes &axes) : centre(axes.centre)
  {
    const Point3 up = unit(long_axis), right = unit(towards_right_ventricle - dot(towards_right_ventricle, up) * up);
    const Point3 anterior = cross(up, right);
    const double scale = axes.length / usual_length;
    const auto turned = [&](const Point3 &p) {
      return scale * (dot(p, up) * axes.up + dot(p, right) * axes.right + dot(p, anterior) * axes.anterior);
    };
    left = turned({1, 0, 0});
    posterior = turned({0, 1, 0});
    superior = turned({0, 0, 1});
  }

  Point3 BodyFrame::place(const Point3 &p) const
  {
    return centre + (p[0] * left + p[1] * posterior + p[2] * superior);
  }

  std::array<Point3, 9> electrodes_of(const HeartAxes &axes)
  {
    const BodyFrame body(axes);
    std::array<Point3, 9> points;
    for (std::size_t e = 0; e < points.size(); ++e)
      points[e] = body.place(usual_electrodes[e]);
    return points;
  }

  Electrocardiogram::Electrocardiogram(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck)
  {
    const Parameters ecg = deck.section("ecg");
    const BodyFrame body(heart_axes(anatomy, fibres));
    const auto electrodes = electrode_places(body, ecg);
    const SourceConductivities sigma = source_conductivities(deck);
    potentials = ecg.text("torso") == "unbounded" ? unbounded_weights(mesh, anatomy, fibres, sigma, electrodes)
                                                  : torso_weights(mesh, anatomy, fibres, sigma, Torso(skin(body), electrodes));
  }

  const std::vector<std::string> &Electrocardiogram::leads()
  {
    static const std::vector<std::string> names{"I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"};
    return names;
  }

  std::vector<double> Electrocardiogram::leads_of(const std::vector<double> &phi)
  {
    const double RA = phi[0], LA = phi[1], LL = phi[2], central = (RA + LA + LL) / 3;
    std::vector<double> leads{LA - RA, LL - RA, LL - LA, RA - (LA + LL) / 2, LA - (RA + LL) / 2, LL - (RA + LA) / 2};
    for (unsigned v = 3; v < 9; ++v)
      leads.push_back(phi[v] - central);
    return leads;
  }
}
