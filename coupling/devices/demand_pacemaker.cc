// A pacemaker of one chamber that paces on demand (mode VVI or AAI): after each beat that it senses or paces it waits for the
// lower-rate interval and paces then, unless it senses another beat before. After each beat it is deaf for the refractory period.
#include "coupling/devices/device.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    const std::string source = "PACEMAKER System Specification, Boston Scientific 2007, modes VVI and AAI";

    class DemandPacemaker : public Device
    {
    public:
      DemandPacemaker(const Parameters &deck, const Context &context)
        : tip{context.name + " lead", deck.where("position"), deck.text("chamber") == "atrium" ? Tissue::atrium : Tissue::ventricle,
              position_of(deck), deck.quantity("radius")},
          interval(deck.quantity("lower_rate_interval")),
          refractory(deck.quantity("refractory_period")),
          amplitude(deck.quantity("amplitude")),
          width(deck.quantity("pulse_width")),
          threshold(deck.quantity("sensing_threshold"))
      {
        if (refractory >= interval)
          throw UserError({"a pacemaker that is deaf for the whole lower-rate interval", deck.where("refractory_period"),
                           "it would never sense a beat", "below lower_rate_interval", "shorten the refractory period"});
      }

      Ports ports() override { return {{tip}, {}, {}, {}}; }

      void drive(const double t, const double dt, double *current) override
      {
        State &s = trial;
        if (s.last_beat + interval < t + dt)
          {
            s.pulse = s.last_beat = s.last_beat + interval;
            ++s.paced;
          }
        // The share of the step in which the pulse flows: its charge does not depend on the step.
        current[0] += amplitude * std::max(0., std::min(s.pulse + width, t + dt) - std::max(s.pulse, t)) / dt;
      }

      double listening_interval() const override { return 0.5; }

      void hear(const double t, const double *potential) override
      {
        State &s = trial;
        const bool high = potential[0] > threshold;
        if (high && !s.was_high && t > s.last_beat + refractory)
          {
            s.last_beat = t;
            ++s.sensed;
          }
        s.was_high = high;
      }

      void commit() override { committed = trial; }
      void rollback() override { trial = committed; }
      void archive(Archive &archive) override
      {
        archive_number(archive, "last_beat", committed.last_beat);
        archive_number(archive, "pulse", committed.pulse);
        archive_number(archive, "was_high", committed.was_high);
        archive_number(archive, "paced", committed.paced);
        archive_number(archive, "sensed", committed.sensed);
        trial = committed;
      }
      std::vector<Channel> channels() const override
      {
        return {{"paced_beats", static_cast<double>(committed.paced)}, {"sensed_beats", static_cast<double>(committed.sensed)}};
      }

    private:
      static Point3 position_of(const Parameters &deck)
      {
        const std::vector<double> x = deck.quantities("position");
        if (x.size() != 3)
          throw UserError({"a lead's position of " + std::to_string(x.size()) + " lengths", deck.where("position"),
                           "a place in space has three", "", "write [\"x mm\", \"y mm\", \"z mm\"]"});
        return {x[0], x[1], x[2]};
      }

      const Electrode tip;
      const double interval, refractory, amplitude, width, threshold; // ms, ms, uA/uF, ms, mV
      struct State
      {
        double last_beat = 0, pulse = -1e30; ///< ms; a new pacemaker waits for one interval
        bool was_high = false;
        long paced = 0, sensed = 0;
      } trial, committed;
    };

    void declare(Schema &device)
    {
      device.quantities("position", {}, "mm", "Where its lead ends, in the unloaded heart: three lengths.");
      device.quantity("radius", "3 mm", 0.1, 20, "Of the tissue that the lead's end captures.");
      device.choice("chamber", "ventricle", {"ventricle", "atrium"}, "The tissue that it paces and senses.");
      device.quantity("lower_rate_interval", "1000 ms", 200, 3000, "Longest time without a beat.", source + ": 60 per minute");
      device.quantity("refractory_period", "320 ms", 50, 1000, "Deaf for so long after each beat.", source);
      device.quantity("amplitude", "60 uA/uF", 0, 1e4, "Current of a pulse; 0: it only senses.");
      device.quantity("pulse_width", "1 ms", 0.05, 20, "Length of a pulse.");
      device.quantity("sensing_threshold", "-40 mV", -80, 30, "A beat is sensed when the mean potential at the lead's end rises above.");
    }

    const Register<Device> registered{
      {"demand_pacemaker", "Paces one chamber when no beat comes by itself (VVI, AAI).", source, declare,
       [](const Parameters &deck, const Device::Context &context) { return std::make_unique<DemandPacemaker>(deck, context); }}};
  }
}
