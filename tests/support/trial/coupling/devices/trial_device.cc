// trial name: trial_device
// trial explain: devices.*.trial_stiffness
// trial deck: {"devices": {"sac": {"model": "trial_device", "trial_stiffness": "0.01 kPa/mm"}}}
// trial summary: devices.sac_largest_volume_mL
#include "coupling/devices/device.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    /// An elastic sac around the heart that remembers how large the left ventricle was.
    class TrialDevice : public Device
    {
    public:
      TrialDevice(const Parameters &deck, const Context &context) : stiffness(deck.quantity("trial_stiffness")), where(context.where) {}
      Ports ports() override { return {{}, {}, {}, {{"epicardium", where, stiffness, 0}}}; }
      void observe(const Readings &now) override { largest = std::max(largest, now.volume.at("LV")); }
      void archive(Archive &archive) override { archive_number(archive, "largest", largest); }
      std::vector<Channel> channels() const override { return {{"largest_volume_mL", largest / 1000}}; }

    private:
      const double stiffness;
      const std::string where;
      double largest = 0; ///< mm^3
    };

    const Register<Device> registered{
      {"trial_device", "A sac for a trial.", "this project",
       [](Schema &device) { device.quantity("trial_stiffness", "0.01 kPa/mm", 0, 10, "Of the trial's sac."); },
       [](const Parameters &deck, const Device::Context &context) { return std::make_unique<TrialDevice>(deck, context); }}};
  }
}
