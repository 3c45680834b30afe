// Electrodes on the electrical mesh.
#pragma once

#include "electrophysiology/electrode_ports.h"
#include "electrophysiology/stimuli/pulse.h"

#include <mpi.h>

#include <vector>

namespace vivicor
{
  /// The electrodes of a heart on its mesh.
  class Electrodes
  {
  public:
    /// Collective. @param ports null: none @throws UserError for an electrode that covers no node, with the nearest one
    Electrodes(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const ElectricalPorts *ports);

    /// Adds what the driver asks for in the step from t to t + dt.
    void drive(double t, double dt, StimulusCurrent &current);
    /// Collective. Lets the driver hear where a multiple of its interval lies in the step that ends at t. @param V mV, by node
    void hear(double t, double dt, const double *V);

  private:
    MPI_Comm comm;
    ElectrodeDriver *driver;
    std::vector<StimulatedNodes> nodes; ///< by electrode
    std::vector<double> shares;         ///< by electrode, over all ranks
  };

  /// Factor of the conductivity at a point: the product over all changes that hold it.
  double conduction_factor(const ElectricalPorts *ports, const Point3 &point);
}
