#include "coupling/results/map_tables.h"

#include "core/output/formatted.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    std::string text(const char *format, double value)
    {
      return std::isfinite(value) ? formatted(format, value) : "";
    }

    std::string range(const char *format, const Statistic &s)
    {
      return std::isfinite(s.mean) ? text(format, s.mean) + " (" + text(format, s.min) + " to " + text(format, s.max) + ")" : "-";
    }
  }

  std::string maps_csv(const std::vector<RegionalMaps> &regions)
  {
    std::string csv = "region,volume_mL,activated_share";
    for (const std::string field : {"activation", "repolarisation", "apd90", "conduction_velocity"})
      for (const std::string number : {"mean", "sd", "min", "max"})
        csv += "," + field + "_" + number + (field == "conduction_velocity" ? "_m_s" : "_ms");
    for (const auto &r : regions)
      {
        csv += "\n" + r.region + "," + text("%.6g", r.volume_mL) + "," + text("%.6g", r.activated_share);
        for (const auto *s : {&r.activation, &r.repolarisation, &r.apd90, &r.velocity})
          for (const double value : {s->mean, s->sd, s->min, s->max})
            csv += "," + text("%.6g", value);
      }
    return csv + "\n";
  }

  ReportTable maps_table(const std::vector<RegionalMaps> &regions)
  {
    ReportTable table{
      "Electrical maps: mean (range)",
      {"region", "activated, %", "activation, ms", "repolarisation, ms", "APD90, ms", "conduction velocity, mean +- SD, m/s"},
      {}};
    for (const auto &r : regions)
      table.rows.push_back({r.region, text("%.4g", 100 * r.activated_share), range("%.0f", r.activation), range("%.0f", r.repolarisation),
                            range("%.0f", r.apd90),
                            std::isfinite(r.velocity.mean) ? text("%.2f", r.velocity.mean) + " +- " + text("%.2f", r.velocity.sd) : "-"});
    return table;
  }
}
