// From a heart as imaged, with blood under pressure in it, back to the shape that it would have without load.
#pragma once

#include "core/timers.h"
#include "mechanics/mechanics.h"

#include <mpi.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vivicor
{
  /// Entry "reference" of the mechanics section.
  void declare_reference(Schema &mechanics);

  struct UnloadingSettings
  {
    bool unload = false;          ///< the mesh is the heart under `pressure`; else it is unloaded already
    std::vector<double> pressure; ///< kPa, in the order of the cavities
    double tolerance = 0.01;      ///< mm: largest distance between a node of the image and of the inflated shape
    unsigned max_iterations = 30;
    unsigned memory = 5; ///< of Anderson's acceleration; 0: none
  };

  /// @param mechanics the section @param cavities names in the order of the mechanics
  /// @throws UserError for a cavity without a pressure
  UnloadingSettings read_reference(const Parameters &mechanics, const std::vector<std::string> &cavities);

  /// One iteration: an unloaded shape, inflated, against the image.
  struct UnloadingIteration
  {
    double max_error = 0, mean_error = 0;   ///< mm, over the nodes
    std::vector<double> unloaded, inflated; ///< mm^3, by cavity
    double smallest_volume_ratio = 1;       ///< over the cells: unloaded over imaged volume
  };

  struct Unloading
  {
    std::vector<std::string> cavities;
    UnloadingSettings settings;
    std::vector<double> imaged;                 ///< mm^3, by cavity
    std::vector<UnloadingIteration> iterations; ///< the last one within the tolerance
    std::vector<Point3> points;                 ///< unloaded, mm, by node of the anatomy
    Fibres fibres;                              ///< in the unloaded shape
    std::unique_ptr<Mechanics> mechanics;       ///< of the unloaded shape, inflated to the image
  };

  /// Collective. The shape X whose static inflation to the pressures, u(X), is the image x: fixed point X <- x - u(X)
  /// (Sellier 2011, 10.1016/j.jfluidstructs.2011.08.002; Bols et al. 2013, 10.1016/j.cam.2012.10.034) with Anderson's acceleration.
  /// Fibres are carried back with the shape. An iterate that turns cells inside out or cannot be inflated is drawn back
  /// halfway towards the one before, repeatedly.
  /// @param image heart under pressure @param at_image its fibres
  /// @param watch called after every iteration
  /// @throws SolverError naming iteration and worst cell
  Unloading unload(MPI_Comm comm, const Anatomy &image, const Fibres &at_image, const std::vector<unsigned> &cell_rank,
                   const Parameters &deck, const UnloadingSettings &settings, Timers &timers,
                   const std::function<void(unsigned, const UnloadingIteration &)> &watch);
}
