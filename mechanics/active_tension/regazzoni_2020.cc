// Mean-field model of Regazzoni, Dede' & Quarteroni 2020 (RDQ20-MF, doi:10.1371/journal.pcbi.1008294). Sarcomere length
// SL = SL0 l; rates in 1/ms.
//
// Regulatory units. Each of three neighbouring tropomyosin units is permissive (1) or not (0), and the troponin of the
// middle one has calcium (1) or not (0): x(a, b, c, C) are the probabilities of the 16 cases. In a case,
//   troponin binds calcium at Koff Ca/Kd and loses it at Koff (b = 0) or Koff/mu (b = 1), Kd = Kd0 - alpha_Kd (2.15 um - SL);
//   the middle unit opens at Q Kbasic gamma^(a + c) (C = 1; over mu for C = 0) and closes at Kbasic gamma^(2 - a - c);
//   an outer unit moves as a middle one does on average, given its inner neighbour: the mean-field closure
//     k_left(a, b) = sum over l, C of k_middle(l, a, b, C) x(l, a, b, C) / sum over l, C of x(l, a, b, C), right likewise.
// Bridges. m0 and m1 are fraction and mean strain (moments 0 and 1) of those attached on permissive (P) and closed (N)
// units, v = -l', r = r0 + alpha |v|, with k_PN and k_NP the mean rates of closing and opening:
//   m0_P' = mu0_fP P - (r + k_PN) m0_P + k_NP m0_N,           m0_N' = k_PN m0_P - (r + k_NP) m0_N,
//   m1_P' = mu1_fP P - (r + k_PN) m1_P + k_NP m1_N - v m0_P,  m1_N' = k_PN m1_P - (r + k_NP) m1_N - v m0_N,
//   T = a_XB (m1_P + m1_N) overlap(SL).
//
// Step: backward Euler with the closure's rates k_left and k_right of the old state. The 16 equations are then linear,
// their matrix has columns that sum to 1 and nothing positive off its diagonal: probabilities stay in [0, 1] and sum to 1 for
// any step. Each case reaches only those that differ in one unit, so odd and even cases separate and 8 unknowns are left.
// Dual carries dT/dl through all of it exactly.
#include "core/units.h"
#include "mechanics/active_tension/active_tension.h"
#include "mechanics/active_tension/dual.h"

#include <algorithm>
#include <array>
#include <bit>

namespace vivicor
{
  namespace
  {
    // A case is a number of four bits.
    constexpr unsigned cases = 16;
    enum Unit { left, middle, right, troponin };
    constexpr unsigned bit(const unsigned state, const Unit unit)
    {
      return state >> unit & 1u;
    }
    constexpr unsigned flipped(const unsigned state, const unsigned unit)
    {
      return state ^ 1u << unit;
    }

    using Probabilities = std::array<Dual, cases>;
    using Rates = std::array<std::array<Dual, cases>, 4>; // [unit][case]: at which the unit of the case flips

    /// The even or odd cases in order.
    constexpr std::array<unsigned, 8> parity(const int odd)
    {
      std::array<unsigned, 8> result{};
      for (unsigned s = 0, at = 0; s < cases; ++s)
        if (std::popcount(s) % 2 == odd)
          result[at++] = s;
      return result;
    }
    constexpr auto even_cases = parity(0), odd_cases = parity(1);
    constexpr std::array<unsigned, cases> place = [] { // of a case among those of its parity
      std::array<unsigned, cases> result{};
      for (unsigned i = 0; i < 8; ++i)
        result[even_cases[i]] = result[odd_cases[i]] = i;
      return result;
    }();

