#include "core/clock.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr unsigned successes_to_grow = 4; ///< steps in a row before a cut step is doubled again
  }

  Clock::Clock(double start, double end, double step, double smallest)
    : start(start), now(start), last(end), nominal(step), smallest(smallest), size(step)
  {
  }

  double Clock::next_mark() const
  {
    const double passed = std::floor((now - start) / nominal + 1e-9);
    return start + (passed + 1.0) * nominal;
  }

  double Clock::propose()
  {
    const double limit = std::min(next_mark(), last);
    const double remaining = limit - now;
    // Equal pieces up to the mark: no sliver of a step is left before it.
    current = remaining / std::max(1.0, std::ceil(remaining / size - 1e-9));
    return current;
  }

  void Clock::accept()
  {
    const double limit = std::min(next_mark(), last);
    now = std::abs(now + current - limit) < 1e-9 * nominal ? limit : now + current;
    if (++successes >= successes_to_grow && size < nominal)
      {
        size = std::min(nominal, 2.0 * size);
        successes = 0;
      }
  }

  bool Clock::cut()
  {
    ++failures;
    successes = 0;
    size = 0.5 * current;
    return size >= smallest;
  }

  void Clock::archive(Archive &archive)
  {
    archive_number(archive, "clock/time", now);
    archive_number(archive, "clock/size", size);
    archive_number(archive, "clock/successes", successes);
    archive_number(archive, "clock/failures", failures);
  }
}
