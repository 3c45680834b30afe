#include "coupling/observers/deformation.h"

namespace vivicor
{
  namespace
  {
    /// Share of the largest volume that must have left before the beat counts as ejecting: more than atrioventricular
    /// plane motion and wall bulging change it in isovolumic contraction.
    constexpr double ejected_share = 0.05;
    constexpr double slack = 1e-6; // ms: times are sums of steps

    double LV_volume(const Simulation &simulation)
    {
      return simulation.scheme->blood().volume[0];
    }
  }

  void DeformationObserver::start(const Simulation &simulation)
  {
    if (simulation.mechanics->wall())
      begin_beat(simulation);
  }

  void DeformationObserver::begin_beat(const Simulation &simulation)
  {
    ejecting = false;
    present = {{LV_volume(simulation), simulation.mechanics->wall()->displacement()}, {}};
  }

  void DeformationObserver::after_step(const Simulation &simulation)
  {
    if (!simulation.mechanics->wall())
      return;
    const double t = simulation.clock.time();
    const auto now = static_cast<unsigned>((t + slack) / simulation.cycle_length);
    const bool on_the_border = t < now * simulation.cycle_length + slack;
    if (now == beat || on_the_border) // a step that ends on the border ends the beat before it
      look(simulation);
    if (now == beat)
      return;
    beat = now;
    last = std::move(present);
    begin_beat(simulation);
  }

  void DeformationObserver::look(const Simulation &simulation)
  {
    auto &[end_diastole, end_systole] = present;
    const double volume = LV_volume(simulation);
    if (!ejecting && volume > end_diastole.volume)
      end_diastole = {volume, simulation.mechanics->wall()->displacement()};
    ejecting = ejecting || volume < (1.0 - ejected_share) * end_diastole.volume;
    if (ejecting && (end_systole.displacement.empty() || volume < end_systole.volume))
      end_systole = {volume, simulation.mechanics->wall()->displacement()};
  }

  void DeformationObserver::archive(Archive &archive)
  {
    archive_number(archive, "deformation/ejecting", ejecting);
    archive_number(archive, "deformation/beat", beat);
    for (auto &[name, shape] : {std::pair<std::string, Shape &>{"deformation/end_diastole", present.end_diastole},
                                {"deformation/end_systole", present.end_systole},
                                {"deformation/last_end_diastole", last.end_diastole},
                                {"deformation/last_end_systole", last.end_systole}})
      {
        archive_number(archive, name + "/volume", shape.volume);
        std::vector<double> components;
        for (const Point3 &u : shape.displacement)
          components.insert(components.end(), u.begin(), u.end());
        archive.numbers(name, components);
        shape.displacement.resize(components.size() / 3);
        for (std::size_t i = 0; i < components.size(); ++i)
          shape.displacement[i / 3][i % 3] = components[i];
      }
  }

  std::optional<Measures> DeformationObserver::end_systolic(const Simulation &simulation) const
  {
    const auto &[end_diastole, end_systole] = whole_cycle();
    if (end_systole.displacement.empty())
      return {};
    return measure(simulation.anatomy, simulation.fibres, end_diastole.displacement, end_systole.displacement);
  }

  std::optional<std::array<SegmentMeasures, n_segments>> DeformationObserver::segments(const Simulation &simulation) const
  {
    const auto &[end_diastole, end_systole] = whole_cycle();
    if (end_systole.displacement.empty())
      return {};
    return regional_measures(simulation.anatomy, simulation.fibres, end_diastole.displacement, end_systole.displacement);
  }
}
