// Every line of a verification table inside its band.
#pragma once

#include "core/verification_table.h"

#include <gtest/gtest.h>

namespace vivicor::test
{
  inline void expect_inside(const VerificationTable &table)
  {
    ASSERT_FALSE(table.lines.empty());
    for (const auto &line : table.lines)
      EXPECT_TRUE(line.inside()) << line.what << ": " << line.ours << ", published " << line.published << ", band " << line.low << " .. "
                                 << line.high;
  }
}
