"""Opens the series of a run as ParaView does, every frame of it; run by pvpython.

usage: open_series.py FOLDER     of the results. Prints, for the wall and the voltage:
  NAME frames=N first=T last=T points=N cells=N arrays=A,B,... regions=LOW..HIGH
and, at the last common frame, by how much the voltage grid's displacement misses the wall's at the same place: warp_error_mm=X largest_mm=Y
"""
import sys

import numpy
from paraview.simple import OpenDataFile, UpdatePipeline
from paraview.servermanager import Fetch
from paraview.vtk.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkFiltersCore import vtkAppendFilter, vtkProbeFilter


def one_grid(data):
    """The pieces of all ranks as one grid."""
    if not data.IsA("vtkCompositeDataSet"):
        return data
    append = vtkAppendFilter()
    blocks = data.NewIterator()
    while not blocks.IsDoneWithTraversal():
        append.AddInputData(blocks.GetCurrentDataObject())
        blocks.GoToNextItem()
    append.Update()
    return append.GetOutput()


def array(data, name):
    return vtk_to_numpy(data.GetPointData().GetArray(name))


def last_frame(name, times_wanted=None):
    reader = OpenDataFile(f"{sys.argv[1]}/fields/{name}.pvd")
    times = list(reader.TimestepValues) if hasattr(reader.TimestepValues, "__iter__") else [reader.TimestepValues]
    grid = None
    for time in times:
        if times_wanted and time not in times_wanted:
            continue
        UpdatePipeline(time, proxy=reader)
        grid = one_grid(Fetch(reader))
        fields = grid.GetPointData()
        names = [fields.GetArrayName(i) for i in range(fields.GetNumberOfArrays())]
        assert grid.GetNumberOfPoints() > 0 and "displacement_mm" in names, (name, time)
        assert all(numpy.isfinite(array(grid, field)).all() for field in names), (name, time)
    region = vtk_to_numpy(grid.GetCellData().GetArray("region"))
    print(f"{name} frames={len(times)} first={times[0]:g} last={times[-1]:g} points={grid.GetNumberOfPoints()} "
          f"cells={grid.GetNumberOfCells()} arrays={','.join(sorted(names))} regions={region.min():g}..{region.max():g} "
          f"digits={array(grid, 'displacement_mm').dtype}")
    return times, grid


wall_times, wall = last_frame("mechanics")
_, voltage = last_frame("electrophysiology", times_wanted=wall_times)
probe = vtkProbeFilter()
probe.SetInputData(voltage)
probe.SetSourceData(wall)
probe.ComputeToleranceOff()
probe.SetTolerance(1e-6)
probe.Update()
found = vtk_to_numpy(probe.GetOutput().GetPointData().GetArray(probe.GetValidPointMaskArrayName())) > 0
assert found.mean() > 0.99, found.mean()
miss = numpy.linalg.norm(array(probe.GetOutput(), "displacement_mm") - array(voltage, "displacement_mm"), axis=1)[found]
print(f"warp_error_mm={miss.max():.2e} largest_mm={numpy.linalg.norm(array(voltage, 'displacement_mm'), axis=1).max():.3f}")
