// Every registered model of a contract with its default parameters.
#pragma once

#include "core/registry.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace vivicor::test
{
  template <class Contract>
  std::vector<std::string> names()
  {
    std::vector<std::string> result;
    for (const auto &entry : registry<Contract>())
      result.push_back(entry.first);
    return result;
  }

  template <class Contract>
  std::unique_ptr<Contract> make(const std::string &name, const std::string &json = "{}")
  {
    Schema schema;
    registry<Contract>().at(name).declare(schema);
    return registry<Contract>().at(name).create(parameters_from_json(json, schema));
  }

  inline std::string test_name(const testing::TestParamInfo<std::string> &info)
  {
    return info.param;
  }
}
