// A contract may name what its models are created from besides their parameters.
#include "core/registry.h"

#include <gtest/gtest.h>

#include <memory>

using namespace vivicor;

namespace
{
  struct Plain
  {
    double value = 0;
  };

  struct Standing
  {
    struct Context
    {
      const double &ground;
    };
    double height = 0;
  };

  void declare(Schema &schema)
  {
    schema.quantity("above", "2", 0, 10, "Height above what it stands on.");
  }

  const Register<Plain> plain{
    {"plain", "A number.", "none", declare, [](const Parameters &own) { return std::make_unique<Plain>(Plain{own.quantity("above")}); }}};
  const Register<Standing> standing{
    {"standing", "A number on another.", "none", declare, [](const Parameters &own, const Standing::Context &context) {
       return std::make_unique<Standing>(Standing{own.quantity("above") + context.ground});
     }}};

  Parameters defaults()
  {
    Schema schema;
    declare(schema);
    return parameters_from_settings({}, schema);
  }
}

TEST(RegistryContext, AContractWithoutOneCreatesFromParameters)
{
  EXPECT_EQ(create<Plain>("plain", defaults())->value, 2);
}

TEST(RegistryContext, AContractWithOneIsHandedIt)
{
  const double ground = 5;
  EXPECT_EQ(create<Standing>("standing", defaults(), Standing::Context{ground})->height, 7);
}

TEST(RegistryContext, AnUnknownNameIsAUsersErrorWithTheNearest)
{
  try
    {
      const double ground = 5;
      create<Standing>("standin", defaults(), Standing::Context{ground});
      FAIL();
    }
  catch (const UserError &error)
    {
      EXPECT_NE(std::string(error.what()).find("standing"), std::string::npos);
    }
}
