// The scripts that watch one run. None of them ends it: one that fails is reported in a line, switched off, and the run
// goes on.
#pragma once

#include "core/output/in_situ.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  struct InSituOptions
  {
    std::string back_end = "paraview";
    std::vector<std::string> scripts; ///< files
    std::string live;                 ///< HOST:PORT where a ParaView waits; empty: nowhere
    std::string folder;               ///< where scripts write; made when the first one starts
  };

  class InSituScripts
  {
  public:
    /// Collective. Loads the back end and starts the scripts; what fails is reported and left out.
    InSituScripts(MPI_Comm comm, InSituOptions options, const std::vector<InSituChannel> &channels);
    ~InSituScripts();

    /// Collective. @param provide answers, collectively, what the scripts want; called only when one wants something
    void process(double t, long step, const std::function<InSituData(const InSituWish &)> &provide);

    struct Script
    {
      std::string file;
      unsigned number = 0; ///< the back end's
      std::string failure; ///< empty: at work
    };
    const std::vector<Script> &scripts() const { return all; }
    bool at_work() const;
    /// Why the back end is not at work, or cannot draw; empty where it can.
    const std::string &problem() const { return no_back_end; }
    const std::string &display_problem() const { return no_display; }

  private:
    void start(const std::vector<InSituChannel> &channels);
    void add_live_script();
    void switch_off(Script &script, const std::string &when, const std::string &reason);
    void report_warnings();

    MPI_Comm comm;
    InSituOptions options;
    std::unique_ptr<InSituBackEnd> back_end;
    std::string no_back_end, no_display;
    std::vector<Script> all;
    unsigned warnings_left;
  };
}
