// One point of muscle, stepped by hand.
#pragma once

#include "mechanics/active_tension/active_tension.h"
#include "tests/conformance/mechanics/models.h"

namespace vivicor::test
{
  class OnePoint : public testing::Test
  {
  protected:
    explicit OnePoint(const std::string &name) : model(make<ActiveTension>(name)), state(model->rest()) {}

    void advance(const double dt, const double calcium, const double from, const double to)
    {
      std::vector<double> next(state.size());
      model->advance(1, dt, &calcium, &from, &to, state.data(), next.data(), &tension, &stiffness);
      state = next;
    }

    std::unique_ptr<ActiveTension> model;
    std::vector<double> state;
    double tension = 0., stiffness = 0.;
  };
}
