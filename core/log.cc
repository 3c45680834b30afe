#include "core/log.h"

#include "core/error.h"
#include "core/output/terminal.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <algorithm>
#include <memory>
#include <vector>

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
    terminal->set_level(!speaks ? spdlog::level::off : quiet ? spdlog::level::warn : spdlog::level::info);
    auto logger = std::make_shared<spdlog::logger>("vivicor", terminal);
    logger->set_level(speaks ? spdlog::level::info : spdlog::level::off);
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
  }

  std::shared_ptr<void> also_to(const std::string &file)
  {
    try
      {
        auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
        sink->set_pattern("%Y-%m-%d %H:%M:%S.%e %L %v");
        const auto logger = spdlog::default_logger();
        logger->sinks().push_back(sink);
        const auto level = logger->level();
        logger->set_level(std::min(level, spdlog::level::info));
        return std::shared_ptr<void>(nullptr, [logger, sink, level](void *) {
          std::erase(logger->sinks(), sink);
          logger->set_level(level);
        });
      }
    catch (const spdlog::spdlog_ex &error)
      {
        throw OutputError({"cannot write '" + file + "'", "", error.what(), "", "choose another result folder or its permissions"});
      }
  }
}
