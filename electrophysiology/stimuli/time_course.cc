#include "electrophysiology/stimuli/time_course.h"

#include "core/error.h"
#include "core/units.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  double share(double onset, double duration, double t, double dt)
  {
    return std::max(0.0, std::min(t + dt, onset + duration) - std::max(t, onset)) / dt;
  }

  double TimeCourse::share(double t, double dt) const
  {
    double covered = 0;
    long first = 0, last = 0;
    if (repeat > 0)
      {
        first = std::max(0l, static_cast<long>(std::floor((t - onsets.back() - duration) / repeat)));
        last = static_cast<long>(std::ceil((t + dt - onsets.front()) / repeat));
        if (patterns > 0)
          last = std::min(last, patterns - 1);
      }
    for (long k = first; k <= last; ++k)
      for (const double onset : onsets)
        covered += vivicor::share(onset + static_cast<double>(k) * repeat, duration, t, dt);
    return covered;
  }

  void declare_time_course(Schema &deck, const std::string &duration)
  {
    deck.quantity("duration", duration, 0, 1000, "How long the current flows each time.");
    const auto start = [](Schema &s) { s.quantity("start", "0 ms", 0, 1e6, "First stimulus."); };
    deck.select("protocol", "single",
                {{"single", start},
                 {"train",
                  [start](Schema &s) {
                    start(s);
                    s.quantity("period", "800 ms", 1, 1e5, "Time from one stimulus to the next.");
                    s.integer("number", 0, 0, 1000000, "How many; 0: until the run ends.");
                  }},
                 {"s1s2",
                  [start](Schema &s) {
                    start(s);
                    s.quantity("s1_period", "600 ms", 1, 1e5, "Time from one S1 to the next.");
                    s.integer("s1_number", 8, 1, 100000, "How many S1 stimuli.");
                    s.quantities("coupling_intervals", {"300 ms"}, "ms",
                                 "From the last S1 to S2; a second value from S2 to S3, and so on.");
                  }},
                 {"burst",
                  [start](Schema &s) {
                    start(s);
                    s.quantity("period", "100 ms", 1, 1e5, "Time from one pulse of a burst to the next.");
                    s.integer("number", 10, 1, 100000, "Pulses of a burst.");
                    s.quantity("burst_period", "2000 ms", 1, 1e6, "Time from the start of one burst to that of the next.");
                    s.integer("bursts", 1, 1, 100000, "How many bursts.");
                  }}},
                "When it flows: once, in a train, as S1 stimuli with extra stimuli after them, in bursts.");
  }

  namespace
  {
    std::vector<double> equal_intervals(double start, double period, long number)
    {
      std::vector<double> onsets;
      for (long k = 0; k < number; ++k)
        onsets.push_back(start + static_cast<double>(k) * period);
      return onsets;
    }

    void refuse_overlap(double interval, double duration, const Parameters &deck, const std::string &key)
    {
      if (interval < duration)
        throw UserError({"stimuli " + in_unit(interval, "ms") + " apart that last " + in_unit(duration, "ms"), deck.where(key),
                         "one would begin before the last has ended", "an interval of " + in_unit(duration, "ms") + " or more",
                         "lengthen the interval or shorten the duration"});
    }
  }

  TimeCourse read_time_course(const Parameters &deck)
  {
    TimeCourse course;
    course.duration = deck.quantity("duration");
    const double start = deck.quantity("start");
    const std::string protocol = deck.text("protocol");
    course.onsets = {start};
    if (protocol == "train")
      {
        course.repeat = deck.quantity("period");
        course.patterns = deck.integer("number");
        refuse_overlap(course.repeat, course.duration, deck, "period");
      }
    else if (protocol == "s1s2")
      {
        const double period = deck.quantity("s1_period");
        refuse_overlap(period, course.duration, deck, "s1_period");
        course.onsets = equal_intervals(start, period, deck.integer("s1_number"));
        for (const double interval : deck.quantities("coupling_intervals"))
          {
            refuse_overlap(interval, course.duration, deck, "coupling_intervals");
            course.onsets.push_back(course.onsets.back() + interval);
          }
      }
    else if (protocol == "burst")
      {
        const double period = deck.quantity("period");
        course.onsets = equal_intervals(start, period, deck.integer("number"));
        course.repeat = deck.quantity("burst_period");
        course.patterns = deck.integer("bursts");
        refuse_overlap(period, course.duration, deck, "period");
        if (course.patterns > 1)
          refuse_overlap(course.repeat - (course.onsets.back() - start), course.duration, deck, "burst_period");
      }
    return course;
  }
}
