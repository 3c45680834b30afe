#include "coupling/deck.h"

#include "circulation/circulation.h"
#include "core/broadcast.h"
#include "core/collective.h"
#include "core/error.h"
#include "coupling/devices.h"
#include "coupling/folder/checkpoints.h"
#include "coupling/observers.h"
#include "electrophysiology/electrical_heart.h"
#include "mechanics/pump.h"
#include "meshes/fibres/fibres.h"

namespace vivicor
{
  namespace
  {
    void declare_time(Schema &deck)
    {
      Schema time = deck.section("time", "How long to simulate and in which steps.");
      time.quantity("cycle_length", "800 ms", 200, 3000, "Time from one beat to the next; the sinus node fires once in it.",
                    "75 bpm, resting adult");
      time.integer("beats", 1, 1, 1000, "Number of beats.");
      time.quantity("end", "0 ms", 0, 1e7, "Time at which to stop; 0 stands for beats times cycle_length.");
      time.quantity("mechanics_step", "2 ms", 0.01, 10,
                    "Step of wall and circulation; electrophysiology makes its own smaller steps within it.");
      time.quantity("smallest_mechanics_step", "0.05 ms", 1e-4, 10,
                    "A step that fails is halved; below this size the run stops with the last good step on disk.");
    }
  }

  void declare_circulation(Schema &deck)
  {
    Schema circulation = deck.section("circulation", "The closed loop of vessels and valves around the four cavities.");
    declare_models<Circulation>(circulation, "model", "regazzoni_2022", "The model of the loop.");
  }

  double end_of_run(const Parameters &time)
  {
    const double end = time.quantity("end");
    return end > 0 ? end : time.quantity("cycle_length") * static_cast<double>(time.integer("beats"));
  }

  void declare_case(Schema &deck, const std::string &name)
  {
    deck.text("case", name, "Name of the case, for reports and folders.");
    deck.text("description", "", "A sentence about the case, for reports.");
  }

  Schema deck_schema()
  {
    Schema deck;
    declare_case(deck, "heart");
    declare_time(deck);
    declare_anatomy(deck);
    declare_fibres(deck);
    declare_electrophysiology(deck);
    declare_mechanics(deck);
    declare_circulation(deck);
    declare_devices(deck);
    deck.section("output", "What is written.");
    declare_observers(deck);
    declare_checkpoint(deck);
    return deck;
  }

  Deck read_deck(MPI_Comm comm, const std::string &file, const std::vector<std::string> &settings)
  {
    Deck deck;
    std::vector<std::string> texts(1);
    together(comm, [&] {
      deck = read_deck(file, deck_schema(), settings);
      texts[0] = deck.parameters.resolved_json();
    });
    const std::string mine = texts[0];
    broadcast(comm, texts);
    together(comm, [&] {
      if (mine != texts[0])
        throw UserError({"not all ranks read the same deck", file, "the file differs from node to node", "",
                         "put it, with the decks that it is based on, where all nodes see the same"});
    });
    return deck;
  }
}
