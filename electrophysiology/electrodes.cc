#include "electrophysiology/electrodes.h"

#include "core/error.h"
#include "core/mesh/vectors.h"
#include "core/mpi.h"

#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    /// The node of a tissue nearest to a point, and its distance (mm).
    std::pair<Point3, double> nearest_of_tissue(const Anatomy &anatomy, Tissue tissue, const Point3 &point)
    {
      std::pair<Point3, double> best{point, std::numeric_limits<double>::infinity()};
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (anatomy.regions[anatomy.cell_region[c]].tissue == tissue)
          for (const unsigned node : anatomy.cells[c])
            if (const double d = distance(anatomy.points[node], point); d < best.second)
              best = {anatomy.points[node], d};
      return best;
    }

    std::string in_words(const Point3 &p)
    {
      const auto number = [](double x) { return std::to_string(std::round(10 * x) / 10).substr(0, std::to_string(x).find('.') + 2); };
      return "(" + number(p[0]) + ", " + number(p[1]) + ", " + number(p[2]) + ") mm";
    }

    void refuse(const Anatomy &anatomy, const Electrode &electrode)
    {
      const std::string tissue = electrode.tissue == Tissue::atrium ? "atria" : "ventricles";
      const auto [place, far] = nearest_of_tissue(anatomy, electrode.tissue, electrode.position);
      if (!std::isfinite(far))
        throw UserError({"the electrode '" + electrode.name + "' lies in the " + tissue, electrode.where, "the mesh has none", "",
                         "place it in a tissue that the mesh has"});
      throw UserError({"the electrode '" + electrode.name + "' at " + in_words(electrode.position) + " covers no node", electrode.where,
                       "the nearest of the " + tissue + " lies " + std::to_string(std::lround(100 * far) / 100.0).substr(0, 5) + " mm away",
                       in_words(place), "move the electrode there, or make its radius larger"});
    }
  }

  Electrodes::Electrodes(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const ElectricalPorts *ports)
    : comm(comm), driver(ports ? ports->driver : nullptr)
  {
    if (!ports)
      return;
    for (const Electrode &electrode : ports->electrodes)
      nodes.push_back(stimulated_nodes(
        mesh, electrode.tissue, [&](const Point3 &p) { return distance(p, electrode.position) <= electrode.radius; }, AssignedTo::nodes));
    for (const StimulatedNodes &covered : nodes)
      {
        shares.push_back(0);
        for (const auto &[node, share] : covered)
          shares.back() += share;
      }
    sum(shares, comm);
    for (std::size_t e = 0; e < nodes.size(); ++e)
      if (!(shares[e] > 0))
        refuse(anatomy, ports->electrodes[e]);
  }

  void Electrodes::drive(double t, double dt, StimulusCurrent &current)
  {
    if (nodes.empty())
      return;
    std::vector<double> wanted(nodes.size(), 0.0);
    driver->drive(t, dt, wanted);
    for (std::size_t e = 0; e < nodes.size(); ++e)
      current.add(nodes[e], wanted[e]);
  }

  void Electrodes::hear(double t, double dt, const double *V)
  {
    const double every = nodes.empty() ? 0 : driver->listening_interval();
    if (every <= 0 || std::floor(t / every + 1e-9) <= std::floor((t - dt) / every + 1e-9))
      return;
    std::vector<double> potential(nodes.size(), 0.0);
    for (std::size_t e = 0; e < nodes.size(); ++e)
      for (const auto &[node, share] : nodes[e])
        potential[e] += share * V[node] / shares[e];
    sum(potential, comm);
    driver->hear(t, potential);
  }

  double conduction_factor(const ElectricalPorts *ports, const Point3 &point)
  {
    double factor = 1;
    if (ports)
      for (const TissueChange &change : ports->changes)
        if (distance(point, change.position) <= change.radius)
          factor *= change.conduction;
    return factor;
  }
}
