#include "core/output/progress.h"

#include "core/output/files.h"
#include "core/output/terminal.h"

#include <nlohmann/json.hpp>
#include <sys/ioctl.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace vivicor
{
  namespace
  {
    double wall_seconds()
    {
      return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    }

    /// Columns of the terminal; a longer line would wrap and could not be rewritten.
    std::size_t columns(std::FILE *terminal)
    {
      winsize size{};
      return ioctl(fileno(terminal), TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : 200u;
    }

    /// "1:02:03" or "4:05"
    std::string as_clock(double seconds)
    {
      const long whole = std::lround(std::max(0.0, seconds));
      char text[32];
      if (whole >= 3600)
        std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
      else
        std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
      return text;
    }

    /// JSON has no NaN: null stands for it.
    nlohmann::json number(double value)
    {
      return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
    }
  }

  Progress::Progress(std::string json_file, std::FILE *terminal, std::function<double()> clock)
    : json_file(std::move(json_file)),
      terminal(terminal),
      rewrites(on_terminal(terminal)),
      clock(clock ? std::move(clock) : wall_seconds),
      start_s(this->clock()),
      last_step_s(start_s),
      last_json_s(-1e300)
  {
  }

  void Progress::update(const ProgressState &now)
  {
    const double time_s = clock();
    if (steps > 0) // what the first step started from is not known: a resumed run does not start at zero
      {
        // An average over all steps at first, over about the last ten later on.
        const double weight = std::max(0.1, 1.0 / static_cast<double>(steps));
        step_s += weight * (time_s - last_step_s - step_s);
        step_ms += weight * (now.time_ms - state.time_ms - step_ms);
      }
    last_step_s = time_s;
    state = now;
    ++steps;
    show(false);
    if (time_s - last_json_s >= 1.0)
      save();
  }

  void Progress::finish()
  {
    if (steps == 0)
      return;
    show(true);
    save();
  }

  double Progress::seconds_left() const
  {
    return step_ms > 0 ? std::max(0.0, state.end_ms - state.time_ms) * step_s / step_ms : 0.0;
  }

  std::string Progress::line() const
  {
    char text[256];
    const double share = state.end_ms > 0 ? 100.0 * state.time_ms / state.end_ms : 0.0;
    std::snprintf(text, sizeof text, "%3.0f %% | beat %u/%u | %-24s | t %6.1f ms | LV %5.1f mmHg %5.1f mL", share, state.beat, state.beats,
                  state.phase.c_str(), state.time_ms, state.LV_pressure_mmHg, state.LV_volume_mL);
    if (steps < 2) // one step has no pace yet
      return text;
    char pace[64];
    std::snprintf(pace, sizeof pace, " | %.2f s/step | %s left", step_s, as_clock(seconds_left()).c_str());
    return std::string(text) + pace;
  }

  std::string Progress::json() const
  {
    return nlohmann::ordered_json{{"beat", state.beat},
                                  {"beats", state.beats},
                                  {"phase", state.phase},
                                  {"time_ms", number(state.time_ms)},
                                  {"end_ms", number(state.end_ms)},
                                  {"LV_pressure_mmHg", number(state.LV_pressure_mmHg)},
                                  {"LV_volume_mL", number(state.LV_volume_mL)},
                                  {"s_per_step", number(steps > 1 ? step_s : NAN)},
                                  {"time_left_s", number(steps > 1 || state.time_ms >= state.end_ms ? seconds_left() : NAN)},
                                  {"wall_s", number(last_step_s - start_s)},
                                  {"steps", steps}}
             .dump(2)
           + "\n";
  }

  void Progress::show(bool last)
  {
    if (!terminal)
      return;
    const double share = state.end_ms > 0 ? state.time_ms / state.end_ms : 1.0;
    if (rewrites)
      {
        std::string text = line();
        const std::size_t width = std::min(text.size(), columns(terminal));
        text.resize(width);
        text.resize(std::max(width, shown_width), ' '); // blanks cover what a longer line left behind
        shown_width = width;
        std::fprintf(terminal, "\r%s%s", text.c_str(), last ? "\n" : "");
      }
    else if (share - shown >= 0.05 || shown < 0 || (last && share > shown))
      {
        shown = share;
        std::fprintf(terminal, "%s\n", line().c_str());
      }
    std::fflush(terminal);
  }

  void Progress::save()
  {
    if (json_file.empty())
      return;
    last_json_s = last_step_s;
    write_whole(json_file, json(), DraftFile::Durable::no); // a second later there is a newer one
  }
}
