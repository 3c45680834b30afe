// Drawing small scientific figures as SVG text: axes with round ticks, lines, bands, legends, a colour scale.
// Colours come from the page's style sheet by class name, so that a figure follows light and dark pages.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace vivicor::svg
{
  struct Range
  {
    double low = 0, high = 1;
  };

  /// A coordinate: at most two decimals, no trailing zeros.
  std::string number(double value);

  /// Smallest and largest finite value; {0, 1} if there is none.
  Range range_of(const std::vector<std::vector<double>> &curves);
  /// The range widened by `share` of its length on both sides (by 1 if it has no length).
  Range widened(Range range, double share);
  /// Round values (1, 2, 2.5 or 5 times a power of ten apart) inside the range, about `count` of them.
  std::vector<double> nice_ticks(Range range, unsigned count);
  /// A tick's label with the decimals that its spacing needs.
  std::string tick_label(double value, double spacing);

  /// A rectangle of the figure that shows data: maps values to coordinates and draws into a growing text.
  class Axes
  {
  public:
    struct Box
    {
      double left, top, width, height;
    };
    Axes(Box box, Range x, Range y) : box(box), x_range(x), y_range(y) {}

    double x(double value) const { return box.left + box.width * (value - x_range.low) / (x_range.high - x_range.low); }
    double y(double value) const { return box.top + box.height * (y_range.high - value) / (y_range.high - y_range.low); }

    /// Grid, tick labels and titles; an empty title leaves labels and title of that axis out, not its grid.
    std::string frame(const std::string &x_title, const std::string &y_title, unsigned x_ticks = 8, unsigned y_ticks = 4) const;
    /// A curve through the finite points; others interrupt it. Points that move it less than a fifth of a unit are
    /// dropped.
    std::string line(const std::vector<double> &xs, const std::vector<double> &ys, const std::string &css_class) const;
    /// A vertical band over the full height.
    std::string band(Range x, const std::string &css_class) const;

    const Box box;

  private:
    Range x_range, y_range;
  };

  std::string text(double x, double y, const std::string &content, const std::string &css_class = "", const std::string &anchor = "start");
  /// Line samples with their names in a row that starts at (x, y). Items: name and class.
  std::string legend(double x, double y, const std::vector<std::pair<std::string, std::string>> &items);

  /// A colour-blind-safe, perceptually even scale from dark blue to yellow. @param share 0 to 1 @return "#rrggbb"
  std::string colour(double share);
  /// A vertical colour scale of `levels` steps with ticks and a title above it.
  std::string colour_bar(Axes::Box box, Range range, unsigned levels, const std::string &title);

  /// The figure's outer element. @param label what it shows, for screen readers
  std::string figure(double width, double height, const std::string &label, const std::string &content);
}
