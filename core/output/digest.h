// SHA-256 of bytes that come piece by piece.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace vivicor
{
  class Digest
  {
  public:
    Digest();
    ~Digest();
    Digest(const Digest &) = delete;
    Digest &operator=(const Digest &) = delete;

    void feed(const char *bytes, std::size_t size);
    /// 64 hex digits; call once, at the end.
    std::string hex();

  private:
    struct Context;
    std::unique_ptr<Context> context;
  };
}
