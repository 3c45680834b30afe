#include "coupling/results/electrical_maps.h"

#include "coupling/results/surface_activation.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double slack = 1e-6; // ms: times are sums of steps

    ElectricalMaps present_maps(const Simulation &simulation)
    {
      const ElectricalHeart &heart = *simulation.electrophysiology;
      return {heart.activation(), heart.regional_maps(), surface_activation(simulation).values};
    }

    void archive_optional(Archive &archive, const std::string &name, std::optional<double> &number)
    {
      std::vector<double> values;
      if (number)
        values.push_back(*number);
      archive.numbers(name, values);
      number = values.empty() ? std::nullopt : std::optional(values[0]);
    }

    void archive_activation(Archive &archive, const std::string &name, ElectricalHeart::Activation &activation)
    {
      archive_optional(archive, name + "/atrial_duration", activation.atrial_duration);
      archive_optional(archive, name + "/ventricular_duration", activation.ventricular_duration);
      archive_optional(archive, name + "/atrial_start", activation.atrial_start);
      archive_optional(archive, name + "/ventricular_start", activation.ventricular_start);
      archive_optional(archive, name + "/ventricular_repolarisation", activation.ventricular_repolarisation);
      archive_number(archive, name + "/activated_fraction", activation.activated_fraction);
    }

    void archive_regions(Archive &archive, const std::string &name, std::vector<RegionalMaps> &regions)
    {
      std::size_t n = regions.size();
      archive_number(archive, name + "/number", n);
      regions.resize(n);
      for (std::size_t r = 0; r < n; ++r)
        {
          const std::string region = name + "/" + std::to_string(r);
          archive_text(archive, region + "/name", regions[r].region);
          archive_number(archive, region + "/volume", regions[r].volume_mL);
          archive_number(archive, region + "/activated_share", regions[r].activated_share);
          for (const auto &[map, s] : {std::pair<const char *, Statistic *>{"/activation", &regions[r].activation},
                                       {"/repolarisation", &regions[r].repolarisation},
                                       {"/apd90", &regions[r].apd90},
                                       {"/velocity", &regions[r].velocity}})
            {
              std::vector<double> values{s->mean, s->sd, s->min, s->max};
              archive.numbers(region + map, values);
              *s = {values.at(0), values.at(1), values.at(2), values.at(3)};
            }
        }
    }

    void archive_maps(Archive &archive, const std::string &name, ElectricalMaps &maps)
    {
      archive_activation(archive, name + "/activation", maps.activation);
      archive_regions(archive, name + "/regions", maps.regions);
      archive.numbers(name + "/surface", maps.surface);
    }
  }

  void ElectricalMapsObserver::after_step(const Simulation &simulation)
  {
    const double t = simulation.clock.time(), cycle = simulation.cycle_length;
    // The cycle that the end of this step belongs to: a step that ends on a border ends the earlier one.
    const double now = std::ceil((t - slack) / cycle) - 1;
    if (now > latest_cycle && latest_cycle >= 0)
      {
        whole = latest;
        whole_cycle = latest_cycle;
      }
    constexpr double steps_to_come
      = 2; // a step that was cut may be doubled: where no step ends on the border, the last one before it counts
    if (t + steps_to_come * simulation.clock.step() < (now + 1) * cycle - slack)
      return;
    latest = present_maps(simulation);
    latest_cycle = now;
  }

  void ElectricalMapsObserver::archive(Archive &archive)
  {
    archive_number(archive, "electrical_maps/latest_cycle", latest_cycle);
    archive_number(archive, "electrical_maps/whole_cycle", whole_cycle);
    archive_maps(archive, "electrical_maps/latest", latest);
    archive_maps(archive, "electrical_maps/whole", whole);
  }

  ElectricalMaps ElectricalMapsObserver::maps(const Simulation &simulation) const
  {
    const double cycles = std::floor((simulation.clock.time() + slack) / simulation.cycle_length); // whole ones
    if (latest_cycle >= 0 && latest_cycle == cycles - 1)
      return latest;
    return whole_cycle >= 0 ? whole : present_maps(simulation);
  }
}
