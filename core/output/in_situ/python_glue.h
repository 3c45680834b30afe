// What Python must do for us within ParaView: keep exceptions short, and refuse to draw where that would end the
// process.
#pragma once

#include <string>

class vtkStringArray;

namespace vivicor
{
  /// A program in Python. It adds the last line of every uncaught exception to `exceptions`.
  std::string python_glue(vtkStringArray *exceptions, bool may_draw);

  /// The last line that says something.
  std::string last_line(const std::string &text);
}
