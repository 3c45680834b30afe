#include "report/latest_cycle.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double slack = 1e-6; // ms: times are sums of steps

    std::vector<double> between(const Recording &recording, std::size_t after, double t)
    {
      const auto &time = recording.values[0];
      const double share = (t - time[after - 1]) / (time[after] - time[after - 1]);
      std::vector<double> row;
      for (const auto &column : recording.values)
        row.push_back(column[after - 1] + share * (column[after] - column[after - 1]));
      return row;
    }
  }

  CycleSpan latest_cycle(const double t, const double cycle_length)
  {
    const double cycles = std::floor((t + slack) / cycle_length);
    if (cycles < 1)
      return {0, t, false};
    return {(cycles - 1) * cycle_length, cycles * cycle_length, true};
  }

  Recording rows_within(const Recording &recording, const CycleSpan &span)
  {
    Recording result{recording.columns, std::vector<std::vector<double>>(recording.columns.size())};
    const std::size_t n = recording.rows();
    for (std::size_t i = 0; i < n; ++i)
      {
        const double t = recording.values[0][i], before = i > 0 ? recording.values[0][i - 1] : t;
        if (i > 0 && before < span.from - slack && t > span.from + slack)
          result.add(between(recording, i, span.from));
        if (t >= span.from - slack && t <= span.to + slack)
          result.add(recording.row(i));
        if (i > 0 && before < span.to - slack && t > span.to + slack)
          result.add(between(recording, i, span.to));
      }
    return result;
  }
}
