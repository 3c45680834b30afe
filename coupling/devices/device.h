// Something implanted: a lead, a pump, a sac, a scar. What it joins the heart by are ports; it never sees a solver.
// How to add one: docs/howto/device.md.
#pragma once

#include "circulation/amendments.h"
#include "core/checkpoint/archive.h"
#include "core/registry.h"
#include "electrophysiology/electrode_ports.h"
#include "mechanics/boundary/surface_term.h"

#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  /// Everything that one device wants of the heart, said before the heart's parts are made.
  struct Ports
  {
    std::vector<Electrode> electrodes; ///< to pace and to sense
    std::vector<TissueChange> tissue;  ///< conduction changed by place
    CirculationAmendments circulation; ///< elements between places of the network; entries of its valves
    std::vector<SurfaceTerm> surfaces; ///< springs and pressure on named surfaces
  };

  /// What a device may know of a committed step.
  struct Readings
  {
    double t = 0;                                   ///< ms
    std::map<std::string, double> volume, pressure; ///< of the chambers by name: mm^3, kPa
    std::map<std::string, double> circulation;      ///< what the circulation reports, in the report's units
  };

  /// Two states stand side by side, as in all parts: what the calls of a trial step change goes with rollback(), and stays with
  /// commit(). Every rank has its own copy and the same calls, so all answer alike.
  class Device
  {
  public:
    struct Context
    {
      std::string name;        ///< the deck's own for this device
      std::string where;       ///< in the deck, for messages
      const Anatomy &anatomy;  ///< unloaded
      double cycle_length = 0; ///< ms
    };

    virtual ~Device() = default;

    /// Once, before the heart's parts are made. @throws UserError for what cannot be joined
    virtual Ports ports() = 0;

    /// On the electrical clock: currents of its own electrodes (uA/uF, zero at first) in the step from t to t + dt, and what they
    /// sense (mV) each time the interval (ms) has gone by; 0: it does not listen.
    virtual void drive(double /*t*/, double /*dt*/, double * /*current*/) {}
    virtual double listening_interval() const { return 0; }
    virtual void hear(double /*t*/, const double * /*potential*/) {}

    /// After each committed step of the heart.
    virtual void observe(const Readings &) {}

    virtual void commit() {}
    virtual void rollback() {}
    /// The committed state, under names of its own.
    virtual void archive(Archive &) {}

    /// Columns of devices.csv.
    struct Channel
    {
      std::string name; ///< with its unit at the end: "flow_mL_s"
      double value = 0;
    };
    virtual std::vector<Channel> channels() const { return {}; }
  };
}
