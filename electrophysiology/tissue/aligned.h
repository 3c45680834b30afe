// Arrays that start on a cache line, as the batches of the ionic models ask for.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace vivicor
{
  template <class T>
  struct AlignedAllocator
  {
    using value_type = T;
    static constexpr std::align_val_t alignment{64};

    AlignedAllocator() = default;
    template <class U>
    AlignedAllocator(const AlignedAllocator<U> &)
    {
    }
    T *allocate(std::size_t n) { return static_cast<T *>(::operator new(n * sizeof(T), alignment)); }
    void deallocate(T *p, std::size_t) { ::operator delete(p, alignment); }
    bool operator==(const AlignedAllocator &) const { return true; }
  };

  using AlignedVector = std::vector<double, AlignedAllocator<double>>;
}
