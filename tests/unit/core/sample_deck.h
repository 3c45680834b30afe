// A schema with an entry of every kind, and what the parameter tests do with it.
#pragma once

#include "core/error.h"
#include "core/parameters/parameters.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace vivicor::test
{
  inline Schema sample_schema()
  {
    Schema deck;
    deck.text("case", "sample", "Name of the run.");
    Schema mesh = deck.section("mesh", "The geometry.");
    mesh.path("file", "heart.vtu", "The mesh.");
    mesh.integer("refinement", 1, 0, 3, "Uniform refinements.");
    mesh.quantity("edge", "4 mm", 0.5, 20, "Edge length.", "doi:10.0/edge");
    mesh.list("walls", {"LV", "RV"}, "Walls in use.");
    mesh.integers("tags", {1, 2}, "Tags in use.");
    Schema time = deck.section("time", "When.");
    time.quantity("step", "2 ms", 0.001, 100, "Time step.");
    time.quantities("outputs", {"0 ms", "0.5 s"}, "ms", "Output times.");
    time.quantity("damping", "0.5", 0, 1, "A fraction.");
    time.flag("adaptive", true, "Whether the step adapts.");
    time.choice("scheme", "bdf", {"bdf", "midpoint"}, "Time scheme.");
    Schema wall = deck.items("materials", "A material for each wall.");
    wall.select("passive", "usyk",
                {{"usyk",
                  [](Schema &s) {
                    s.quantity("C", "0.88 kPa", 0, 100, "Stiffness.", "Usyk 2002");
                    s.quantity("b_ff", "8", 0, 100, "Exponent along fibres.");
                  }},
                 {"guccione",
                  [](Schema &s) {
                    s.quantity("C", "0.9 kPa", 0, 100, "Stiffness.");
                    s.quantity("b_f", "18", 0, 100, "Exponent.");
                  }},
                 {"rigid", nullptr}},
                "Passive law.");
    wall.quantity("density", "1.05 g/cm^3", 0.5, 2, "Mass density.");
    return deck;
  }

  inline Parameters from(const std::string &json)
  {
    return parameters_from_json(json, sample_schema());
  }

  /// The error text of an action that must fail so.
  template <class Error = UserError, class Action>
  ErrorText error_of(const Action &action)
  {
    try
      {
        action();
      }
    catch (const Error &error)
      {
        return error.text;
      }
    ADD_FAILURE() << "no error";
    return {};
  }

  inline ErrorText error_in(const std::string &json)
  {
    return error_of([&] { from(json); });
  }

  /// An empty folder, removed at the end of the test.
  class TestFolder
  {
  public:
    TestFolder()
    {
      std::string name = (std::filesystem::temp_directory_path() / "vivicor_test_XXXXXX").string();
      if (!mkdtemp(name.data()))
        throw std::runtime_error("no temporary folder");
      path = name;
    }
    ~TestFolder() { std::filesystem::remove_all(path); }
    TestFolder(const TestFolder &) = delete;
    TestFolder &operator=(const TestFolder &) = delete;

    std::string file(const std::string &name) const { return (path / name).string(); }
    std::string write(const std::string &name, const std::string &content) const
    {
      std::filesystem::create_directories((path / name).parent_path());
      std::ofstream(path / name) << content;
      return file(name);
    }

    std::filesystem::path path;
  };
}
