#include "core/output/digest.h"

#include <openssl/evp.h>

#include <array>

namespace vivicor
{
  struct Digest::Context
  {
    EVP_MD_CTX *of_openssl = EVP_MD_CTX_new();
    ~Context() { EVP_MD_CTX_free(of_openssl); }
  };

  Digest::Digest() : context(std::make_unique<Context>())
  {
    EVP_DigestInit_ex(context->of_openssl, EVP_sha256(), nullptr);
  }
  Digest::~Digest() = default;

  void Digest::feed(const char *bytes, std::size_t size)
  {
    EVP_DigestUpdate(context->of_openssl, bytes, size);
  }

  std::string Digest::hex()
  {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
    unsigned size = 0;
    EVP_DigestFinal_ex(context->of_openssl, bytes.data(), &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i)
      for (const unsigned nibble : {bytes[i] >> 4, bytes[i] & 15})
        text += "0123456789abcdef"[nibble];
    return text;
  }
}
