#include "electrophysiology/leads/source_weights.h"

#include "core/mpi.h"
#include "electrophysiology/leads/lead_field.h"

#include <numbers>
#include <numeric>

namespace vivicor
{
  SourceWeights::SourceWeights(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const SourceConductivities &sigma,
                               std::size_t n_electrodes, const FieldIntegrals &field)
    : weights(n_electrodes, AlignedVector(mesh.n_owned, 0.0))
  {
    const double factor = -1 / (4 * std::numbers::pi * sigma.around);
    std::vector<Point3> integrals(n_electrodes);
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      {
        const auto &cell = mesh.cells[c];
        const P1Cell p1 = p1_cell(mesh, c);
        const auto &nodes = anatomy.cells[mesh.parent[c]];
        const Point3 fibre = fibres.at(nodes, mesh.centroid_weights(c, nodes)).fibre;
        field(c, p1, integrals.data());
        for (std::size_t e = 0; e < n_electrodes; ++e)
          {
            const Point3 &z = integrals[e];
            const Point3 lead = factor * (sigma.across * z + ((sigma.along - sigma.across) * dot(fibre, z)) * fibre);
            for (unsigned k = 0; k < 4; ++k)
              if (cell[k] < mesh.n_owned)
                weights[e][cell[k]] += dot(lead, p1.gradient[k]);
          }
      }
  }

  std::vector<double> SourceWeights::parts(const double *V) const
  {
    constexpr std::size_t width = 8; // owned nodes are padded to it; sums side by side are vectors
    std::vector<double> phi(weights.size(), 0.0);
    for (std::size_t e = 0; e < weights.size(); ++e)
      {
        double partial[width] = {};
        for (std::size_t i = 0; i < weights[e].size(); i += width)
          for (std::size_t k = 0; k < width; ++k)
            partial[k] += weights[e][i + k] * V[i + k];
        phi[e] = std::accumulate(partial, partial + width, 0.0);
      }
    return phi;
  }

  std::vector<double> SourceWeights::operator()(MPI_Comm comm, const double *V) const
  {
    auto phi = parts(V);
    sum(phi, comm);
    return phi;
  }

  SourceWeights unbounded_weights(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const SourceConductivities &sigma,
                                  const std::vector<Point3> &electrodes)
  {
    return {mesh, anatomy, fibres, sigma, electrodes.size(), [&](std::size_t c, const P1Cell &p1, Point3 *integrals) {
              const auto &n = mesh.cells[c];
              const std::array<Point3, 4> corners{mesh.points[n[0]], mesh.points[n[1]], mesh.points[n[2]], mesh.points[n[3]]};
              for (std::size_t e = 0; e < electrodes.size(); ++e)
                integrals[e] = inverse_distance_gradient_integral(corners, p1.volume, electrodes[e]);
            }};
  }
}
