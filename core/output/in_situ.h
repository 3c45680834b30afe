// Scripts that watch a run while it runs: what they see, and the contract of the back ends that run them.
// A back end is a module beside the program, built where its libraries are found and loaded by the runs that ask for
// it: the program neither needs those libraries nor waits for them to load.
#pragma once

#include "core/output/vtu.h"

#include <mpi.h>

#include <memory>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace vivicor
{
  /// One rank's part of a grid, seen where it lies: points, connectivity and values must stay until the next step was
  /// processed.
  struct InSituGrid
  {
    std::string channel; ///< the name under which scripts find it
    std::span<const Point3> points;
    std::span<const unsigned> connectivity; ///< nodes_per_cell numbers a cell
    unsigned nodes_per_cell = 4;            ///< 3: triangles; 4: tetrahedra
    std::span<const VtuField> point_fields, cell_fields;
  };

  /// Columns of numbers; filled on rank 0, empty on the others.
  struct InSituTable
  {
    std::string channel;
    std::vector<std::string> names;
    std::vector<std::span<const double>> columns;
  };

  struct InSituData
  {
    std::vector<InSituGrid> grids;
    std::vector<InSituTable> tables;
  };

  /// What a script wants at a step: fields by channel. "*" stands for all fields of a channel.
  struct InSituWish
  {
    std::set<std::pair<std::string, std::string>> fields;

    bool channel(const std::string &name) const;
    bool field(const std::string &channel, const std::string &name) const;
    void add(const InSituWish &other) { fields.insert(other.fields.begin(), other.fields.end()); }
  };

  /// A channel and the other names that scripts may use for it, such as that of the file a script was made with.
  struct InSituChannel
  {
    std::string name;
    std::vector<std::string> aliases;
    std::vector<std::string> fields = {}; ///< that a script may ask for one by one
  };

  /// Why a script, or all of in situ, cannot go on: one line.
  struct InSituFailure : std::runtime_error
  {
    using std::runtime_error::runtime_error;
  };

  /// Runs scripts. All calls are collective; a failure may be that of one rank, and the caller agrees on it with the
  /// others.
  class InSituBackEnd
  {
  public:
    virtual ~InSituBackEnd() = default;

    /// "no display: REASON" where nothing can be drawn, else empty. Any rank may answer differently.
    virtual std::string display_problem() const = 0;
    /// @param folder where scripts write, absolute
    /// @param may_draw false: scripts that open a view fail instead of ending the process
    /// @throws InSituFailure
    virtual void open(MPI_Comm comm, const std::string &folder, const std::vector<InSituChannel> &channels, bool may_draw) = 0;
    /// @return the script's number. @throws InSituFailure
    virtual unsigned add(const std::string &script) = 0;
    /// All scripts were added. @throws InSituFailure when none of them can run
    virtual void start() {}
    virtual InSituWish wanted(unsigned script, double t, long step) = 0;
    /// @throws InSituFailure when the script failed; it must then be dropped
    virtual void process(unsigned script, double t, long step, const InSituData &data) = 0;
    virtual void drop(unsigned script) = 0;
    /// What the back end complained about since the last call without failing: lines.
    virtual std::vector<std::string> warnings() = 0;
  };

  /// Back ends beside the program, "paraview-5.11" for example.
  std::vector<std::string> in_situ_back_ends();

  /// The back end whose name begins with `name`. @throws InSituFailure: none there, or it does not load
  std::unique_ptr<InSituBackEnd> load_in_situ_back_end(const std::string &name);
}
