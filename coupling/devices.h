// All devices of a deck, joined to the heart's parts.
#pragma once

#include "coupling/devices/device.h"
#include "coupling/schemes/staggered.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// Section "devices" of a deck.
  void declare_devices(Schema &deck);

  /// Devices come in the deck's order. Where several act on one place their currents and pressures add, their factors multiply.
  class Devices : public ElectrodeDriver
  {
  public:
    /// @throws UserError of a device, and for two elements of one name
    Devices(const Parameters &deck, const Anatomy &anatomy, double cycle_length);
    Devices(const Devices &) = delete;
    Devices &operator=(const Devices &) = delete;

    /// For the parts, which must not outlive the devices.
    const ElectricalPorts *electrical() const { return devices.empty() ? nullptr : &electrical_ports; }
    const CirculationAmendments &circulation() const { return amendments; }
    const std::vector<SurfaceTerm> &surfaces() const { return surface_terms; }

    void drive(double t, double dt, std::vector<double> &current) override;
    double listening_interval() const override;
    void hear(double t, const std::vector<double> &potential) override;

    void commit();
    void rollback();
    /// After a committed step.
    void observe(double t, const Circulation &loop, const Blood &blood);
    void archive(Archive &archive);

    /// Of all devices, names as DEVICE_CHANNEL.
    std::vector<Device::Channel> channels() const;

  private:
    struct Implanted
    {
      std::string name;
      std::unique_ptr<Device> device;
      std::size_t first_electrode, n_electrodes;
    };
    std::vector<Implanted> devices;
    ElectricalPorts electrical_ports;
    CirculationAmendments amendments;
    std::vector<SurfaceTerm> surface_terms;
  };
}
