// Where devices touch the tissue: electrodes that pace and hear it, places whose tissue they change.
#pragma once

#include "meshes/anatomy.h"

#include <string>
#include <vector>

namespace vivicor
{
  struct Electrode
  {
    std::string name, where; ///< where in the deck, for messages
    Tissue tissue = Tissue::ventricle;
    Point3 position{}; ///< mm
    double radius = 0; ///< mm
  };

  /// Tissue within a ball, of any kind, whose conductivity is multiplied.
  struct TissueChange
  {
    std::string name, where;
    Point3 position{};     ///< mm
    double radius = 0;     ///< mm
    double conduction = 1; ///< 0: a scar that conducts nothing
  };

  /// What drives the electrodes and hears by them, on the electrical clock. The same on every rank, and called on all.
  class ElectrodeDriver
  {
  public:
    virtual ~ElectrodeDriver() = default;
    /// Before the step from t to t + dt (ms). @param current by electrode, uA/uF, depolarising; zero at first
    virtual void drive(double t, double dt, std::vector<double> &current) = 0;
    /// At times t (ms) this far apart, the first after one interval; 0: it never listens.
    virtual double listening_interval() const = 0;
    /// @param potential by electrode, mV: mean over the tissue that it covers
    virtual void hear(double t, const std::vector<double> &potential) = 0;
  };

  struct ElectricalPorts
  {
    std::vector<Electrode> electrodes;
    std::vector<TissueChange> changes;
    ElectrodeDriver *driver = nullptr; ///< null where there are no electrodes; must outlive the heart
  };
}
