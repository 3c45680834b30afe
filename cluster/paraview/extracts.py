# script-version: 2.0
# Extracts for later: the muscle's surface with all its fields at every look (surface_*.pvtp), and the moving wall of the left
# ventricle (ventricle_*.pvtu). Open the series in ParaView. Needs no display.
from paraview import catalyst
from paraview.simple import *

surface = TrivialProducer(registrationName='surface')
wall = WarpByVector(Input=TrivialProducer(registrationName='mechanics'), Vectors=['POINTS', 'displacement_mm'])
# Regions are numbered in the order of the mesh; the first is the left ventricle in the generated heart.
ventricle = Threshold(Input=wall, Scalars=['CELLS', 'region'], LowerThreshold=0.0, UpperThreshold=0.0)

for name, source, kind in (('surface', surface, 'VTP'), ('ventricle', ventricle, 'VTU')):
    extractor = CreateExtractor(kind, source, registrationName=name + '_files')
    extractor.Trigger = 'TimeStep'
    extractor.Writer.FileName = name + '_{timestep:06d}.p' + kind.lower()

options = catalyst.Options()
options.ExtractsOutputDirectory = '.'
