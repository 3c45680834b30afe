// The unknowns are numbered rank by rank, displacements before pressures. The iterative solver is GMRES with the upper triangular
// block preconditioner
//   [ A  B^T ]^-1
//   [ 0  -M  ]      A: one multigrid cycle that knows the rigid motions; M: pressure mass over 1/mu + 1/kappa
// of Silvester and Wathen 1994 (10.1137/0731070): M is spectrally equivalent to the Schur complement, so that the number of
// iterations does not grow with the mesh.
#include "mechanics/verification/solid/solid_system.h"

#include "core/linear/krylov.h"
#include "core/mpi.h"

#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/solver_control.h>
#include <deal.II/lac/sparsity_tools.h>
#include <deal.II/lac/trilinos_precondition.h>
#include <deal.II/lac/trilinos_solver.h>
#include <deal.II/lac/trilinos_sparse_matrix.h>
#include <deal.II/lac/trilinos_vector.h>

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    using namespace dealii;
    using Matrix = TrilinosWrappers::SparseMatrix;
    using Vector = TrilinosWrappers::MPI::Vector;
    using Index = types::global_dof_index;

    constexpr long long direct_up_to = 60000; // unknowns

    IndexSet range(Index size, Index begin, Index end)
    {
      IndexSet set(size);
      set.add_range(begin, end);
      return set;
    }

    /// Rows `row_of(cell)` coupled with columns `column_of(cell)` for this rank's cells.
    template <class Rows>
    void reinit(Matrix &matrix, MPI_Comm comm, const IndexSet &owned, const std::vector<unsigned> &cells, const Rows &rows)
    {
      DynamicSparsityPattern pattern(owned.size(), owned.size());
      IndexSet relevant(owned);
      std::vector<Index> unknowns;
      for (const unsigned cell : cells)
        {
          rows(cell, unknowns);
          std::sort(unknowns.begin(), unknowns.end());
          for (const Index row : unknowns)
            pattern.add_entries(row, unknowns.begin(), unknowns.end(), true);
          relevant.add_indices(unknowns.begin(), unknowns.end());
        }
      SparsityTools::distribute_sparsity_pattern(pattern, owned, comm, relevant);
      matrix.reinit(owned, owned, pattern, comm);
    }
  }

  struct SolidSystem::Impl
  {
    MPI_Comm comm;
    const Discretisation &space;
    std::vector<char> fixed;
    SolidSolverSettings settings;
    bool direct;
    std::vector<Index> u_number, p_number; ///< in the common numbering
    Index begin, end, total, u_count, p_count;
    Matrix matrix, stiffness, mass;
    std::vector<double> lift;  ///< right-hand side from prescribed changes, displacements then pressures
    std::vector<double> rigid; ///< six motions of this rank's displacements
    std::vector<Index> rows;
    std::vector<double> row;

    Impl(MPI_Comm, const Discretisation &, const std::vector<char> &, const SolidSolverSettings &);
    void number();
    void make_rigid_motions();
    void add_block(Matrix &to, const std::vector<Index> &numbers, const std::vector<double> &values, std::size_t columns,
                   const Discretisation::Cell &cell);
    Solved solve_direct(const Vector &b, Vector &x);
    Solved solve_iterative(const Vector &b, Vector &x);
  };

  SolidSystem::Impl::Impl(MPI_Comm communicator, const Discretisation &discretisation, const std::vector<char> &prescribed,
                          const SolidSolverSettings &all)
    : comm(communicator), space(discretisation), fixed(prescribed), settings(all)
  {
    using Linear = SolidSolverSettings::Linear;
    total = static_cast<Index>(space.n_u + space.n_p);
    direct = settings.linear == Linear::direct || (settings.linear == Linear::automatic && total <= direct_up_to);
    number();
    reinit(matrix, comm, range(total, begin, end), space.mine, [&](unsigned cell, std::vector<Index> &unknowns) {
      unknowns.clear();
      for (const auto dof : space.cells[cell].u)
        unknowns.push_back(u_number[dof]);
      for (const auto dof : space.cells[cell].p)
        unknowns.push_back(p_number[dof]);
    });
    if (direct)
      return;
    const int rank = rank_of(comm);
    const auto of = [&](const std::vector<int> &starts) {
      return range(static_cast<Index>(starts.back()), static_cast<Index>(starts[rank]), static_cast<Index>(starts[rank + 1]));
    };
    reinit(stiffness, comm, of(space.u_begin), space.mine,
           [&](unsigned cell, std::vector<Index> &unknowns) { unknowns.assign(space.cells[cell].u.begin(), space.cells[cell].u.end()); });
    if (space.n_p > 0)
      reinit(mass, comm, of(space.p_begin), space.mine,
             [&](unsigned cell, std::vector<Index> &unknowns) { unknowns.assign(space.cells[cell].p.begin(), space.cells[cell].p.end()); });
    make_rigid_motions();
  }

  void SolidSystem::Impl::number()
  {
    const int rank = rank_of(comm);
    u_number.resize(space.n_u);
    p_number.resize(space.n_p);
    for (std::size_t r = 0; r + 1 < space.u_begin.size(); ++r)
      {
        for (int dof = space.u_begin[r]; dof < space.u_begin[r + 1]; ++dof)
          u_number[dof] = static_cast<Index>(dof + space.p_begin[r]);
        for (int dof = space.p_begin[r]; dof < space.p_begin[r + 1]; ++dof)
          p_number[dof] = static_cast<Index>(dof + space.u_begin[r + 1]);
      }
    u_count = static_cast<Index>(space.u_begin[rank + 1] - space.u_begin[rank]);
    p_count = static_cast<Index>(space.p_begin[rank + 1] - space.p_begin[rank]);
    begin = static_cast<Index>(space.u_begin[rank] + space.p_begin[rank]);
    end = begin + u_count + p_count;
  }

  void SolidSystem::Impl::make_rigid_motions()
  {
    rigid.assign(6 * u_count, 0.0);
    const int first = space.u_begin[rank_of(comm)];
    Point3 middle{0, 0, 0};
    for (const auto &cell : space.cells)
      for (unsigned i = 0; i < 3; ++i)
        middle[i] += cell.nodes[0][i] / static_cast<double>(space.cells.size());
    for (const auto &cell : space.cells)
      for (unsigned a = 0; a < cell.u.size() / 3; ++a)
        {
          const Point3 X = space.node_position(cell, a);
          const Point3 x{X[0] - middle[0], X[1] - middle[1], X[2] - middle[2]};
          for (unsigned i = 0; i < 3; ++i)
            {
              const int dof = cell.u[3 * a + i] - first;
              if (dof < 0 || dof >= static_cast<int>(u_count) || fixed[cell.u[3 * a + i]])
                continue;
              rigid[i * u_count + dof] = 1;
              const unsigned j = (i + 1) % 3, k = (i + 2) % 3; // e_j x x has +x_k along i, e_k x x has -x_j
              rigid[(3 + j) * u_count + dof] = x[k];
              rigid[(3 + k) * u_count + dof] = -x[j];
            }
        }
  }

  void SolidSystem::Impl::add_block(Matrix &to, const std::vector<Index> &numbers, const std::vector<double> &values, std::size_t columns,
                                    const Discretisation::Cell &cell)
  {
    for (std::size_t i = 0; i < columns; ++i)
      {
        row.assign(values.begin() + static_cast<std::ptrdiff_t>(i * columns),
                   values.begin() + static_cast<std::ptrdiff_t>((i + 1) * columns));
        for (std::size_t j = 0; j < cell.u.size() && j < columns; ++j)
          if (i != j && ((i < cell.u.size() && fixed[cell.u[i]]) || fixed[cell.u[j]]))
            row[j] = 0;
        if (i < cell.u.size() && fixed[cell.u[i]])
          {
            std::fill(row.begin() + static_cast<std::ptrdiff_t>(std::min(cell.u.size(), columns)), row.end(), 0.0);
            row[i] = std::abs(row[i]);
          }
        to.add(numbers[i], columns, numbers.data(), row.data(), false, false);
      }
  }

  SolidSystem::SolidSystem(MPI_Comm comm, const Discretisation &space, const std::vector<char> &fixed, const SolidSolverSettings &settings)
    : impl(std::make_unique<Impl>(comm, space, fixed, settings))
  {
  }
  SolidSystem::~SolidSystem() = default;
  bool SolidSystem::direct() const
  {
    return impl->direct;
  }

  void SolidSystem::zero()
  {
    impl->matrix = 0.0;
    if (!impl->direct)
      impl->stiffness = 0.0;
    if (!impl->direct && impl->space.n_p > 0)
      impl->mass = 0.0;
    impl->lift.assign(impl->total, 0.0);
  }

  void SolidSystem::add(unsigned number, const CellTerms &terms, const std::vector<double> &gap)
  {
    Impl &s = *impl;
    const auto &cell = s.space.cells[number];
    const std::size_t nu = cell.u.size(), np = cell.p.size(), n = nu + np;
    // One dense matrix of the cell.
    std::vector<double> values(n * n);
    for (std::size_t i = 0; i < nu; ++i)
      {
        std::copy_n(terms.uu.begin() + static_cast<std::ptrdiff_t>(i * nu), nu, values.begin() + static_cast<std::ptrdiff_t>(i * n));
        std::copy_n(terms.up.begin() + static_cast<std::ptrdiff_t>(i * np), np, values.begin() + static_cast<std::ptrdiff_t>(i * n + nu));
      }
    for (std::size_t i = 0; i < np; ++i)
      {
        std::copy_n(terms.pu.begin() + static_cast<std::ptrdiff_t>(i * nu), nu, values.begin() + static_cast<std::ptrdiff_t>((nu + i) * n));
        std::copy_n(terms.pp.begin() + static_cast<std::ptrdiff_t>(i * np), np,
                    values.begin() + static_cast<std::ptrdiff_t>((nu + i) * n + nu));
      }
    for (std::size_t j = 0; j < nu; ++j)
      if (s.fixed[cell.u[j]])
        {
          const double change = gap[cell.u[j]];
          s.lift[cell.u[j]] += std::abs(values[j * n + j]) * change;
          if (change != 0)
            for (std::size_t i = 0; i < n; ++i)
              if (i >= nu || !s.fixed[cell.u[i]])
                s.lift[i < nu ? cell.u[i] : s.space.n_u + cell.p[i - nu]] -= values[i * n + j] * change;
        }
    s.rows.clear();
    for (const auto dof : cell.u)
      s.rows.push_back(s.u_number[dof]);
    for (const auto dof : cell.p)
      s.rows.push_back(s.p_number[dof]);
    s.add_block(s.matrix, s.rows, values, n, cell);
    if (s.direct)
      return;
    s.rows.assign(cell.u.begin(), cell.u.end());
    s.add_block(s.stiffness, s.rows, terms.uu, nu, cell);
    s.rows.assign(cell.p.begin(), cell.p.end());
    for (std::size_t i = 0; i < np; ++i)
      s.mass.add(s.rows[i], np, s.rows.data(), terms.mass.data() + i * np, false, false);
  }

  SolidSystem::Solved SolidSystem::Impl::solve_direct(const Vector &b, Vector &x)
  {
    SolverControl control;
    TrilinosWrappers::SolverDirect solver(control, TrilinosWrappers::SolverDirect::AdditionalData(false, "Amesos_Mumps"));
    try
      {
        solver.initialize(matrix);
        Vector right(b);
        solver.solve(x, right);
      }
    catch (const ExceptionBase &)
      {
        return {0, false};
      }
    return {0, std::isfinite(x.l2_norm())};
  }

  SolidSystem::Solved SolidSystem::Impl::solve_iterative(const Vector &b, Vector &x)
  {
    stiffness.compress(VectorOperation::add);
    if (space.n_p > 0)
      mass.compress(VectorOperation::add);
    TrilinosWrappers::PreconditionAMG multigrid;
    TrilinosWrappers::PreconditionAMG::AdditionalData data;
    data.elliptic = true;
    data.higher_order_elements = true;
    data.smoother_sweeps = 2;
    data.aggregation_threshold = 1e-3;
    Teuchos::ParameterList list;
    std::unique_ptr<Epetra_MultiVector> unused;
    data.constant_modes.clear();
    data.set_parameters(list, unused, stiffness);
    list.set("PDE equations", 3);
    list.set("null space: type", "pre-computed");
    list.set("null space: dimension", 6);
    list.set("null space: vectors", rigid.data());
    multigrid.initialize(stiffness, list);
    TrilinosWrappers::PreconditionILU pressure;
    if (space.n_p > 0)
      pressure.initialize(mass, TrilinosWrappers::PreconditionILU::AdditionalData(0));

    Vector from(b), to(b), ru(stiffness.locally_owned_range_indices(), comm), zu(ru), rp, zp;
    if (space.n_p > 0)
      {
        rp.reinit(mass.locally_owned_range_indices(), comm);
        zp.reinit(rp);
      }
    const std::size_t n = u_count + p_count;
    const LinearMap apply = [&](double *in, double *out) {
      std::copy_n(in, n, from.begin());
      matrix.vmult(to, from);
      std::copy_n(to.begin(), n, out);
    };
    const LinearMap precondition = [&](double *in, double *out) {
      std::copy_n(in, u_count, ru.begin());
      if (space.n_p > 0)
        {
          std::copy_n(in + u_count, p_count, rp.begin());
          pressure.vmult(zp, rp);
          std::fill_n(from.begin(), u_count, 0.0);
          for (Index i = 0; i < p_count; ++i)
            from.begin()[u_count + i] = out[u_count + i] = -zp.begin()[i];
          matrix.vmult(to, from);
          for (Index i = 0; i < u_count; ++i)
            ru.begin()[i] -= to.begin()[i];
        }
      multigrid.vmult(zu, ru);
      std::copy_n(zu.begin(), u_count, out);
    };
    std::vector<double> right(b.begin(), b.end()), solution(n, 0.0);
    const KrylovResult result = gmres({comm, n, n, 0}, apply, precondition, right, solution, settings.linear_tolerance * b.l2_norm(),
                                      settings.max_linear, 200);
    std::copy(solution.begin(), solution.end(), x.begin());
    return {result.iterations, std::isfinite(result.residual)};
  }

  SolidSystem::Solved SolidSystem::solve(const std::vector<double> &residual, std::vector<double> &correction)
  {
    Impl &s = *impl;
    s.matrix.compress(VectorOperation::add);
    sum(s.lift, s.comm);
    Vector b(range(s.total, s.begin, s.end), s.comm), x(b);
    const int rank = rank_of(s.comm);
    const std::size_t u_first = static_cast<std::size_t>(s.space.u_begin[rank]);
    const std::size_t p_first = static_cast<std::size_t>(s.space.n_u + s.space.p_begin[rank]);
    const auto global = [&](std::size_t i) { return i < s.u_count ? u_first + i : p_first + i - s.u_count; };
    for (std::size_t i = 0; i < s.u_count + s.p_count; ++i)
      {
        const std::size_t dof = global(i);
        const bool prescribed = dof < static_cast<std::size_t>(s.space.n_u) && s.fixed[dof];
        b.begin()[i] = s.lift[dof] - (prescribed ? 0.0 : residual[dof]);
      }
    const Solved solved = s.direct ? s.solve_direct(b, x) : s.solve_iterative(b, x);
    correction.assign(s.total, 0.0);
    for (std::size_t i = 0; i < s.u_count + s.p_count; ++i)
      correction[global(i)] = x.begin()[i];
    sum(correction, s.comm);
    return solved;
  }
}
