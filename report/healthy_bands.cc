#include "report/healthy_bands.h"

#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr double none = std::numeric_limits<double>::infinity();

    // Sources, named once.
    const char *kawel = "Kawel-Boehm et al. 2015, CMR; mean +- 2 SD of men and women";
    // Trabeculae counted as blood, as a smooth modelled endocardium does.
    const char *petersen = "Petersen et al. 2017, CMR of UK Biobank; mean +- 2 SD of men and women";
    const char *hudsmith = "Hudsmith et al. 2005, CMR; mean +- 2 SD of men and women";
    const char *pressures = "textbook limits of right and left heart catheterisation";
    const char *experience = "textbook value; no table of healthy adults found";
    const char *nagueh = "Nagueh et al. 2009, pulsed Doppler; mean +- 2 SD of ages 21-40, 41-60 and above 60";
    const char *copenhagen = "Copenhagen City Heart Study, 1969 healthy adults, tissue Doppler; 95 % prediction interval";
    const char *mason = "Mason et al. 2007, 2nd to 98th percentile of 46,129 ECGs";
  }

  const std::vector<HealthyBand> &healthy_bands()
  {
    static const std::vector<HealthyBand> bands{
      {"chambers.LV.edv_mL", "LV end-diastolic volume", "mL", 86, 214, kawel},
      {"chambers.LV.esv_mL", "LV end-systolic volume", "mL", 22, 82, kawel},
      {"chambers.LV.sv_mL", "LV stroke volume", "mL", 57, 144, kawel},
      {"chambers.LV.ef_pct", "LV ejection fraction", "%", 48, 71, petersen},
      {"chambers.LV.p_max_mmHg", "LV peak pressure", "mmHg", 90, 140, pressures},
      {"chambers.LV.p_ed_mmHg", "LV end-diastolic pressure", "mmHg", 4, 12, pressures},
      {"chambers.LV.dpdt_max_mmHg_s", "LV dP/dt max", "mmHg/s", 1200, 2000, experience},
      {"chambers.LV.dpdt_min_mmHg_s", "LV dP/dt min", "mmHg/s", -2500, -1500, experience},
      {"valves.LV.isovolumic_contraction_ms", "LV isovolumic contraction", "ms", 20, 59, copenhagen},
      {"valves.LV.ejection_ms", "LV ejection time", "ms", 248, 336, copenhagen},
      {"valves.LV.isovolumic_relaxation_ms", "LV isovolumic relaxation", "ms", 51, 101, nagueh},
      {"valves.LV.e_a_ratio", "mitral E/A", "", 0.60, 2.33, nagueh},
      {"chambers.RV.edv_mL", "RV end-diastolic volume", "mL", 78, 256, hudsmith},
      {"chambers.RV.esv_mL", "RV end-systolic volume", "mL", 20, 118, hudsmith},
      {"chambers.RV.ef_pct", "RV ejection fraction", "%", 50, none, "CMR lower limit of normal"},
      {"chambers.RV.p_max_mmHg", "RV peak pressure", "mmHg", 15, 30, pressures},
      {"chambers.RV.p_ed_mmHg", "RV end-diastolic pressure", "mmHg", 0, 8, pressures},
      {"chambers.LA.edv_mL", "LA greatest volume", "mL", 43, 163, hudsmith},
      {"chambers.LA.sv_mL", "LA emptying volume", "mL", 12, 104, hudsmith},
      {"chambers.LA.ef_pct", "LA emptying fraction", "%", 48.7, none, "NORRE study, 2D echocardiography, lower limit"},
      {"electrophysiology.ventricular_activation_ms", "ventricular activation", "ms", 60, 110,
       "Durrer et al. 1970 (60-80 ms, isolated hearts); upper limit of the QRS duration, Mason et al. 2007"},
      {"electrophysiology.qrs_ms", "QRS duration", "ms", 69, 109, mason},
      {"electrophysiology.qt_ms", "QT interval", "ms", 325, 452, mason},
      {"mechanics.avpd_mm", "AV-plane displacement", "mm", 12, 20, "Carlsson et al. 2007, mean 16 mm; band of +-4 mm for single hearts"},
      {"mechanics.wall_thickening_mm", "LV wall thickening", "mm", 1.6, 7.2, "Ubachs et al. 2009, mid-wall 4.4 +- 2 SD of 1.4 mm"},
      {"mechanics.torsion_deg_cm", "LV torsion", "deg/cm", 0.16, 2.11,
       "CMR fingerprinting study of 566 adults, mean +- 2 SD of men and women"},
      {"mechanics.gls_pct", "LV global longitudinal strain", "%", -25, -15,
       "around -20 % in all methods; the spread depends on the method"},
      {"circulation.cardiac_output_L_min", "cardiac output", "L/min", 2.3, 6.3, "Kang et al. 2017, CT; mean +- 2 SD of men and women"},
      {"circulation.aortic_systolic_mmHg", "aortic systolic pressure", "mmHg", 90, 140, pressures},
      {"circulation.aortic_diastolic_mmHg", "aortic diastolic pressure", "mmHg", 60, 90, pressures}};
    return bands;
  }
}
