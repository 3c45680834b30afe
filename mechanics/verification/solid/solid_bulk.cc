#include "mechanics/verification/solid/solid_bulk.h"

#include "core/error.h"
#include "mechanics/materials/kinematics.h"
#include "mechanics/verification/solid/solid_kernels.h"
#include "mechanics/verification/solid/tensors.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t batch_points = 64; // what a batch needs stays in the second-level cache
    constexpr unsigned voigt[3][3] = {{0, 3, 4}, {3, 1, 5}, {4, 5, 2}};
  }

  SolidBulk::SolidBulk(const Discretisation &discretisation, const SolidProblem &all)
    : space(discretisation),
      problem(all),
      law(volumetric_law(all.volumetric)),
      over_kappa(1 / std::min(all.bulk_modulus, 1e8 * all.passive->shear_modulus())),
      stabilisation(solid_element(all.element).projected ? all.stabilisation / all.passive->shear_modulus() : 0)
  {
    for (const unsigned cell : space.mine)
      for (unsigned q = 0; q < space.volume.weights.size(); ++q)
        {
          const PointGeometry point = point_geometry(space.cells[cell].nodes, space.volume.geometry, q);
          Frame frame{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
          if (problem.fibres)
            frame = problem.fibres(point.X);
          const Point3 *const axes[3] = {&frame.fibre, &frame.sheet, &frame.normal};
          for (unsigned i = 0; i < 3; ++i)
            for (unsigned A = 0; A < 3; ++A)
              frames.push_back((*axes[A])[i]);
          for (unsigned k = 0; k < 3; ++k)
            for (unsigned A = 0; A < 3; ++A)
              {
                double sum = 0;
                for (unsigned j = 0; j < 3; ++j)
                  sum += point.inverse[3 * k + j] * (*axes[A])[j];
                to_frame.push_back(sum);
              }
          weight.push_back(point.volume * space.volume.weights[q]);
        }
  }

  double SolidBulk::volume2() const
  {
    const std::size_t nq = space.volume.weights.size();
    double total = 0;
    for (std::size_t c = 0; c < space.mine.size(); ++c)
      {
        double volume = 0;
        for (std::size_t q = 0; q < nq; ++q)
          volume += weight[c * nq + q];
        total += volume * volume;
      }
    return total;
  }

  void SolidBulk::gather(std::size_t first, std::size_t count, const SolidMotion &motion)
  {
    const unsigned nq = space.volume.displacement.points, n = space.volume.displacement.shapes;
    const std::size_t points = count * nq;
    work.g.resize(points * 3 * n);
    work.F.assign(frames.begin() + static_cast<std::ptrdiff_t>(9 * first * nq),
                  frames.begin() + static_cast<std::ptrdiff_t>(9 * (first * nq + points)));
    work.rate.assign(motion.v ? 9 * points : 0, 0.0);
    work.E.resize(6 * points);
    work.x.resize(3 * n);
    work.v.resize(3 * n);
    for (std::size_t c = 0; c < count; ++c)
      {
        const auto &dofs = space.cells[space.mine[first + c]].u;
        for (unsigned k = 0; k < 3 * n; ++k)
          {
            work.x[k] = motion.u[dofs[k]];
            if (motion.v)
              work.v[k] = motion.v[dofs[k]];
          }
        for (unsigned q = 0; q < nq; ++q)
          {
            const std::size_t at = c * nq + q;
            const double *const M = to_frame.data() + 9 * (first * nq + at);
            const double *const reference = space.volume.displacement.gradients(q);
            double *const g = work.g.data() + at * 3 * n;
            for (unsigned a = 0; a < n; ++a)
              for (unsigned A = 0; A < 3; ++A)
                g[3 * a + A] = reference[3 * a] * M[A] + reference[3 * a + 1] * M[3 + A] + reference[3 * a + 2] * M[6 + A];
            double *const F = work.F.data() + 9 * at;
            kernels::add_gradient(n, work.x.data(), g, F);
            if (motion.v)
              kernels::add_gradient(n, work.v.data(), g, work.rate.data() + 9 * at);
          }
      }
  }

  void SolidBulk::evaluate_laws(std::size_t points, const SolidMotion &motion, bool tangent)
  {
    for (std::size_t at = 0; at < points; ++at)
      {
        const double *const F = work.F.data() + 9 * at;
        for (unsigned A = 0; A < 3; ++A)
          for (unsigned B = A; B < 3; ++B)
            work.E[voigt[A][B] * points + at] = 0.5 * (F[A] * F[B] + F[3 + A] * F[3 + B] + F[6 + A] * F[6 + B] - (A == B ? 1 : 0));
      }
    work.S.resize(6 * points);
    work.D.resize(tangent ? 36 * points : 0);
    problem.passive->evaluate(points, work.E.data(), nullptr, work.S.data(), tangent ? work.D.data() : nullptr);
    if (problem.active.tension)
      {
        const double T = problem.active.tension(motion.t);
        for (std::size_t at = 0; at < points; ++at)
          {
            const double lambda = problem.active.per_stretch ? std::sqrt(1 + 2 * work.E[at]) : 1;
            work.S[at] += T / lambda;
            if (tangent && problem.active.per_stretch)
              work.D[at] -= T / (lambda * lambda * lambda);
          }
      }
    if (motion.v && problem.viscosity > 0)
      add_viscous(points, motion, tangent);
  }

  void SolidBulk::add_viscous(std::size_t points, const SolidMotion &motion, bool tangent)
  {
    for (std::size_t at = 0; at < points; ++at)
      {
        const double *const F = work.F.data() + 9 * at, *const R = work.rate.data() + 9 * at;
        for (unsigned A = 0; A < 3; ++A)
          for (unsigned B = A; B < 3; ++B)
            {
              double sum = 0;
              for (unsigned i = 0; i < 3; ++i)
                sum += F[3 * i + A] * R[3 * i + B] + R[3 * i + A] * F[3 * i + B];
              work.S[voigt[A][B] * points + at] += 0.5 * problem.viscosity * sum;
            }
      }
    if (tangent)
      for (unsigned I = 0; I < 6; ++I)
        for (std::size_t at = 0; at < points; ++at)
          work.D[7 * I * points + at] += problem.viscosity * motion.dv_du * (I < 3 ? 1 : 0.5); // engineering shears are twice E
  }

  void SolidBulk::add_point(unsigned q, std::size_t at, std::size_t points, double w, const SolidMotion &motion, bool tangent)
  {
    const unsigned n = space.volume.displacement.shapes, m = space.volume.pressure.shapes;
    const double *const F = work.F.data() + 9 * at, *const g = work.g.data() + at * 3 * n;
    const double *const N = m ? space.volume.pressure.values(q) : nullptr;
    const Matrix3 H = cofactor(F);
    const double J = determinant(F, H), U1 = law.slope(J), U2 = law.curvature(J);
    double p = m ? 0 : U1 / over_kappa;
    for (unsigned b = 0; b < m; ++b)
      p += N[b] * work.p[b];
    double P[9];
    for (unsigned i = 0; i < 3; ++i)
      for (unsigned A = 0; A < 3; ++A)
        {
          double sum = p * H[3 * i + A];
          for (unsigned M = 0; M < 3; ++M)
            sum += F[3 * i + M] * work.S[voigt[M][A] * points + at];
          P[3 * i + A] = w * sum;
        }
    for (unsigned a = 0; a < n; ++a)
      for (unsigned i = 0; i < 3; ++i)
        terms.r_u[3 * a + i] += P[3 * i] * g[3 * a] + P[3 * i + 1] * g[3 * a + 1] + P[3 * i + 2] * g[3 * a + 2];
    for (unsigned b = 0; b < m; ++b)
      terms.r_p[b] += w * N[b] * (U1 - over_kappa * p);
    if (!tangent)
      return;
    add_stiffness(at, points, w, p, m ? 0 : U2 / over_kappa, motion);
    if (m)
      add_coupling(q, at, points, w, U2);
  }

  void SolidBulk::add_stiffness(std::size_t at, std::size_t points, double w, double p, double slope, const SolidMotion &motion)
  {
    const unsigned n = space.volume.displacement.shapes;
    const double *const F = work.F.data() + 9 * at;
    const auto S = [&](unsigned A, unsigned B) { return work.S[voigt[A][B] * points + at]; };
    const Matrix3 H = cofactor(F);
    Matrix9 A4;      // dP/dF
    double FD[9][6]; // F_iM D_MA,J
    for (unsigned i = 0; i < 3; ++i)
      for (unsigned A = 0; A < 3; ++A)
        for (unsigned I = 0; I < 6; ++I)
          {
            const auto D = [&](unsigned M) { return work.D[(6 * voigt[M][A] + I) * points + at]; };
            FD[3 * i + A][I] = F[3 * i] * D(0) + F[3 * i + 1] * D(1) + F[3 * i + 2] * D(2);
          }
    for (unsigned iA = 0; iA < 9; ++iA)
      for (unsigned j = 0; j < 3; ++j)
        for (unsigned B = 0; B < 3; ++B)
          A4[9 * iA + 3 * j + B] = FD[iA][voigt[0][B]] * F[3 * j] + FD[iA][voigt[1][B]] * F[3 * j + 1] + FD[iA][voigt[2][B]] * F[3 * j + 2]
                                   + slope * H[iA] * H[3 * j + B];
    for (unsigned i = 0; i < 3; ++i)
      for (unsigned A = 0; A < 3; ++A)
        for (unsigned B = 0; B < 3; ++B)
          A4[9 * (3 * i + A) + 3 * i + B] += S(A, B);
    cofactor_derivative(F, [&](unsigned row, unsigned column, double value) { A4[9 * row + column] += p * value; });
    if (motion.v && problem.viscosity > 0) // what dE/dt = sym(F^T dF/dt) changes by with F at fixed dF/dt
      {
        const double *const R = work.rate.data() + 9 * at;
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned k = 0; k < 3; ++k)
            {
              const double FR = F[3 * i] * R[3 * k] + F[3 * i + 1] * R[3 * k + 1] + F[3 * i + 2] * R[3 * k + 2];
              for (unsigned A = 0; A < 3; ++A)
                {
                  A4[9 * (3 * i + A) + 3 * k + A] += 0.5 * problem.viscosity * FR;
                  for (unsigned B = 0; B < 3; ++B)
                    A4[9 * (3 * i + A) + 3 * k + B] += 0.5 * problem.viscosity * F[3 * i + B] * R[3 * k + A];
                }
            }
      }
    for (double &entry : A4)
      entry *= w;
    work.stiffness.resize(27 * n);
    kernels::add_stiffness(n, work.g.data() + at * 3 * n, A4.data(), work.stiffness.data(), terms.uu.data());
  }

  void SolidBulk::add_coupling(unsigned q, std::size_t at, std::size_t points, double w, double U2)
  {
    const unsigned n = space.volume.displacement.shapes, m = space.volume.pressure.shapes;
    const double *const g = work.g.data() + at * 3 * n, *const N = space.volume.pressure.values(q);
    const Matrix3 H = cofactor(work.F.data() + 9 * at);
    for (unsigned a = 0; a < n; ++a)
      for (unsigned i = 0; i < 3; ++i)
        {
          const double dJ = w * (H[3 * i] * g[3 * a] + H[3 * i + 1] * g[3 * a + 1] + H[3 * i + 2] * g[3 * a + 2]);
          for (unsigned b = 0; b < m; ++b)
            {
              terms.up[(3 * a + i) * m + b] += dJ * N[b];
              terms.pu[b * 3 * n + 3 * a + i] += U2 * dJ * N[b];
            }
        }
    double D[36];
    for (unsigned I = 0; I < 36; ++I)
      D[I] = work.D[I * points + at];
    const double shear = std::max(kinematics::mean_shear_modulus(D), 0.1 * problem.passive->shear_modulus());
    for (unsigned b = 0; b < m; ++b)
      for (unsigned c = 0; c < m; ++c)
        {
          terms.pp[b * m + c] -= w * over_kappa * N[b] * N[c];
          terms.mass[b * m + c] += w * (over_kappa + 1 / shear) * N[b] * N[c];
        }
  }

  void SolidBulk::add_projection(std::size_t cell, bool tangent)
  {
    const unsigned m = space.volume.pressure.shapes, nq = space.volume.pressure.points;
    const double *const w = weight.data() + cell * nq;
    std::vector<double> mean(m, 0.0);
    double volume = 0;
    for (unsigned q = 0; q < nq; ++q)
      {
        volume += w[q];
        for (unsigned b = 0; b < m; ++b)
          mean[b] += w[q] * space.volume.pressure.values(q)[b];
      }
    for (unsigned q = 0; q < nq; ++q)
      for (unsigned b = 0; b < m; ++b)
        for (unsigned c = 0; c < m; ++c)
          {
            const double *const N = space.volume.pressure.values(q);
            const double value = stabilisation * w[q] * (N[b] - mean[b] / volume) * (N[c] - mean[c] / volume);
            terms.r_p[b] -= value * work.p[c];
            if (tangent)
              terms.pp[b * m + c] -= value;
          }
  }

  void SolidBulk::add_forces(unsigned cell, unsigned q, double w, const SolidMotion &motion, bool tangent)
  {
    const unsigned n = space.volume.displacement.shapes;
    const double *const N = space.volume.displacement.values(q);
    if (problem.body_force)
      {
        const Point3 b = problem.body_force(point_geometry(space.cells[cell].nodes, space.volume.geometry, q).X, motion.t);
        for (unsigned a = 0; a < n; ++a)
          for (unsigned i = 0; i < 3; ++i)
            terms.r_u[3 * a + i] -= w * N[a] * b[i];
      }
    if (!motion.a)
      return;
    const auto &dofs = space.cells[cell].u;
    const double mass = w * problem.density;
    Point3 acceleration{0, 0, 0};
    for (unsigned a = 0; a < n; ++a)
      for (unsigned i = 0; i < 3; ++i)
        acceleration[i] += N[a] * motion.a[dofs[3 * a + i]];
    for (unsigned a = 0; a < n; ++a)
      for (unsigned i = 0; i < 3; ++i)
        terms.r_u[3 * a + i] += mass * N[a] * acceleration[i];
    if (tangent)
      for (unsigned a = 0; a < n; ++a)
        for (unsigned b = 0; b < n; ++b)
          for (unsigned i = 0; i < 3; ++i)
            terms.uu[(3 * a + i) * 3 * n + 3 * b + i] += motion.da_du * mass * N[a] * N[b];
  }

  SolidBulk::Result SolidBulk::assemble(const SolidMotion &motion, bool tangent, const TermSink &sink)
  {
    const unsigned nq = space.volume.displacement.points, n = space.volume.displacement.shapes, m = space.volume.pressure.shapes;
    const std::size_t per_batch = std::max<std::size_t>(1, batch_points / nq);
    Result result;
    result.min_J = std::numeric_limits<double>::infinity();
    work.p.resize(m);
    for (std::size_t first = 0; first < space.mine.size(); first += per_batch)
      {
        const std::size_t count = std::min(per_batch, space.mine.size() - first), points = count * nq;
        gather(first, count, motion);
        for (std::size_t at = 0; at < points; ++at)
          {
            const double *const F = work.F.data() + 9 * at;
            const double J = determinant(F, cofactor(F));
            if (J < result.min_J || !std::isfinite(J))
              {
                result.min_J = std::isfinite(J) ? J : -1;
                result.worst_cell = space.mine[first + at / nq];
              }
          }
        if (result.min_J <= 0)
          return result;
        evaluate_laws(points, motion, tangent);
        for (std::size_t c = 0; c < count; ++c)
          {
            const unsigned cell = space.mine[first + c];
            for (unsigned b = 0; b < m; ++b)
              work.p[b] = motion.p[space.cells[cell].p[b]];
            terms.clear(3 * n, m, tangent);
            for (unsigned q = 0; q < nq; ++q)
              add_point(q, c * nq + q, points, weight[(first + c) * nq + q], motion, tangent);
            if (stabilisation > 0)
              add_projection(first + c, tangent);
            for (const double force : terms.r_u)
              result.force2 += force * force;
            if (problem.body_force || motion.a)
              for (unsigned q = 0; q < nq; ++q)
                add_forces(cell, q, weight[(first + c) * nq + q], motion, tangent);
            sink(cell, terms);
          }
      }
    return result;
  }
}
