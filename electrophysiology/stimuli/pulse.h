// A current injected into a set of nodes for a while, once or again and again.
#pragma once

#include "electrophysiology/stimuli/time_course.h"
#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/matrices.h"
#include "electrophysiology/tissue/refined_mesh.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  /// Owned nodes with the share of each that is stimulated.
  using StimulatedNodes = std::vector<std::pair<unsigned, double>>;

  /// What a region assigns its current to.
  enum class AssignedTo {
    cells, ///< a node has the share, by volume, of the cells around it whose centre lies inside: the volume keeps its size on any mesh
    nodes  ///< every node inside has all of it, so that the current reaches half-way into the cells beyond
  };

  struct Pulse
  {
    StimulatedNodes nodes;
    double amplitude = 0; ///< uA/uF, depolarising
    TimeCourse course;
  };

  /// Current of all pulses by owned node, with the batches that any of it falls into.
  class StimulusCurrent
  {
  public:
    explicit StimulusCurrent(const RefinedMesh &mesh) : values(mesh.n_owned, 0.0), stimulated(mesh.groups.size(), 0), mesh(mesh) {}

    void clear()
    {
      for (const unsigned node : touched)
        values[node] = 0;
      touched.clear();
      std::fill(stimulated.begin(), stimulated.end(), 0);
    }

    void add(const StimulatedNodes &nodes, double current)
    {
      if (current == 0)
        return;
      for (const auto &[node, share] : nodes)
        {
          values[node] += share * current;
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

  /// Nodes of a tissue that are stimulated where `inside` holds.
  template <class Inside>
  StimulatedNodes stimulated_nodes(const RefinedMesh &mesh, Tissue tissue, const Inside &inside, AssignedTo assigned = AssignedTo::cells)
  {
    StimulatedNodes nodes;
    if (assigned == AssignedTo::nodes)
      {
        for (unsigned n = 0; n < mesh.n_owned; ++n)
          if (mesh.is_real(n) && mesh.keys[n].tissue == tissue && inside(mesh.points[n]))
            nodes.emplace_back(n, 1.0);
        return nodes;
      }
    std::vector<double> within(mesh.n_owned, 0.0), around(mesh.n_owned, 0.0);
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      if (mesh.keys[mesh.cells[c][0]].tissue == tissue)
        {
          Point3 centre{0, 0, 0};
          for (const unsigned n : mesh.cells[c])
            for (unsigned d = 0; d < 3; ++d)
              centre[d] += mesh.points[n][d] / 4;
          const double volume = p1_cell(mesh, c).volume;
          for (const unsigned n : mesh.cells[c])
            if (n < mesh.n_owned)
              {
                around[n] += volume;
                within[n] += inside(centre) ? volume : 0.0;
              }
        }
    for (unsigned n = 0; n < mesh.n_owned; ++n)
      if (within[n] > 0)
        nodes.emplace_back(n, within[n] / around[n]);
    return nodes;
  }
}
