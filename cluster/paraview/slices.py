# script-version: 2.0
# Three slices through the moving wall, coloured by the fibre stretch: a long-axis one and two short-axis ones.
# Needs a display (xvfb-run -a on a machine without one).
from paraview import catalyst
from paraview.simple import *

SIZE = [640, 640]
FIELD = 'fibre_stretch'


def RequestDataDescription(description):
    wish = description.GetInputDescriptionByName('mechanics')
    wish.GenerateMeshOn()
    for field in ('displacement_mm', FIELD):
        wish.AddField(field, 0)


view = CreateView('RenderView')
view.ViewSize = SIZE
view.OrientationAxesVisibility = 0
view.UseColorPaletteForBackground = 0
view.Background = [1.0, 1.0, 1.0]

wall = WarpByVector(Input=TrivialProducer(registrationName='mechanics'), Vectors=['POINTS', 'displacement_mm'])


def bounds_of_all_ranks(source):
    """Lower and upper corner; what ParaView answers for a source is of one rank only."""
    from vtkmodules.vtkCommonCore import vtkDoubleArray
    from vtkmodules.vtkParallelCore import vtkCommunicator, vtkMultiProcessController
    source.UpdatePipeline()
    bounds = source.GetDataInformation().GetBounds()
    corners = []
    for first, operation in ((0, vtkCommunicator.MIN_OP), (1, vtkCommunicator.MAX_OP)):
        mine, everyones = vtkDoubleArray(), vtkDoubleArray()
        for value in bounds[first::2]:
            mine.InsertNextValue(value)
        everyones.DeepCopy(mine)
        vtkMultiProcessController.GetGlobalController().AllReduce(mine, everyones, operation)
        corners.append([everyones.GetValue(k) for k in range(3)])
    return corners


low, high = bounds_of_all_ranks(wall)
middle = [(a + b) / 2 for a, b in zip(low, high)]


def cut(origin, normal):
    plane = Slice(Input=wall)
    plane.SliceType.Origin, plane.SliceType.Normal = origin, normal
    shown = Show(plane, view)
    ColorBy(shown, ('POINTS', FIELD))
    return shown


cut(middle, [0.0, 1.0, 0.0])
for share in (0.2, 0.4): # of the height, from the apex
    cut([middle[0], middle[1], low[2] + share * (high[2] - low[2])], [0.0, 0.0, 1.0])
colours = GetColorTransferFunction(FIELD)
colours.AutomaticRescaleRangeMode = 'Never'
colours.ApplyPreset('Cool to Warm', True)
colours.RescaleTransferFunction(0.8, 1.2)
bar = GetScalarBar(colours, view)
bar.Title, bar.ComponentTitle = 'fibre stretch', ''
bar.TitleColor = bar.LabelColor = [0.1, 0.1, 0.1]
bar.Visibility = 1

view.CameraPosition, view.CameraFocalPoint, view.CameraViewUp = [0.3, -1.0, 0.7], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]
ResetCamera(view)

pictures = CreateExtractor('PNG', view, registrationName='slices')
pictures.Trigger = 'TimeStep'
pictures.Writer.FileName = 'slices_{timestep:06d}.png'
pictures.Writer.ImageResolution = SIZE
pictures.Writer.Format = 'PNG'

options = catalyst.Options()
options.ExtractsOutputDirectory = '.'
