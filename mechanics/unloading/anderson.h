// Acceleration of a fixed-point iteration x <- x + r(x) by what the last steps taught about r.
#pragma once

#include <deque>
#include <vector>

namespace vivicor
{
  /// Anderson's method in the least-squares form of Walker and Ni 2011 (10.1137/10078356X): with the differences dX, dR of
  /// the last iterates and residuals, gamma minimises |r - dR gamma| and x <- x + r - (dX + dR) gamma. Serial and
  /// deterministic: ranks that hand over the same numbers get the same answer.
  class Anderson
  {
  public:
    /// @param memory number of differences kept; 0: the plain iteration
    explicit Anderson(unsigned memory) : memory(memory) {}

    /// The iterate after `x` with residual `r`.
    std::vector<double> next(const std::vector<double> &x, const std::vector<double> &r);
    /// Forgets the past, e.g. after an iterate that was not the proposed one.
    void forget();

  private:
    struct Difference
    {
      std::vector<double> x, r;
    };
    unsigned memory;
    std::deque<Difference> differences; ///< newest first
    std::vector<double> last_x, last_r;
  };
}
