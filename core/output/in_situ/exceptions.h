// What scripts raise within ParaView: its Catalyst 2 prints it, skips the script from then on and reports success.
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  /// A script in Python, to run before the others in the same interpreter: it passes every uncaught exception on to this
  /// module.
  std::string exception_script();

  struct ScriptException
  {
    std::string files; ///< of the traceback, one a line
    std::string text;
  };
  /// Those passed on since the last call.
  std::vector<ScriptException> take_exceptions();
}
