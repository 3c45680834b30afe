// Factors on the channels of cell models: drugs by concentration, IC50 and Hill coefficient, and diseased regions.
//
// A model's channels are its scale parameters: the channel IX is what the parameter PREFIX_X_scale multiplies
// (g_Kr_scale is IKr, K_NaCa_scale INaCa, Vmax_up_scale Iup). Factors multiply what the deck sets there.
#pragma once

#include "core/parameters/parameters.h"

#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  struct ChannelFactor
  {
    std::string channel;
    double factor = 1.0;
    std::string where; ///< of the channel in the deck, for messages
  };

  /// Scale parameters of a registered ionic model by the channel that they scale.
  std::map<std::string, std::string> channels_of(const std::string &model);

  /// Hill's equation of block: 1 / (1 + (C / IC50)^h), the fraction of a channel's current that a drug leaves. C and
  /// IC50 in one unit.
  double unblocked_fraction(double concentration, double IC50, double hill);

  /// Entries "drugs": by name a concentration and the channels that it blocks.
  void declare_drugs(Schema &deck);
  /// What the section's drugs leave of each channel, one factor for each pair of drug and channel: they act
  /// independently.
  std::vector<ChannelFactor> drug_factors(const Parameters &deck);

  /// Entries "channels" of an item: channels by name with a factor.
  void declare_channel_factors(Schema &item);
  std::vector<ChannelFactor> channel_factors(const Parameters &item);

  /// @throws UserError for a channel that none of the models has
  void require_channels(const std::vector<std::string> &models, const std::vector<ChannelFactor> &factors);

  /// A cell's parameters with the factors of those channels that its model has.
  Parameters with_factors(const Parameters &cell, const std::string &model, const std::vector<ChannelFactor> &factors);
}
