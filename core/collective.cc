#include "core/collective.h"

#include "core/error.h"
#include "core/mpi.h"

#include <exception>
#include <filesystem>
#include <string>

namespace vivicor
{
  namespace
  {
    enum class Outcome : int { fine, user_error, solver_error, output_error, other };

    struct Failure
    {
      Outcome outcome = Outcome::fine;
      ErrorText text;
    };

    Failure attempt(const std::function<void()> &action)
    {
      try
        {
          action();
          return {};
        }
      catch (const UserError &error)
        {
          return {Outcome::user_error, error.text};
        }
      catch (const SolverError &error)
        {
          return {Outcome::solver_error, error.text};
        }
      catch (const OutputError &error)
        {
          return {Outcome::output_error, error.text};
        }
      catch (const std::filesystem::filesystem_error &error)
        {
          // A place that cannot even be looked at: no permission, a loop of links, a name too long.
          return {Outcome::user_error,
                  {"cannot use '" + error.path1().string() + "'", "", error.code().message(), "", "check the path and its permissions"}};
        }
      catch (const std::exception &error)
        {
          return {Outcome::other, {error.what(), "", "", "", ""}};
        }
    }

    void broadcast(std::string &text, int root, MPI_Comm comm)
    {
      unsigned long length = text.size();
      MPI_Bcast(&length, 1, MPI_UNSIGNED_LONG, root, comm);
      text.resize(length);
      MPI_Bcast(text.data(), static_cast<int>(length), MPI_CHAR, root, comm);
    }

    void agree(Failure failure, MPI_Comm comm)
    {
      const int none = size_of(comm);
      const int mine = failure.outcome == Outcome::fine ? none : rank_of(comm);
      int first = none;
      MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, comm);
      if (first == none)
        return;
      int outcome = static_cast<int>(failure.outcome);
      MPI_Bcast(&outcome, 1, MPI_INT, first, comm);
      for (std::string *part : {&failure.text.what, &failure.text.where, &failure.text.why, &failure.text.nearest, &failure.text.mend})
        broadcast(*part, first, comm);
      switch (static_cast<Outcome>(outcome))
        {
        case Outcome::user_error:
          throw UserError(failure.text);
        case Outcome::solver_error:
          throw SolverError(failure.text);
        case Outcome::output_error:
          throw OutputError(failure.text);
        default:
          throw std::runtime_error(failure.text.what);
        }
    }
  }

  void on_rank_0(MPI_Comm comm, const std::function<void()> &action)
  {
    agree(rank_of(comm) == 0 ? attempt(action) : Failure{}, comm);
  }

  void together(MPI_Comm comm, const std::function<void()> &action)
  {
    agree(attempt(action), comm);
  }
}
