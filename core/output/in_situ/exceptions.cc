#include "core/output/in_situ/exceptions.h"

#include <utility>

namespace vivicor
{
  namespace
  {
    std::vector<ScriptException> passed_on;
  }

  std::string exception_script()
  {
    // ctypes finds the function among the global symbols, where back ends are loaded.
    return R"(# Written by Vivicor: tells it which script raised what.
import ctypes
import os
import sys
import traceback

_pass_on = ctypes.CDLL(None).vivicor_in_situ_exception


def _vivicor_excepthook(kind, value, trace):
    places = traceback.extract_tb(trace)
    files = [place.filename for place in places] + [str(getattr(value, 'filename', ''))]
    where = ' (%s:%d)' % (os.path.basename(places[-1].filename), places[-1].lineno) if places else ''
    text = '%s: %s%s' % (kind.__name__, ' '.join(str(value).split()), where)
    _pass_on('\n'.join(files).encode(), text.encode())


sys.excepthook = _vivicor_excepthook
)";
  }

  std::vector<ScriptException> take_exceptions()
  {
    return std::exchange(passed_on, {});
  }
}

extern "C" void vivicor_in_situ_exception(const char *files, const char *text)
{
  vivicor::passed_on.push_back({files, text});
}
