// fields/: the moving wall and the voltage for ParaView, and activation.vtu at the end.
#pragma once

#include "core/output/vtu.h"
#include "coupling/simulation.h"

#include <string>

namespace vivicor
{
  class FieldObserver : public Observer
  {
  public:
    /// @param every ms between two fields; 0: only the last one and activation.vtu
    FieldObserver(std::string folder, double every);
    void start(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;
    void finish(const Simulation &simulation) override;
    void archive(Archive &archive) override;

  private:
    void write(const Simulation &simulation);

    std::string folder;
    double every, next = 0, last_written = -1;
    unsigned count = 0;
    VtuSeries mechanics_series, voltage_series;
  };

  /// This rank's cells of the anatomy with displacement, fibres, stretch, tension and pressure.
  VtuPiece mechanics_piece(const Simulation &simulation);
}
