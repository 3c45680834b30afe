// In-situ data as VTK's data objects that refer to it: nothing is copied but the offsets of the cells.
#pragma once

#include "core/output/in_situ.h"

#include <vtkDataObject.h>
#include <vtkSmartPointer.h>

namespace vivicor
{
  /// Triangles become a vtkPolyData, tetrahedra a vtkUnstructuredGrid.
  vtkSmartPointer<vtkDataObject> vtk_view(const InSituGrid &grid);
  vtkSmartPointer<vtkDataObject> vtk_view(const InSituTable &table);
}
