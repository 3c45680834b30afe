#include "mechanics/unloading/unloading.h"

#include "core/error.h"
#include "core/mesh/vectors.h"
#include "core/numbers.h"
#include "mechanics/unloading/anderson.h"
#include "mechanics/unloading/fibre_transport.h"
#include "mechanics/unloading/filling.h"

#include <algorithm>
#include <map>

namespace vivicor
{
  namespace
  {
    using Points = std::vector<Point3>;

    const std::map<std::string, std::string> imaged_pressure{
      {"LV", "7.5 mmHg"}, {"RV", "3.75 mmHg"}, {"LA", "8.25 mmHg"}, {"RA", "4.5 mmHg"}};

    std::vector<double> flat(const Points &points)
    {
      std::vector<double> values;
      values.reserve(3 * points.size());
      for (const Point3 &x : points)
        values.insert(values.end(), x.begin(), x.end());
      return values;
    }

    Points as_points(const std::vector<double> &values)
    {
      Points points(values.size() / 3);
      for (std::size_t i = 0; i < values.size(); ++i)
        points[i / 3][i % 3] = values[i];
      return points;
    }

    struct WorstCell
    {
      double ratio = 1; ///< volume over that in the image
      std::size_t cell = 0;
    };

    WorstCell worst_cell(const Anatomy &image, const Points &x)
    {
      WorstCell worst;
      for (std::size_t c = 0; c < image.cells.size(); ++c)
        if (const double ratio = signed_volume(x, image.cells[c]) / signed_volume(image.points, image.cells[c]); ratio < worst.ratio)
          worst = {ratio, c};
      return worst;
    }

    std::string describe(const Anatomy &image, const WorstCell &worst)
    {
      Point3 centre{0, 0, 0};
      for (const unsigned n : image.cells[worst.cell])
        centre = centre + 0.25 * image.points[n];
      return "worst cell: " + std::to_string(worst.cell) + " in region " + image.regions[image.cell_region[worst.cell]].name + " at ("
             + six_digits(centre[0]) + ", " + six_digits(centre[1]) + ", " + six_digits(centre[2]) + ") mm, its volume "
             + six_digits(worst.ratio) + " of that in the image";
    }

    Points halfway(const Points &a, const Points &b)
    {
      Points result(a.size());
      for (std::size_t i = 0; i < a.size(); ++i)
        result[i] = 0.5 * (a[i] + b[i]);
      return result;
    }

    std::vector<double> cavity_volumes(const Anatomy &anatomy, const std::vector<std::string> &cavities)
    {
      std::vector<double> volumes;
      for (const std::string &name : cavities)
        volumes.push_back(cavity_volume(anatomy.points, anatomy.cavities.at(name)));
      return volumes;
    }

    /// The search itself: one candidate shape after the other.
    class Search
    {
    public:
      Search(MPI_Comm comm, const Anatomy &image, const Fibres &at_image, const std::vector<unsigned> &cell_rank, const Parameters &deck,
             const UnloadingSettings &settings, Timers &timers)
        : comm(comm),
          image(image),
          at_image(at_image),
          cell_rank(cell_rank),
          deck(deck),
          settings(settings),
          timers(timers),
          equilibria(0.1 * settings.tolerance),
          shape(image)
      {
      }

      /// Makes X the present candidate and inflates it. @return false if that fails
      bool inflate(const Points &X)
      {
        shape.points = X;
        fibres = pulled_back(at_image, image, X);
        auto next = std::make_unique<Mechanics>(comm, shape, fibres, cell_rank, deck, timers);
        // The search cannot come closer than the equilibria: at 1e-5 a heart of 12 mm cells stayed 0.02 mm away.
        next->tighten(1e-8);
        try
          {
            // Without load a new heart rests already. Close to the solution the inflated shape is the image.
            if (std::any_of(settings.pressure.begin(), settings.pressure.end(), [](double p) { return p != 0; }))
              equilibria.find(*next, settings.pressure, between(X, image.points), mechanics ? *mechanics : *next);
            mechanics = std::move(next);
            return true;
          }
        catch (const SolverError &error)
          {
            reason = error.text.why;
            return false;
          }
      }

      /// Image minus inflated candidate.
      Points residual() const
      {
        const Points u = mechanics->displacement();
        Points r(u.size());
        for (std::size_t n = 0; n < r.size(); ++n)
          r[n] = image.points[n] - (shape.points[n] + u[n]);
        return r;
      }

      UnloadingIteration judge(const Points &r) const
      {
        UnloadingIteration result;
        for (const Point3 &error : r)
          {
            result.max_error = std::max(result.max_error, norm(error));
            result.mean_error += norm(error) / static_cast<double>(r.size());
          }
        result.unloaded = cavity_volumes(shape, mechanics->cavities());
        result.inflated = mechanics->volume();
        result.smallest_volume_ratio = worst_cell(image, shape.points).ratio;
        return result;
      }

