// Values of rank 0 for all ranks.
#pragma once

#include <mpi.h>

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

namespace vivicor
{
  /// Collective. @tparam T numbers or structures of numbers
  template <class T>
  void broadcast(MPI_Comm comm, std::vector<T> &values)
  {
    static_assert(std::is_trivially_copyable_v<T>);
    unsigned long size = values.size();
    MPI_Bcast(&size, 1, MPI_UNSIGNED_LONG, 0, comm);
    values.resize(size);
    // MPI counts by int.
    constexpr std::size_t most = 1 << 30;
    auto *bytes = reinterpret_cast<char *>(values.data());
    for (std::size_t begin = 0; begin < size * sizeof(T); begin += most)
      MPI_Bcast(bytes + begin, static_cast<int>(std::min(most, size * sizeof(T) - begin)), MPI_BYTE, 0, comm);
  }

  /// Collective.
  inline void broadcast(MPI_Comm comm, std::vector<std::string> &texts)
  {
    std::vector<char> letters; // of all, each closed by a zero
    for (const std::string &text : texts)
      letters.insert(letters.end(), text.c_str(), text.c_str() + text.size() + 1);
    broadcast(comm, letters);
    texts.clear();
    for (auto begin = letters.begin(), end = begin; begin != letters.end(); begin = end + 1)
      {
        end = std::find(begin, letters.end(), '\0');
        texts.emplace_back(begin, end);
      }
  }
}
