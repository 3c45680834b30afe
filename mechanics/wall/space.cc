#include "mechanics/wall/space.h"

#include "core/mpi.h"

#include <deal.II/distributed/shared_tria.h>
#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_simplex_p.h>
#include <deal.II/fe/fe_system.h>

#include <algorithm>
#include <stdexcept>

namespace vivicor
{
  long long block_of(const std::array<long long, 4> &unknowns)
  {
    for (long long i = 0; i < 4; ++i)
      if (unknowns[0] % 4 != 0 || unknowns[i] != unknowns[0] + i)
        throw std::logic_error("deal.II does not number the four unknowns of a vertex of the wall in a row, from a multiple of four on");
    return unknowns[0] / 4;
  }

  Space build_space(MPI_Comm comm, const std::vector<Point3> &points, const std::vector<std::array<unsigned, 4>> &cells,
                    const std::vector<unsigned> &cell_rank)
  {
    using namespace dealii;
    using Shared = parallel::shared::Triangulation<3>;
    Shared triangulation(comm, Triangulation<3>::none, false, Shared::partition_custom_signal);
    triangulation.signals.create.connect([&]() {
      for (const auto &cell : triangulation.active_cell_iterators())
        cell->set_subdomain_id(cell_rank[cell->active_cell_index()]);
    });

    std::vector<Point<3>> vertices;
    for (const Point3 &x : points)
      vertices.emplace_back(x[0], x[1], x[2]);
    std::vector<CellData<3>> data;
    for (const auto &nodes : cells)
      {
        CellData<3> cell(4);
        std::copy(nodes.begin(), nodes.end(), cell.vertices.begin());
        data.push_back(cell);
      }
    triangulation.create_triangulation(vertices, data, SubCellData());

    const FESystem<3> element(FE_SimplexP<3>(1), 3, FE_SimplexP<3>(1), 1);
    DoFHandler<3> handler(triangulation);
    handler.distribute_dofs(element);

    Space space;
    space.number.assign(points.size(), -1);
    const unsigned rank = static_cast<unsigned>(rank_of(comm));
    for (const auto &cell : handler.active_cell_iterators())
      for (const unsigned v : cell->vertex_indices())
        {
          std::array<long long, 4> unknowns;
          for (unsigned i = 0; i < 4; ++i)
            unknowns[i] = static_cast<long long>(cell->vertex_dof_index(v, i));
          space.number[cell->vertex_index(v)] = block_of(unknowns);
        }
    for (unsigned c = 0; c < cells.size(); ++c)
      if (cell_rank[c] == rank)
        space.cells.push_back(c);
    const IndexSet &owned = handler.locally_owned_dofs();
    if (any(!owned.is_contiguous() || owned.n_elements() % 4 != 0, comm))
      throw std::logic_error("deal.II gives a rank unknowns of the wall that are not whole vertices in a row");
    space.begin = owned.n_elements() > 0 ? static_cast<long long>(owned.nth_index_in_set(0) / 4) : 0;
    space.end = space.begin + static_cast<long long>(owned.n_elements() / 4);
    space.blocks = static_cast<long long>(handler.n_dofs() / 4);
    return space;
  }
}
