// One self-contained page about a run: figures as inline SVG, tables, no external resources. Takes plain data in the
// units of the report and knows no physics.
#pragma once

#include "core/mesh/mesh.h"

#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace vivicor
{
  struct Curve
  {
    std::string name;
    std::vector<double> values;
  };

  struct ChamberCurves
  {
    std::string name; ///< LV, RV, LA or RA
    std::vector<double> pressure_mmHg, volume_mL;
  };

  /// When something holds: a valve is open, a phase lasts. Drawn as a bar on the row of its name.
  struct Interval
  {
    std::string name;
    double from_ms = 0, to_ms = 0;
  };

  /// A number measured on the run beside its healthy band; an infinite limit means none on that side.
  struct Metric
  {
    std::string name;
    double value = std::numeric_limits<double>::quiet_NaN();
    std::string unit;
    double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
    std::string source;
  };

  enum class Verdict { unknown, inside, near, outside };
  /// inside the band; near: beyond a limit by at most a quarter of the band's width (of the limit, for one-sided
  /// bands); unknown: no finite value or no limit at all.
  Verdict judge(const Metric &metric);

  /// A surface with a value at each node, seen from several sides.
  struct SurfaceMap
  {
    struct View
    {
      std::string name;
      Point3 towards_viewer; ///< any length
      Point3 up;
    };
    std::string title = "Activation"; ///< heading and title of the colour scale
    std::string unit = "ms";
    std::vector<Point3> points;                     ///< mm
    std::vector<std::array<unsigned, 3>> triangles; ///< right-handed normals point to the outside
    std::vector<double> values;                     ///< per point; NaN: grey
    std::vector<View> views;                        ///< empty: front, left and back with z up
  };

  /// A figure that the caller drew, as SVG.
  struct ReportFigure
  {
    std::string title, svg;
  };

  struct ReportTable
  {
    std::string title;
    std::vector<std::string> header;            ///< may be empty
    std::vector<std::vector<std::string>> rows; ///< numbers as the caller formats them
  };

  struct ReportData
  {
    std::string title, subtitle;
    std::vector<std::string> notes; ///< one paragraph each, above the figures: e.g. that the beat is not periodic yet
    std::vector<double> time_ms;    ///< common to the curves below
    std::vector<ChamberCurves> chambers;
    std::vector<double> aortic_pressure_mmHg;
    std::vector<Curve> flows_mL_s;
    std::vector<Interval> valves; ///< open intervals; rows appear in the order of first mention
    std::vector<double> ecg_time_ms;
    std::vector<Curve> ecg_mV; ///< the twelve leads by name
    SurfaceMap map;
    std::vector<Metric> metrics;
    std::vector<ReportFigure> figures; ///< below the others
    std::vector<ReportTable> tables;   ///< convergence, timings, versions
  };

  /// Intervals in which `values` exceed `threshold`, named `name`, ends interpolated between samples.
  std::vector<Interval> intervals_above(const std::string &name, const std::vector<double> &time_ms, const std::vector<double> &values,
                                        double threshold);

  /// A figure of report/figures.h as a file of its own, in the colours of the page; "" stays "".
  std::string stand_alone_svg(const std::string &figure);

  /// The page as text: well-formed XML as well as HTML. Absent data leave their figure out.
  std::string report_html(const ReportData &data);

  /// @throws OutputError
  void write_report(const std::string &file, const ReportData &data);
}
