#include "coupling/observers/deformation.h"

namespace vivicor
{
  namespace
  {
    /// Share of the largest volume that must have left before the beat counts as ejecting: more than atrioventricular
    /// plane motion and wall bulging change it in isovolumic contraction.
    constexpr double ejected_share = 0.05;

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
    end_diastole = {LV_volume(simulation), simulation.mechanics->wall()->displacement()};
    end_systole = {};
  }

  void DeformationObserver::after_step(const Simulation &simulation)
  {
    if (!simulation.mechanics->wall())
      return;
    const auto now = static_cast<unsigned>((simulation.clock.time() + 1e-6) / simulation.cycle_length);
    if (now != beat && !simulation.clock.finished())
      {
        beat = now;
        begin_beat(simulation);
        return;
      }
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
    for (auto &[name, shape] :
         {std::pair<std::string, Shape &>{"deformation/end_diastole", end_diastole}, {"deformation/end_systole", end_systole}})
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

  Measures DeformationObserver::end_systolic(const Simulation &simulation) const
  {
    if (end_systole.displacement.empty())
      return {};
    return measure(simulation.anatomy, simulation.fibres, end_diastole.displacement, end_systole.displacement);
  }

  std::array<SegmentMeasures, n_segments> DeformationObserver::segments(const Simulation &simulation) const
  {
    if (end_systole.displacement.empty())
      return {};
    return regional_measures(simulation.anatomy, simulation.fibres, end_diastole.displacement, end_systole.displacement);
  }
}
