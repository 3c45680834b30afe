#include "coupling/tasks/circulation_study.h"

#include "circulation/closed_loop.h"
#include "core/error.h"
#include "core/units.h"
#include "coupling/deck.h"
#include "coupling/results/results.h"
#include "coupling/volumes.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace vivicor
{
  namespace
  {
    struct ChamberDefaults
    {
      std::string active, passive, unstressed, onset, contraction, relaxation;
    };

    void declare_chamber(Schema &heart, const std::string &name, const ChamberDefaults &d)
    {
      const std::string tuned = "tuned, see docs/decisions/circulation_defaults.md";
      Schema chamber = heart.section(name, "p = (active e(t) + passive) (V - unstressed), e between 0 and 1.");
      chamber.quantity("active", d.active + " mmHg/mL", 0, 1e3, "Elastance that contraction adds at its peak.", tuned);
      chamber.quantity("passive", d.passive + " mmHg/mL", 1e-5, 1e3, "Elastance at rest.", tuned);
      chamber.quantity("unstressed", d.unstressed + " mL", -1e3, 1e4, "Volume at which the pressure is 0.", tuned);
      chamber.quantity("onset", d.onset + " ms", -1e4, 1e4, "Begin of contraction in each cycle.", tuned);
      chamber.quantity("contraction", d.contraction + " ms", 1, 3000, "Time from the onset to the peak of e.", tuned);
      chamber.quantity("relaxation", d.relaxation + " ms", 1, 3000, "Time from the peak of e to rest.", tuned);
      chamber.quantity("initial_volume", "0 mL", 0, 1e4, "Volume at the start; 0: the one that the circulation's initial pressure gives.");
    }

    void declare_heart(Schema &schema)
    {
      Schema heart = schema.section("heart", "Four chambers of time-varying elastance.");
      heart.quantity("cycle_length", "800 ms", 200, 3000, "Time from one beat to the next.", "75 bpm, resting adult");
      declare_chamber(heart, "LV", {"2.85", "0.081", "15", "170", "250", "250"});
      declare_chamber(heart, "RV", {"0.443", "0.04", "20", "170", "250", "250"});
      declare_chamber(heart, "LA", {"0.18", "0.14", "5", "40", "130", "150"});
      declare_chamber(heart, "RA", {"0.134", "0.059", "5", "40", "130", "150"});
    }

    void declare_protocol(Schema &schema)
    {
      Schema protocol = schema.section("protocol", "How long and how exactly.");
      protocol.integer("beats", 200, 1, 100000, "At most so many beats; fewer when the loop repeats itself.");
      protocol.quantity("periodic", "1e-4 mL", 0, 100,
                        "A beat that changes no chamber's volume by more than this is the limit cycle; 0: all beats are made.");
      protocol.quantity("tolerance", "1e-8", 1e-12, 1e-3, "Relative tolerance of the integrator.");
      protocol.quantity("sampling", "1 ms", 0.01, 100, "Time between two rows of the table.");
    }

    ElastanceChamber read_chamber(const Parameters &p)
    {
      return {p.quantity("active"),     p.quantity("passive"), p.quantity("contraction"),
              p.quantity("relaxation"), p.quantity("onset"),   p.quantity("unstressed")};
    }

    ElastanceHeart::State initial_state(const ElastanceHeart &heart, const Circulation &circulation, const Parameters &section)
    {
      Chambers volume = heart.start(circulation).volume;
      for (std::size_t k = 0; k < volume.size(); ++k)
        if (const double given = section.section(circulation.chambers()[k]).quantity("initial_volume"); given > 0.)
          volume[k] = given;
      return heart.start(circulation, volume);
    }

    /// Samples of one beat from where the loop stands, its end included.
    Recording record_beat(const Circulation &circulation, ClosedLoop &loop, const double period, const unsigned samples)
    {
      Recording recording;
      const double begin = loop.time();
      for (unsigned i = 0; i <= samples; ++i)
        {
          const double t = period * i / samples;
          if (i > 0)
            loop.advance(begin + t);
          const auto reports = circulation.report(loop.time(), loop.state(), loop.pressure());
          if (i == 0)
            recording.columns = blood_columns(circulation.chambers(), reports);
          recording.add(blood_row(t, loop.volume(), loop.pressure(), reports));
        }
      return recording;
    }

    /// Only of the beat that is handed out: on the way there a chamber may be emptied by how the loop was started.
    void require_blood_in(const Recording &beat, const std::vector<std::string> &chambers)
    {
      const auto &t = beat.column("t_ms");
      for (std::size_t i = 0; i < t.size(); ++i)
        {
          std::vector<double> volumes;
          for (const std::string &chamber : chambers)
            volumes.push_back(beat.column(chamber + "_volume_mL")[i] * units::mL);
          require_blood(chambers, volumes, t[i]);
        }
    }

    double largest_difference(const Chambers &a, const Chambers &b)
    {
      double result = 0.;
      for (std::size_t k = 0; k < a.size(); ++k)
        result = std::max(result, std::abs(a[k] - b[k]));
      return result;
    }
  }

  Schema circulation_schema()
  {
    Schema schema;
    declare_case(schema, "circulation");
    declare_circulation(schema);
    declare_heart(schema);
    declare_protocol(schema);
    return schema;
  }

  ElastanceHeart elastance_heart(const Parameters &heart, const std::vector<std::string> &names)
  {
    const double period = heart.quantity("cycle_length");
    std::vector<ElastanceChamber> chambers;
    for (const std::string &name : names)
      {
        const Parameters section = heart.section(name);
        chambers.push_back(read_chamber(section));
        const double active = chambers.back().contraction + chambers.back().relaxation;
        if (active > period)
          throw UserError({name + " contracts and relaxes for " + in_unit(active, "ms"), section.where("relaxation"),
                           "a beat lasts " + in_unit(period, "ms") + " only", "",
                           "shorten contraction or relaxation, or lengthen heart.cycle_length"});
      }
    return ElastanceHeart(chambers, period);
  }

  CirculationStudy study_circulation(const Parameters &parameters)
  {
    const Parameters section = parameters.section("circulation"), protocol = parameters.section("protocol");
    const auto circulation = create<Circulation>(section.text("model"), section,
                                                 Circulation::Context{parameters.section("heart").quantity("cycle_length")});
    const ElastanceHeart heart = elastance_heart(parameters.section("heart"), circulation->chambers());
    const double period = heart.cycle_length(), periodic = protocol.quantity("periodic");
    const auto samples = static_cast<unsigned>(std::max(2., std::ceil(period / protocol.quantity("sampling") * (1. - 1e-9))));

    CirculationStudy study;
    study.parameters = parameters;
    study.chambers = circulation->chambers();
    const auto start = std::chrono::steady_clock::now();
    ClosedLoop loop(*circulation, heart, initial_state(heart, *circulation, parameters.section("heart")), protocol.quantity("tolerance"));
    for (long beat = 0; beat < protocol.integer("beats") && !study.periodic; ++beat)
      {
        const Chambers before = loop.volume();
        const double blood = loop.blood();
        study.recording = record_beat(*circulation, loop, period, samples);
        study.changes.push_back(largest_difference(loop.volume(), before) / units::mL);
        study.drift = std::max(study.drift, std::abs(loop.blood() - blood) / units::mL);
        study.periodic = study.changes.back() <= periodic / units::mL && periodic > 0.;
      }
    require_blood_in(study.recording, circulation->chambers());
    study.blood = loop.blood() / units::mL;
    study.steps = loop.steps();
    study.rate_evaluations = loop.rate_evaluations();
    study.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return study;
  }

  BeatMetrics CirculationStudy::metrics() const
  {
    return beat_metrics(beat_of(recording, latest_span(recording, parameters.section("heart").quantity("cycle_length"))));
  }

  ChamberExtremes CirculationStudy::extremes(const std::string &chamber) const
  {
    const auto &V = recording.column(chamber + "_volume_mL"), &p = recording.column(chamber + "_pressure_mmHg");
    const auto [V_min, V_max] = std::minmax_element(V.begin(), V.end());
    const auto [p_min, p_max] = std::minmax_element(p.begin(), p.end());
    // Trapezoidal rule; the ends of a beat count half each.
    const double sum = std::accumulate(p.begin(), p.end(), -0.5 * (p.front() + p.back()));
    return {*V_min, *V_max, *p_min, *p_max, sum / static_cast<double>(p.size() - 1)};
  }
}
