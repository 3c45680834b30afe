# script-version: 2.0
# Pictures of the beating heart: transmembrane potential on the moving muscle, valves and vessels in grey.
# in_situ.scripts = cluster/paraview/pictures.py; needs a display (xvfb-run -a on a machine without one).
from paraview import catalyst
from paraview.simple import *

SIZE = [480, 480]
VOLTAGE = 'transmembrane_potential_mV'


def RequestDataDescription(description):
    """Asks for the two fields that are drawn, at every look: the others are then not worked out."""
    for channel, fields in (('surface', ('displacement_mm', VOLTAGE)), ('passive_surface', ('displacement_mm',))):
        wish = description.GetInputDescriptionByName(channel)
        wish.GenerateMeshOn()
        for field in fields:
            wish.AddField(field, 0)


def moved(channel):
    return WarpByVector(Input=TrivialProducer(registrationName=channel), Vectors=['POINTS', 'displacement_mm'])


view = CreateView('RenderView')
view.ViewSize = SIZE
view.OrientationAxesVisibility = 0
view.UseFXAA = 0
view.UseColorPaletteForBackground = 0
view.Background = [1.0, 1.0, 1.0]

muscle = Show(moved('surface'), view)
ColorBy(muscle, ('POINTS', VOLTAGE))
colours = GetColorTransferFunction(VOLTAGE)
colours.ApplyPreset('Inferno (matplotlib)', True)
colours.RescaleTransferFunction(-90.0, 40.0)
colours.AutomaticRescaleRangeMode = 'Never'
bar = GetScalarBar(colours, view)
bar.Title, bar.ComponentTitle = 'potential (mV)', ''
bar.TitleColor = bar.LabelColor = [0.1, 0.1, 0.1]
bar.Visibility = 1

passive = Show(moved('passive_surface'), view)
passive.ColorArrayName = ['POINTS', '']
passive.DiffuseColor = [0.75, 0.75, 0.78]

clock = Show(AnnotateTimeFilter(Input=muscle.Input, Format='{time:.0f} ms'), view)
clock.Color = [0.1, 0.1, 0.1]

# From the front and a little from the left, as a chest is looked at; fitted at the first look, when there is data.
view.CameraPosition, view.CameraFocalPoint, view.CameraViewUp = [0.0, -1.0, 0.2], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]
ResetCamera(view)

pictures = CreateExtractor('PNG', view, registrationName='pictures')
pictures.Trigger = 'TimeStep'
pictures.Writer.FileName = 'heart_{timestep:06d}.png'
pictures.Writer.ImageResolution = SIZE
pictures.Writer.Format = 'PNG'
pictures.Writer.Format.CompressionLevel = '1'

options = catalyst.Options()
options.ExtractsOutputDirectory = '.'
