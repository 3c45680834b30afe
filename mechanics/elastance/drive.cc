#include "mechanics/elastance/drive.h"

#include "core/cosine_pulse.h"
#include "core/error.h"
#include "core/mpi.h"
#include "mechanics/elastance/settings.h"

#include <cmath>
#include <map>

namespace vivicor
{
  namespace
  {
    class CycleDrive : public ElastanceDrive
    {
    public:
      CycleDrive(std::vector<CosinePulse> pulses, double period) : pulses(std::move(pulses)), period(period) {}

      std::vector<double> start(const std::vector<double> &) const override { return at(0); }
      std::vector<double> advance(double t, double dt, const std::vector<double> &, const std::vector<double> &) const override
      {
        return at(t + dt);
      }

    private:
      std::vector<double> at(double t) const
      {
        std::vector<double> e;
        for (const CosinePulse &pulse : pulses)
          e.push_back(pulse(t, period));
        return e;
      }

      std::vector<CosinePulse> pulses;
      double period;
    };

    /// Nodes of the muscle that lines a cavity, each with its share of the area, on this rank's cells.
    using Lining = std::map<unsigned, double>;

    double area(const Anatomy &anatomy, const Triangle &triangle)
    {
      const auto &x = anatomy.points;
      Point3 a, b;
      for (unsigned i = 0; i < 3; ++i)
        {
          a[i] = x[triangle.nodes[1]][i] - x[triangle.nodes[0]][i];
          b[i] = x[triangle.nodes[2]][i] - x[triangle.nodes[0]][i];
        }
      return 0.5 * std::hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
    }

    Lining lining_of(const PumpContext &context, const std::string &cavity)
    {
      const Anatomy &anatomy = context.anatomy;
      const auto rank = static_cast<unsigned>(rank_of(context.comm));
      Lining lining;
      double total = 0;
      for (const Triangle &triangle : anatomy.cavities.at(cavity))
        if (anatomy.regions[anatomy.cell_region[triangle.cell]].tissue != Tissue::passive)
          {
            const double third = area(anatomy, triangle) / 3;
            for (const unsigned node : triangle.nodes)
              {
                total += third;
                if (context.cell_rank[triangle.cell] == rank)
                  lining[node] += third;
              }
          }
      if (!(total > 0))
        throw UserError({"no muscle lines the chamber " + cavity, "deck key mechanics.drive",
                         "its calcium is the mean over the muscle on its inner surface", "cycle", "let it contract by the cycle"});
      for (auto &[node, weight] : lining)
        weight /= total;
      return lining;
    }

    class CalciumDrive : public ElastanceDrive
    {
    public:
      CalciumDrive(MPI_Comm comm, std::vector<Lining> linings, const CalciumSettings &settings)
        : comm(comm), linings(std::move(linings)), settings(settings)
      {
      }

      std::vector<double> start(const std::vector<double> &calcium) const override { return steady(calcium); }
      std::vector<double> advance(double, double dt, const std::vector<double> &calcium, const std::vector<double> &before) const override
      {
        std::vector<double> e = steady(calcium);
        for (std::size_t k = 0; k < e.size(); ++k)
          e[k] = (settings.lag * before[k] + dt * e[k]) / (settings.lag + dt);
        return e;
      }

    private:
      std::vector<double> steady(const std::vector<double> &calcium) const
      {
        std::vector<double> c;
        for (const Lining &lining : linings)
          {
            double mean = 0;
            for (const auto &[node, weight] : lining)
              mean += weight * calcium[node];
            c.push_back(mean);
          }
        sum(c, comm);
        for (double &value : c)
          {
            const double power = std::pow(value / settings.half, settings.steepness);
            value = power / (1 + power);
          }
        return c;
      }

      MPI_Comm comm;
      std::vector<Lining> linings;
      CalciumSettings settings;
    };
  }

  std::unique_ptr<ElastanceDrive> make_drive(const PumpContext &context, const std::vector<std::string> &cavities,
                                             const Parameters &mechanics)
  {
    const ElastanceSettings settings = read_elastance(mechanics, context.cycle_length);
    if (settings.by_calcium)
      {
        std::vector<Lining> linings;
        for (const std::string &cavity : cavities)
          linings.push_back(lining_of(context, cavity));
        return std::make_unique<CalciumDrive>(context.comm, std::move(linings), settings.calcium);
      }
    std::vector<CosinePulse> pulses;
    for (const std::string &cavity : cavities)
      pulses.push_back(settings.chambers.at(cavity).pulse);
    return std::make_unique<CycleDrive>(std::move(pulses), context.cycle_length);
  }
}
