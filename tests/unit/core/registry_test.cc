// Two models of one name: neither may hide the other.
#include "core/registry.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  struct Contract
  {
    virtual ~Contract() = default;
  };

  const Register<Contract> first{{"usyk", "the first", "", nullptr, nullptr}};
}

TEST(Registry, a_second_model_of_a_name_ends_the_program_and_names_both_places)
{
  EXPECT_EXIT((Register<Contract>{{"usyk", "the second", "", nullptr, nullptr}}), testing::ExitedWithCode(3),
              "two models are named 'usyk': .*registry_test.cc:15 and .*registry_test.cc:[0-9]+; rename");
  EXPECT_EQ(registry<Contract>().at("usyk").doc, "the first");
  EXPECT_EQ(registry<Contract>().at("usyk").place.line(), 15u);
}
