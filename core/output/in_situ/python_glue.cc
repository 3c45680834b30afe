#include "core/output/in_situ/python_glue.h"

#include <cstdio>

namespace vivicor
{
  std::string python_glue(vtkStringArray *exceptions, bool may_draw)
  {
    char address[64];
    std::snprintf(address, sizeof address, "%p", static_cast<void *>(exceptions));
    std::string program = R"(
import sys
from vtkmodules.vtkCommonCore import vtkStringArray as _vivicor_strings
_vivicor_exceptions = _vivicor_strings('Addr=)"
                          + std::string(address) + R"(')
def _vivicor_note(kind, value, trace):
    import os, traceback
    place = traceback.extract_tb(trace)
    where = ' (%s:%d)' % (os.path.basename(place[-1].filename), place[-1].lineno) if place else ''
    text = ' '.join(str(value).split())
    _vivicor_exceptions.InsertNextValue('%s: %s%s' % (kind.__name__, text, where))
sys.excepthook = _vivicor_note
import logging
logging.raiseExceptions = False # ParaView's own handler fails on debug messages, at length
from paraview import servermanager
# Nobody reads the descriptions of all of ParaView's filters here, and collecting them is a third of the import.
servermanager.ProxyNamespace.getDocumentation = lambda self, name: ''
import paraview.simple
)";
    if (!may_draw)
      program += R"(
def _vivicor_no_view(*args, **kwargs):
    raise RuntimeError('it draws, and there is no display')
paraview.simple.CreateView = _vivicor_no_view
import vtkmodules.vtkRenderingCore
vtkmodules.vtkRenderingCore.vtkRenderWindow = _vivicor_no_view
)";
    return program;
  }

  std::string last_line(const std::string &text)
  {
    const char *blank = " \t\r\n";
    const auto end = text.find_last_not_of(blank);
    if (end == std::string::npos)
      return "";
    const auto before = text.find_last_of('\n', end);
    const auto begin = text.find_first_not_of(blank, before == std::string::npos ? 0 : before);
    return text.substr(begin, end - begin + 1);
  }
}