    /// (1 + dt A)^-1 for the values of the rates: eliminates the even cases, factorises what is left of the odd ones. No
    /// pivots are needed: the columns are diagonally dominant.
    class Solver
    {
    public:
      Solver(const double dt, const Rates &rates)
      {
        for (unsigned s = 0; s < cases; ++s)
          {
            diagonal[s] = 1.;
            for (unsigned unit = 0; unit < 4; ++unit)
              diagonal[s] += inflow[unit][flipped(s, unit)] = dt * rates[unit][s].value;
          }
        for (unsigned i = 0; i < 8; ++i)
          {
            const unsigned odd = odd_cases[i];
            LU[i].fill(0.);
            LU[i][i] = diagonal[odd];
            for (unsigned unit = 0; unit < 4; ++unit)
              {
                const unsigned even = flipped(odd, unit);
                const double weight = inflow[unit][odd] / diagonal[even];
                for (unsigned other = 0; other < 4; ++other)
                  LU[i][place[flipped(even, other)]] -= weight * inflow[other][even];
              }
          }
        for (unsigned k = 0; k < 8; ++k)
          for (unsigned i = k + 1; i < 8; ++i)
            {
              LU[i][k] /= LU[k][k];
              for (unsigned j = k + 1; j < 8; ++j)
                LU[i][j] -= LU[i][k] * LU[k][j];
            }
      }

      /// Replaces the right-hand side by the solution.
      void solve(std::array<double, cases> &x) const
      {
        std::array<double, 8> y;
        for (unsigned i = 0; i < 8; ++i)
          {
            y[i] = x[odd_cases[i]];
            for (unsigned unit = 0; unit < 4; ++unit)
              {
                const unsigned even = flipped(odd_cases[i], unit);
                y[i] += inflow[unit][odd_cases[i]] * x[even] / diagonal[even];
              }
            for (unsigned j = 0; j < i; ++j)
              y[i] -= LU[i][j] * y[j];
          }
        for (unsigned i = 8; i-- > 0;)
          {
            for (unsigned j = i + 1; j < 8; ++j)
              y[i] -= LU[i][j] * y[j];
            y[i] /= LU[i][i];
            x[odd_cases[i]] = y[i];
          }
        for (const unsigned even : even_cases)
          {
            for (unsigned unit = 0; unit < 4; ++unit)
              x[even] += inflow[unit][even] * x[flipped(even, unit)];
            x[even] /= diagonal[even];
          }
      }

    private:
      std::array<double, cases> diagonal;
      std::array<std::array<double, cases>, 4> inflow; // [unit][case]: dt times the rate into the case by that unit's flip
      std::array<std::array<double, 8>, 8> LU;
    };

    struct Bridges
    {
      Dual m0_P, m1_P, m0_N, m1_N;
    };

    class Regazzoni2020 : public ActiveTension
    {
    public:
      explicit Regazzoni2020(const Parameters &p);

      std::vector<std::string> state_names() const override;
      std::vector<double> rest() const override { return resting_state; }
      double rest_calcium() const override { return resting; }

      void advance(std::size_t n, double dt, const double *calcium, const double *stretch_old, const double *stretch,
                   const double *state_old, double *state_new, double *tension, double *stiffness) const override;

    private:
      Rates rates(const Probabilities &x, double calcium, const Dual &SL) const;
      Probabilities step_units(const Probabilities &old, double dt, double calcium, const Dual &SL) const;
      Bridges step_bridges(const Probabilities &x, const Bridges &old, double dt, const Dual &rate) const;
      Dual overlap(const Dual &SL) const;
      std::vector<double> steady_state(double calcium) const;

      const double LA, LM, LB, SL0, Q, Kd0, alpha_Kd, mu, gamma, Koff, Kbasic, r0, alpha, mu0_fP, mu1_fP, a_XB, longest, resting, max_step;
      std::array<double, cases> k_middle;
      std::vector<double> resting_state;
    };

