#include "mechanics/verification/land_tables.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    using Report = std::function<void(const VerificationTable &)>;
    const std::string paper = "Land et al. 2015, 10.1098/rspa.2015.0641";

    /// A mesh of a series: 0 is the coarsest.
    LandMethod method(const std::string &element, unsigned level)
    {
      LandMethod m;
      m.element = element;
      const bool wall = element == "wall";
      m.across = (wall ? 4u : 1u) << level;
      m.counts = wall ? VentricleCounts{4, 8, 2}.refined(level) : level == 0 ? VentricleCounts{4, 6, 1} : VentricleCounts{4, 8, 2};
      if (!wall)
        m.bulk_modulus = std::numeric_limits<double>::infinity();
      return m;
    }

    std::string name(const LandMethod &m, const LandAnswer &answer)
    {
      return (m.element == "wall" ? "moving wall" : m.element) + ", " + std::to_string(answer.cells) + " cells";
    }

    std::vector<LandAnswer> series(MPI_Comm comm, unsigned problem, const std::string &element, unsigned levels)
    {
      std::vector<LandAnswer> answers;
      for (unsigned level = 0; level < levels; ++level)
        answers.push_back(solve_land(comm, problem, method(element, level)));
      return answers;
    }

    /// Limit by Richardson for errors of second order: what linear tetrahedra have, and less than quadratic ones may claim where the
    /// clamped edge makes the solution singular.
    double extrapolated(double coarse, double fine)
    {
      return fine + (fine - coarse) / 3;
    }

    VerificationTable bending(MPI_Comm comm, bool all)
    {
      VerificationTable table;
      table.title = "Land et al. 2015, problem 1: z of the point (10, 0.5, 1) of the bent beam, mm";
      table.note = "position in space, not displacement: the deflection is 1 mm less. " + paper;
      const std::string published = "4.0 .. 4.2 (11 groups)";
      const auto quadratic = series(comm, 1, "Q2-P1disc", 3);
      const double limit = extrapolated(quadratic[1].tip, quadratic[2].tip);
      for (const LandAnswer &answer : quadratic)
        table.lines.push_back({name(method("Q2-P1disc", 0), answer), published, answer.tip, 4.0, 4.2});
      table.lines.push_back({"limit of this series by second order", published, limit, 4.0, 4.2});
      table.lines.push_back({"its finest off the limit (%)", "0 (groups agree to 0.5)", 100 * (quadratic[2].tip / limit - 1), -0.5, 0.5});
      // Linear tetrahedra are stiff in bending: what they tend to is compared, by second order.
      const auto wall = series(comm, 1, "wall", all ? 3 : 2);
      const double fine = wall.back().tip, coarse = wall[wall.size() - 2].tip;
      const std::string who = name(method("wall", 0), wall.back());
      table.lines.push_back({who, "as far as linear tetrahedra bend", fine, coarse, limit});
      table.lines.push_back({who + ", extrapolated by second order", published, extrapolated(coarse, fine), 4.0, 4.2});
      return table;
    }

    void add_apices(VerificationTable &table, const std::string &who, const LandAnswer &answer)
    {
      table.lines.push_back(
        {who + ": middle of the wall", "-27.3 (solids4foam: -27.268 on 12,960, -27.324 on 103,680 cells)", answer.middle, -27.6, -27.0});
      table.lines.push_back({who + ": endocardium", "about -26.6", answer.endo, -26.9, -26.3});
      table.lines.push_back({who + ": epicardium", "about -28.2", answer.epi, -28.5, -27.9});
    }

    VerificationTable inflation(MPI_Comm comm, bool all)
    {
      VerificationTable table;
      table.title = "Land et al. 2015, problem 2: z of the apex at 10 kPa, mm";
      table.note = "base clamped; from nothing in load steps that the solver chooses. " + paper;
      std::vector<double> converged;
      for (const std::string element : {"Q2-P1disc", "wall"})
        {
          const auto answers = series(comm, 2, element, (element == "wall" ? 2 : 1) + (all ? 1 : 0));
          for (const LandAnswer &answer : answers)
            add_apices(table, name(method(element, 0), answer), answer);
          converged.push_back(answers.back().middle);
          if (answers.size() == 3)
            {
              const RefinementLimit limit = limit_of(answers[0].middle, answers[1].middle, answers[2].middle);
              table.lines.push_back({"limit of this series: middle of the wall", "-27.3", limit.limit, -27.6, -27.0});
              table.lines.push_back({"its order", "2", limit.order, 1.5, 2.5});
            }
        }
      table.lines.push_back({"finest of both discretisations, difference", "0", converged[1] - converged[0], -0.1, 0.1});
      return table;
    }

    VerificationTable contraction(MPI_Comm comm, bool all)
    {
      VerificationTable table;
      table.title = "Land et al. 2015, problem 3: 15 kPa inside and 60 kPa of tension";
      table.note = "S = T f0 x f0 (not divided by the stretch), +90 to -90 degrees, base clamped; mid-wall line at 0.1 to 0.9 of the "
                   "way from apex to base: twist in degrees, strains as changes of length over length; compared from 0.2 on. "
                   + paper;
      const auto wall = series(comm, 3, "wall", all ? 3 : 2), quadratic = series(comm, 3, "Q2-P1disc", all ? 2 : 1);
      const std::string second_hand = " (one reading of the figure, second-hand)";
      for (const LandAnswer *answer : {&wall.back(), &quadratic.back()})
        {
          const std::string who = name(method(answer == &wall.back() ? "wall" : "Q2-P1disc", 0), *answer);
          table.lines.push_back({who + ": endocardial apex (mm)", "about -12.5" + second_hand, answer->endo, -13.0, -11.5});
          table.lines.push_back({who + ": epicardial apex (mm)", "about -15.5" + second_hand, answer->epi, -16.0, -15.0});
        }
      std::vector<LineDifference> change;
      for (std::size_t level = 1; level < wall.size(); ++level)
        change.push_back(difference(wall[level - 1], wall[level]));
      const LineDifference other = difference(wall.back(), quadratic.back());
      table.lines.push_back({"twist, largest change by the wall's last refinement", "0", change.back().twist, 0, all ? 1.0 : 2.0});
      table.lines.push_back({"strain, largest change by the wall's last refinement", "0", change.back().strain, 0, all ? 0.02 : 0.1});
      if (all)
        {
          table.lines.push_back({"change of twist over that by the refinement before", "below 1", change[1].twist / change[0].twist, 0, 1});
          table.lines.push_back(
            {"change of strain over that by the refinement before", "below 1", change[1].strain / change[0].strain, 0, 1});
        }
      table.lines.push_back({"twist, largest difference of the two discretisations", "0", other.twist, 0, all ? 1.0 : 6.0});
      table.lines.push_back({"strain, largest difference of the two discretisations", "0", other.strain, 0, all ? 0.03 : 0.06});
      return table;
    }
  }

  RefinementLimit limit_of(double coarse, double middle, double fine)
  {
    const double ratio = (middle - coarse) / (fine - middle);
    if (!(ratio > 1))
      return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
    return {fine + (fine - middle) / (ratio - 1), std::log2(ratio)};
  }

  LineDifference difference(const LandAnswer &a, const LandAnswer &b)
  {
    LineDifference largest;
    for (std::size_t k = 0; k < a.line.size(); ++k)
      {
        const LandStation &s = a.line[k], &t = b.line[k];
        if (s.along < 0.15)
          continue;
        largest.twist = std::max(largest.twist, std::abs(s.twist - t.twist));
        for (const double strain : {s.circumferential - t.circumferential, s.longitudinal - t.longitudinal, s.transmural - t.transmural})
          largest.strain = std::max(largest.strain, std::abs(strain));
      }
    return largest;
  }

  void verify_land_2015(MPI_Comm comm, bool all, const Report &report)
  {
    report(bending(comm, all));
    report(inflation(comm, all));
    report(contraction(comm, all));
  }
}
