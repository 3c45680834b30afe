#include "electrophysiology/electrocardiogram.h"

#include "core/error.h"
#include "core/mpi.h"
#include "electrophysiology/tissue/matrices.h"

#include <cmath>
#include <numbers>

namespace vivicor
{
  void declare_electrocardiogram(Schema &deck)
  {
    Schema ecg = deck.section("ecg", "The electrocardiogram.");
    ecg.quantity("torso_conductivity", "0.2 S/m", 1e-3, 10, "Conductivity of the uniform torso.",
                 "mean of the torso: Gabriel et al. 1996, 10.1088/0031-9155/41/11/001");
    ecg.quantity("intracellular_longitudinal", "0.17 S/m", 0, 10, "Intracellular conductivity along the fibres, of the sources.",
                 "Clerc 1976, 10.1113/jphysiol.1976.sp011283");
    ecg.quantity("intracellular_transverse", "0.019 S/m", 0, 10, "Intracellular conductivity across the fibres, of the sources.",
                 "Clerc 1976, 10.1113/jphysiol.1976.sp011283");
    ecg.quantities("electrodes", {}, "mm", "Places of RA, LA, LL, V1 to V6, three lengths each; empty: automatic.");
  }

  std::array<Point3, 9> electrodes_of(const HeartAxes &axes)
  {
    // A usual heart in its torso, axes (left, posterior, superior): the long axis runs to the right, back and up, and the right
    // ventricle lies to the right and in front of the left one.
    const Point3 up = unit({-0.61, 0.56, 0.56});
    const Point3 towards_right{-0.60, -0.80, 0.0};
    const Point3 right = unit(towards_right - dot(towards_right, up) * up), anterior = cross(up, right);
    const double scale = axes.length / 90.0; // a usual left ventricle is 90 mm long
    const auto place = [&](double left, double posterior, double superior) {
      const Point3 p{scale * left, scale * posterior, scale * superior};
      return axes.centre + (dot(p, up) * axes.up + dot(p, right) * axes.right + dot(p, anterior) * axes.anterior);
    };
    return {place(-200, 0, 170), place(150, 0, 170), place(70, 0, -370),
            place(-50, -75, 20), place(0, -85, 20), place(35, -80, 5), place(70, -70, -15), place(100, -35, -15), place(115, 10, -15)};
  }

  namespace
  {
    std::array<Point3, 9> placed(const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck)
    {
      const auto given = deck.quantities("electrodes");
      if (given.empty())
        return electrodes_of(heart_axes(anatomy, fibres));
      if (given.size() != 27)
        throw UserError({std::to_string(given.size()) + " coordinates of electrodes", deck.where("electrodes"),
                         "nine electrodes have 27", "", "give three lengths each for RA, LA, LL, V1 to V6, or none"});
      std::array<Point3, 9> points;
      for (unsigned e = 0; e < 9; ++e)
        points[e] = {given[3 * e], given[3 * e + 1], given[3 * e + 2]};
      return points;
    }
  }

  Electrocardiogram::Electrocardiogram(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck)
  {
    const Parameters ecg = deck.section("ecg");
    const auto electrodes = placed(anatomy, fibres, ecg);
    const double along = ecg.quantity("intracellular_longitudinal"), across = ecg.quantity("intracellular_transverse");
    const double factor = -1 / (4 * std::numbers::pi * ecg.quantity("torso_conductivity"));
    weights.assign(electrodes.size(), AlignedVector(mesh.n_owned, 0.0));
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      {
        const auto &cell = mesh.cells[c];
        const P1Cell p1 = p1_cell(mesh, c);
        const auto &nodes = anatomy.cells[mesh.parent[c]];
        const Point3 fibre = fibres.at(nodes, mesh.centroid_weights(c, nodes)).fibre;
        Point3 centroid{0, 0, 0};
        for (const unsigned n : cell)
          centroid = centroid + 0.25 * mesh.points[n];
        for (std::size_t e = 0; e < electrodes.size(); ++e)
          {
            const Point3 arm = electrodes[e] - centroid;
            const double r = std::sqrt(dot(arm, arm));
            const Point3 field = (factor * p1.volume / (r * r * r)) * arm; // grad(1/r) by the source's place
            const Point3 lead = across * field + ((along - across) * dot(fibre, field)) * fibre;
            for (unsigned k = 0; k < 4; ++k)
              if (cell[k] < mesh.n_owned)
                weights[e][cell[k]] += dot(lead, p1.gradient[k]);
          }
      }
  }

  const std::vector<std::string> &Electrocardiogram::leads()
  {
    static const std::vector<std::string> names{"I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"};
    return names;
  }

  std::vector<double> Electrocardiogram::operator()(MPI_Comm comm, const double *V) const
  {
    std::vector<double> phi(weights.size(), 0.0);
    for (std::size_t e = 0; e < weights.size(); ++e)
      for (std::size_t i = 0; i < weights[e].size(); ++i)
        phi[e] += weights[e][i] * V[i];
    sum(phi, comm);
    const double RA = phi[0], LA = phi[1], LL = phi[2], central = (RA + LA + LL) / 3;
    std::vector<double> leads{LA - RA, LL - RA, LL - LA, RA - (LA + LL) / 2, LA - (RA + LL) / 2, LL - (RA + LA) / 2};
    for (unsigned v = 3; v < 9; ++v)
      leads.push_back(phi[v] - central);
    return leads;
  }
}
