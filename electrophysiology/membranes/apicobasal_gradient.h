// One channel of the ventricles' cells that is stronger at the apex than at the base, in steps.
#pragma once

#include "electrophysiology/membranes/drug_block.h"

namespace vivicor
{
  /// Entry "apicobasal_gradient" of the section "membranes".
  void declare_apicobasal_gradient(Schema &membranes);

  class ApicobasalGradient
  {
  public:
    /// @param membranes the deck's section "membranes"
    explicit ApicobasalGradient(const Parameters &membranes);

    /// @throws UserError when the deck names a channel that none of the models has; models without the default one are
    /// left alone
    void check(const std::vector<std::string> &models) const;

    /// Steps from apex to base; 1 where the factor is the same everywhere.
    unsigned n_levels() const { return levels; }
    /// @param apicobasal 0 at the apex, 1 at the base
    unsigned level(double apicobasal) const;
    /// That of the middle of a step: linear between apex and base.
    ChannelFactor factor(unsigned level) const;

  private:
    std::string channel, where;
    double apex, base;
    bool is_default;
    unsigned levels;
  };
}
