#include "electrophysiology/membranes/apicobasal_gradient.h"

#include <algorithm>

namespace vivicor
{
  void declare_apicobasal_gradient(Schema &membranes)
  {
    Schema gradient = membranes.section("apicobasal_gradient", "A channel whose strength changes from apex to base in the ventricles.");
    gradient.text("channel", "IKs", "Channel of the ventricles' cells.");
    gradient.quantity("apex", "1.5", 0, 20, "Factor on it at the apex.",
                      "between none and that of dogs (apex to base 2.6; channel proteins of human hearts alike): "
                      "Szentadrassy et al. 2005, "
                      "Cardiovasc. Res. 65:851; a moderate one: Okada et al. 2011, 10.1152/ajpheart.01241.2010");
    gradient.quantity("base", "1", 0, 20, "Factor on it at the base.");
    gradient.integer("levels", 5, 1, 20, "Steps between the two.");
  }

  ApicobasalGradient::ApicobasalGradient(const Parameters &membranes)
  {
    const Parameters gradient = membranes.section("apicobasal_gradient");
    channel = gradient.text("channel");
    where = gradient.where("channel");
    is_default = where.starts_with("default");
    apex = gradient.quantity("apex");
    base = gradient.quantity("base");
    levels = apex == base ? 1u : static_cast<unsigned>(gradient.integer("levels"));
  }

  void ApicobasalGradient::check(const std::vector<std::string> &models) const
  {
    if (!is_default)
      require_channels(models, {factor(0)});
  }

  unsigned ApicobasalGradient::level(double apicobasal) const
  {
    return std::min(levels - 1, static_cast<unsigned>(std::max(0.0, apicobasal * levels)));
  }

  ChannelFactor ApicobasalGradient::factor(unsigned level) const
  {
    return {channel, apex + (base - apex) * (level + 0.5) / levels, where};
  }
}
