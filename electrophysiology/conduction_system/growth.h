// Twigs of the Purkinje network, grown over an endocardium.
#pragma once

#include "electrophysiology/conduction_system/endocardium.h"
#include "electrophysiology/conduction_system/purkinje_tree.h"

#include <cstdint>
#include <random>

namespace vivicor
{
  struct GrowthOptions
  {
    double branch_length = 8;   ///< mm, mean
    double length_spread = 0.3; ///< standard deviation over the mean
    double branch_angle = 0.35; ///< rad, of either daughter from the mother's direction
    double repulsion = 0.1;     ///< weight of the direction away from the nearest other branch, per segment
    double spacing = 3;         ///< mm: a branch that comes nearer than this to another ends
    double segment = 1;         ///< mm
    unsigned generations = 30;  ///< at most
  };

  /// Numbers that are the same for one seed on every machine: the distributions of the standard library are not.
  class Dice
  {
  public:
    explicit Dice(std::uint64_t seed) : engine(seed) {}
    double uniform() { return static_cast<double>(engine() >> 11) * 0x1.0p-53; }
    double normal(); ///< mean 0, standard deviation 1 (Box and Muller 1958, 10.1214/aoms/1177706645)
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(uniform() * static_cast<double>(n)); }

  private:
    std::mt19937_64 engine;
  };

  /// Where growth begins: a node of the tree on the surface, and the way that the bundle runs there.
  struct Bud
  {
    unsigned node;
    Point3 direction;
    unsigned bundle;
  };

  /// Fractal tree on a surface after Ijiri et al. 2008 (10.1007/978-3-540-85412-8_9) and Sahli Costabal, Hurtado and Kuhl 2016
  /// (10.1016/j.jbiomech.2015.12.025): generation by generation every living tip bears two daughters, which turn to either side
  /// by the branch angle and go on in segments, bent away from the nearest foreign branch and put back on the surface. A branch
  /// ends for good at the rim or where it comes near a foreign branch. Places that stay farther from the tree than a branch is long
  /// then get sprouts of their own. Tips without daughters become junctions.
  void grow(PurkinjeTree &tree, const TriangleSet &surface, const std::vector<Bud> &buds, const GrowthOptions &options, Dice &dice);
}
