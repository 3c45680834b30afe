#include "electrophysiology/membranes/drug_block.h"

#include "core/error.h"
#include "electrophysiology/ionic_models/ionic_model.h"

#include <cmath>
#include <set>

namespace vivicor
{
  namespace
  {
    std::string joined(const std::set<std::string> &names)
    {
      std::string text;
      for (const auto &name : names)
        text += (text.empty() ? "" : ", ") + name;
      return text;
    }
  }

  std::map<std::string, std::string> channels_of(const std::string &model)
  {
    std::map<std::string, std::string> channels;
    const auto found = registry<IonicModel>().find(model);
    if (found == registry<IonicModel>().end())
      return channels;
    Schema schema;
    found->second.declare(schema);
    const std::string ending = "_scale";
    for (const Entry &entry : schema.entries())
      if (entry.key.ends_with(ending))
        {
          const std::string stem = entry.key.substr(0, entry.key.size() - ending.size());
          channels["I" + stem.substr(stem.find('_') + 1)] = entry.key;
        }
    return channels;
  }

  double unblocked_fraction(const double concentration, const double IC50, const double hill)
  {
    return 1.0 / (1.0 + std::pow(concentration / IC50, hill));
  }

  void declare_drugs(Schema &deck)
  {
    Schema drug = deck.items("drugs", "Channel blockers, by name of your choice; they reach every cell.");
    drug.quantity("concentration", "0 uM", 0.0, 1e6, "Free concentration.");
    Schema channel = drug.items("channels", "What it blocks, by channel of the cell models: INa, INaL, Ito, ICaL, IKr, IKs, IK1, "
                                            "IKur, If, INaK, INaCa, ... Models without the channel are left alone.");
    channel.quantity("IC50", " uM", 1e-9, 1e6, "Concentration that blocks half of the channel.");
    channel.quantity("hill", "1", 0.05, 20.0, "Hill coefficient: what is left is 1 / (1 + (concentration / IC50)^hill).",
                     "Mirams et al. 2011, doi:10.1093/cvr/cvr044");
  }

  std::vector<ChannelFactor> drug_factors(const Parameters &deck)
  {
    std::vector<ChannelFactor> factors;
    const Parameters drugs = deck.section("drugs");
    for (const auto &name : deck.names("drugs"))
      {
        const Parameters drug = drugs.section(name), channels = drug.section("channels");
        for (const auto &channel : drug.names("channels"))
          {
            const Parameters block = channels.section(channel);
            factors.push_back({channel, unblocked_fraction(drug.quantity("concentration"), block.quantity("IC50"), block.quantity("hill")),
                               channels.where(channel)});
          }
      }
    return factors;
  }

  void declare_channel_factors(Schema &item)
  {
    Schema channel = item.items("channels", "Channels of the cell model by name (INa, IKr, ICaL, ...).");
    channel.quantity("factor", "1", 0.0, 20.0, "Multiplies the channel's conductance, permeability or rate.");
  }

  std::vector<ChannelFactor> channel_factors(const Parameters &item)
  {
    std::vector<ChannelFactor> factors;
    const Parameters channels = item.section("channels");
    for (const auto &channel : item.names("channels"))
      factors.push_back({channel, channels.section(channel).quantity("factor"), channels.where(channel)});
    return factors;
  }

  void require_channels(const std::vector<std::string> &models, const std::vector<ChannelFactor> &factors)
  {
    std::set<std::string> known;
    for (const auto &model : models)
      for (const auto &[channel, key] : channels_of(model))
        known.insert(channel);
    const std::set<std::string> names(models.begin(), models.end());
    for (const ChannelFactor &factor : factors)
      if (!known.contains(factor.channel))
        throw UserError({"no channel named '" + factor.channel + "'", factor.where,
                         known.empty() ? joined(names) + " has no channels" : joined(names) + ": the channels are " + joined(known),
                         nearest_of(factor.channel, known), "use a channel of the cell model, or a model that has it"});
  }

  Parameters with_factors(const Parameters &cell, const std::string &model, const std::vector<ChannelFactor> &factors)
  {
    const auto channels = channels_of(model);
    Parameters scaled = cell;
    for (const ChannelFactor &factor : factors)
      if (const auto found = channels.find(factor.channel); found != channels.end())
        scaled = scaled.scaled(found->second, factor.factor);
    return scaled;
  }
}
