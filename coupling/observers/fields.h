// fields/: the moving wall and the voltage for ParaView, and activation.vtu at the end.
#pragma once

#include "core/output/vtu.h"
#include "coupling/simulation.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vivicor
{
  struct FieldOptions
  {
    double every = 0;                  ///< ms between two fields; 0: none, only activation.vtu at the end
    std::vector<char> region_is_shown; ///< by region of the anatomy
    VtuPrecision precision = VtuPrecision::float32;
  };
  /// From the section "output" of a deck. @throws UserError for a region that is not there
  FieldOptions read_field_options(const Parameters &output, const std::vector<Region> &regions);

  class FieldObserver : public Observer
  {
  public:
    FieldObserver(std::string folder, FieldOptions options);
    ~FieldObserver() override;
    void start(const Simulation &simulation) override;
    void resume(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;
    void finish(const Simulation &simulation) override;
    void archive(Archive &archive) override;

  private:
    struct Grids;
    void write(const Simulation &simulation);
    double interval(double t) const; ///< number of the interval that t lies in

    std::string folder;
    FieldOptions options;
    double last_written = -1; ///< ms; before any: none
    unsigned count = 0;
    VtuSeries mechanics_series, voltage_series;
    std::unique_ptr<Grids> grids; ///< since the first field
  };

  /// This rank's cells of the anatomy, their nodes numbered from zero.
  struct WallPart
  {
    std::vector<unsigned> nodes; ///< of the anatomy, by the part's own number
    std::vector<std::array<unsigned, 4>> cells;
    std::vector<unsigned> cell_numbers; ///< in the anatomy
  };
  /// @param is_shown by region of the anatomy; empty: all are
  WallPart wall_part(const Simulation &simulation, const std::vector<char> &is_shown = {});

  inline constexpr const char *displacement_name = "displacement_mm"; ///< a field of the wall and of the electrical grid

  /// Displacement (mm) of the anatomy's nodes at one moment, gathered from all ranks once, when it is first asked for; of a pump with
  /// a wall.
  class Displacement
  {
  public:
    explicit Displacement(const Simulation &simulation) : simulation(simulation) {}
    /// Collective.
    const std::vector<Point3> &operator()()
    {
      if (!gathered)
        gathered = simulation.mechanics->wall()->displacement();
      return *gathered;
    }

  private:
    const Simulation &simulation;
    std::optional<std::vector<Point3>> gathered;
  };

  /// Collective. The fields of the wall whose names are wanted (by all ranks alike) at some nodes of the anatomy, each one in a
  /// cell of this rank, and the region of cells. Without a wall, those that need one are left out.
  using FieldFilter = std::function<bool(const std::string &name)>;
  std::vector<VtuField> wall_fields(const Simulation &simulation, const std::vector<unsigned> &nodes, const FieldFilter &wanted,
                                    Displacement &displacement);
  std::vector<std::string> wall_field_names(); ///< all that can be wanted
  VtuField wall_regions(const Anatomy &anatomy, const std::vector<unsigned> &cells);
  /// At electrical nodes; exact for the wall's linear elements, whose edges they divide. @param displacement of the anatomy's nodes
  VtuField displacement_at(const std::vector<NodeKey> &keys, const std::vector<Point3> &displacement);
}
