// The progress line and progress.json.
#pragma once

#include "core/output/progress.h"
#include "coupling/simulation.h"

#include <memory>
#include <string>

namespace vivicor
{
  class ProgressObserver : public Observer
  {
  public:
    ProgressObserver(std::string folder, bool quiet) : folder(std::move(folder)), quiet(quiet) {}
    void start(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;
    void finish(const Simulation &simulation) override;
    void resume(const Simulation &simulation) override { start(simulation); }
    void pause(const Simulation &simulation) override { finish(simulation); }
    void archive(Archive &archive) override { archive_number(archive, "progress/LV_pressure", last_LV_pressure); }

  private:
    std::string folder;
    bool quiet;
    double last_LV_pressure = 0;        ///< kPa
    std::unique_ptr<Progress> progress; ///< rank 0
  };

  /// Phase of the ventricular cycle by the pressures around the mitral and the aortic valve: "filling",
  /// "isovolumic contraction", "ejection", "isovolumic relaxation".
  std::string phase_of(double p_LV, double p_LA, double p_aorta, double dp_LV);
}
