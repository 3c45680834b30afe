#include "core/output/svg.h"
#include "electrophysiology/cells/results.h"

#include <string>
#include <vector>

namespace vivicor
{
  namespace
  {
    constexpr double width = 860, left = 72, right = 18, height = 240, top = 34;

    // A figure of its own carries its style sheet; classes are those of the report.
    const char *const style = R"(<style>
svg{color-scheme:light dark;font-family:system-ui,"Segoe UI",Arial,sans-serif;background:#fff}
text{fill:#1d2430;font-size:12px}.tick{fill:#5d6878;font-size:11px}.axis{fill:#5d6878}.title{font-weight:600;font-size:13px}
.grid{stroke:#e8ebf0;fill:none}.frame{stroke:#d9dee6;fill:none}
.line{fill:none;stroke-width:1.8;stroke-linejoin:round}.V{stroke:#c8322f}.Ca{stroke:#2f6fc8}.APD90{stroke:#c8322f}.APD50{stroke:#e08a1e}
.point{stroke:none}.point.APD90{fill:#c8322f}.point.APD50{fill:#e08a1e}
@media (prefers-color-scheme:dark){svg{background:#12161c}text{fill:#e6e9ee}.tick,.axis{fill:#9aa5b5}.grid{stroke:#28303b}.frame{stroke:#333c49}
.V,.APD90{stroke:#ff6f68}.Ca{stroke:#6ea8ff}.APD50{stroke:#ffb454}.point.APD90{fill:#ff6f68;stroke:none}.point.APD50{fill:#ffb454;stroke:none}}
</style>
)";

    std::string panel(const std::vector<double> &x, const std::vector<double> &y, const svg::Axes::Box &box, const std::string &x_title,
                      const std::string &y_title, const std::string &css_class)
    {
      const svg::Axes axes(box, svg::widened(svg::range_of({x}), 0.0), svg::widened(svg::range_of({y}), 0.06));
      return axes.frame(x_title, y_title, 10, 5) + axes.line(x, y, css_class);
    }

    std::string points(const svg::Axes &axes, const std::vector<double> &x, const std::vector<double> &y, const std::string &css_class)
    {
      std::string content;
      for (std::size_t i = 0; i < x.size(); ++i)
        content += "<circle class=\"point " + css_class + "\" r=\"3\" cx=\"" + svg::number(axes.x(x[i])) + "\" cy=\""
                   + svg::number(axes.y(y[i])) + "\"/>\n";
      return content;
    }
  }

  std::string trace_svg(const CellStudy &study)
  {
    std::vector<double> t, V, calcium;
    for (const CellSample &s : study.trace)
      {
        t.push_back(s.t);
        V.push_back(s.V);
        calcium.push_back(s.calcium);
      }
    constexpr double plot = width - left - right;
    std::string content = style + svg::text(left, 20, study.model, "title");
    content += panel(t, V, {left, top, plot, height}, study.has_calcium ? "" : "time (ms)", "V (mV)", "V");
    if (study.has_calcium)
      content += panel(t, calcium, {left, top + height + 22, plot, 0.6 * height}, "time (ms)", "calcium (\u00b5M)", "Ca");
    return svg::figure(width, top + height * (study.has_calcium ? 1.6 : 1.0) + 64, "Action potential of " + study.model, content);
  }

  std::string restitution_svg(const CellStudy &study)
  {
    std::vector<double> rest, APD50, APD90;
    for (const RestitutionPoint &p : study.restitution)
      if (p.captured)
        {
          rest.push_back(p.diastolic);
          APD50.push_back(p.APD50);
          APD90.push_back(p.APD90);
        }
    const svg::Axes axes({left, top, width - left - right, 1.3 * height}, svg::widened(svg::range_of({rest}), 0.04),
                         svg::widened(svg::range_of({APD50, APD90}), 0.06));
    std::string content = style + svg::text(left, 20, study.model, "title");
    content += axes.frame("diastolic interval (ms)", "action potential duration (ms)", 10, 6);
    content += axes.line(rest, APD90, "APD90") + points(axes, rest, APD90, "APD90");
    content += axes.line(rest, APD50, "APD50") + points(axes, rest, APD50, "APD50");
    content += svg::legend(width - 190, 20, {{"APD90", "APD90"}, {"APD50", "APD50"}});
    return svg::figure(width, top + 1.3 * height + 44, "Restitution of " + study.model, content);
  }
}
