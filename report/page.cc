#include "report/page.h"

#include "core/output/files.h"
#include "core/output/svg.h"
#include "core/output/xml_text.h"
#include "report/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace vivicor
{
  Verdict judge(const Metric &metric)
  {
    if (!std::isfinite(metric.value) || (std::isinf(metric.low) && std::isinf(metric.high)))
      return Verdict::unknown;
    const double beyond = std::max(metric.low - metric.value, metric.value - metric.high);
    if (beyond <= 0)
      return Verdict::inside;
    const bool two_sided = std::isfinite(metric.low) && std::isfinite(metric.high);
    const double width = two_sided ? metric.high - metric.low : std::abs(std::isfinite(metric.low) ? metric.low : metric.high);
    return beyond <= width / 4 ? Verdict::near : Verdict::outside;
  }

  std::vector<Interval> intervals_above(const std::string &name, const std::vector<double> &time_ms, const std::vector<double> &values,
                                        double threshold)
  {
    std::vector<Interval> result;
    bool inside = false;
    for (std::size_t i = 0; i < time_ms.size() && i < values.size(); ++i)
      {
        const bool now = values[i] > threshold;
        double crossing = time_ms[i];
        if (now != inside && i > 0 && std::isfinite(values[i]) && std::isfinite(values[i - 1]))
          crossing = time_ms[i - 1] + (time_ms[i] - time_ms[i - 1]) * (threshold - values[i - 1]) / (values[i] - values[i - 1]);
        if (now && !inside)
          result.push_back({name, crossing, time_ms[i]});
        if (inside)
          result.back().to_ms = crossing;
        inside = now;
      }
    return result;
  }

  namespace
  {
    const char *style = R"(
:root{color-scheme:light dark;--ink:#1d2430;--soft:#5d6878;--page:#f6f7f9;--card:#fff;--rule:#d9dee6;--grid:#e8ebf0;
--LV:#c8322f;--RV:#2f6fc8;--LA:#e08a1e;--RA:#1d9a8a;--aorta:#8a3fb0;--ecg:#1d2430;--good:#16803c;--near:#a96500;--bad:#c01f2e}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#9aa5b5;--page:#12161c;--card:#1a2028;--rule:#333c49;--grid:#28303b;
--LV:#ff6f68;--RV:#6ea8ff;--LA:#ffb454;--RA:#4fd1c0;--aorta:#c98bea;--ecg:#e6e9ee;--good:#5bd18a;--near:#f0b04a;--bad:#ff7b84}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI","Helvetica Neue",Arial,sans-serif}
main{max-width:1120px;margin:0 auto;padding:32px 20px 48px}
h1{font-size:28px;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em}
h2{font-size:17px;margin:0 0 10px;letter-spacing:-.005em}
.subtitle{color:var(--soft);margin:0 0 20px}
.note{border-left:3px solid var(--near);padding:2px 0 2px 12px;margin:0 0 16px;color:var(--soft)}
section{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:18px 20px;margin:0 0 18px;overflow-x:auto}
svg{display:block;width:100%;height:auto;font-family:inherit}
svg text{fill:var(--ink);font-size:12px}svg .tick{fill:var(--soft);font-size:11px}svg .axis{fill:var(--soft)}
svg .title{font-weight:600;font-size:13px}svg .key{font-size:12px}
.grid{stroke:var(--grid);stroke-width:1;fill:none}.frame{stroke:var(--rule);stroke-width:1;fill:none}
.line{fill:none;stroke:var(--ink);stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
.LV{stroke:var(--LV)}.RV{stroke:var(--RV)}.LA{stroke:var(--LA)}.RA{stroke:var(--RA)}.aorta{stroke:var(--aorta)}
.ecg{stroke:var(--ecg);stroke-width:1.4}
.line.v0{stroke:var(--LA)}.line.v1{stroke:var(--aorta)}.line.v2{stroke:var(--RA)}.line.v3{stroke:var(--RV)}
.bar.v0,.shade.v0{fill:var(--LA)}.bar.v1,.shade.v1{fill:var(--aorta)}.bar.v2{fill:var(--RA)}.bar.v3{fill:var(--RV)}
.bar{opacity:.85}.shade{opacity:.08}
.map path{stroke-width:5;stroke-linejoin:round}
.line.expected{stroke:var(--soft);stroke-dasharray:6 5}.mark-point{fill:var(--ink)}
.segment{stroke:var(--card);stroke-width:1.5}svg .on-dark{fill:#fff}svg .on-light{fill:#111}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{text-align:left;font-weight:600;color:var(--soft);font-size:13px;border-bottom:1px solid var(--rule);padding:4px 14px 6px 0}
td{padding:5px 14px 5px 0;border-bottom:1px solid var(--grid);vertical-align:top}
tr:last-child td{border-bottom:0}td.number,th.number{text-align:right;white-space:nowrap}
.unit,.source{color:var(--soft)}.source{font-size:13px}
.mark{display:inline-block;min-width:5.6em;font-weight:600;white-space:nowrap}
.good{color:var(--good)}.near{color:var(--near)}.bad{color:var(--bad)}.unknown{color:var(--soft)}
.tables{display:grid;grid-template-columns:repeat(auto-fit,minmax(330px,1fr));gap:18px;align-items:start;grid-auto-flow:dense}.tables section{margin:0}
.tables td{overflow-wrap:anywhere}.tables .wide{grid-column:1/-1}.tables .wide th{white-space:normal;vertical-align:bottom}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--page:#fff;--card:#fff;--rule:#bbb;--grid:#e4e4e4;--LV:#c8322f;--RV:#2f6fc8;
--LA:#c97a10;--RA:#137f72;--aorta:#8a3fb0;--ecg:#000;--good:#16803c;--near:#a96500;--bad:#c01f2e}
main{max-width:none;padding:0}section{break-inside:avoid;border-radius:0;padding:10px 12px}body{font-size:12px}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)";

    /// Three to four significant digits; a dash for a value that is not finite.
    std::string readable(double value)
    {
      if (!std::isfinite(value))
        return "\u2013";
      char digits[64];
      const double size = std::abs(value);
      if (size != 0 && (size < 1e-3 || size >= 1e6))
        std::snprintf(digits, sizeof digits, "%.2e", value);
      else
        std::snprintf(digits, sizeof digits, "%.*f", size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3, value);
      return digits;
    }

    std::string band(const Metric &metric)
    {
      if (std::isinf(metric.low) && std::isinf(metric.high))
        return "\u2013";
      char text[64];
      if (std::isinf(metric.low))
        std::snprintf(text, sizeof text, "\u2264 %g", metric.high);
      else if (std::isinf(metric.high))
        std::snprintf(text, sizeof text, "\u2265 %g", metric.low);
      else
        std::snprintf(text, sizeof text, "%g to %g", metric.low, metric.high);
      return text;
    }

    /// The verdict in words and by sign as well as by colour.
    std::string mark(Verdict verdict)
    {
      switch (verdict)
        {
        case Verdict::inside:
          return "<span class=\"mark good\">\u25cf inside</span>";
        case Verdict::near:
          return "<span class=\"mark near\">\u25b2 near</span>";
        case Verdict::outside:
          return "<span class=\"mark bad\">\u25a0 outside</span>";
        default:
          return "<span class=\"mark unknown\">\u2013</span>";
        }
    }

    std::string section(const std::string &title, const std::string &content, const std::string &css_class = "")
    {
      const std::string open = css_class.empty() ? "<section>" : "<section class=\"" + css_class + "\">";
      return content.empty() ? "" : open + "\n<h2>" + escaped_xml(title) + "</h2>\n" + content + "</section>\n";
    }

    /// More columns than half a page holds.
    bool is_wide(const ReportTable &table)
    {
      constexpr std::size_t narrow = 3;
      return table.header.size() > narrow
             || std::any_of(table.rows.begin(), table.rows.end(), [](const auto &row) { return row.size() > narrow; });
    }

    std::string metrics_table(const std::vector<Metric> &metrics)
    {
      if (metrics.empty())
        return "";
      std::string rows;
      for (const Metric &metric : metrics)
        rows += "<tr><td>" + escaped_xml(metric.name) + "</td><td class=\"number\">" + readable(metric.value) + " <span class=\"unit\">"
                + escaped_xml(metric.unit) + "</span></td><td class=\"number\">" + band(metric) + "</td><td>" + mark(judge(metric))
                + "</td><td class=\"source\">" + escaped_xml(metric.source) + "</td></tr>\n";
      return "<table>\n<thead><tr><th>quantity</th><th class=\"number\">value</th><th "
             "class=\"number\">healthy</th><th></th>"
             "<th>source of the band</th></tr></thead>\n<tbody>\n"
             + rows + "</tbody>\n</table>\n";
    }

    std::string table(const ReportTable &data)
    {
      std::string rows;
      const auto row = [](const std::vector<std::string> &cells, const std::string &element) {
        std::string text = "<tr>";
        for (std::size_t i = 0; i < cells.size(); ++i)
          text.append("<")
            .append(element)
            .append(i ? " class=\"number\">" : ">")
            .append(escaped_xml(cells[i]))
            .append("</")
            .append(element)
            .append(">");
        return text + "</tr>\n";
      };
      if (!data.header.empty())
        rows += "<thead>" + row(data.header, "th") + "</thead>\n";
      rows += "<tbody>\n";
      for (const auto &cells : data.rows)
        rows += row(cells, "td");
      return "<table>\n" + rows + "</tbody>\n</table>\n";
    }
  }

  std::string stand_alone_svg(const std::string &figure)
  {
    const std::size_t open = figure.find('>');
    if (open == std::string::npos)
      return "";
    return figure.substr(0, open + 1) + "\n<style>" + style + "svg{background:var(--card)}\n</style>" + figure.substr(open + 1);
  }

  std::string report_html(const ReportData &data)
  {
    std::string page = "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta "
                       "charset=\"utf-8\"/>\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>"
                       + escaped_xml(data.title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n<h1>"
                       + escaped_xml(data.title) + "</h1>\n<p class=\"subtitle\">" + escaped_xml(data.subtitle) + "</p>\n";
    for (const std::string &note : data.notes)
      page += "<p class=\"note\">" + escaped_xml(note) + "</p>\n";
    page += section("Measured against healthy adults at rest", metrics_table(data.metrics));
    page += section("Wiggers diagram", figures::wiggers(data));
    page += section("Pressure\u2013volume loops", figures::pv_loops(data));
    page += section("Flows through the valves", figures::flows(data));
    page += section("12-lead ECG", figures::ecg(data));
    page += section(data.map.title, figures::surface_map(data.map));
    for (const ReportFigure &figure : data.figures)
      page += section(figure.title, figure.svg);
    if (!data.tables.empty())
      {
        page += "<div class=\"tables\">\n";
        for (const ReportTable &entry : data.tables)
          page += section(entry.title, table(entry), is_wide(entry) ? "wide" : "");
        page += "</div>\n";
      }
    return page + "</main>\n</body>\n</html>\n";
  }

  void write_report(const std::string &file, const ReportData &data)
  {
    write_whole(file, report_html(data));
  }
}
