# script-version: 2.0
# Activation iso-surfaces: where the wave was every 20 ms since the sinus node fired, as files and as a picture.
# Needs a display (xvfb-run -a on a machine without one). Looks at every fifth step of in_situ.every.
from paraview import catalyst
from paraview.simple import *

SIZE = [640, 640]
FIELD = 'activation_ms'
EVERY = 20  # ms
LAST = 300  # ms
LOOKS = 5   # every so many


def RequestDataDescription(description):
    if description.GetTimeStep() % LOOKS:
        return
    for channel, field in (('electrophysiology', FIELD), ('surface', FIELD)):
        wish = description.GetInputDescriptionByName(channel)
        wish.GenerateMeshOn()
        wish.AddField(field, 0)


view = CreateView('RenderView')
view.ViewSize = SIZE
view.OrientationAxesVisibility = 0
view.UseColorPaletteForBackground = 0
view.Background = [1.0, 1.0, 1.0]

muscle = TrivialProducer(registrationName='electrophysiology')
# -1 stands for "not yet in this beat": only cells that the wave has passed have a surface in them.
passed = Threshold(Input=muscle, Scalars=['POINTS', FIELD], LowerThreshold=0.0, UpperThreshold=1e6)
surfaces = Contour(Input=passed, ContourBy=['POINTS', FIELD], Isosurfaces=list(range(EVERY, LAST, EVERY)))
colours = GetColorTransferFunction(FIELD)
colours.ApplyPreset('Viridis (matplotlib)', True)
colours.RescaleTransferFunction(0.0, LAST)
colours.AutomaticRescaleRangeMode = 'Never'
shown = Show(surfaces, view)
ColorBy(shown, ('POINTS', FIELD))
outline = Show(TrivialProducer(registrationName='surface'), view)
outline.ColorArrayName = ['POINTS', '']
outline.Opacity = 0.15
bar = GetScalarBar(colours, view)
bar.Title, bar.ComponentTitle = 'activation (ms)', ''
bar.TitleColor = bar.LabelColor = [0.1, 0.1, 0.1]
bar.Visibility = 1

view.CameraPosition, view.CameraFocalPoint, view.CameraViewUp = [0.0, -1.0, 0.2], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]
ResetCamera(view)

pictures = CreateExtractor('PNG', view, registrationName='activation')
pictures.Trigger = 'TimeStep'
pictures.Trigger.Frequency = LOOKS
pictures.Writer.FileName = 'activation_{timestep:06d}.png'
pictures.Writer.ImageResolution = SIZE
pictures.Writer.Format = 'PNG'

pieces = GroupDatasets(Input=[surfaces], OutputType='vtkPartitionedDataSet') # one a rank, as the format wants them
files = CreateExtractor('VTPD', pieces, registrationName='isochrones')
files.Trigger = 'TimeStep'
files.Trigger.Frequency = LOOKS
files.Writer.FileName = 'isochrones_{timestep:06d}.vtpd'

options = catalyst.Options()
options.ExtractsOutputDirectory = '.'
