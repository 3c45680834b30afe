#!/usr/bin/env python3
"""Makes the mesh of the decks parameters/whole_heart/kit*.json from the files that its authors publish.

usage: kit_mesh.py CLONE OUTPUT.vtu

CLONE   a clone of https://github.com/KIT-IBT/CardioMechanics (Gerach & Loewe 2024, 10.1113/JP285022), whose folder
        examples/JPhys/tetgen holds the human heart: heartT4.node, .ele, .sur and UnloadedState_Final.node. Its licence is GPL-3.
OUTPUT  the decks seek meshes/kit_wholeheart.vtu beside them and in the folders of --data and VIVICOR_DATA.

Tetrahedra and triangles get the cell array `tag`; the nodes `unloaded_xyz`, their places in the unloaded heart, and `fixed`, 1 where the
authors hold the ends of the vessels. Positions are kept to the last digit.
"""
import base64
import struct
import sys
from pathlib import Path


def rows(file, columns):
    """The rows of a file of TetGen below its header, without their numbers, which must count from 1."""
    lines = [line.split() for line in file.read_text().splitlines() if line.strip() and not line.startswith("#")]
    found = [line[1:columns + 1] for line in lines[1:]]
    if len(found) != int(lines[0][0]) or any(len(row) != columns for row in found):
        sys.exit(f"{file}: {len(found)} rows instead of {lines[0][0]}, or too few columns")
    return found


def array(name, kind, components, values):
    code = {"Float64": "d", "Int64": "q", "Int32": "i", "UInt8": "B"}[kind]
    data = struct.pack(f"<{len(values)}{code}", *values)
    text = base64.b64encode(struct.pack("<I", len(data)) + data).decode()
    return f'<DataArray type="{kind}" Name="{name}" NumberOfComponents="{components}" format="binary">{text}</DataArray>\n'


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, output = Path(sys.argv[1]) / "examples/JPhys/tetgen", Path(sys.argv[2])
    if not (source / "heartT4.node").is_file():
        sys.exit(f"there is no {source / 'heartT4.node'}: the first argument is a clone of KIT-IBT/CardioMechanics")
    nodes, unloaded = rows(source / "heartT4.node", 4), rows(source / "UnloadedState_Final.node", 4)
    cells, triangles = rows(source / "heartT4.ele", 5), rows(source / "heartT4.sur", 4)
    connectivity = [int(n) - 1 for row in cells for n in row[:4]] + [int(n) - 1 for row in triangles for n in row[:3]]
    offsets = [4 * (i + 1) for i in range(len(cells))] + [4 * len(cells) + 3 * (i + 1) for i in range(len(triangles))]
    tags = [int(row[-1]) for row in cells] + [int(row[-1]) for row in triangles]
    positions = [float(x) for row in nodes for x in row[:3]], [float(x) for row in unloaded for x in row[:3]]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(
        '<?xml version="1.0"?>\n<VTKFile type="UnstructuredGrid" version="0.1" byte_order="LittleEndian" header_type="UInt32">\n'
        f'<UnstructuredGrid>\n<Piece NumberOfPoints="{len(nodes)}" NumberOfCells="{len(tags)}">\n'
        "<Points>\n" + array("Points", "Float64", 3, positions[0]) + "</Points>\n<Cells>\n"
        + array("connectivity", "Int64", 1, connectivity) + array("offsets", "Int64", 1, offsets)
        + array("types", "UInt8", 1, [10] * len(cells) + [5] * len(triangles)) + "</Cells>\n<PointData>\n"
        + array("unloaded_xyz", "Float64", 3, positions[1]) + array("fixed", "Int32", 1, [int(row[3] != "0") for row in nodes])
        + "</PointData>\n<CellData>\n" + array("tag", "Int32", 1, tags) + "</CellData>\n</Piece>\n</UnstructuredGrid>\n</VTKFile>\n")
    print(f"written: {output} ({len(nodes)} nodes, {len(cells)} tetrahedra, {len(triangles)} triangles)")


if __name__ == "__main__":
    main()