    Regazzoni2020::Regazzoni2020(const Parameters &p)
      : LA(p.quantity("LA")),
        LM(p.quantity("LM")),
        LB(p.quantity("LB")),
        SL0(p.quantity("SL0")),
        Q(p.quantity("Q")),
        Kd0(p.quantity("Kd0")),
        alpha_Kd(p.quantity("alpha_Kd")),
        mu(p.quantity("mu")),
        gamma(p.quantity("gamma")),
        Koff(p.quantity("Koff")),
        Kbasic(p.quantity("Kbasic")),
        r0(p.quantity("r0")),
        alpha(p.quantity("alpha")),
        mu0_fP(p.quantity("mu0_fP")),
        mu1_fP(p.quantity("mu1_fP")),
        a_XB(p.quantity("a_XB")),
        longest(p.quantity("longest_sensitive")),
        resting(p.quantity("rest_calcium")),
        max_step(p.quantity("max_step"))
    {
      constexpr double um = 1e-3; // mm
      if (const double least = Kd0 - alpha_Kd * (2.15 - longest / um); least <= 0.)
        throw UserError({"Kd is not positive at a sarcomere length of longest_sensitive", p.where("longest_sensitive"),
                         "calcium would bind infinitely fast", "below " + in_unit((2.15 - Kd0 / alpha_Kd) * unit_factor("um"), "um"),
                         "lower longest_sensitive or raise Kd0"});
      if (!(LB < LM && LM < 2. * LA - LB))
        throw UserError({"filament lengths that do not fit together", p.where("LM"), "the overlap needs LB < LM < 2 LA - LB", "",
                         "correct LA, LM or LB"});
      for (unsigned s = 0; s < cases; ++s)
        {
          const unsigned open = bit(s, left) + bit(s, right);
          k_middle[s] = bit(s, middle)     ? Kbasic * std::pow(gamma, 2 - static_cast<int>(open))
                        : bit(s, troponin) ? Q * Kbasic * std::pow(gamma, open)
                                           : Q * Kbasic / mu * std::pow(gamma, open);
        }
      resting_state = steady_state(resting);
    }

    std::vector<std::string> Regazzoni2020::state_names() const
    {
      std::vector<std::string> names;
      for (unsigned s = 0; s < cases; ++s)
        names.push_back(std::string("x") + (bit(s, left) ? "1" : "0") + (bit(s, middle) ? "1" : "0") + (bit(s, right) ? "1" : "0")
                        + (bit(s, troponin) ? "1" : "0"));
      for (const char *name : {"m0_P", "m1_P", "m0_N", "m1_N"})
        names.push_back(name);
      return names;
    }

    Rates Regazzoni2020::rates(const Probabilities &x, const double calcium, const Dual &SL) const
    {
      constexpr double um = 1e-3; // mm
      // Mean rate of a middle unit in state s given the right neighbour b, and given the left neighbour b.
      Dual given_right[2][2], given_left[2][2], total_right[2][2], total_left[2][2];
      for (unsigned s = 0; s < cases; ++s)
        {
          const unsigned a = bit(s, left), b = bit(s, middle), c = bit(s, right);
          given_right[b][c] = given_right[b][c] + k_middle[s] * x[s];
          total_right[b][c] = total_right[b][c] + x[s];
          given_left[a][b] = given_left[a][b] + k_middle[s] * x[s];
          total_left[a][b] = total_left[a][b] + x[s];
        }
      for (unsigned i = 0; i < 2; ++i)
        for (unsigned j = 0; j < 2; ++j)
          {
            given_right[i][j] = total_right[i][j].value > 0. ? given_right[i][j] / total_right[i][j] : Dual();
            given_left[i][j] = total_left[i][j].value > 0. ? given_left[i][j] / total_left[i][j] : Dual();
          }

      const Dual Kd = Kd0 - alpha_Kd * (2.15 - min(SL, longest) / um);
      Rates rates;
      for (unsigned s = 0; s < cases; ++s)
        {
          rates[left][s] = given_right[bit(s, left)][bit(s, middle)];
          rates[middle][s] = k_middle[s];
          rates[right][s] = given_left[bit(s, middle)][bit(s, right)];
          rates[troponin][s] = !bit(s, troponin) ? Koff * calcium / Kd : Dual(bit(s, middle) ? Koff / mu : Koff);
        }
      return rates;
    }

