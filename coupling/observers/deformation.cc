// The heart's shape at end-diastole and end-systole of the latest beat, for measures of the wall and its segments. Idle where the pump
// has no wall.
#include "coupling/observer.h"
#include "coupling/results/segment_results.h"
#include "coupling/results/summary.h"
#include "mechanics/measures/measures.h"

#include <array>
#include <optional>

namespace vivicor
{
  namespace
  {
    /// Share of the largest volume that must have left before the beat counts as ejecting: more than atrioventricular
    /// plane motion and wall bulging change it in isovolumic contraction.
    constexpr double ejected_share = 0.05;
    constexpr double slack = 1e-6; // ms: times are sums of steps

    double LV_volume(const SimulationView &simulation)
    {
      return simulation.of_chamber(simulation.blood().volume, "LV").value_or(0.);
    }

    class DeformationObserver : public Observer
    {
    public:
      void start(const SimulationView &simulation) override
      {
        if (simulation.mechanics().wall())
          begin_beat(simulation);
      }

      void after_step(const SimulationView &simulation) override
      {
        if (!simulation.mechanics().wall())
          return;
        const double t = simulation.time();
        const auto now = static_cast<unsigned>((t + slack) / simulation.cycle_length());
        const bool on_the_border = t < now * simulation.cycle_length() + slack;
        if (now == beat || on_the_border) // a step that ends on the border ends the beat before it
          look(simulation);
        if (now == beat)
          return;
        beat = now;
        last = std::move(present);
        begin_beat(simulation);
      }

      void archive(Archive &archive) override
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

      /// Of the latest whole cycle, or of the run so far where that is shorter. End-diastole: largest LV volume before ejection;
      /// end-systole: smallest after. Nothing is found where the LV does not eject.
      void contribute(const SimulationView &simulation, Results &results) override
      {
        if (!simulation.mechanics().wall())
          return;
        std::optional<Measures> end_systolic;
        std::optional<std::array<SegmentMeasures, n_segments>> segments;
        if (const auto &[end_diastole, end_systole] = beat == 0 ? present : last; !end_systole.displacement.empty())
          {
            end_systolic = measure(simulation.anatomy(), simulation.fibres(), end_diastole.displacement, end_systole.displacement);
            segments = regional_measures(simulation.anatomy(), simulation.fibres(), end_diastole.displacement, end_systole.displacement);
          }
        results.summary["mechanics"] = wall_json(end_systolic, segments);
        results.report.figures.push_back(segments_figure(segments));
        results.files["segments.csv"] = segments_csv(segments);
      }

    private:
      struct Shape
      {
        double volume = 0; ///< LV, mm^3
        std::vector<Point3> displacement;
      };
      /// Largest and smallest of one beat; the second is empty until ejection begins.
      struct Shapes
      {
        Shape end_diastole, end_systole;
      };

      void begin_beat(const SimulationView &simulation)
      {
        ejecting = false;
        present = {{LV_volume(simulation), simulation.mechanics().wall()->displacement()}, {}};
      }

      void look(const SimulationView &simulation)
      {
        auto &[end_diastole, end_systole] = present;
        const double volume = LV_volume(simulation);
        if (!ejecting && volume > end_diastole.volume)
          end_diastole = {volume, simulation.mechanics().wall()->displacement()};
        ejecting = ejecting || volume < (1.0 - ejected_share) * end_diastole.volume;
        if (ejecting && (end_systole.displacement.empty() || volume < end_systole.volume))
          end_systole = {volume, simulation.mechanics().wall()->displacement()};
      }

      Shapes present, last; ///< beat under way, beat before
      bool ejecting = false;
      unsigned beat = 0;
    };

    const Register<Observer> registered{
      {"deformation",
       "Strain, thickening, torsion and AV-plane displacement: segments.csv.",
       "this project",
       {},
       [](const Parameters &, const Observer::Context &) { return std::make_unique<DeformationObserver>(); }}};
  }
}
