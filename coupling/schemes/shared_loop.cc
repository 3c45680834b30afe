#include "coupling/schemes/shared_loop.h"

#include "core/broadcast.h"
#include "core/error.h"
#include "core/mpi.h"

#include <string>

namespace vivicor
{
  namespace
  {
    std::vector<double> packed(const Circulation::Step &step)
    {
      std::vector<double> values(step.volume.begin(), step.volume.end());
      for (const auto &row : step.dV_dp)
        values.insert(values.end(), row.begin(), row.end());
      values.insert(values.end(), step.state.begin(), step.state.end());
      return values;
    }

    Circulation::Step unpacked(const std::vector<double> &values, std::ptrdiff_t chambers)
    {
      Circulation::Step step;
      auto next = values.begin();
      step.volume.assign(next, next + chambers);
      for (std::ptrdiff_t k = 0; k < chambers; ++k)
        {
          next += chambers;
          step.dV_dp.emplace_back(next, next + chambers);
        }
      step.state.assign(next + chambers, values.end());
      return step;
    }
  }

  Circulation::Step advance_on_rank_0(MPI_Comm comm, const Circulation &circulation, double t, double dt, const std::vector<double> &state,
                                      const Chambers &volume, const Chambers &pressure)
  {
    std::vector<double> answer; // empty: there is none
    std::vector<std::string> failure;
    if (rank_of(comm) == 0)
      try
        {
          answer = packed(circulation.advance(t, dt, state, volume, pressure));
        }
      catch (const StepFailed &failed)
        {
          failure = {failed.what()};
        }
    broadcast(comm, answer);
    if (!answer.empty())
      return unpacked(answer, static_cast<std::ptrdiff_t>(circulation.chambers().size()));
    broadcast(comm, failure);
    throw StepFailed(failure.at(0));
  }
}
