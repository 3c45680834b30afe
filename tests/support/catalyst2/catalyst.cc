// Catalyst 2 as far as the tests need it: checks what it is given and writes it down, a line of JSON per call, in
// catalyst_RANK.jsonl. Lines of scripts that begin with "# stand-in:" say what is to go wrong: "fail STEP" in Catalyst,
// "raise STEP TEXT" in the script.
#include "tests/support/catalyst2/verify.h"

#include <catalyst.h>

#include <dlfcn.h>
#include <mpi.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace
{
  using nlohmann::ordered_json;
  using stand_in::External;
  using stand_in::Node;

  struct Order
  {
    std::string file, what;
    std::int64_t step = 0;
    std::string text;
    bool is_done = false;
  };

  std::vector<Order> orders;
  std::string record_file;

  template <class Number>
  ordered_json summary(const External<Number> &values)
  {
    ordered_json result{{"n", values.n}, {"interleaved", values.stride != static_cast<std::int64_t>(sizeof(Number))}};
    if (values.n == 0)
      return result;
    Number low = values[0], high = values[0];
    double sum = 0;
    for (std::int64_t i = 0; i < values.n; ++i)
      {
        low = std::min(low, values[i]);
        high = std::max(high, values[i]);
        sum += values[i];
      }
    result.update({{"first", values[0]}, {"last", values[values.n - 1]}, {"min", low}, {"max", high}, {"sum", sum}});
    return result;
  }

  ordered_json in_json(const Node &node)
  {
    if (!node.branches.empty())
      {
        ordered_json result;
        for (const auto &[name, branch] : node.branches)
          result[name] = in_json(*branch);
        return result;
      }
    return std::visit(
      [](const auto &leaf) -> ordered_json {
        using Leaf = std::decay_t<decltype(leaf)>;
        if constexpr (std::is_same_v<Leaf, std::monostate>)
          return nullptr;
        else if constexpr (std::is_same_v<Leaf, External<double>> || std::is_same_v<Leaf, External<std::int32_t>>)
          return summary(leaf);
        else
          return leaf;
      },
      node.leaf);
  }

  void write_down(const std::string &call, const Node &params, const std::string &problem = "")
  {
    ordered_json line{{"call", call}, {"params", in_json(params)}};
    if (!problem.empty())
      line["problem"] = problem;
    std::ofstream(record_file, std::ios::app) << line << "\n";
  }

  void read_orders(const std::string &file)
  {
    const std::string mark = "# stand-in: ";
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);)
      if (line.starts_with(mark))
        {
          Order order{file, "", 0, "", false};
          std::istringstream words(line.substr(mark.size()));
          words >> order.what >> order.step >> std::ws;
          std::getline(words, order.text);
          orders.push_back(order);
        }
  }

  /// As the Python of ParaView would, by way of the script that the back end adds.
  void raise(const Order &order)
  {
    using PassOn = void (*)(const char *, const char *);
    const auto pass_on = reinterpret_cast<PassOn>(dlsym(RTLD_DEFAULT, "vivicor_in_situ_exception"));
    if (!pass_on)
      throw std::runtime_error("nobody to pass exceptions on to");
    pass_on(order.file.c_str(), order.text.c_str());
  }

  catalyst_status obey(std::int64_t step)
  {
    catalyst_status status = catalyst_status_ok;
    for (Order &order : orders)
      if (!order.is_done && order.step == step)
        {
          order.is_done = true;
          if (order.what == "raise")
            raise(order);
          else
            status = static_cast<catalyst_status>(100);
        }
    return status;
  }

  const Node &tree(const conduit_node *params)
  {
    return *static_cast<const Node *>(params);
  }
}

catalyst_status catalyst_initialize(const conduit_node *params)
{
  const Node *named = tree(params).find("catalyst_load/implementation");
  const char *in_environment = std::getenv("CATALYST_IMPLEMENTATION_NAME");
  if ((named ? named->get<std::string>() : in_environment ? in_environment : "") != "paraview")
    return catalyst_status_error_not_found;
  const Node &catalyst = tree(params).at("catalyst");
  stand_in::verify_start(catalyst);
  const auto handle = static_cast<MPI_Fint>(catalyst.at("mpi_comm").get<std::int64_t>());
  int rank = -1;
  MPI_Comm_rank(MPI_Comm_f2c(handle), &rank);
  record_file = "catalyst_" + std::to_string(rank) + ".jsonl";
  std::remove(record_file.c_str());
  for (const auto &[name, script] : catalyst.at("scripts").branches)
    read_orders(script->text("filename"));
  write_down("initialize", tree(params));
  return catalyst_status_ok;
}

catalyst_status catalyst_execute(const conduit_node *params)
{
  try
    {
      stand_in::verify_look(tree(params).at("catalyst"));
      write_down("execute", tree(params));
      return obey(tree(params).at("catalyst/state/timestep").get<std::int64_t>());
    }
  catch (const std::exception &error)
    {
      write_down("execute", tree(params), error.what());
      return static_cast<catalyst_status>(101);
    }
}

catalyst_status catalyst_finalize(const conduit_node *params)
{
  write_down("finalize", tree(params));
  return catalyst_status_ok;
}