    Probabilities Regazzoni2020::step_units(const Probabilities &old, const double dt, const double calcium, const Dual &SL) const
    {
      const Rates k = rates(old, calcium, SL);
      const Solver solver(dt, k);
      std::array<double, cases> x, dx;
      for (unsigned s = 0; s < cases; ++s)
        x[s] = old[s].value;
      solver.solve(x);
      // (1 + dt A) x' = x_old' - dt A' x
      for (unsigned s = 0; s < cases; ++s)
        {
          dx[s] = old[s].slope;
          for (unsigned unit = 0; unit < 4; ++unit)
            {
              const unsigned from = flipped(s, unit);
              dx[s] += dt * (k[unit][from].slope * x[from] - k[unit][s].slope * x[s]);
            }
        }
      solver.solve(dx);
      Probabilities result;
      for (unsigned s = 0; s < cases; ++s)
        result[s] = {x[s], dx[s]};
      return result;
    }

    Bridges Regazzoni2020::step_bridges(const Probabilities &x, const Bridges &old, const double dt, const Dual &rate) const
    {
      Dual permissive, closing, closed, opening;
      for (unsigned s = 0; s < cases; ++s)
        if (bit(s, middle))
          {
            permissive = permissive + x[s];
            closing = closing + k_middle[s] * x[s];
          }
        else
          {
            closed = closed + x[s];
            opening = opening + k_middle[s] * x[s];
          }
      const Dual k_PN = permissive.value > 0. ? closing / permissive : Dual(), k_NP = closed.value > 0. ? opening / closed : Dual();
      const Dual v = 0. - rate, r = r0 + alpha * abs(v);
      // Moments 0 and 1 share their matrix: P + dt ((r + k_PN) P - k_NP N) = p and N + dt ((r + k_NP) N - k_PN P) = n.
      const Dual P = 1. + dt * (r + k_PN), N = 1. + dt * (r + k_NP), determinant = P * N - dt * dt * k_PN * k_NP;
      const auto on_P = [&](const Dual &p, const Dual &n) { return (N * p + dt * k_NP * n) / determinant; };
      const auto on_N = [&](const Dual &p, const Dual &n) { return (P * n + dt * k_PN * p) / determinant; };
      Bridges next;
      const Dual p0 = old.m0_P + dt * mu0_fP * permissive;
      next.m0_P = on_P(p0, old.m0_N);
      next.m0_N = on_N(p0, old.m0_N);
      const Dual p1 = old.m1_P + dt * (mu1_fP * permissive - v * next.m0_P), n1 = old.m1_N - dt * v * next.m0_N;
      next.m1_P = on_P(p1, n1);
      next.m1_N = on_N(p1, n1);
      return next;
    }

    // Share of the myosin heads that face actin once: rises until the thin filaments meet, falls when they leave.
    Dual Regazzoni2020::overlap(const Dual &SL) const
    {
      const double heads = 0.5 * (LM - LB);
      const Dual reached = SL.value <= LM ? SL - LA : 0.5 * (SL + LM - 2. * LA);
      const Dual left_over = 0.5 * (LM + 2. * LA - SL);
      return max(0., min(heads, min(reached, left_over))) / heads;
    }

    std::vector<double> Regazzoni2020::steady_state(const double calcium) const
    {
      const Dual SL(SL0);
      Probabilities x;
      x.fill(Dual(1. / cases));
      Bridges bridges;
      for (unsigned i = 0; i < 5000; ++i)
        {
          x = step_units(x, 20., calcium, SL);
          bridges = step_bridges(x, bridges, 20., Dual());
        }
      std::vector<double> state;
      for (const Dual &value : x)
        state.push_back(value.value);
      for (const Dual &value : {bridges.m0_P, bridges.m1_P, bridges.m0_N, bridges.m1_N})
        state.push_back(value.value);
      return state;
    }

