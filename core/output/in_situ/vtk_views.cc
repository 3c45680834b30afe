#include "core/output/in_situ/vtk_views.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkTable.h>
#include <vtkTypeInt32Array.h>
#include <vtkUnstructuredGrid.h>

namespace vivicor
{
  namespace
  {
    /// @param values are read alone, whatever VTK's signature says: grids are inputs to scripts
    vtkSmartPointer<vtkDoubleArray> view(const std::string &name, std::span<const double> values, unsigned components)
    {
      constexpr int leave_to_owner = 1;
      auto array = vtkSmartPointer<vtkDoubleArray>::New();
      array->SetName(name.c_str());
      array->SetNumberOfComponents(static_cast<int>(components));
      array->SetArray(const_cast<double *>(values.data()), static_cast<vtkIdType>(values.size()), leave_to_owner);
      return array;
    }

    vtkSmartPointer<vtkPoints> points_of(const InSituGrid &grid)
    {
      static_assert(sizeof(Point3) == 3 * sizeof(double));
      auto points = vtkSmartPointer<vtkPoints>::New();
      points->SetData(view("points", {reinterpret_cast<const double *>(grid.points.data()), 3 * grid.points.size()}, 3));
      return points;
    }

    vtkSmartPointer<vtkCellArray> cells_of(const InSituGrid &grid)
    {
      static_assert(sizeof(unsigned) == sizeof(vtkTypeInt32));
      vtkNew<vtkTypeInt32Array> connectivity, offsets;
      connectivity->SetArray(reinterpret_cast<vtkTypeInt32 *>(const_cast<unsigned *>(grid.connectivity.data())),
                             static_cast<vtkIdType>(grid.connectivity.size()), 1);
      const auto n = static_cast<vtkIdType>(grid.connectivity.size() / grid.nodes_per_cell);
      offsets->SetNumberOfValues(n + 1);
      for (vtkIdType c = 0; c <= n; ++c)
        offsets->SetValue(c, static_cast<vtkTypeInt32>(c * grid.nodes_per_cell));
      auto cells = vtkSmartPointer<vtkCellArray>::New();
      cells->SetData(offsets, connectivity);
      return cells;
    }

    void add_fields(vtkDataSetAttributes &attributes, std::span<const VtuField> fields)
    {
      for (const VtuField &field : fields)
        attributes.AddArray(view(field.name, field.values, field.components));
    }
  }

  vtkSmartPointer<vtkDataObject> vtk_view(const InSituGrid &grid)
  {
    vtkSmartPointer<vtkPointSet> result;
    if (grid.nodes_per_cell == 3)
      {
        auto surface = vtkSmartPointer<vtkPolyData>::New();
        surface->SetPolys(cells_of(grid));
        result = surface;
      }
    else
      {
        auto volume = vtkSmartPointer<vtkUnstructuredGrid>::New();
        volume->SetCells(VTK_TETRA, cells_of(grid));
        result = volume;
      }
    result->SetPoints(points_of(grid));
    add_fields(*result->GetPointData(), grid.point_fields);
    add_fields(*result->GetCellData(), grid.cell_fields);
    return result;
  }

  vtkSmartPointer<vtkDataObject> vtk_view(const InSituTable &table)
  {
    auto result = vtkSmartPointer<vtkTable>::New();
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      result->AddColumn(view(table.names[c], table.columns[c], 1));
    return result;
  }
}
