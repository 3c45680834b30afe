// The heart's shape at end-diastole and end-systole of the latest beat, for measures of the wall and its segments. Idle where the pump
// has no wall.
#include "coupling/observer.h"
#include "coupling/results/segment_results.h"
#include "coupling/results/summary.h"
#include "mechanics/measures/measures.h"

namespace vivicor
{
  namespace
  {
    /// Share of the largest volume that must have left before the beat counts as ejecting: more than atrioventricular
    /// plane motion and wall bulging change it in isovolumic contraction.
    constexpr double ejected_share = 0.05;

    double LV_volume(const SimulationView &simulation)
    {
      return simulation.blood().volume[0];
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
        const auto now = static_cast<unsigned>((simulation.time() + 1e-6) / simulation.cycle_length());
        if (now != beat && !simulation.finished())
          {
            beat = now;
            begin_beat(simulation);
            return;
          }
        const double volume = LV_volume(simulation);
        if (!ejecting && volume > end_diastole.volume)
          end_diastole = {volume, simulation.mechanics().wall()->displacement()};
        ejecting = ejecting || volume < (1.0 - ejected_share) * end_diastole.volume;
        if (ejecting && (end_systole.displacement.empty() || volume < end_systole.volume))
          end_systole = {volume, simulation.mechanics().wall()->displacement()};
      }

      void archive(Archive &archive) override
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

      /// Of the latest beat whose ejection has begun. End-diastole: largest LV volume before ejection; end-systole: smallest after.
      void contribute(const SimulationView &simulation, Results &results) override
      {
        if (!simulation.mechanics().wall())
          return;
        Measures end_systolic;
        std::array<SegmentMeasures, n_segments> segments{};
        if (!end_systole.displacement.empty())
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

      void begin_beat(const SimulationView &simulation)
      {
        ejecting = false;
        end_diastole = {LV_volume(simulation), simulation.mechanics().wall()->displacement()};
        end_systole = {};
      }

      Shape end_diastole, end_systole;
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
