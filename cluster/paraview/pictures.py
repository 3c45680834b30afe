# script-version: 2.0
# Pictures of the beating heart: transmembrane potential on the moving muscle, valves and vessels in grey.
# in_situ.scripts = cluster/paraview/pictures.py; needs a display (xvfb-run -a on a machine without one).
#
# Drawn by VTK itself, on rank 0, to which the others send what has moved: ParaView's views and extractors ask every rank at
# every look what may have changed, which takes longer than the drawing (docs/decisions/0015). slices.py shows their use.
from paraview import catalyst
from paraview.simple import TrivialProducer
from vtkmodules.vtkCommonDataModel import vtkDataObject, vtkPolyData
from vtkmodules.vtkCommonExecutionModel import vtkAlgorithm
from vtkmodules.vtkFiltersGeneral import vtkWarpVector
from vtkmodules.vtkFiltersParallel import vtkCollectPolyData
from vtkmodules.vtkIOImage import vtkPNGWriter
from vtkmodules.vtkParallelCore import vtkMultiProcessController
from vtkmodules.vtkRenderingAnnotation import vtkScalarBarActor
from vtkmodules.vtkRenderingCore import (vtkActor, vtkColorTransferFunction, vtkPolyDataMapper, vtkRenderer, vtkRenderWindow,
                                         vtkTextActor, vtkWindowToImageFilter)
import vtkmodules.vtkRenderingFreeType
import vtkmodules.vtkRenderingOpenGL2

SIZE = [480, 480]
VOLTAGE = 'transmembrane_potential_mV'
LOW, HIGH = -90.0, 40.0 # mV
INFERNO = [(0.00, 0.001, 0.000, 0.014), (0.25, 0.342, 0.062, 0.429), (0.50, 0.736, 0.216, 0.330), (0.75, 0.978, 0.557, 0.035),
           (1.00, 0.988, 0.998, 0.645)] # share of the range, red, green, blue
ranks = vtkMultiProcessController.GetGlobalController()


def RequestDataDescription(description):
    """Asks for the two fields that are drawn, at every look: the others are then not worked out."""
    for channel, fields in (('surface', ('displacement_mm', VOLTAGE)), ('passive_surface', ('displacement_mm',))):
        wish = description.GetInputDescriptionByName(channel)
        wish.GenerateMeshOn()
        for field in fields:
            wish.AddField(field, 0)


class Surface:
    """A channel, collected on rank 0 and moved, and its looks."""

    def __init__(self, channel, *fields):
        self.channel = TrivialProducer(registrationName=channel).GetClientSideObject()
        self.fields = fields
        self.whole = None # of all ranks, one after the other; on rank 0
        self.moved = vtkWarpVector()
        self.moved.SetInputArrayToProcess(0, 0, 0, vtkDataObject.POINT, 'displacement_mm')
        self.moved.SetOutputPointsPrecision(vtkAlgorithm.SINGLE_PRECISION)
        self.mapper = vtkPolyDataMapper()
        self.mapper.SetInputConnection(self.moved.GetOutputPort())
        self.mapper.ScalarVisibilityOff()
        self.actor = vtkActor()
        self.actor.SetMapper(self.mapper)
        self.actor.GetProperty().BackfaceCullingOn() # normals point out of the tissue

    def update(self):
        """Points and triangles are collected once, as the mesh stays the same; fields at every look."""
        mine = self.channel.GetOutputDataObject(0)
        if self.whole is None:
            collect = vtkCollectPolyData()
            collect.SetController(ranks)
            collect.SetInputData(mine)
            collect.Update()
            self.whole = vtkPolyData() # a copy: of a single rank, the run's own memory would come, which it frees
            self.whole.DeepCopy(collect.GetOutput())
            self.moved.SetInputData(self.whole)
        for field in self.fields:
            values, everyones = (part.GetPointData().GetArray(field) for part in (mine, self.whole))
            if everyones is None: # not rank 0, or nothing there
                everyones = values.NewInstance()
            ranks.GatherV(values, everyones, 0)
            everyones.Modified()
        self.whole.Modified()


muscle, passive = Surface('surface', 'displacement_mm', VOLTAGE), Surface('passive_surface', 'displacement_mm')
colours = vtkColorTransferFunction()
for share, red, green, blue in INFERNO:
    colours.AddRGBPoint(LOW + share * (HIGH - LOW), red, green, blue)
muscle.mapper.SetLookupTable(colours)
muscle.mapper.SetScalarModeToUsePointFieldData()
muscle.mapper.SelectColorArray(VOLTAGE)
muscle.mapper.SetScalarRange(LOW, HIGH)
muscle.mapper.InterpolateScalarsBeforeMappingOn()
muscle.mapper.ScalarVisibilityOn()
passive.actor.GetProperty().SetColor(0.75, 0.75, 0.78)

bar = vtkScalarBarActor()
bar.SetLookupTable(colours)
bar.SetTitle('potential (mV)')
bar.SetLabelFormat('%.0f')
bar.SetPosition(0.82, 0.05)
bar.SetWidth(0.1)
bar.SetHeight(0.35)
bar.UnconstrainedFontSizeOn()
clock = vtkTextActor()
clock.SetPosition(8, SIZE[1] - 24)
for text in (bar.GetTitleTextProperty(), bar.GetLabelTextProperty(), clock.GetTextProperty()):
    text.SetColor(0.1, 0.1, 0.1)
    text.SetFontSize(14)
    text.BoldOff()
    text.ItalicOff()
    text.ShadowOff()

renderer = vtkRenderer()
renderer.SetBackground(1.0, 1.0, 1.0)
renderer.GetCullers().RemoveAllItems() # they would bound every triangle to find that the heart is in sight
for actor in (muscle.actor, passive.actor, bar, clock):
    renderer.AddViewProp(actor)
window = vtkRenderWindow() # on every rank: where one cannot draw, none goes on
window.SetOffScreenRendering(1)
window.SetMultiSamples(0)
window.SetSize(SIZE)
window.AddRenderer(renderer)
picture = vtkWindowToImageFilter()
picture.SetInput(window)
picture.ReadFrontBufferOff()
picture.ShouldRerenderOff()
file = vtkPNGWriter()
file.SetInputConnection(picture.GetOutputPort())
file.SetCompressionLevel(1)


def look_from_the_front():
    """And a little from the left, as a chest is looked at, with room for the heart to move."""
    camera = renderer.GetActiveCamera()
    camera.SetPosition(0.0, -1.0, 0.2)
    camera.SetFocalPoint(0.0, 0.0, 0.0)
    camera.SetViewUp(0.0, 0.0, 1.0)
    renderer.ResetCamera()
    camera.Zoom(0.95)
    camera.SetWindowCenter(0.15, 0.0) # the scale stands on the right
    near, far = camera.GetClippingRange()
    camera.SetClippingRange(0.5 * near, 1.5 * far)


def draw(info):
    clock.SetInput('%.0f ms' % info.time)
    window.Render()
    picture.Modified()
    file.SetFileName('heart_%06d.png' % info.timestep)
    file.Write()


def catalyst_execute(info):
    is_first = muscle.whole is None
    for surface in (muscle, passive):
        surface.update()
    if ranks.GetLocalProcessId() == 0:
        if is_first:
            look_from_the_front()
        draw(info)


options = catalyst.Options()
