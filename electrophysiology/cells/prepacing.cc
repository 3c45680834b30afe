#include "electrophysiology/cells/prepacing.h"

#include "core/cache_folder.h"
#include "core/error.h"
#include "core/log.h"
#include "core/output/files.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>

namespace vivicor
{
  using Json = nlohmann::ordered_json;
  namespace fs = std::filesystem;

  namespace
  {
    /// Rates of V and all states, summed with weights, at some potentials: another number when an equation changes.
    std::vector<double> fingerprint(const IonicModel &model)
    {
      constexpr std::size_t stride = 8;
      const std::vector<double> rest = model.rest();
      alignas(64) double V[stride] = {model.rest_potential(), -60.0, -35.0, -10.0, 0.0, 15.1, 30.0, 50.0}, dV[stride];
      std::vector<double> states(stride * rest.size()), dstates(states.size()), numbers;
      for (std::size_t k = 0; k < rest.size(); ++k)
        for (std::size_t i = 0; i < stride; ++i)
          states[k * stride + i] = rest[k] * (1.0 + 0.01 * static_cast<double>(i));
      model.rates(stride, stride, V, states.data(), nullptr, dV, dstates.data());
      for (std::size_t i = 0; i < stride; ++i)
        {
          double sum = dV[i];
          for (std::size_t k = 0; k < rest.size(); ++k)
            sum += dstates[k * stride + i] / (1e-6 + std::abs(rest[k])) * static_cast<double>(k + 1);
          numbers.push_back(sum);
        }
      return numbers;
    }

    Json content(const std::string &key, const SteadyState &steady)
    {
      return {{"key", key}, {"beats", steady.beats}, {"change", steady.change}, {"V_mV", steady.state.V}, {"states", steady.state.states}};
    }

    /// What was written, if it is whole. @throws std::exception when it is not
    SteadyState parse(const std::string &text, const std::string &key, const std::size_t n_states)
    {
      const Json file = Json::parse(text);
      SteadyState steady;
      steady.beats = file.at("beats").get<unsigned>();
      steady.change = file.at("change").get<double>();
      steady.state = {file.at("V_mV").get<double>(), file.at("states").get<std::vector<double>>()};
      if (file.at("key") != key || steady.state.states.size() != n_states)
        throw std::runtime_error("it belongs to another cell");
      if (file.at("sha256") != sha256_of_text(content(key, steady).dump()))
        throw std::runtime_error("its checksum is wrong");
      return steady;
    }
  }

  std::string prepacing_folder()
  {
    const std::string cache = cache_folder();
    return cache.empty() ? "" : (fs::path(cache) / "prepacing").string();
  }

  std::string prepacing_key(const IonicModel &model, const std::string &identity, const Pacing &pacing, const double tolerance)
  {
    return Json{{"format", 1},
                {"cell", identity},
                {"equations", fingerprint(model)},
                {"integrator", cell_integrator_names().at(static_cast<std::size_t>(pacing.integrator))},
                {"step_ms", pacing.step},
                {"solver_tolerance", pacing.relative_tolerance},
                {"cycle_length_ms", pacing.cycle_length},
                {"beats", pacing.beats},
                {"tolerance", tolerance},
                {"stimulus_ms_ms_uA_uF", {pacing.stimulus_start, pacing.stimulus_duration, pacing.stimulus_amplitude}},
                {"rest_mV", model.rest_potential()},
                {"rest", model.rest()}}
      .dump();
  }

  std::string prepacing_file(const std::string &folder, const std::string &key)
  {
    return (fs::path(folder) / (sha256_of_text(key) + ".json")).string();
  }

  std::optional<SteadyState> read_prepaced(const std::string &folder, const std::string &key, const std::size_t n_states)
  {
    const std::string file = prepacing_file(folder, key);
    std::error_code failed;
    if (!fs::exists(file, failed))
      return {};
    try
      {
        return parse(read_whole(file), key, n_states);
      }
    catch (const std::exception &error)
      {
        log::warn("pre-paced state in the cache is ignored: {}: {}", file, error.what());
        return {};
      }
  }

  void write_prepaced(const std::string &folder, const std::string &key, const SteadyState &steady)
  {
    Json file = content(key, steady);
    file["sha256"] = sha256_of_text(file.dump());
    try
      {
        fs::create_directories(folder);
        write_whole(prepacing_file(folder, key), file.dump(1) + "\n");
      }
    catch (const std::exception &error)
      {
        log::warn("a pre-paced state is not cached: {}", error.what());
      }
  }

  SteadyState prepace(const IonicModel &model, const std::string &identity, const Pacing &pacing, const double tolerance,
                      const std::string &folder)
  {
    const std::string key = prepacing_key(model, identity, pacing, tolerance);
    if (!folder.empty())
      if (const auto known = read_prepaced(folder, key, model.rest().size()))
        return *known;
    const SteadyState steady = pace_to_steady_state(model, pacing, tolerance, resting_state(model));
    if (!folder.empty())
      write_prepaced(folder, key, steady);
    return steady;
  }
}
