// How far a run is: one line on the terminal and the same as progress.json for whoever watches from outside.
#pragma once

#include <cstdio>
#include <functional>
#include <string>

namespace vivicor
{
  /// Where the run stands after a step.
  struct ProgressState
  {
    unsigned beat = 1, beats = 1;                  ///< beats 0: the time is not counted in beats
    std::string phase;                             ///< e.g. "ejection"
    double time_ms = 0;                            ///< simulated so far
    double end_ms = 0;                             ///< simulated when done
    double LV_pressure_mmHg = 0, LV_volume_mL = 0; ///< not finite: there is no wall
  };

  /// Rank 0 only. On a terminal one line is rewritten; elsewhere (log files, SLURM) a line is added about every 5 %.
  class Progress
  {
  public:
    /// @param json_file progress.json, rewritten at most once a second and at the end; empty: none
    /// @param terminal where the line goes; null: nowhere
    /// @param clock seconds from any origin; for tests
    explicit Progress(std::string json_file, std::FILE *terminal = stdout, std::function<double()> clock = {});

    /// After every step. @throws OutputError when progress.json cannot be written
    void update(const ProgressState &state);
    /// After the last step, or before another message: ends the line and brings progress.json up to date.
    void finish();

    double seconds_per_step() const; ///< smoothed over about the last ten steps; NaN before the second one
    double seconds_left() const;     ///< from the smoothed pace of late steps; 0 at the end, NaN before the second step

    /// @param width columns; where they do not take everything, time, pressure, volume and time left stay longest
    std::string line(std::size_t width = 200) const;
    std::string json() const;

  private:
    void show(bool last);
    void save();

    std::string json_file;
    std::FILE *terminal;
    bool rewrites;
    std::function<double()> clock;
    ProgressState state;
    double start_s, last_step_s, last_json_s;
    double step_s = 0, step_ms = 0; ///< smoothed wall seconds and simulated milliseconds of a step
    double shown = -1;              ///< shown: share of the run at the last line
    unsigned long steps = 0;
    std::size_t shown_width = 0;
  };
}
