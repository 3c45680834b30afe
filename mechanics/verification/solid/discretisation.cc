#include "mechanics/verification/solid/discretisation.h"

#include "core/error.h"
#include "core/mpi.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/distributed/shared_tria.h>
#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_dgp.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_simplex_p.h>
#include <deal.II/fe/fe_system.h>

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    using namespace dealii;
    using Finite = std::unique_ptr<FiniteElement<3>>;

    Finite continuous_element(SolidMesh::Shape shape, unsigned degree)
    {
      if (shape == SolidMesh::Shape::tetrahedra)
        return std::make_unique<FE_SimplexP<3>>(degree);
      return std::make_unique<FE_Q<3>>(degree);
    }

    Finite pressure_element(const SolidElement &element)
    {
      if (element.pressure == SolidElement::Pressure::continuous)
        return continuous_element(element.shape, element.pressure_degree);
      if (element.shape == SolidMesh::Shape::hexahedra)
        return std::make_unique<FE_DGP<3>>(element.pressure_degree);
      return std::make_unique<FE_SimplexDGP<3>>(element.pressure_degree);
    }

    Quadrature<3> cell_quadrature(const SolidElement &element, unsigned extra)
    {
      if (element.shape == SolidMesh::Shape::hexahedra)
        return QGauss<3>(element.degree + 1 + extra);
      return QWitherdenVincentSimplex<3>(std::min(element.degree + 1 + extra, 4u)); // exact for degree 2 n - 1
    }

    Quadrature<2> face_quadrature(const SolidElement &element, unsigned extra)
    {
      if (element.shape == SolidMesh::Shape::hexahedra)
        return QGauss<2>(element.degree + 1 + extra);
      return QWitherdenVincentSimplex<2>(std::min(element.degree + 1 + extra, 4u));
    }

    ShapeTable shape_table(const FiniteElement<3> &element, const std::vector<Point<3>> &points)
    {
      ShapeTable table;
      table.shapes = element.n_dofs_per_cell();
      table.points = static_cast<unsigned>(points.size());
      for (const Point<3> &point : points)
        for (unsigned a = 0; a < table.shapes; ++a)
          {
            table.value.push_back(element.shape_value(a, point));
            const Tensor<1, 3> gradient = element.shape_grad(a, point);
            table.gradient.insert(table.gradient.end(), {gradient[0], gradient[1], gradient[2]});
          }
      return table;
    }

    /// The cells as deal.II wants them: right-handed as drawn.
    std::vector<CellData<3>> oriented_cells(const SolidMesh &mesh)
    {
      const bool tets = mesh.shape == SolidMesh::Shape::tetrahedra;
      const unsigned corners = tets ? 4 : 8;
      std::vector<CellData<3>> data;
      for (const auto &nodes : mesh.cells)
        {
          if (nodes.size() != corners)
            throw UserError({"a cell with " + std::to_string(nodes.size()) + " corners", "solid mesh",
                             "its shape has " + std::to_string(corners), "", ""});
          CellData<3> cell(corners);
          std::copy(nodes.begin(), nodes.end(), cell.vertices.begin());
          const auto edge = [&](unsigned corner) {
            const Point3 &a = mesh.vertices[nodes[0]], &b = mesh.vertices[nodes[corner]];
            return Tensor<1, 3>({b[0] - a[0], b[1] - a[1], b[2] - a[2]});
          };
          const double volume = tets ? cross_product_3d(edge(1), edge(2)) * edge(3) : cross_product_3d(edge(1), edge(2)) * edge(4);
          if (volume < 0 && tets)
            std::swap(cell.vertices[2], cell.vertices[3]);
          if (volume < 0 && !tets)
            for (unsigned v = 0; v < 4; ++v)
              std::swap(cell.vertices[v], cell.vertices[v + 4]);
          data.push_back(cell);
        }
      return data;
    }

    std::vector<Discretisation::Dof> range_starts(MPI_Comm comm, const IndexSet &owned)
    {
      const int mine = static_cast<int>(owned.n_elements());
      std::vector<int> counts(size_of(comm));
      MPI_Allgather(&mine, 1, MPI_INT, counts.data(), 1, MPI_INT, comm);
      std::vector<Discretisation::Dof> starts{0};
      for (const int count : counts)
        starts.push_back(starts.back() + count);
      return starts;
    }
  }

  struct Discretisation::Elements
  {
    Finite geometry, displacement, pressure; // scalar
    ReferenceCell reference;
    ShapeTables tables(const std::vector<Point<3>> &points) const
    {
      ShapeTables all;
      all.geometry = shape_table(*geometry, points);
      all.displacement = shape_table(*displacement, points);
      if (pressure)
        all.pressure = shape_table(*pressure, points);
      return all;
    }
  };

  Discretisation::~Discretisation() = default;

  Discretisation::Discretisation(MPI_Comm comm, const SolidElement &element, const SolidMesh &mesh, unsigned extra)
    : elements(std::make_unique<Elements>())
  {
    if (mesh.shape != element.shape)
      throw UserError({"element '" + element.name + "' on a mesh of another shape", "solid mesh", element.doc, "", "see solid_elements()"});
    elements->geometry = continuous_element(element.shape, mesh.place ? element.degree : 1);
    elements->displacement = continuous_element(element.shape, element.degree);
    if (element.pressure != SolidElement::Pressure::none)
      elements->pressure = pressure_element(element);
    elements->reference = elements->displacement->reference_cell();

    // The mesh and the numbers of the unknowns.
    using Shared = parallel::shared::Triangulation<3>;
    Shared triangulation(comm, Triangulation<3>::none, false, Shared::partition_metis);
    std::vector<Point<3>> vertices;
    for (const Point3 &x : mesh.vertices)
      vertices.emplace_back(x[0], x[1], x[2]);
    triangulation.create_triangulation(vertices, oriented_cells(mesh), SubCellData());
    const FESystem<3> vector_element(*elements->displacement, 3);
    DoFHandler<3> u_handler(triangulation), p_handler(triangulation);
    u_handler.distribute_dofs(vector_element);
    u_begin = range_starts(comm, u_handler.locally_owned_dofs());
    p_begin.assign(u_begin.size(), 0);
    if (elements->pressure)
      {
        p_handler.distribute_dofs(*elements->pressure);
        p_begin = range_starts(comm, p_handler.locally_owned_dofs());
      }
    n_u = u_begin.back();
    n_p = p_begin.back();

    const std::vector<Point<3>> &geometry_points = elements->geometry->get_unit_support_points();
    const auto linear = continuous_element(element.shape, 1);
    const ShapeTable corner_weights = shape_table(*linear, geometry_points);
    std::vector<types::global_dof_index> dofs(vector_element.n_dofs_per_cell());
    for (const auto &cell : triangulation.active_cell_iterators())
      {
        Cell c;
        c.rank = cell->subdomain_id();
        DoFHandler<3>::active_cell_iterator(&triangulation, cell->level(), cell->index(), &u_handler)->get_dof_indices(dofs);
        for (unsigned a = 0; a < elements->displacement->n_dofs_per_cell(); ++a)
          for (unsigned i = 0; i < 3; ++i)
            c.u.push_back(static_cast<Dof>(dofs[vector_element.component_to_system_index(i, a)]));
        if (elements->pressure)
          {
            std::vector<types::global_dof_index> p_dofs(elements->pressure->n_dofs_per_cell());
            DoFHandler<3>::active_cell_iterator(&triangulation, cell->level(), cell->index(), &p_handler)->get_dof_indices(p_dofs);
            c.p.assign(p_dofs.begin(), p_dofs.end());
          }
        std::vector<Point3> corners;
        for (const unsigned v : cell->vertex_indices())
          corners.push_back({cell->vertex(v)[0], cell->vertex(v)[1], cell->vertex(v)[2]});
        for (unsigned node = 0; node < geometry_points.size(); ++node)
          {
            const double *const w = corner_weights.values(node);
            if (mesh.place)
              c.nodes.push_back(mesh.place(corners, std::vector<double>(w, w + corners.size())));
            else
              c.nodes.push_back(placed_by([](const Point3 &x) { return x; })(corners, std::vector<double>(w, w + corners.size())));
          }
        const unsigned number = static_cast<unsigned>(cells.size());
        for (const unsigned f : cell->face_indices())
          if (cell->at_boundary(f))
            {
              std::vector<Point3> face_corners;
              for (unsigned v = 0; v < cell->face(f)->n_vertices(); ++v)
                {
                  const Point<3> x = cell->face(f)->vertex(v);
                  face_corners.push_back({x[0], x[1], x[2]});
                }
              faces.push_back({number, f, mesh.boundary_id ? mesh.boundary_id(face_corners) : 0});
            }
        if (c.rank == static_cast<unsigned>(rank_of(comm)))
          mine.push_back(number);
        cells.push_back(std::move(c));
      }

    // Tables.
    const Quadrature<3> quadrature = cell_quadrature(element, extra);
    volume = elements->tables(quadrature.get_points());
    volume.weights = quadrature.get_weights();
    const Quadrature<2> on_unit_face = face_quadrature(element, extra);
    Point<3> middle;
    for (const unsigned v : elements->reference.vertex_indices())
      middle += elements->reference.template vertex<3>(v) / elements->reference.n_vertices();
    for (const unsigned f : elements->reference.face_indices())
      {
        const auto corner = [&](unsigned v) {
          return elements->reference.template vertex<3>(elements->reference.face_to_cell_vertices(f, v, 1));
        };
        const Tensor<1, 3> first = corner(1) - corner(0), second = corner(2) - corner(0);
        std::vector<Point<3>> points;
        for (const Point<2> &st : on_unit_face.get_points())
          points.push_back(corner(0) + st[0] * first + st[1] * second);
        on_face.push_back(elements->tables(points));
        on_face.back().weights = on_unit_face.get_weights();
        Tensor<1, 3> normal = cross_product_3d(first, second);
        if (normal * (corner(0) - middle) < 0)
          normal = -normal;
        face_area.push_back({normal[0], normal[1], normal[2]});
        auto &nodes = face_nodes.emplace_back();
        const std::vector<Point<3>> &unit_nodes = elements->displacement->get_unit_support_points();
        for (unsigned a = 0; a < unit_nodes.size(); ++a)
          if (std::abs(normal * (unit_nodes[a] - corner(0))) < 1e-10) // has_support_on_face() says true for all nodes of simplices
            nodes.push_back(a);
      }
    geometry_at_nodes = shape_table(*elements->geometry, elements->displacement->get_unit_support_points());
  }

  ShapeTables Discretisation::at(const Point3 &xi) const
  {
    return elements->tables({Point<3>(xi[0], xi[1], xi[2])});
  }

  Point3 Discretisation::centre() const
  {
    const double c = elements->reference == ReferenceCells::Tetrahedron ? 0.25 : 0.5;
    return {c, c, c};
  }

  double Discretisation::outside(const Point3 &xi) const
  {
    double worst = std::max({-xi[0], -xi[1], -xi[2], 0.0});
    if (elements->reference == ReferenceCells::Tetrahedron)
      return std::max(worst, xi[0] + xi[1] + xi[2] - 1);
    return std::max({worst, xi[0] - 1, xi[1] - 1, xi[2] - 1});
  }

  Point3 Discretisation::node_position(const Cell &cell, unsigned a) const
  {
    Point3 X{0, 0, 0};
    for (unsigned n = 0; n < geometry_at_nodes.shapes; ++n)
      for (unsigned i = 0; i < 3; ++i)
        X[i] += geometry_at_nodes.values(a)[n] * cell.nodes[n][i];
    return X;
  }

  PointGeometry point_geometry(const std::vector<Point3> &nodes, const ShapeTable &table, unsigned q)
  {
    double T[3][3] = {}; // dX_i/dxi_k
    PointGeometry point{{0, 0, 0}, {}, 0};
    for (unsigned n = 0; n < table.shapes; ++n)
      for (unsigned i = 0; i < 3; ++i)
        {
          point.X[i] += table.values(q)[n] * nodes[n][i];
          for (unsigned k = 0; k < 3; ++k)
            T[i][k] += nodes[n][i] * table.gradients(q)[3 * n + k];
        }
    double det = 0;
    for (unsigned k = 0; k < 3; ++k)
      for (unsigned j = 0; j < 3; ++j)
        {
          const unsigned k1 = (k + 1) % 3, k2 = (k + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
          point.inverse[3 * k + j] = T[j1][k1] * T[j2][k2] - T[j1][k2] * T[j2][k1];
        }
    for (unsigned i = 0; i < 3; ++i)
      det += T[i][0] * point.inverse[i];
    for (double &entry : point.inverse)
      entry /= det;
    point.volume = std::abs(det);
    return point;
  }
}
