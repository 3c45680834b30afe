# script-version: 2.0
# pv_loop.csv: time, volumes and pressures of the four chambers so far; plot a pressure over its volume for the loop.
# Needs no display.
from paraview import catalyst
from paraview.simple import *

CHAMBERS = ('LV', 'RV', 'LA', 'RA')
COLUMNS = ['t_ms'] + [chamber + quantity for chamber in CHAMBERS for quantity in ('_volume_mL', '_pressure_mmHg')]


def RequestDataDescription(description):
    wish = description.GetInputDescriptionByName('timeseries')
    wish.GenerateMeshOn()
    wish.AllFieldsOn()


timeseries = TrivialProducer(registrationName='timeseries')
options = catalyst.Options()


def catalyst_execute(info):
    """Written aside and renamed: whoever reads it while the heart beats sees whole rows."""
    import os
    timeseries.UpdatePipeline(info.time)
    table = servermanager.Fetch(timeseries)
    if table is None or table.GetNumberOfRows() == 0 or not is_first_rank():
        return
    columns = [table.GetColumnByName(name) for name in COLUMNS]
    with open('pv_loop.csv.part', 'w') as file:
        file.write(','.join(COLUMNS) + '\n')
        for row in range(table.GetNumberOfRows()):
            file.write(','.join('%.9g' % column.GetValue(row) for column in columns) + '\n')
    os.replace('pv_loop.csv.part', 'pv_loop.csv')


def is_first_rank():
    return servermanager.vtkProcessModule.GetProcessModule().GetPartitionId() == 0
