#include "core/broadcast.h"
#include "core/collective.h"
#include "meshes/anatomy.h"

namespace vivicor
{
  namespace
  {
    template <class Value>
    void broadcast_named(MPI_Comm comm, std::map<std::string, std::vector<Value>> &named)
    {
      std::vector<std::string> names;
      for (const auto &[name, values] : named)
        names.push_back(name);
      broadcast(comm, names);
      for (const std::string &name : names)
        broadcast(comm, named[name]);
    }
  }

  Anatomy build_anatomy(MPI_Comm comm, const Parameters &deck, const std::vector<std::string> &data_folders)
  {
    Anatomy anatomy;
    on_rank_0(comm, [&] { anatomy = build_anatomy(deck, data_folders); });
    anatomy.regions = regions_of(deck);
    broadcast(comm, anatomy.points);
    broadcast(comm, anatomy.cells);
    broadcast(comm, anatomy.cell_region);
    broadcast_named(comm, anatomy.cavities);
    broadcast(comm, anatomy.epicardium);
    broadcast(comm, anatomy.fixed);
    broadcast_named(comm, anatomy.vectors);
    return anatomy;
  }
}
