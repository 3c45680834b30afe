// In-situ data in the words of Catalyst 2: a tree of Conduit that ParaView's Catalyst understands ("ParaView-Catalyst
// Blueprint"), grids as Conduit's mesh blueprint. Values are referred to where they lie.
#pragma once

#include "core/output/in_situ.h"

#include <catalyst.h>

#include <deque>
#include <string>
#include <vector>

namespace vivicor
{
  /// A tree of names; "a/b" is the branch b of a.
  class ConduitTree
  {
  public:
    ConduitTree() : root(conduit_node_create()) {}
    ~ConduitTree() { conduit_node_destroy(root); }
    ConduitTree(const ConduitTree &) = delete;
    ConduitTree &operator=(const ConduitTree &) = delete;

    void set(const std::string &path, const std::string &value);
    void set(const std::string &path, long value);
    void set(const std::string &path, double value);
    /// What follows stays the caller's, for as long as the tree is in use.
    void refer(const std::string &path, std::span<const double> values);
    void refer(const std::string &path, std::span<const unsigned> numbers);
    /// Side by side in memory, one branch per component.
    void refer(const std::string &path, std::span<const double> values, unsigned components);

    conduit_node *node() const { return root; }

  private:
    conduit_node *root;
  };

  /// What Catalyst is shown at one look.
  class CatalystLook
  {
  public:
    CatalystLook(double t, long step);
    /// @param names under which scripts find it
    void add(const InSituGrid &grid, const std::vector<std::string> &names);
    /// The blueprint has no tables: one becomes points along the first axis at the values of its first column.
    void add(const InSituTable &table, const std::vector<std::string> &names);

    const conduit_node *node() const { return tree.node(); }

  private:
    /// The branch that holds a channel's mesh.
    std::string begin_mesh(const std::string &channel, const std::string &shape);
    /// The branch that holds a field's values.
    std::string begin_field(const std::string &mesh, const std::string &name, const std::string &association);
    void add_fields(const std::string &mesh, std::span<const VtuField> fields, const std::string &association);

    struct Line
    {
      std::vector<double> zeros; ///< second and third coordinates of a table's points
      std::vector<unsigned> numbers;
    };
    std::deque<Line> lines; ///< one per table; referred to
    ConduitTree tree;
  };
}
