#include "electrophysiology/tissue/cable.h"

#include "core/error.h"
#include "core/numbers.h"
#include "core/units.h"
#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/box_mesh.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    /// Tridiagonal (M + theta dt K) d = -dt K V on equal edges, factorised once.
    class CableDiffusion
    {
    public:
      CableDiffusion(std::size_t n, double diffusivity, double dt, const CableOptions &o)
        : n(n), flux(dt * diffusivity / (o.edge * o.edge)), off((1 - o.lumping) / 6 - o.theta * flux), pivot(n), d(n)
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            const bool end = i == 0 || i + 1 == n;
            const double diagonal = (end ? 0.5 : 1.0) - (end ? 1 : 2) * off;
            pivot[i] = diagonal - (i ? off * off / pivot[i - 1] : 0.0);
          }
      }

      /// Potentials half-way through the last step; see TimeStep.
      void half_way(const double *V, bool strang, double *middle) const
      {
        for (std::size_t i = 0; i < n; ++i)
          middle[i] = V[i] - (strang ? 1.0 : 0.5) * d[i];
      }

      void step(double *V)
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            d[i] = flux * ((i ? V[i - 1] - V[i] : 0.0) + (i + 1 < n ? V[i + 1] - V[i] : 0.0));
            if (i)
              d[i] -= off / pivot[i - 1] * d[i - 1];
          }
        for (std::size_t i = n; i-- > 0;)
          {
            d[i] = (d[i] - (i + 1 < n ? off * d[i + 1] : 0.0)) / pivot[i];
            V[i] += d[i];
          }
      }

    private:
      std::size_t n;
      double flux, off;
      std::vector<double> pivot, d;
    };

    double cable_length(const CableOptions &o)
    {
      return o.length > 0 ? o.length : std::max(20.0, 32 * o.edge);
    }
  }

  namespace
  {
    /// Linear elements and split steps: the tissue's numerics with a direct solver.
    class SplitCable
    {
    public:
      SplitCable(const IonicModel &model, std::size_t n, double diffusivity, const CableOptions &o)
        : model(model),
          n(n),
          stride((n + 7) / 8 * 8),
          dt(o.time_step),
          strang(o.strang),
          diffusion(n, diffusivity, o.strang ? o.time_step / 2 : o.time_step, o),
          middle(stride, 0.0)
      {
        for (const double value : model.rest())
          states.insert(states.end(), stride, value);
      }

      void step(double *V, const double *stimulus)
      {
        if (strang)
          diffusion.step(V);
        diffusion.half_way(V, strang, middle.data());
        model.step(n, stride, dt, V, states.data(), stimulus, middle.data());
        diffusion.step(V);
      }

    private:
      const IonicModel &model;
      const std::size_t n, stride;
      const double dt;
      const bool strang;
      CableDiffusion diffusion;
      AlignedVector states, middle;
    };

    /// Any of the tissue's schemes, on line elements.
    class GeneralCable
    {
    public:
      GeneralCable(const IonicModel &model, std::size_t n, double diffusivity, const CableOptions &o)
        : box(box_mesh(Element(Element::Shape::cube, 1, o.degree), {static_cast<unsigned>((n - 1) / o.degree), 0, 0}, o.degree * o.edge)),
          halo(MPI_COMM_SELF, box.nodes),
          reaction(box.nodes, {Reaction::at_rest({std::shared_ptr<void>(), &model})}),
          matrices(assemble(box.nodes, box.cells,
                            std::vector<SymmetricTensor>(box.cells.size(), {diffusivity, diffusivity, diffusivity, 0, 0, 0}))),
          diffusion(MPI_COMM_SELF, box.nodes, halo, matrices, {o.theta, o.lumping, 1e-8, 500, o.bdf2}),
          time_step(box.nodes, box.cells, halo, reaction, diffusion,
                    {o.unsplit  ? Splitting::none
                     : o.strang ? Splitting::strang
                                : Splitting::godunov,
                     o.interpolate_states, o.bdf2},
                    timers),
          dt(o.time_step)
      {
        AlignedVector V(box.nodes.n_local());
        reaction.set_initial(V.data());
      }

      void step(double *V, const double *stimulus) { time_step(dt, V, stimulus, {stimulus != nullptr}); }

    private:
      BoxMesh box;
      Halo halo;
      Reaction reaction;
      Matrices matrices;
      Diffusion diffusion;
      Timers timers;
      TimeStep time_step;
      double dt;
    };

    template <class Cable>
    std::vector<double> activation_of(Cable cable, const IonicModel &model, std::size_t n, const CableOptions &o, double t_end)
    {
      AlignedVector V((n + 7) / 8 * 8, model.rest_potential()), stimulus(V.size(), 0.0);
      const double reach = std::max(o.stimulated_length, 2 * o.edge) * (1 + 1e-9);
      for (std::size_t i = 0; i < n && static_cast<double>(i) * o.edge <= reach; ++i)
        stimulus[i] = o.amplitude;
      std::vector<double> activation(n, -1.0);
      AlignedVector before(V);
      for (long k = 0; static_cast<double>(k) * o.time_step < t_end; ++k)
        {
          const double t = static_cast<double>(k) * o.time_step;
          cable.step(V.data(), t < o.duration * (1 - 1e-9) ? stimulus.data() : nullptr);
          double highest = -1e9;
          for (std::size_t i = 0; i < n; ++i)
            {
              if (activation[i] < 0 && before[i] < o.threshold && V[i] >= o.threshold)
                activation[i] = t + o.time_step * (o.threshold - before[i]) / (V[i] - before[i]);
              highest = std::max(highest, V[i]);
            }
          const bool died = t > o.duration && highest < model.rest_potential() + 5;
          if (died || !std::isfinite(highest) || activation[n - 1] >= 0)
            break;
          before = V;
        }
      return activation;
    }
  }

  std::vector<double> cable_activation(const IonicModel &model, double diffusivity, const CableOptions &o, double t_end)
  {
    const auto cells = static_cast<std::size_t>(std::lround(cable_length(o) / (o.degree * o.edge)));
    const std::size_t n = cells * o.degree + 1;
    return o.unsplit || o.degree > 1 ? activation_of(GeneralCable(model, n, diffusivity, o), model, n, o, t_end)
                                     : activation_of(SplitCable(model, n, diffusivity, o), model, n, o, t_end);
  }

  double conduction_velocity(const IonicModel &model, double diffusivity, const CableOptions &o)
  {
    const double slowest = 0.02; // mm/ms: below it conduction counts as blocked
    const auto activation = cable_activation(model, diffusivity, o, cable_length(o) / slowest);
    const std::size_t n = activation.size() - 1, a = n / 4, b = 3 * n / 4;
    return activation[a] < 0 || activation[b] <= activation[a] ? 0.0
                                                               : static_cast<double>(b - a) * o.edge / (activation[b] - activation[a]);
  }

  namespace
  {
    constexpr double largest_diffusivity = 1e3; // mm^2/ms
    constexpr double usual = 0.6;               // mm/ms, along the fibres of a ventricle

    /// mm^2/ms, near what gives that velocity (mm/ms).
    double likely_diffusivity(double velocity, double edge)
    {
      return 0.1 * std::pow(velocity / usual, 2) + 0.04 * edge * edge * velocity;
    }

    /// @param fastest velocity that any conductivity gave
    [[noreturn]] void throw_untunable(double velocity, double fastest, const CableOptions &o)
    {
      const std::string what = "no conductivity gives a conduction velocity of " + in_unit(velocity, "m/s") + " on edges of "
                               + in_unit(o.edge, "mm");
      const std::string where = "electrophysiology.conduction", edges = "shorten the edges (electrophysiology.refinement, tune-cv --edge)";
      if (fastest == 0)
        throw UserError({what, where, "with any, the wave front dies: this cell does not conduct on such edges and steps", "",
                         edges + " or the step, or choose another cell"});
      if (fastest < velocity)
        throw UserError({what, where,
                         "the fastest front that was found makes " + six_digits(fastest) + " m/s; with more conductivity none starts", "",
                         "ask for a lower velocity"});
      throw UserError({what, where, "the wave front is lost between nodes this far apart before it becomes so slow", "",
                       edges + ", or ask for a higher velocity"});
    }
  }

  double tune_diffusivity(const IonicModel &model, double velocity, const CableOptions &o)
  {
    double fastest = 0.0;
    double low = 0.0, high = 0.0; // bracket, once found
    double diffusivity = likely_diffusivity(velocity, o.edge);
    double slope = 1.0, last_diffusivity = 0.0, last_reached = 0.0; // d log velocity / d log D
    for (unsigned trial = 0; trial < 60 && diffusivity < largest_diffusivity; ++trial)
      {
        const double reached = conduction_velocity(model, diffusivity, o);
        fastest = std::max(fastest, reached);
        if (std::abs(reached / velocity - 1) < 1e-3)
          return diffusivity;
        (reached < velocity ? low : high) = diffusivity;
        if (reached > 0 && last_reached > 0)
          slope = std::clamp(std::log(reached / last_reached) / std::log(diffusivity / last_diffusivity), 0.4, 4.0);
        last_diffusivity = diffusivity;
        last_reached = reached;
        const double guess = reached > 0 ? diffusivity * std::pow(velocity / reached, 1 / slope) : 2 * diffusivity;
        const bool inside = guess > low && (high == 0 || guess < high);
        diffusivity = inside ? guess : high == 0 ? 2 * low : 0.5 * (low + high);
      }
    if (fastest == 0 && velocity > usual) // is it the cell that does not conduct, or was too much asked for?
      fastest = conduction_velocity(model, likely_diffusivity(usual, o.edge), o);
    throw_untunable(velocity, fastest, o);
  }
}