    void Regazzoni2020::advance(const std::size_t n, const double dt, const double *calcium, const double *stretch_old,
                                const double *stretch, const double *state_old, double *state_new, double *tension, double *stiffness) const
    {
      const unsigned parts = std::max(1u, static_cast<unsigned>(std::ceil(dt / max_step * (1. - 1e-12))));
      for (std::size_t i = 0; i < n; ++i)
        {
          const auto old = [&](const std::size_t s) { return Dual(state_old[s * n + i]); };
          Probabilities x;
          for (unsigned s = 0; s < cases; ++s)
            x[s] = old(s);
          Bridges bridges{old(16), old(17), old(18), old(19)};
          const Dual rate = (Dual(stretch[i], 1.) - stretch_old[i]) / dt;
          Dual SL;
          for (unsigned part = 1; part <= parts; ++part)
            {
              SL = SL0 * (stretch_old[i] + part * dt / parts * rate);
              x = step_units(x, dt / parts, calcium[i], SL);
              bridges = step_bridges(x, bridges, dt / parts, rate);
            }
          const Dual T = a_XB * (bridges.m1_P + bridges.m1_N) * overlap(SL);
          tension[i] = T.value;
          stiffness[i] = T.slope;
          for (unsigned s = 0; s < cases; ++s)
            state_new[s * n + i] = x[s].value;
          const Dual *const moments[] = {&bridges.m0_P, &bridges.m1_P, &bridges.m0_N, &bridges.m1_N};
          for (unsigned m = 0; m < 4; ++m)
            state_new[(cases + m) * n + i] = moments[m]->value;
        }
    }

    void declare(Schema &schema)
    {
      const std::string source = "Regazzoni, Dede' & Quarteroni 2020, doi:10.1371/journal.pcbi.1008294 (human, body temperature)";
      schema.quantity("LA", "1.25 um", 0.1, 10, "Length of the thin filament.", source);
      schema.quantity("LM", "1.65 um", 0.1, 10, "Length of the thick filament.", source);
      schema.quantity("LB", "0.18 um", 0, 10, "Length of the thick filament's bare zone.", source);
      schema.quantity("SL0", "2.2 um", 0.5, 5, "Sarcomere length at stretch 1.", source);
      schema.quantity("Q", "2", 1e-3, 1e3, "Ratio of opening to closing of tropomyosin with calcium.", source);
      schema.quantity("Kd0", "0.381 uM", 1e-3, 100, "Calcium of half-occupied troponin at a sarcomere length of 2.15 um.", source);
      schema.quantity("alpha_Kd", "-0.571 uM", -10, 0, "Change of Kd for each um below 2.15 um of sarcomere length.", source);
      schema.quantity("mu", "10", 1, 1e4, "Factor by which tropomyosin and troponin help each other.", source);
      schema.quantity("gamma", "12", 1, 1e3, "Cooperativity of neighbouring units.", source);
      schema.quantity("Koff", "100 1/s", 1e-2, 1e5, "Unbinding rate of calcium from troponin.", source);
      schema.quantity("Kbasic", "13 1/s", 1e-2, 1e5, "Base rate of tropomyosin.", source);
      schema.quantity("r0", "134.31 1/s", 1e-2, 1e5, "Detachment rate of bridges at rest.", source);
      schema.quantity("alpha", "25.184", 0, 1e4, "Growth of the detachment rate with the stretch rate.", source);
      schema.quantity("mu0_fP", "32.653 1/s", 0, 1e5, "Attachment, moment 0.", source);
      schema.quantity("mu1_fP", "0.778 1/s", 0, 1e5, "Attachment, moment 1.", source);
      schema.quantity("a_XB", "22.894 MPa", 0, 1e7, "Tension per mean strain of bridges.", source);
      schema.quantity("longest_sensitive", "2.4 um", 1, 5,
                      "Sarcomere length above which Kd falls no more: its line would reach zero at 2.8 um.",
                      "working range of cardiac sarcomeres");
      schema.quantity("rest_calcium", "0.1 uM", 1e-3, 1, "Calcium at which the rest state is steady and the wall is inflated.",
                      "diastolic calcium of ten Tusscher & Panfilov 2006 and Courtemanche et al. 1998");
      schema.quantity("max_step", "1 ms", 1e-3, 100, "Longest inner step of the local solve.");
    }

    const Register<ActiveTension> registered{
      {"regazzoni_2020", "RDQ20-MF: cooperative regulatory units and bridges, mean field; length and velocity dependence.",
       "Regazzoni, Dede' & Quarteroni 2020, doi:10.1371/journal.pcbi.1008294", declare,
       [](const Parameters &p) { return std::make_unique<Regazzoni2020>(p); }}};
  }
}
