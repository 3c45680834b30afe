// The ways a run can end badly. Whoever throws on one rank only must have agreed on it with the others first
// (see core/mpi.h): an exception on a single rank deadlocks the rest.
#pragma once

#include <stdexcept>
#include <string>

namespace vivicor
{
  /// What every message to a user must say. Empty parts are left out of the text.
  struct ErrorText
  {
    std::string what;    ///< what is wrong, quoting the offending value
    std::string where;   ///< file and line, deck key, mesh cell or time
    std::string why;     ///< why it cannot be accepted
    std::string nearest; ///< the nearest valid choice, or the valid choices
    std::string mend;    ///< what to do about it
  };

  /// The text shown to the user, one part a line.
  std::string format(const ErrorText &text);

  /// Bad input by the user: exit code 2.
  struct UserError : std::runtime_error
  {
    explicit UserError(const ErrorText &text) : std::runtime_error(format(text)), text(text) {}
    ErrorText text;
  };

  /// A solver that cannot go on after every cut of its step: exit code 3.
  struct SolverError : std::runtime_error
  {
    explicit SolverError(const ErrorText &text) : std::runtime_error(format(text)), text(text) {}
    ErrorText text;
  };

  /// Results cannot be written (disk full, permission): exit code 4.
  struct OutputError : std::runtime_error
  {
    explicit OutputError(const ErrorText &text) : std::runtime_error(format(text)), text(text) {}
    ErrorText text;
  };

  /// A step that failed but may succeed when cut; agreed by all ranks, caught by the time loop alone.
  struct StepFailed : std::runtime_error
  {
    using std::runtime_error::runtime_error;
  };

  /// The member of `choices` most like `given`; empty if there is none.
  template <class Choices>
  std::string nearest_of(const std::string &given, const Choices &choices);

  /// Levenshtein distance, case-insensitive.
  std::size_t edit_distance(const std::string &a, const std::string &b);
  /// Edit distance, but 1 where three letters or more were given and the choice begins with them.
  std::size_t unlikeness(const std::string &given, const std::string &choice);

  template <class Choices>
  std::string nearest_of(const std::string &given, const Choices &choices)
  {
    std::string best;
    std::size_t best_distance = static_cast<std::size_t>(-1);
    for (const std::string &choice : choices)
      if (const auto d = unlikeness(given, choice); d < best_distance)
        {
          best = choice;
          best_distance = d;
        }
    return best;
  }
}
