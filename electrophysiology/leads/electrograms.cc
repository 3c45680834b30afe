#include "electrophysiology/leads/electrograms.h"

#include "core/error.h"

namespace vivicor
{
  void declare_electrograms(Schema &deck)
  {
    Schema electrogram = deck.items("electrograms", "Unipolar electrograms, by name of your choice; written to electrograms.csv.");
    electrogram.quantities("position", {"0 mm", "0 mm", "0 mm"}, "mm", "Place of the electrode in the coordinates of the mesh.");
  }

  std::vector<Point3> electrogram_positions(const Parameters &deck)
  {
    std::vector<Point3> places;
    for (const auto &name : deck.names("electrograms"))
      {
        const Parameters electrogram = deck.section("electrograms").section(name);
        const auto position = electrogram.quantities("position");
        if (position.size() != 3)
          throw UserError({"a point with " + std::to_string(position.size()) + " coordinates", electrogram.where("position"),
                           "a point has three", "", "give three lengths"});
        places.push_back({position[0], position[1], position[2]});
      }
    return places;
  }

  Electrograms::Electrograms(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres,
                             const SourceConductivities &conductivities, const Parameters &deck)
    : own_names(deck.names("electrograms")),
      potentials(unbounded_weights(mesh, anatomy, fibres, conductivities, electrogram_positions(deck)))
  {
  }
}
