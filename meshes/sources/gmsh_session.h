// Gmsh is one per process: opened and closed here, whatever happens in between.
#pragma once

#include <gmsh.h>

namespace vivicor
{
  /// Silent and on one thread, with the library's own settings rather than the user's files. Not while another one lives.
  struct GmshSession
  {
    GmshSession()
    {
      gmsh::initialize(0, nullptr, false);
      gmsh::option::setNumber("General.Terminal", 0);
      gmsh::option::setNumber("General.NumThreads", 1);
    }
    ~GmshSession() { gmsh::finalize(); }
    GmshSession(const GmshSession &) = delete;
    GmshSession &operator=(const GmshSession &) = delete;
  };
}
