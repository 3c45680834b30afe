// The tag contract: what a mesh must say about a heart, whatever numbers its author used.
#pragma once

#include "core/mesh/mesh.h"
#include "core/parameters.h"

#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  enum class Tissue { ventricle, atrium, passive };

  /// A part of the wall with one material. Chambers' own walls are named LV, RV, LA, RA.
  struct Region
  {
    std::string name;
    Tissue tissue = Tissue::passive;
  };

  /// A boundary triangle with the cell it belongs to; right-handed normal points out of that cell.
  struct Triangle
  {
    std::array<unsigned, 3> nodes;
    unsigned cell;
  };

  using Surface = std::vector<Triangle>;

  /// A heart in its reference (unloaded) configuration, with the deck's tags resolved into roles.
  struct Anatomy
  {
    std::vector<Point3> points;                 ///< mm
    std::vector<std::array<unsigned, 4>> cells; ///< positive volume
    std::vector<unsigned> cell_region;          ///< index into regions
    std::vector<Region> regions;
    /// Closed inner surfaces of the blood pools "LV", "RV", "LA", "RA" (valve faces included): their normals point out of
    /// the tissue, i.e. into the blood.
    std::map<std::string, Surface> cavities;
    Surface epicardium; ///< outer surface of chamber walls, valves and vessels: everything outside but `fixed`
    Surface fixed;      ///< ends of vessel stubs, held by the full Robin condition
    std::map<std::string, std::vector<Point3>> vectors; ///< nodal fields of the file, e.g. "fibre", "sheet"
  };

  /// Entries below "mesh" and "regions" of a deck.
  void declare_anatomy(Schema &deck);

  /// The regions that build_anatomy() will give, from the deck alone. @throws UserError
  std::vector<Region> regions_of(const Parameters &deck);

  /// Reads or generates the mesh, drops ignored regions, maps tags, orients triangles, checks (inverted cells, absent tags,
  /// open cavities, cells without a region or with two) and returns the heart.
  /// @param data_folders where relative mesh paths are sought, in order.
  /// @throws UserError with what, where, why, nearest and mend.
  Anatomy build_anatomy(const Parameters &deck, const std::vector<std::string> &data_folders);

  /// Volume of the blood pool enclosed by a cavity surface, mm^3 (positive).
  double cavity_volume(const std::vector<Point3> &points, const Surface &cavity);
}
