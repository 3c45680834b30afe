#include "core/output/in_situ_scripts.h"

#include "core/collective.h"
#include "core/log.h"
#include "core/mpi.h"
#include "core/output/files.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;

  namespace
  {
    constexpr unsigned most_warnings = 5;

    /// Collective. @return why the action failed on the lowest rank where it did, the same on every rank; empty:
    /// nowhere
    std::string failure_of(MPI_Comm comm, const std::function<void()> &action)
    {
      try
        {
          together(comm, action);
          return "";
        }
      catch (const std::exception &error)
        {
          std::string reason = error.what();
          for (std::size_t line = reason.find('\n'); line != std::string::npos; line = reason.find('\n'))
            reason.replace(line, 1, "; ");
          return reason;
        }
    }

    std::string explained(const std::string &reason, const std::string &no_display)
    {
      const bool drew = !no_display.empty() && reason.find("no display") != std::string::npos;
      return drew ? "it draws, and there is " + no_display + "; run under xvfb-run -a" : reason;
    }

    std::string name_of(const std::string &file)
    {
      return fs::path(file).filename().string();
    }

    std::string at_time(double t)
    {
      char text[32];
      std::snprintf(text, sizeof text, "at %.6g ms", t);
      return text;
    }

    /// Shows every channel to a waiting ParaView at each step.
    std::string live_script(const std::string &address, const std::vector<InSituChannel> &channels)
    {
      std::string text = "# script-version: 2.0\n"
                         "# Written by Vivicor for in_situ.live.\n"
                         "from paraview import catalyst\n"
                         "from paraview.simple import *\n";
      for (const auto &channel : channels)
        text += "TrivialProducer(registrationName='" + channel.name + "')\n";
      return text
             + "options = catalyst.Options()\n"
               "options.EnableCatalystLive = 1\n"
               "options.CatalystLiveURL = '"
             + address + "'\n";
    }
  }

  InSituScripts::InSituScripts(MPI_Comm comm, InSituOptions given, const std::vector<InSituChannel> &channels)
    : comm(comm), options(std::move(given)), warnings_left(most_warnings)
  {
    no_back_end = failure_of(comm, [&] { back_end = load_in_situ_back_end(options.back_end); });
    if (no_back_end.empty())
      start(channels);
    if (!no_back_end.empty())
      {
        log::warn("in situ is off: {}", no_back_end);
        back_end.reset();
      }
  }

  InSituScripts::~InSituScripts() = default;

  void InSituScripts::start(const std::vector<InSituChannel> &channels)
  {
    no_display = failure_of(comm, [&] {
      if (const std::string problem = back_end->display_problem(); !problem.empty())
        throw InSituFailure(problem);
    });
    options.folder = fs::absolute(options.folder).string();
    no_back_end = failure_of(comm, [&] {
      if (rank_of(comm) == 0)
        {
          fs::create_directories(options.folder);
          if (!options.live.empty())
            write_whole(options.folder + "/live.py", live_script(options.live, channels));
        }
    });
    if (!no_back_end.empty())
      return;
    if (!options.live.empty())
      options.scripts.push_back(options.folder + "/live.py");
    no_back_end = failure_of(comm, [&] { back_end->open(comm, options.folder, channels, no_display.empty()); });
    if (!no_back_end.empty())
      return;
    for (const std::string &file : options.scripts)
      {
        all.push_back({fs::absolute(file).string(), 0, ""});
        const std::string reason = failure_of(comm, [&] { all.back().number = back_end->add(all.back().file); });
        if (!reason.empty())
          switch_off(all.back(), "at the start", reason);
      }
    if (at_work())
      no_back_end = failure_of(comm, [&] { back_end->start(); });
  }

  bool InSituScripts::at_work() const
  {
    return back_end && std::any_of(all.begin(), all.end(), [](const Script &script) { return script.failure.empty(); });
  }

  void InSituScripts::switch_off(Script &script, const std::string &when, const std::string &reason)
  {
    script.failure = explained(reason, no_display);
    log::warn("in situ: {} failed {} and is switched off: {}", name_of(script.file), when, script.failure);
  }

  void InSituScripts::process(double t, long step, const std::function<InSituData(const InSituWish &)> &provide)
  {
    if (!at_work())
      return;
    InSituWish all_wishes;
    std::vector<Script *> wishing;
    for (Script &script : all)
      if (script.failure.empty())
        if (const InSituWish wish = back_end->wanted(script.number, t, step); !wish.fields.empty())
          {
            all_wishes.add(wish);
            wishing.push_back(&script);
          }
    if (wishing.empty())
      return;
    const InSituData data = provide(all_wishes);
    for (Script *script : wishing)
      {
        const std::string reason = failure_of(comm, [&] { back_end->process(script->number, t, step, data); });
        if (!reason.empty())
          {
            switch_off(*script, at_time(t), reason);
            back_end->drop(script->number);
          }
      }
    report_warnings();
  }

  void InSituScripts::report_warnings()
  {
    for (const std::string &line : back_end->warnings())
      if (warnings_left > 0)
        {
          --warnings_left;
          log::warn("in situ: {}{}", line, warnings_left == 0 ? " (further ones are not shown)" : "");
        }
  }
}
