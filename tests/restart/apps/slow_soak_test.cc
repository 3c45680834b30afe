// A long run: what the program holds does not grow with its beats, and the beats become alike.
#include "tests/restart/apps/runs.h"

#include <cmath>
#include <map>

using namespace vivicor;
using namespace vivicor::restart;

namespace
{
  constexpr unsigned beats = 24, settled = 4; // caches and buffers have their size by then
  constexpr double cycle = 800;               // ms

  struct Held
  {
    double memory_MB = 0;
    unsigned handles = 0;
  };

  Held held_by(pid_t process)
  {
    const std::string proc = "/proc/" + std::to_string(process);
    Held held;
    std::istringstream status(text_of(proc + "/status"));
    for (std::string line; std::getline(status, line);)
      if (line.rfind("VmRSS:", 0) == 0)
        held.memory_MB = std::stod(line.substr(6)) / 1024;
    std::error_code gone;
    for (fs::directory_iterator entry(proc + "/fd", gone), end; !gone && entry != end; entry.increment(gone))
      ++held.handles;
    return held;
  }

  unsigned beat_of(const std::string &folder)
  {
    const auto progress = nlohmann::json::parse(text_of(folder + "/progress.json"), nullptr, false);
    return progress.is_object() ? static_cast<unsigned>(progress.at("time_ms").get<double>() / cycle) : 0;
  }

  /// Of each beat, counted from 0, the most memory and the fewest handles: files that are just being written come and
  /// go, one that leaks is there at every moment.
  std::map<unsigned, Held> watch(Process &process, const std::string &folder)
  {
    std::map<unsigned, Held> by_beat;
    for (; process.is_running(); std::this_thread::sleep_for(std::chrono::milliseconds(250)))
      {
        const unsigned beat = beat_of(folder);
        const Held now = held_by(process.id());
        if (now.memory_MB == 0 || now.handles == 0)
          continue; // it ended while we looked
        const auto [place, is_first] = by_beat.try_emplace(beat, now);
        if (!is_first)
          place->second = {std::max(place->second.memory_MB, now.memory_MB), std::min(place->second.handles, now.handles)};
      }
    return by_beat;
  }

  /// A column of timeseries.csv by time.
  std::map<double, double> column(const std::string &folder, const std::string &name)
  {
    std::istringstream rows(text_of(folder + "/timeseries.csv"));
    std::string line, cell;
    std::getline(rows, line);
    std::vector<std::string> names;
    for (std::istringstream header(line); std::getline(header, cell, ',');)
      names.push_back(cell);
    const auto place = std::find(names.begin(), names.end(), name) - names.begin();
    std::map<double, double> values;
    while (std::getline(rows, line))
      {
        std::vector<double> row;
        for (std::istringstream cells(line); std::getline(cells, cell, ',');)
          row.push_back(std::stod(cell));
        values[row[0]] = row[static_cast<std::size_t>(place)];
      }
    return values;
  }

  /// Largest difference of a beat (from 0) from the one before it, in shares of its range.
  double change(const std::map<double, double> &values, unsigned beat)
  {
    double most = 0, low = 1e300, high = -1e300;
    for (const auto &[t, value] : values)
      if (t > beat * cycle && t <= (beat + 1) * cycle + 1e-6)
        {
          const auto before = values.lower_bound(t - cycle - 1e-6);
          most = std::max(most, std::abs(value - before->second));
          low = std::min(low, value);
          high = std::max(high, value);
        }
    return most / (high - low);
  }
}

TEST(SlowSoak, TwentyFourBeats)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string results = folder / "results", said = folder / "said";
  Process process("run " VIVICOR_SOURCE "/parameters/minimal/heart.json --quiet --set output.fields_every=200ms --set time.beats="
                    + std::to_string(beats) + " --output " + results,
                  said);
  const auto held = watch(process, results);
  ASSERT_EQ(process.wait(), 0) << text_of(said);

  // The recorded curves are all that may grow: about 40 columns of 400 rows and 12 of 800 in a beat, 0.2 MB.
  for (unsigned beat = settled; beat < beats; ++beat)
    {
      ASSERT_TRUE(held.contains(beat)) << "beat " << beat << " was not seen";
      EXPECT_LT(held.at(beat).memory_MB, held.at(settled).memory_MB + 0.5 * (beat - settled) + 2) << "beat " << beat;
      EXPECT_LE(held.at(beat).handles, held.at(settled).handles) << "beat " << beat;
    }
  for (const std::string name :
       {"LV_volume_mL", "RV_volume_mL", "LA_volume_mL", "RA_volume_mL", "LV_pressure_mmHg", "aortic_pressure_mmHg"})
    {
      const auto values = column(results, name);
      std::cout << name << ": change from beat to beat " << change(values, 1) << " (second), " << change(values, beats - 1) << " (last)\n";
      EXPECT_LT(change(values, beats - 1), 0.005) << name;
    }
  std::cout << "memory " << held.at(settled).memory_MB << " MB in beat " << settled << ", " << held.at(beats - 1).memory_MB
            << " MB in the last; " << held.at(settled).handles << " and " << held.at(beats - 1).handles << " open files\n";
}
