// Membranes that wait where the tissue is quiet: at rest and in the plateau one step of theirs may be several of the tissue's.
#pragma once

#include "electrophysiology/tissue/reaction.h"

namespace vivicor
{
  struct QuietOptions
  {
    double rate = 0;    ///< mV/ms: below it nodes are quiet; 0: membranes take every step
    double longest = 0; ///< ms that quiet membranes wait, at most
  };

  /// Nodes are taken together in blocks of neighbours in number. A block is quiet when in its last step neither currents nor
  /// diffusion moved any of its potentials faster than `rate`. It then waits, while diffusion goes on, until `longest` is over,
  /// a stimulus comes or diffusion moves it faster, and makes up for the time in one step. What a waiting membrane has not seen
  /// of its potential is thus at most rate * longest. Measured errors: docs/theory/monodomain.md.
  ///
  /// Who waits is forgotten between catch_up() and wake(), so that states in between stand for themselves.
  class QuietTissue
  {
  public:
    static constexpr std::size_t block = 64; ///< nodes
    /// The referenced objects outlive this one.
    QuietTissue(const RefinedMesh &mesh, Reaction &reaction, const QuietOptions &options);

    /// Every block takes the next step.
    void wake();
    /// @param V and @param diffused (mV/ms, the last step's) by owned node; stimulus as Reaction::step
    void step(double dt, double *V, const double *diffused, const double *stimulus, const std::vector<char> &stimulated);
    /// Those that wait make up for it.
    void catch_up(double *V, const double *diffused);

  private:
    struct Block
    {
      std::size_t group, begin, count; ///< begin: owned node
      double waiting = 0;              ///< ms
      bool quiet = false;
    };
    bool moved(const Block &block, const double *change, double time) const;
    void advance(Block &block, double *V, const double *diffused, const double *stimulus);

    Reaction &reaction;
    const QuietOptions options;
    std::vector<Block> blocks;
    AlignedVector gate_V, before;
  };
}
