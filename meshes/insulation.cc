#include "meshes/insulation.h"

#include "core/log.h"

#include <algorithm>

namespace vivicor
{
  void declare_insulation(Schema &mesh)
  {
    mesh.choice("insulation", "atria", {"atria", "ventricles", "none"},
                "Side on which cells that touch the other kind of muscle become the passive region fibrous_ring, as "
                "the fibrous skeleton does "
                "in life. A generated heart has a plate between them, and no such cells.");
  }

  void insulate(Anatomy &anatomy, const Parameters &mesh)
  {
    const std::string side = mesh.text("insulation");
    if (side == "none")
      return;
    const Tissue keep = side == "atria" ? Tissue::ventricle : Tissue::atrium,
                 give = side == "atria" ? Tissue::atrium : Tissue::ventricle;
    const auto tissue = [&](std::size_t c) { return anatomy.regions[anatomy.cell_region[c]].tissue; };
    std::vector<bool> kept(anatomy.points.size());
    for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
      if (tissue(c) == keep)
        for (const unsigned node : anatomy.cells[c])
          kept[node] = true;
    std::vector<std::size_t> touching;
    for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
      if (tissue(c) == give
          && std::any_of(anatomy.cells[c].begin(), anatomy.cells[c].end(), [&](unsigned node) { return kept[node]; }))
        touching.push_back(c);
    if (touching.empty())
      return;
    const unsigned ring = anatomy.regions.size();
    anatomy.regions.push_back(fibrous_ring);
    for (const std::size_t c : touching)
      anatomy.cell_region[c] = ring;
    log::info("mesh: {} cells of the {} that touch the other muscle became the passive region fibrous_ring",
              touching.size(), side);
  }
}
