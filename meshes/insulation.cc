#include "meshes/insulation.h"

#include "core/log.h"

#include <algorithm>
#include <numeric>

namespace vivicor
{
  namespace
  {
    /// Nodes joined by cells: which node stands for each connected piece.
    class Pieces
    {
    public:
      explicit Pieces(const std::size_t nodes) : parent(nodes) { std::iota(parent.begin(), parent.end(), 0u); }

      unsigned of(unsigned node)
      {
        while (parent[node] != node)
          node = parent[node] = parent[parent[node]];
        return node;
      }

      void join(const std::array<unsigned, 4> &cell)
      {
        for (const unsigned node : cell)
          parent[of(node)] = of(cell[0]);
      }

    private:
      std::vector<unsigned> parent;
    };

    /// Cells of this kind of muscle in pieces so small beside the largest that no wave would ever reach them.
    std::vector<std::size_t> islands(const Anatomy &anatomy, const Tissue kind)
    {
      constexpr double small = 0.01;
      Pieces pieces(anatomy.points.size());
      std::vector<std::size_t> muscle;
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (anatomy.regions[anatomy.cell_region[c]].tissue == kind)
          {
            pieces.join(anatomy.cells[c]);
            muscle.push_back(c);
          }
      std::vector<std::size_t> size(anatomy.points.size(), 0);
      std::size_t largest = 0;
      for (const std::size_t c : muscle)
        largest = std::max(largest, ++size[pieces.of(anatomy.cells[c][0])]);
      std::erase_if(muscle, [&](const std::size_t c) {
        return static_cast<double>(size[pieces.of(anatomy.cells[c][0])]) >= small * static_cast<double>(largest);
      });
      return muscle;
    }
  }

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
    const Tissue keep = side == "atria" ? Tissue::ventricle : Tissue::atrium, give = side == "atria" ? Tissue::atrium : Tissue::ventricle;
    const auto tissue = [&](std::size_t c) { return anatomy.regions[anatomy.cell_region[c]].tissue; };
    std::vector<bool> kept(anatomy.points.size());
    for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
      if (tissue(c) == keep)
        for (const unsigned node : anatomy.cells[c])
          kept[node] = true;
    std::vector<std::size_t> touching;
    for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
      if (tissue(c) == give && std::any_of(anatomy.cells[c].begin(), anatomy.cells[c].end(), [&](unsigned node) { return kept[node]; }))
        touching.push_back(c);
    if (touching.empty())
      return;
    const unsigned ring = anatomy.regions.size();
    anatomy.regions.push_back(fibrous_ring);
    for (const std::size_t c : touching)
      anatomy.cell_region[c] = ring;
    const std::vector<std::size_t> cut_off = islands(anatomy, give);
    for (const std::size_t c : cut_off)
      anatomy.cell_region[c] = ring;
    log::info("mesh: {} cells of the {} that touch the other muscle became the passive region fibrous_ring, and {} "
              "cells which those cut off",
              touching.size(), side, cut_off.size());
  }
}
