#include "electrophysiology/tissue/quiet_tissue.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  QuietTissue::QuietTissue(const RefinedMesh &mesh, Reaction &reaction, const QuietOptions &options)
    : reaction(reaction), options(options), gate_V(mesh.n_owned, 0.0), before(block, 0.0)
  {
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      for (std::size_t first = 0; first < mesh.groups[g].count; first += block)
        blocks.push_back({g, mesh.groups[g].begin + first, std::min(block, mesh.groups[g].count - first)});
  }

  void QuietTissue::wake()
  {
    for (Block &b : blocks)
      {
        b.quiet = false;
        b.waiting = 0; // of a trial that failed
      }
  }

  /// Whether any value is above the rate, for `time`; also where it is not a number.
  bool QuietTissue::moved(const Block &b, const double *change, double time) const
  {
    return !std::all_of(change, change + b.count, [&](double value) { return std::abs(value) <= options.rate * time; });
  }

  void QuietTissue::advance(Block &b, double *V, const double *diffused, const double *stimulus)
  {
    for (std::size_t i = 0; i < b.count; ++i)
      {
        gate_V[b.begin + i] = V[b.begin + i] - 0.5 * b.waiting * diffused[b.begin + i];
        before[i] = V[b.begin + i];
      }
    reaction.step_part(b.group, b.begin, b.count, b.waiting, V, stimulus, gate_V.data());
    for (std::size_t i = 0; i < b.count; ++i)
      before[i] = V[b.begin + i] - before[i];
    b.quiet = !stimulus && !moved(b, before.data(), b.waiting) && !moved(b, diffused + b.begin, 1.0);
    b.waiting = 0;
  }

  void QuietTissue::step(double dt, double *V, const double *diffused, const double *stimulus, const std::vector<char> &stimulated)
  {
    for (Block &b : blocks)
      {
        const double *current = stimulus + b.begin;
        const bool driven = stimulated[b.group] && std::any_of(current, current + b.count, [](double value) { return value != 0; });
        if (driven && b.waiting > 0)
          advance(b, V, diffused, nullptr); // what it waited for had no stimulus
        b.waiting += dt;
        if (driven || !b.quiet || b.waiting > options.longest - 0.5 * dt || moved(b, diffused + b.begin, 1.0))
          advance(b, V, diffused, driven ? stimulus : nullptr);
      }
  }

  void QuietTissue::catch_up(double *V, const double *diffused)
  {
    for (Block &b : blocks)
      if (b.waiting > 0)
        advance(b, V, diffused, nullptr);
  }
}
