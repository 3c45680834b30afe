#include "electrophysiology/prescribed/calcium_course.h"

#include "core/error.h"
#include "core/units.h"
#include "electrophysiology/stimuli/number_table.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    CalciumCourse exponential(const Parameters &deck)
    {
      const double rest = deck.quantity("rest"), peak = deck.quantity("peak"), rise = deck.quantity("rise"), decay = deck.quantity("decay");
      if (decay <= rise)
        throw UserError({"a decay of " + in_unit(decay, "ms") + " and a rise of " + in_unit(rise, "ms"), deck.where("decay"),
                         "the transient falls more slowly than it rises", "a decay above " + in_unit(rise, "ms"),
                         "exchange or change them"});
      if (peak <= rest)
        throw UserError({"a peak of " + in_unit(peak, "uM") + " above a rest of " + in_unit(rest, "uM"), deck.where("peak"),
                         "calcium rises when a cell is activated", "a peak above " + in_unit(rest, "uM"), "raise it"});
      const auto shape = [rise, decay](double t) { return std::exp(-t / decay) - std::exp(-t / rise); };
      const double norm = shape(std::log(decay / rise) * rise * decay / (decay - rise));
      return [=](double t) { return rest + (peak - rest) * shape(t) / norm; };
    }

    CalciumCourse tabulated(MPI_Comm comm, const Parameters &deck)
    {
      const NumberTable table = read_number_table(comm, deck, "file", {"time_ms", "calcium_uM"});
      for (std::size_t row = 0; row < table.size(); ++row)
        {
          const double t = table(row, 0);
          if (row == 0 ? t != 0 : t <= table(row - 1, 0))
            throw UserError({"a time of " + in_unit(t, "ms"), table.where(row), "times begin at 0, the activation, and ascend", "",
                             "sort the rows and remove repeated times"});
          if (table(row, 1) <= 0)
            throw UserError({"calcium of " + in_unit(table(row, 1), "uM"), table.where(row), "a concentration is positive", "",
                             "correct the row; values are in uM"});
        }
      return [table](double t) {
        std::size_t next = 0;
        for (std::size_t below = table.size(); next < below;) // first row after t
          if (const std::size_t middle = (next + below) / 2; table(middle, 0) > t)
            below = middle;
          else
            next = middle + 1;
        if (next == 0 || next == table.size())
          return table(next == 0 ? 0 : next - 1, 1);
        const double share = (t - table(next - 1, 0)) / (table(next, 0) - table(next - 1, 0));
        return (1 - share) * table(next - 1, 1) + share * table(next, 1);
      };
    }
  }

  void declare_calcium_course(Schema &deck)
  {
    const std::string source = "Rice et al. 2008, 10.1529/biophysj.107.119487";
    Schema calcium = deck.section("calcium", "Calcium of an activated cell.");
    calcium.select("from", "cells",
                   {{"cells", {}},
                    {"exponential",
                     [source](Schema &course) {
                       course.quantity("rest", "0.09 uM", 1e-4, 10, "Before the activation.", source);
                       course.quantity("peak", "1.45 uM", 1e-4, 100, "Highest value.", source);
                       course.quantity("rise", "20 ms", 0.1, 1000, "Time constant of the rise.", source);
                       course.quantity("decay", "110 ms", 0.1, 3000, "Time constant of the decay.", source);
                     }},
                    {"table",
                     [](Schema &course) {
                       course.path("file", "",
                                   "Comma-separated values with the header time_ms,calcium_uM; time 0 is the activation, its calcium the "
                                   "rest; linear between rows, the last value after them. Sought from the working folder, then beside "
                                   "the deck.");
                     }}},
                   "The membranes' own, two exponentials, or a table; atria and ventricles alike.");
  }

  CalciumCourse read_calcium_course(MPI_Comm comm, const Parameters &deck)
  {
    const Parameters calcium = deck.section("calcium");
    const std::string from = calcium.text("from");
    return from == "cells" ? CalciumCourse() : from == "table" ? tabulated(comm, calcium) : exponential(calcium);
  }
}
