// A passive law at one strain.
#pragma once

#include "mechanics/materials/material.h"

#include <array>

namespace vivicor::test
{
  struct LawAtAPoint
  {
    double W = 0;
    std::array<double, 6> S{};
    std::array<double, 36> D{};
  };

  inline LawAtAPoint evaluate(const Material &law, const std::array<double, 6> &E)
  {
    LawAtAPoint point;
    law.evaluate(1, E.data(), &point.W, point.S.data(), point.D.data());
    return point;
  }
}
