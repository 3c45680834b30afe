#include "electrophysiology/verification/manufactured.h"

#include "electrophysiology/tissue/box_mesh.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace vivicor
{
  namespace
  {
    constexpr double pi = std::numbers::pi, chi = 3, Cm = 2;
    constexpr std::array<double, 3> sigma{1.1 / (pi * pi), 1.2 / (pi * pi), 0.3 / (pi * pi)};

    /// div(sigma grad V) = beta V.
    double beta(unsigned dimension)
    {
      double sum = 0;
      for (unsigned d = 0; d < dimension; ++d)
        sum -= sigma[d] * (d + 1) * (d + 1) * pi * pi;
      return sum;
    }

    double exact_V(unsigned dimension, const Point3 &x, double t)
    {
      double V = std::sqrt(1 + t);
      for (unsigned d = 0; d < dimension; ++d)
        V *= std::cos((d + 1) * pi * x[d]);
      return V;
    }

    /// u1 and u2; u3 is zero.
    std::array<double, 2> exact_states(unsigned dimension, const Point3 &x, double t)
    {
      double G = x[0];
      for (unsigned d = 1; d < dimension; ++d)
        G *= std::pow(x[d], d + 1);
      G += 1;
      return {exact_V(dimension, x, t) + (1 + t) * G, 1 / ((1 + t) * std::sqrt(G))};
    }

    /// The published cell. step() is made as those of real cells are: states at a fixed potential, then V through the new states.
    class ManufacturedCell final : public IonicModel
    {
    public:
      ManufacturedCell(double beta, bool first_order) : leak(beta / (chi * Cm)), first_order(first_order) {}

      std::vector<std::string> state_names() const override { return {"u1", "u2", "u3"}; }
      std::vector<double> rest() const override { return {1, 1, 0}; }
      double rest_potential() const override { return 0; }
      std::vector<bool> is_gate() const override { return {false, false, false}; }
      std::size_t calcium_index() const override { return 0; }
      double calcium_to_uM() const override { return 1; }

      void step(std::size_t n, std::size_t stride, double dt, double *V, double *s, const double *stimulus,
                const double *gate_V) const override
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            double *u1 = s + i, *u2 = s + stride + i;
            const double u3 = s[2 * stride + i], at = gate_V ? gate_V[i] : V[i], current = stimulus ? stimulus[i] : 0;
            auto [a, b] = state_rates(at, *u1, *u2, u3);
            if (!first_order)
              std::tie(a, b) = state_rates(at, *u1 + 0.5 * dt * a, *u2 + 0.5 * dt * b, u3);
            *u1 += dt * a;
            *u2 += dt * b;
            const double slope = V_rate(V[i], *u1, *u2, u3) + current;
            V[i] += dt * (first_order ? slope : V_rate(V[i] + 0.5 * dt * slope, *u1, *u2, u3) + current);
          }
      }

      void rates(std::size_t n, std::size_t stride, const double *V, const double *s, const double *stimulus, double *dV,
                 double *ds) const override
      {
        for (std::size_t i = 0; i < n; ++i)
          {
            const double u1 = s[i], u2 = s[stride + i], u3 = s[2 * stride + i];
            const auto [a, b] = state_rates(V[i], u1, u2, u3);
            ds[i] = a;
            ds[stride + i] = b;
            ds[2 * stride + i] = 0;
            dV[i] = V_rate(V[i], u1, u2, u3) + (stimulus ? stimulus[i] : 0);
          }
      }

    private:
      static std::pair<double, double> state_rates(double V, double u1, double u2, double u3)
      {
        const double w = u1 + u3 - V;
        return {w * w * u2 * u2 + 0.5 * w * u2 * u2 * (V - u3), -w * u2 * u2 * u2};
      }
      double V_rate(double V, double u1, double u2, double u3) const { return 0.5 * (u1 + u3 - V) * u2 * u2 * (V - u3) - leak * (V - u3); }

      const double leak;
      const bool first_order;
    };

    double error(const BoxMesh &box, const AlignedVector &V, double t, unsigned exact_degree)
    {
      const Element &element = box.cells.element;
      const auto points = element.quadrature(exact_degree);
      double sum = 0;
      for (std::size_t c = 0; c < box.cells.size(); ++c)
        for (const auto &point : points)
          {
            const unsigned *nodes = box.cells[c];
            Point3 x{0, 0, 0};
            double value = 0;
            for (unsigned a = 0; a < element.n_nodes(); ++a)
              {
                value += point.value[a] * V[nodes[a]];
                for (unsigned d = 0; d < 3; ++d)
                  x[d] += point.value[a] * box.nodes.points[nodes[a]][d];
              }
            value -= exact_V(element.dimension, x, t);
            sum += map(element, point, nodes, box.nodes.points).volume * value * value;
          }
      return std::sqrt(std::max(0.0, sum));
    }
  }

  ManufacturedError manufactured_error(const ManufacturedRun &run)
  {
    const unsigned dimension = run.element.dimension;
    const BoxMesh box = box_mesh(run.element, {run.cells, run.cells, run.cells}, 1.0 / run.cells);
    const RefinedMesh &mesh = box.nodes;
    Halo halo(MPI_COMM_SELF, mesh);
    Reaction reaction(mesh, {Reaction::at_rest(std::make_shared<ManufacturedCell>(beta(dimension), run.first_order_cell))});
    const SymmetricTensor D{sigma[0] / (chi * Cm), sigma[1] / (chi * Cm), sigma[2] / (chi * Cm), 0, 0, 0};
    const Matrices matrices = assemble(mesh, box.cells, std::vector<SymmetricTensor>(box.cells.size(), D));
    Diffusion diffusion(MPI_COMM_SELF, mesh, halo, matrices, {run.theta, run.lumping, 1e-9, 1000, run.scheme.bdf2});
    Timers timers;
    TimeStep step(mesh, box.cells, halo, reaction, diffusion, run.scheme, timers);

    AlignedVector V(mesh.n_local(), 0.0);
    reaction.set_initial(V.data());
    // Split steps leapfrog: the states stand half a step before V.
    const double states_at = run.scheme.splitting == Splitting::none || run.first_order_cell ? 0.0 : -run.time_step / 2;
    for (std::size_t i = 0; i < mesh.groups[0].count; ++i)
      {
        V[i] = exact_V(dimension, mesh.points[i], 0);
        const auto u = exact_states(dimension, mesh.points[i], states_at);
        reaction.states[0][i] = u[0];
        reaction.states[0][reaction.stride_of(0) + i] = u[1];
      }
    ManufacturedError result;
    const long n_steps = std::lround(1 / run.time_step);
    const bool watch = dimension == 1;
    for (long k = 1; k <= n_steps; ++k)
      {
        step(run.time_step, V.data(), nullptr, {0});
        if (watch || k == n_steps)
          result.last = error(box, V, static_cast<double>(k) * run.time_step, run.norm_degree);
        result.largest = std::max(result.largest, result.last);
      }
    return result;
  }

  namespace
  {
    using Shape = Element::Shape;

    const char *name(const Element &element)
    {
      static const char *const names[2][3]{{"lines", "triangles", "tetrahedra"}, {"lines", "squares", "hexahedra"}};
      return names[element.shape == Shape::cube][element.dimension - 1];
    }

    /// Order between n and 2 n cells an edge; the steps are so short that space alone counts.
    void add_space(VerificationTable &table, ManufacturedRun run, const std::string &scheme)
    {
      const double coarse = manufactured_error(run).last;
      run.cells *= 2;
      const double fine = manufactured_error(run).last, order = run.element.degree + 1;
      table.lines.push_back(
        {"order in space, " + std::string(name(run.element)) + " of degree " + std::to_string(run.element.degree) + ", " + scheme,
         std::to_string(run.element.degree + 1), std::log2(coarse / fine), order - 0.15, order + 0.5});
    }

    void add_time(VerificationTable &table, ManufacturedRun run, int order, const std::string &scheme)
    {
      const double coarse = manufactured_error(run).last;
      run.time_step /= 2;
      const double fine = manufactured_error(run).last;
      table.lines.push_back({"order in time, " + scheme, std::to_string(order), std::log2(coarse / fine), order - 0.15, order + 0.3});
    }
  }

  VerificationTable manufactured_orders(unsigned dimension)
  {
    VerificationTable table;
    table.title = "Manufactured monodomain solutions in " + std::to_string(dimension) + "D";
    table.note = "Pathmanathan and Gray 2014, 10.1002/cnm.2615; L2 norm of the error of V at t = 1";
    const unsigned cells = dimension == 1 ? 20 : 16; // of degree 1; of degree 2 half as many, in 3D a quarter
    const double dt = dimension == 1 ? 0.002 : 0.01;
    for (const Shape shape : {Shape::simplex, Shape::cube})
      for (const unsigned degree : {1u, 2u})
        if (dimension > 1 || shape == Shape::cube)
          {
            ManufacturedRun run{Element(shape, dimension, degree), degree == 1 ? cells : dimension == 3 ? cells / 4 : cells / 2, dt};
            add_space(table, run, "consistent mass");
            run.lumping = 1;
            if (degree == 1)
              add_space(table, run, "lumped mass");
            run.lumping = 0;
            run.time_step = dt / 2;
            run.scheme = {Splitting::none, true, true};
            if (degree == 1 || dimension == 1)
              add_space(table, run, "interpolated states");
          }
    if (dimension == 1)
      {
        ManufacturedRun run{Element(Shape::cube, 1, 2), 64, 0.025};
        add_time(table, run, 2, "Strang, Crank-Nicolson");
        run.scheme.splitting = Splitting::godunov;
        add_time(table, run, 1, "Godunov, Crank-Nicolson");
        run.scheme = {Splitting::none, false, true};
        add_time(table, run, 2, "unsplit, BDF2");
        run.scheme = {Splitting::none, false, false};
        run.theta = 1;
        run.first_order_cell = true;
        add_time(table, run, 1, "unsplit, backward Euler");
        // Chaste integrates the norm with two points a cell.
        const ManufacturedRun published{Element(Shape::cube, 1, 1), 10, 0.1, 1, 0, {Splitting::none}, true, 2};
        table.add("largest error, h = 0.1, dt = 0.1", manufactured_error(published).largest, 0.0472926, 1e-4, "Chaste");
      }
    return table;
  }
}
