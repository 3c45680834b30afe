#include "core/output/in_situ/display.h"

#include <dlfcn.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

namespace vivicor
{
  namespace
  {
    using Open = void *(*)(const char *);
    using QueryExtension = int (*)(void *, const char *, int *, int *, int *);

    /// A server that has just lost its last client, or has just been started, refuses for a moment.
    void *patiently(Open open)
    {
      constexpr int tries = 10;
      constexpr std::chrono::milliseconds pause{300};
      for (int k = 0; k < tries; ++k)
        {
          if (void *display = open(nullptr))
            return display;
          std::this_thread::sleep_for(pause);
        }
      return nullptr;
    }
  }

  std::string display_problem()
  {
    const char *name = std::getenv("DISPLAY");
    if (!name || !*name)
      return "no display: DISPLAY is not set";
    // Looked up at run time: the headers of X are no part of ParaView's packages.
    void *X11 = dlopen("libX11.so.6", RTLD_NOW);
    if (!X11)
      return "no display: libX11 is missing";
    const auto open = reinterpret_cast<Open>(dlsym(X11, "XOpenDisplay"));
    const auto query = reinterpret_cast<QueryExtension>(dlsym(X11, "XQueryExtension"));
    if (!open || !query)
      return "no display: libX11 is broken";
    // Stays open until the process ends: a virtual server resets when its last client leaves, and ParaView, which opens
    // and closes connections of its own, would end the process when one is refused meanwhile.
    static void *const display = patiently(open);
    if (!display)
      return std::string("no display: DISPLAY=") + name + " does not answer";
    int opcode, event, error;
    return query(display, "GLX", &opcode, &event, &error) ? "" : std::string("no display: DISPLAY=") + name + " does not know OpenGL (GLX)";
  }
}
