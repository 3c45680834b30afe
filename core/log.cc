#include "core/log.h"

#include "core/error.h"
#include "core/output/terminal.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <memory>

namespace vivicor::log
{
  namespace
  {
    bool speaks = true; // false on every rank but 0
  }

  void start(int rank, bool quiet)
  {
    speaks = rank == 0;
    auto terminal = std::make_shared<spdlog::sinks::stdout_color_sink_mt>();
    if (!on_terminal(stdout))
      terminal->set_color_mode(spdlog::color_mode::never);
    terminal->set_pattern("%^%L%$ %v");
    terminal->set_level(quiet ? spdlog::level::warn : spdlog::level::info);
    auto logger = std::make_shared<spdlog::logger>("vivicor", terminal);
    logger->set_level(speaks ? spdlog::level::info : spdlog::level::off);
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
  }

  void also_to(const std::string &file)
  {
    if (!speaks)
      return;
    try
      {
        auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
        sink->set_pattern("%Y-%m-%d %H:%M:%S.%e %L %v");
        spdlog::default_logger()->sinks().push_back(sink);
      }
    catch (const spdlog::spdlog_ex &error)
      {
        throw OutputError({"cannot write '" + file + "'", "", error.what(), "", "choose another result folder or its permissions"});
      }
  }
}
