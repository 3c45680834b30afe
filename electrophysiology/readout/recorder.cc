#include "electrophysiology/readout/recorder.h"

#include "core/mpi.h"

#include <cmath>
#include <utility>

namespace vivicor
{
  void Recorder::start(double every)
  {
    interval = every;
    samples.clear();
    committed = 0;
  }

  namespace
  {
    constexpr double slack = 1e-6; // of an interval: times are sums of steps
  }

  std::vector<double> Recorder::due_times(double before, double t) const
  {
    std::vector<double> times;
    if (interval > 0)
      for (double k = std::floor(before / interval + slack) + 1; k <= std::floor(t / interval + slack); ++k)
        times.push_back(k * interval);
    return times;
  }

  std::vector<Recorder::Sample> Recorder::take(MPI_Comm comm)
  {
    std::vector<double> all;
    for (const Sample &sample : samples)
      all.insert(all.end(), sample.values.begin(), sample.values.end());
    sum(all, comm);
    auto next = all.begin();
    for (Sample &sample : samples)
      for (double &value : sample.values)
        value = *next++;
    committed = 0;
    return std::exchange(samples, {});
  }

  void Recorder::archive(Archive &archive, MPI_Comm comm)
  {
    std::vector<double> times, values;
    for (std::size_t k = 0; k < committed; ++k)
      {
        times.push_back(samples[k].t);
        values.insert(values.end(), samples[k].values.begin(), samples[k].values.end());
      }
    if (!archive.loading())
      sum(values, comm);
    archive_number(archive, "electrophysiology/samples/interval", interval);
    archive.numbers("electrophysiology/samples/times", times);
    archive.numbers("electrophysiology/samples/values", values);
    if (!archive.loading())
      return;
    samples.clear();
    const std::size_t n = times.empty() ? 0 : values.size() / times.size();
    for (std::size_t k = 0; k < times.size(); ++k)
      {
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(k * n);
        samples.push_back({times[k], {begin, begin + static_cast<std::ptrdiff_t>(n)}});
        if (rank_of(comm) != 0) // terms of a sum
          samples.back().values.assign(n, 0.0);
      }
    committed = samples.size();
  }
}
