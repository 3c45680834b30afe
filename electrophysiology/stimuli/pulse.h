// A current injected into a set of nodes for a while, once or again and again.
#pragma once

#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/refined_mesh.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  struct Pulse
  {
    std::vector<unsigned> nodes; ///< owned
    double amplitude = 0;        ///< uA/uF, depolarising
    double start = 0, duration = 0, period = 0; ///< ms; period 0: once

    /// Share of the step from t to t + dt during which the current flows, so that its charge does not depend on the steps.
    double share(double t, double dt) const
    {
      double begin = start;
      if (period > 0 && t > start)
        begin += period * std::floor((t - start) / period);
      double covered = overlap(begin, t, dt);
      if (period > 0)
        covered += overlap(begin + period, t, dt);
      return covered / dt;
    }

  private:
    double overlap(double begin, double t, double dt) const
    {
      return std::max(0.0, std::min(t + dt, begin + duration) - std::max(t, begin));
    }
  };

  /// Current of all pulses by owned node, with the batches that any of it falls into.
  class StimulusCurrent
  {
  public:
    explicit StimulusCurrent(const RefinedMesh &mesh)
      : values(mesh.n_owned, 0.0), stimulated(mesh.groups.size(), 0), mesh(mesh)
    {}

    void clear()
    {
      for (const unsigned node : touched)
        values[node] = 0;
      touched.clear();
      std::fill(stimulated.begin(), stimulated.end(), 0);
    }

    void add(const std::vector<unsigned> &nodes, double current)
    {
      if (current == 0)
        return;
      for (const unsigned node : nodes)
        {
          values[node] += current;
          touched.push_back(node);
          for (std::size_t g = 0; g < mesh.groups.size(); ++g)
            if (node >= mesh.groups[g].begin && node < mesh.groups[g].begin + mesh.groups[g].count)
              stimulated[g] = 1;
        }
    }

    AlignedVector values;         ///< uA/uF
    std::vector<char> stimulated; ///< by group

  private:
    const RefinedMesh &mesh;
    std::vector<unsigned> touched;
  };

  /// Owned nodes of a tissue within `radius` of a point.
  inline std::vector<unsigned> nodes_within(const RefinedMesh &mesh, Tissue tissue, const Point3 &centre, double radius)
  {
    std::vector<unsigned> nodes;
    for (unsigned n = 0; n < mesh.n_owned; ++n)
      if (mesh.is_real(n) && mesh.keys[n].tissue == tissue &&
          std::hypot(mesh.points[n][0] - centre[0], mesh.points[n][1] - centre[1], mesh.points[n][2] - centre[2]) <= radius)
        nodes.push_back(n);
    return nodes;
  }
}
