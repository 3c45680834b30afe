#include "apps/commands.h"
#include "apps/deck_options.h"
#include "apps/examples.h"
#include "core/collective.h"
#include "core/mpi.h"
#include "core/output/vtu.h"
#include "coupling/deck.h"
#include "coupling/folder/result_folder.h"
#include "coupling/tasks/run_folders.h"
#include "meshes/fibres/fibres.h"
#include "meshes/quality.h"

#include <iostream>

namespace vivicor
{
  namespace
  {
    VtuField vectors(const std::string &name, const Fibres &fibres, Point3 Frame::*axis)
    {
      VtuField field{name, 3, {}};
      for (const Frame &frame : fibres.nodal)
        field.values.insert(field.values.end(), (frame.*axis).begin(), (frame.*axis).end());
      return field;
    }

    VtuPiece piece_of(const Anatomy &anatomy, const Fibres &fibres)
    {
      VtuPiece piece;
      piece.points = anatomy.points;
      piece.cells = anatomy.cells;
      piece.point_fields = {vectors("fibre", fibres, &Frame::fibre),
                            vectors("sheet", fibres, &Frame::sheet),
                            {"transmural", 1, fibres.transmural},
                            {"apicobasal", 1, fibres.apicobasal}};
      piece.cell_fields = {{"region", 1, {anatomy.cell_region.begin(), anatomy.cell_region.end()}}};
      return piece;
    }

    void inspect(const RunOptions &options, const std::string &file)
    {
      const Deck deck = read_deck(MPI_COMM_WORLD, options.deck_file, options.settings);
      on_rank_0(MPI_COMM_WORLD, [&] {
        if (!file.empty())
          check_output_file(file, options.overwrite, "--write");
      });
      const Anatomy anatomy = build_anatomy(MPI_COMM_WORLD, deck.parameters, mesh_folders(deck, options));
      on_rank_0(MPI_COMM_WORLD, [&] {
        std::cout << describe(quality_of(anatomy));
        if (file.empty())
          return;
        write_vtu(file, piece_of(anatomy, build_fibres(anatomy, deck.parameters)));
        std::cout << "written: " << file << "\n";
      });
    }
  }

  void add_mesh(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<RunOptions>();
    auto file = std::make_shared<std::string>();
    CLI::App *command = app.add_subcommand("mesh", "inspect the mesh of a deck: regions, cavity volumes, quality");
    add_examples(*command, {"vivicor mesh parameters/minimal/heart.json", "vivicor mesh my_heart.json --write my_heart_with_fibres.vtu"});
    add_deck_options(*command, *options);
    command->add_option("--write", *file, "also write mesh, regions and fibres to this .vtu");
    command->add_flag("--overwrite", options->overwrite, "replace that file where it is there already");
    command->callback([&action, options, file] {
      action = [options, file] {
        inspect(with_environment(*options), *file);
        return 0;
      };
    });
  }
}
