#include "coupling/devices.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    /// Two devices of one model must not share the names of their states.
    class Prefixed : public Archive
    {
    public:
      Prefixed(Archive &archive, std::string prefix) : archive(archive), prefix(std::move(prefix)) {}
      bool loading() const override { return archive.loading(); }
      void numbers(const std::string &name, std::vector<double> &values) override { archive.numbers(prefix + name, values); }
      void by_entity(const std::string &set, const std::string &name, const EntityIds &ids, unsigned width,
                     std::vector<double> &values) override
      {
        archive.by_entity(set, prefix + name, ids, width, values);
      }
      bool by_rank(const std::string &name, std::vector<double> &values) override { return archive.by_rank(prefix + name, values); }

    private:
      Archive &archive;
      const std::string prefix;
    };
  }

  void declare_devices(Schema &deck)
  {
    Schema device = deck.items("devices", "What is implanted, by name of your choice.");
    declare_models<Device>(device, "model", "demand_pacemaker", "What it is.");
  }

  Devices::Devices(const Parameters &deck, const Anatomy &anatomy, double cycle_length)
  {
    if (!deck.has("devices"))
      return;
    for (const std::string &name : deck.names("devices"))
      {
        const Parameters section = deck.section("devices").section(name);
        const std::string where = section.where("model");
        auto device = create<Device>(section.text("model"), section, Device::Context{name, where, anatomy, cycle_length});
        Ports ports = device->ports();
        auto &electrodes = electrical_ports.electrodes;
        devices.push_back({name, std::move(device), electrodes.size(), ports.electrodes.size()});
        electrodes.insert(electrodes.end(), ports.electrodes.begin(), ports.electrodes.end());
        electrical_ports.changes.insert(electrical_ports.changes.end(), ports.tissue.begin(), ports.tissue.end());
        for (auto &addition : ports.circulation.additions)
          {
            for (const auto &other : amendments.additions)
              if (other.name == addition.name)
                throw UserError({"two devices bring an element named '" + addition.name + "'", where,
                                 "one of them comes from " + other.where, "", "give the devices other names"});
            amendments.additions.push_back(std::move(addition));
          }
        amendments.factors.insert(amendments.factors.end(), ports.circulation.factors.begin(), ports.circulation.factors.end());
        surface_terms.insert(surface_terms.end(), ports.surfaces.begin(), ports.surfaces.end());
      }
    electrical_ports.driver = this;
  }

  void Devices::drive(double t, double dt, std::vector<double> &current)
  {
    for (const Implanted &implanted : devices)
      if (implanted.n_electrodes > 0)
        implanted.device->drive(t, dt, current.data() + implanted.first_electrode);
  }

  double Devices::listening_interval() const
  {
    double shortest = 0;
    for (const Implanted &implanted : devices)
      if (const double interval = implanted.device->listening_interval(); interval > 0)
        shortest = shortest > 0 ? std::min(shortest, interval) : interval;
    return shortest;
  }

  void Devices::hear(double t, const std::vector<double> &potential)
  {
    for (const Implanted &implanted : devices)
      if (const double interval = implanted.device->listening_interval(); interval > 0)
        {
          // Those who listen less often than the most attentive one hear the first moment after each of their own intervals.
          const double since = listening_interval();
          if (std::floor(t / interval + 1e-9) > std::floor((t - since) / interval + 1e-9))
            implanted.device->hear(t, potential.data() + implanted.first_electrode);
        }
  }

  void Devices::commit()
  {
    for (const Implanted &implanted : devices)
      implanted.device->commit();
  }

  void Devices::rollback()
  {
    for (const Implanted &implanted : devices)
      implanted.device->rollback();
  }

  void Devices::observe(double t, const Circulation &loop, const Blood &blood)
  {
    if (devices.empty())
      return;
    Readings readings{t, {}, {}, {}};
    for (std::size_t k = 0; k < loop.chambers().size(); ++k)
      {
        readings.volume[loop.chambers()[k]] = blood.volume[k];
        readings.pressure[loop.chambers()[k]] = blood.pressure[k];
      }
    for (const auto &entry : loop.report(t, blood.state, blood.pressure))
      readings.circulation[entry.name] = entry.value;
    for (const Implanted &implanted : devices)
      implanted.device->observe(readings);
  }

  void Devices::archive(Archive &archive)
  {
    for (const Implanted &implanted : devices)
      {
        Prefixed own(archive, "devices/" + implanted.name + "/");
        implanted.device->archive(own);
      }
  }

  std::vector<Device::Channel> Devices::channels() const
  {
    std::vector<Device::Channel> all;
    for (const Implanted &implanted : devices)
      for (Device::Channel channel : implanted.device->channels())
        {
          channel.name = implanted.name + "_" + channel.name;
          all.push_back(std::move(channel));
        }
    return all;
  }
}