      MPI_Comm comm;
      const Anatomy &image;
      const Fibres &at_image;
      const std::vector<unsigned> &cell_rank;
      const Parameters &deck;
      const UnloadingSettings &settings;
      Timers &timers;
      Equilibria equilibria;
      Anatomy shape;
      Fibres fibres;
      std::unique_ptr<Mechanics> mechanics; ///< of the last candidate that could be inflated
      std::string reason;

    private:
      static Points between(const Points &from, const Points &to)
      {
        Points u(from.size());
        for (std::size_t n = 0; n < u.size(); ++n)
          u[n] = to[n] - from[n];
        return u;
      }
    };

    [[noreturn]] void fail(const Search &search, unsigned iteration, const Points &X, const std::string &what, const std::string &mend)
    {
      throw SolverError({what, "unloading, iteration " + std::to_string(iteration),
                         (search.reason.empty() ? "" : search.reason + "; ") + describe(search.image, worst_cell(search.image, X)), "",
                         mend});
    }
  }

  void declare_reference(Schema &mechanics)
  {
    Schema reference = mechanics.section("reference", "the shape without load");
    reference.choice(
      "scheme", "given", {"given", "unload"},
      "given: the mesh is unloaded. unload: the mesh is the heart under the pressures below, as imaged; its unloaded shape is sought");
    Schema pressures = reference.section("pressures", "cavity pressures in the imaged heart, at end-diastole");
    for (const auto &[cavity, value] : imaged_pressure)
      pressures.quantity(cavity, value, -10, 10, "pressure in the " + cavity, "Gerach and Loewe 2024, 10.1113/JP285022");
    reference.quantity("tolerance", "0.01 mm", 1e-9, 10, "largest distance of a node of the inflated shape from the image");
    reference.integer("max_iterations", 30, 1, 1000, "then the search has failed");
    reference.integer("memory", 5, 0, 50, "iterations that Anderson's acceleration remembers; 0: the plain fixed point");
  }

  UnloadingSettings read_reference(const Parameters &mechanics, const std::vector<std::string> &cavities)
  {
    const Parameters reference = mechanics.section("reference"), pressures = reference.section("pressures");
    UnloadingSettings settings;
    settings.unload = reference.text("scheme") == "unload";
    settings.tolerance = reference.quantity("tolerance");
    settings.max_iterations = static_cast<unsigned>(reference.integer("max_iterations"));
    settings.memory = static_cast<unsigned>(reference.integer("memory"));
    for (const std::string &cavity : cavities)
      {
        if (!imaged_pressure.count(cavity))
          throw UserError({"no pressure is known for the cavity '" + cavity + "'", reference.where("pressures"),
                           "the unloaded shape is sought for the pressures in LV, RV, LA and RA", "", "rename the cavity"});
        settings.pressure.push_back(pressures.quantity(cavity));
      }
    return settings;
  }

  Unloading unload(MPI_Comm comm, const Anatomy &image, const Fibres &at_image, const std::vector<unsigned> &cell_rank,
                   const Parameters &deck, const UnloadingSettings &settings, Timers &timers,
                   const std::function<void(unsigned, const UnloadingIteration &)> &watch)
  {
    constexpr unsigned max_drawbacks = 6;
    const std::string milder = "lower the imaged pressures, stiffen the passive laws, or mend the worst cells of the mesh";
    Search search(comm, image, at_image, cell_rank, deck, settings, timers);
    Anderson acceleration(settings.memory);
    std::vector<UnloadingIteration> iterations;
    Points X = image.points, before = X;
    for (unsigned iteration = 1; iteration <= settings.max_iterations; ++iteration)
      {
        for (unsigned drawbacks = 0; worst_cell(image, X).ratio <= 0 || !search.inflate(X); ++drawbacks)
          {
            if (iteration == 1 || drawbacks == max_drawbacks)
              fail(search, iteration, X, "the heart cannot be unloaded", milder);
            X = halfway(before, X);
            acceleration.forget();
          }
        const Points r = search.residual();
        iterations.push_back(search.judge(r));
        watch(iteration, iterations.back());
        if (iterations.back().max_error <= settings.tolerance)
          {
            Unloading result{search.mechanics->cavities(), settings, {}, std::move(iterations), X, std::move(search.fibres),
                             std::move(search.mechanics)};
            result.imaged = cavity_volumes(image, result.cavities);
            return result;
          }
        before = X;
        X = as_points(acceleration.next(flat(X), flat(r)));
      }
    fail(search, settings.max_iterations, before,
         "the unloaded shape is not found within " + six_digits(iterations.back().max_error) + " mm",
         "raise mechanics.reference.max_iterations or .tolerance; or " + milder);
  }
}
