// Whether pictures can be drawn: without a display ParaView ends the whole process.
#pragma once

#include <string>

namespace vivicor
{
  /// Empty where there is an X display with OpenGL, else "no display: REASON".
  std::string display_problem();
}
