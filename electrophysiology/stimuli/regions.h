// Which tissue a stimulus of the deck reaches: sphere, box, surface, points, or the rows of a table.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/stimuli/pulse.h"

#include <mpi.h>

#include <optional>

namespace vivicor
{
  /// One point from a deck list of three lengths; none: empty. @throws UserError for any other number
  std::optional<Point3> deck_point(const Parameters &deck, const std::string &key);
  /// As many points as there are threes. @throws UserError
  std::vector<Point3> deck_points(const Parameters &deck, const std::string &key);

  /// Where a stimulus of the shapes sphere, box or points lies. @throws UserError for points that are none
  std::vector<Point3> stimulus_points(const Parameters &stimulus);

  /// Entries "shape" of a stimulus, with those of each shape.
  void declare_region(Schema &stimulus);

  /// Nodes with what the table's row changes for them.
  struct StimulusSite
  {
    StimulatedNodes nodes;
    double delay = 0;    ///< ms
    double strength = 1; ///< times the stimulus' amplitude
  };

  /// Collective. @throws UserError for a site that reaches no cell, with the nearest point of the tissue, and for bad tables
  std::vector<StimulusSite> stimulated_sites(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Parameters &stimulus);

  /// Collective. @throws UserError naming the point of the tissue nearest to `centre`, when no rank has a node
  void require_nodes(MPI_Comm comm, std::size_t nodes, const Anatomy &anatomy, Tissue tissue, const Point3 &centre, const Parameters &deck,
                     const std::string &key);
}
