// The progress line and progress.json.
#pragma once

#include "core/output/progress.h"
#include "coupling/simulation.h"

#include <memory>
#include <string>

namespace vivicor
{
  /// Of the ventricular cycle, by the pressures around the mitral and the aortic valve.
  enum class Phase { filling, isovolumic_contraction, ejection, isovolumic_relaxation };
  const std::string &name_of(Phase phase);

  /// The phase after `before`. A ventricle that filled and did not contract yet goes on filling while its pressure is hardly
  /// above the atrium's: in late diastole the two are nearly the same.
  Phase phase_of(Phase before, double p_LV, double p_LA, double p_aorta, double dp_LV);

  class ProgressObserver : public Observer
  {
  public:
    ProgressObserver(std::string folder, bool quiet) : folder(std::move(folder)), quiet(quiet) {}
    void start(const Simulation &simulation) override;
    void after_step(const Simulation &simulation) override;
    void finish(const Simulation &simulation) override;
    void resume(const Simulation &simulation) override { start(simulation); }
    void pause(const Simulation &simulation) override { finish(simulation); }
    void archive(Archive &archive) override;

  private:
    std::string folder;
    bool quiet;
    double last_LV_pressure = 0; ///< kPa
    Phase phase = Phase::filling;
    std::unique_ptr<Progress> progress; ///< rank 0
  };
}
