#include "electrophysiology/cells/protocol.h"

#include "core/error.h"
#include "core/units.h"
#include "electrophysiology/cells/prepacing.h"
#include "electrophysiology/membranes/drug_block.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    const std::vector<std::string> protocols{"steady", "s1s2", "dynamic"};

    /// "model" stands for what the model asks for.
    const std::string by_model = "model";

    double quantity_or(const Parameters &protocol, const std::string &key, const double by_the_model, const std::string &unit,
                       const double min, const double max)
    {
      const std::string text = protocol.text(key);
      if (text == by_model)
        return by_the_model;
      const double value = parse_quantity(text, unit, key, protocol.where(key));
      if (!(value >= min && value <= max))
        throw UserError({"'" + text + "' does not do for " + key, protocol.where(key),
                         "it must lie between " + in_unit(min, unit) + " and " + in_unit(max, unit), in_unit(value < min ? min : max, unit),
                         "choose a value in the range, or " + by_model});
      return value;
    }

    double time_or(const Parameters &protocol, const std::string &key, const double by_the_model, const double min)
    {
      return quantity_or(protocol, key, by_the_model, "ms", min, 1e5);
    }

    std::vector<double> range(const std::string &text, const std::string &where)
    {
      std::vector<double> ends;
      std::size_t begin = 0;
      for (std::size_t colon = 0; colon != std::string::npos; begin = colon + 1)
        {
          colon = text.find(':', begin);
          const double time = parse_quantity(text.substr(begin, colon - begin), "ms", "intervals", where);
          if (!(time > 0.0))
            throw UserError(
              {"'" + text + "' is no list of times", where, "an interval is longer than 0 ms", "", "write times such as \"300 ms\""});
          ends.push_back(time);
        }
      if (ends.size() == 1)
        return ends;
      const double steps = ends.size() == 3 ? std::abs(ends[2] - ends[0]) / ends[1] : -1.0;
      if (steps < 0.0 || steps > 10000.0)
        throw UserError(
          {"'" + text + "' is no range of times", where, "", "", "write FROM:STEP:TO with units, such as \"250 ms:10 ms:500 ms\""});
      std::vector<double> times;
      for (int i = 0; i <= static_cast<int>(steps + 1e-9); ++i)
        times.push_back(ends[0] + i * (ends[2] > ends[0] ? ends[1] : -ends[1]));
      return times;
    }

    void declare_protocol(Schema &protocol)
    {
      protocol.choice("kind", "steady", protocols,
                      "steady: one rhythm. s1s2: one premature beat after a train, for each interval. dynamic: ever faster rhythms.");
      protocol.integer("beats", 10, 1, 100000, "Beats of the rhythm, of the train before the premature beat, or of each rhythm.");
      protocol.text("cycle_length", by_model, "From one beat to the next; of a dynamic protocol, the slowest rhythm.");
      protocol.list("intervals", {},
                    "Premature intervals or cycle lengths, as times or ranges FROM:STEP:TO; none: chosen by the protocol.");
      protocol.text("stimulus_start", "0 ms", "Time of the stimulus in a cycle of the steady protocol.");
      protocol.text("stimulus_duration", by_model, "Length of the stimulus.");
      protocol.text("stimulus_amplitude", by_model, "Current per capacitance, depolarising positive; 0 A/F: no stimulus.");
      protocol.choice("integrator", "cvode", cell_integrator_names(),
                      "cvode: the reference, with error control over whole beats. The others step as tissue does.");
      protocol.text("step", by_model, "Step of the tissue's integrators.");
      protocol.quantity("tolerance", "1e-7", 1e-13, 1e-2, "Relative tolerance of cvode and arkode.");
      protocol.integer("prepace", 0, 0, 100000, "Beats before those that are measured, at most; kept in the user's cache folder.");
      protocol.quantity("prepace_tolerance", "1e-5", 0, 1, "Fewer of them will do once none changes a state by more than this share.");
      protocol.flag("cache", true, "Read and keep pre-paced states.");
      protocol.quantity("alternans", "1 ms", 0.001, 1000, "Difference of APD90 from beat to beat that counts as alternans.");
      protocol.integer("trace_beats", 1, 1, 100000, "Number of last beats of which the trace is kept.");
    }
  }

  Schema cell_schema(const std::string &model)
  {
    const auto found = registry<IonicModel>().find(model);
    if (found == registry<IonicModel>().end())
      {
        std::vector<std::string> names;
        for (const auto &entry : registry<IonicModel>())
          names.push_back(entry.first);
        throw UserError(
          {"no cell model named '" + model + "'", "", "it is not registered", nearest_of(model, names), "see: vivicor list models"});
      }
    Schema schema;
    found->second.declare(schema);
    declare_drugs(schema);
    Schema protocol = schema.section("protocol", "What the cell goes through.");
    declare_protocol(protocol);
    return schema;
  }

  CellProtocol cell_protocol(const IonicModel &model, const Parameters &parameters)
  {
    const Parameters p = parameters.section("protocol");
    CellProtocol protocol;
    protocol.kind = static_cast<CellProtocol::Kind>(std::find(protocols.begin(), protocols.end(), p.text("kind")) - protocols.begin());
    Pacing &pacing = protocol.pacing = natural_pacing(model);
    pacing.cycle_length = time_or(p, "cycle_length", pacing.cycle_length, 1.0);
    pacing.beats = static_cast<unsigned>(p.integer("beats"));
    pacing.stimulus_start = time_or(p, "stimulus_start", 0.0, 0.0);
    if (protocol.kind != CellProtocol::Kind::steady) // they count intervals from stimulus to stimulus, also while they are pre-paced
      pacing.stimulus_start = 0.0;
    pacing.stimulus_duration = time_or(p, "stimulus_duration", pacing.stimulus_duration, 1e-3);
    pacing.stimulus_amplitude = quantity_or(p, "stimulus_amplitude", pacing.stimulus_amplitude, "A/F", 0.0, 1000.0);
    pacing.integrator = cell_integrator(p.text("integrator"));
    pacing.step = time_or(p, "step", pacing.step, 1e-5);
    pacing.relative_tolerance = p.quantity("tolerance");
    protocol.prepace_beats = static_cast<unsigned>(p.integer("prepace"));
    protocol.prepace_tolerance = p.quantity("prepace_tolerance");
    protocol.cache = p.flag("cache");
    protocol.alternans = p.quantity("alternans");
    protocol.trace_beats = static_cast<unsigned>(std::min(p.integer("trace_beats"), p.integer("beats")));
    for (const std::string &text : p.list("intervals"))
      for (const double time : range(text, p.where("intervals")))
        protocol.intervals.push_back(time);

    if (pacing.stimulus_start + pacing.stimulus_duration > pacing.cycle_length)
      throw UserError({"the stimulus ends after the cycle", p.where("cycle_length"),
                       "it ends " + in_unit(pacing.stimulus_start + pacing.stimulus_duration, "ms") + " into a cycle of "
                         + in_unit(pacing.cycle_length, "ms"),
                       "", "shorten the stimulus or lengthen the cycle"});
    if (protocol.kind != CellProtocol::Kind::steady && pacing.stimulus_amplitude == 0.0)
      throw UserError({"the protocol '" + p.text("kind") + "' needs a stimulus", p.where("stimulus_amplitude"),
                       model.traits().self_firing ? "this cell fires by itself and asks for none" : "its amplitude is 0", "",
                       "give --stimulus-amplitude"});
    for (const double interval : protocol.intervals)
      if (protocol.kind != CellProtocol::Kind::steady && interval <= pacing.stimulus_duration)
        throw UserError(
          {"an interval of " + in_unit(interval, "ms") + " is no longer than the stimulus", p.where("intervals"), "", "", "lengthen it"});
    return protocol;
  }

  std::optional<double> CellStudy::APD90_difference() const
  {
    if (beats.size() < 2 || beats.back().APD90 <= 0.0 || beats[beats.size() - 2].APD90 <= 0.0)
      return {};
    return beats.back().APD90 - beats[beats.size() - 2].APD90;
  }

  bool CellStudy::alternates() const
  {
    if (!restitution.empty())
      return std::any_of(restitution.begin(), restitution.end(),
                         [&](const auto &p) { return p.captured && std::abs(p.alternans) > protocol.alternans; });
    return std::abs(APD90_difference().value_or(0.0)) > protocol.alternans;
  }

  namespace
  {
    void study_rhythm(const IonicModel &model, const CellState &start, CellStudy &study)
    {
      Pacing pacing = study.protocol.pacing;
      const unsigned kept = study.protocol.trace_beats;
      CellState state = start;
      if (pacing.beats > kept)
        {
          Pacing before = pacing;
          before.beats -= kept;
          PacedCell cell = pace(model, before, state);
          study.beats = cell.beats;
          state = cell.end;
        }
      pacing.beats = kept;
      pacing.keep_trace = true;
      PacedCell cell = pace(model, pacing, state);
      study.beats.insert(study.beats.end(), cell.beats.begin(), cell.beats.end());
      study.trace = std::move(cell.trace);
      study.trace_states = std::move(cell.trace_states);
      study.end = cell.end;
    }
  }

  namespace
  {
    /// Name and parameters, without the protocol; drugs are in the parameters that they scaled.
    std::string identity(const std::string &name, const Parameters &parameters)
    {
      auto values = nlohmann::ordered_json::parse(parameters.resolved_json());
      values.erase("protocol");
      values.erase("drugs");
      return name + " " + values.dump();
    }
  }

  CellStudy study_cell(const std::string &name, const Parameters &parameters)
  {
    const auto drugs = drug_factors(parameters);
    require_channels({name}, drugs);
    const Parameters cell = with_factors(parameters, name, drugs);
    const auto model = create<IonicModel>(name, cell);
    CellStudy study{name, parameters, cell_protocol(*model, parameters), model->state_names(), model->has_calcium()};
    for (const ChannelFactor &drug : drugs)
      study.channels_left.try_emplace(drug.channel, 1.0).first->second *= drug.factor;
    const CellProtocol &protocol = study.protocol;
    CellState start = resting_state(*model);
    if (protocol.prepace_beats > 0)
      {
        Pacing pacing = protocol.pacing;
        pacing.beats = protocol.prepace_beats;
        study.prepaced = prepace(*model, identity(name, cell), pacing, protocol.prepace_tolerance,
                                 protocol.cache ? prepacing_folder() : "");
        start = study.prepaced->state;
      }
    if (protocol.kind == CellProtocol::Kind::steady)
      study_rhythm(*model, start, study);
    else if (protocol.kind == CellProtocol::Kind::s1s2)
      study.restitution = s1s2_restitution(*model, protocol.pacing, protocol.intervals, start);
    else
      study.restitution = dynamic_restitution(
        *model, protocol.pacing, protocol.intervals.empty() ? usual_cycle_lengths(protocol.pacing.cycle_length) : protocol.intervals,
        start);
    study.slope = steepest_slope(study.restitution, protocol.alternans);
    return study;
  }
}
