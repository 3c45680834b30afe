// maps.csv and the picture of the activation in the report: what the electrical heart recorded of the latest whole cycle. A run may
// end in the middle of the next one.
#include "coupling/observer.h"
#include "coupling/results/map_tables.h"
#include "coupling/results/summary.h"
#include "coupling/results/surface_activation.h"

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace vivicor
{
  namespace
  {
    struct ElectricalMaps
    {
      ElectricalHeart::Activation activation;
      std::vector<RegionalMaps> regions;
      std::vector<double> surface; ///< ms, activation by node of the anatomy; NaN: none
    };

    constexpr double slack = 1e-6; // ms: times are sums of steps

    ElectricalMaps present_maps(const SimulationView &simulation)
    {
      const ElectricalHeart &heart = simulation.electrical_heart();
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

    class ElectricalMapsObserver : public Observer
    {
    public:
      void after_step(const SimulationView &simulation) override
      {
        const double t = simulation.time(), cycle = simulation.cycle_length();
        // The cycle that the end of this step belongs to: a step that ends on a border ends the earlier one.
        const double now = std::ceil((t - slack) / cycle) - 1;
        if (now > latest_cycle && latest_cycle >= 0)
          {
            whole = latest;
            whole_cycle = latest_cycle;
          }
        // A step that was cut may be doubled: where no step ends on the border, the last one before it counts.
        constexpr double steps_to_come = 2;
        if (t + steps_to_come * simulation.step() < (now + 1) * cycle - slack)
          return;
        latest = present_maps(simulation);
        latest_cycle = now;
      }

      void archive(Archive &archive) override
      {
        archive_number(archive, "electrical_maps/latest_cycle", latest_cycle);
        archive_number(archive, "electrical_maps/whole_cycle", whole_cycle);
        archive_maps(archive, "electrical_maps/latest", latest);
        archive_maps(archive, "electrical_maps/whole", whole);
      }

      void contribute(const SimulationView &simulation, Results &results) override
      {
        const ElectricalMaps now = maps(simulation);
        auto &summary = results.summary["electrophysiology"];
        summary["atrial_activation_ms"] = found(now.activation.atrial_duration);
        summary["ventricular_activation_ms"] = found(now.activation.ventricular_duration);
        results.report.map = surface_activation(simulation);
        results.report.map.values = now.surface;
        results.report.tables.push_back(maps_table(now.regions));
        results.files["maps.csv"] = maps_csv(now.regions);
      }

      int order() const override { return -15; }

    private:
      /// Collective. Of the latest whole cycle; of a run that is shorter than one, as they are now.
      ElectricalMaps maps(const SimulationView &simulation) const
      {
        const double cycles = std::floor((simulation.time() + slack) / simulation.cycle_length()); // whole ones
        if (latest_cycle >= 0 && latest_cycle == cycles - 1)
          return latest;
        return whole_cycle >= 0 ? whole : present_maps(simulation);
      }

      ElectricalMaps latest, whole;               ///< near the end of the present cycle, and of the one before
      double latest_cycle = -1, whole_cycle = -1; ///< their numbers; -1: none
    };

    const Register<Observer> registered{
      {"electrical_maps",
       "Activation, repolarisation, APD90 and velocity by region: maps.csv.",
       "this project",
       {},
       [](const Parameters &, const Observer::Context &) { return std::make_unique<ElectricalMapsObserver>(); }}};
  }
}
