// Where things are in a heart: tissue surfaces, the base of the ventricles, mitral ring, apex and long axis.
#pragma once

#include "meshes/anatomy.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// The triangles of `surface` whose cell is of that tissue.
  Surface part_on_tissue(const Anatomy &anatomy, const Surface &surface, Tissue tissue);
  /// The part of a cavity's surface that is ventricular (LV, RV) or atrial (LA, RA) wall; empty without such a cavity.
  Surface endocardium(const Anatomy &anatomy, const std::string &cavity);

  /// Atrioventricular valves by the names that decks and the generated heart give them: mitral_valve or MV,
  /// tricuspid_valve or TV.
  enum class Valve { mitral, tricuspid };
  bool is_valve(const Region &region, Valve valve);

  std::vector<unsigned> cells_of(const Anatomy &anatomy, Tissue tissue);
  bool has_region(const Anatomy &anatomy, const std::string &name);

  /// Flags by node: touched by the surface, by a cell of the tissue, by a cell of the region.
  std::vector<char> on_surface(const Anatomy &anatomy, const Surface &surface);
  std::vector<char> of_tissue(const Anatomy &anatomy, Tissue tissue);
  std::vector<char> of_region(const Anatomy &anatomy, const std::string &name);

  /// Flags the nodes that ventricular cells share with other cells (valves, rings, atria, vessels). In a mesh of
  /// ventricles alone: the nodes of the ventricles' free faces that are neither endocardium nor epicardium.
  std::vector<char> ventricular_base(const Anatomy &anatomy);

  /// The cells of the LV's own wall: region "LV", or all ventricular cells where no region has that name.
  std::vector<unsigned> lv_cells(const Anatomy &anatomy);

  /// Long axis of the LV in the reference configuration.
  struct LongAxis
  {
    std::vector<unsigned> mitral_ring; ///< nodes
    unsigned apex_node;                ///< epicardial node of the LV farthest from the mitral plane
    unsigned inner_apex_node;          ///< endocardial node of the LV farthest from the mitral plane
    Point3 base, apex, direction;      ///< mean of the ring; the apex node; unit vector from apex to base
  };

  /// The mitral ring is where the faces of the mitral valve on the LV cavity meet its other faces; without
  /// such a region it is made of the nodes of the endocardium's base that the LV shares with the left atrium, without
  /// that of all nodes of the endocardium's base.
  /// @throws UserError when there is no LV cavity, no base on it, or no epicardium around it
  LongAxis find_long_axis(const Anatomy &anatomy);
}
