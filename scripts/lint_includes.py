#!/usr/bin/env python3
"""Checks who includes whom: the rules of docs/design.md, section "Who may know whom".

usage: lint_includes.py [ROOT]     prints one line per violation; exit code 1 if there is any

1. core <- meshes <- {electrophysiology, mechanics} <- coupling <- apps, circulation and report beside them on core;
   electrophysiology, mechanics and circulation never meet.
2. A pointwise model sees its contract, the registry, its parameters, units and helpers of its own folder; no MPI, no deal.II.
3. deal.II only in core/linear and mechanics; Trilinos only in core/linear; SUNDIALS only in core/ode; VTK, HDF5 and
   Catalyst only in core/output; METIS only in core/mesh; Gmsh and pugixml only in meshes/sources.
4. Own headers are named from the project's root ("core/units.h") and exist.
Tests may include anything but must name headers that exist.
"""
import re
import sys
from pathlib import Path

# A part and the parts that it may include beside itself.
PARTS = {
    "core": set(),
    "meshes": {"core"},
    "circulation": {"core"},
    "report": {"core", "circulation"},
    "electrophysiology": {"core", "meshes"},
    "mechanics": {"core", "meshes"},
    "coupling": {"core", "meshes", "circulation", "report", "electrophysiology", "mechanics"},
    "apps": {"core", "meshes", "circulation", "report", "electrophysiology", "mechanics", "coupling"},
}

# Folders of pointwise models: their own headers and these are all they may include.
MODEL_FOLDERS = (
    "electrophysiology/ionic_models",
    "mechanics/materials",
    "mechanics/active_tension",
    "circulation/loops",
    "circulation/elements",
    "circulation/compartments",
    "circulation/valves",
    "coupling/devices",
)
MODEL_MAY_SEE = {"core/registry.h", "core/registries.h", "core/parameters/parameters.h", "core/units.h", "core/error.h"}
# The circulation's contracts stand one folder up; loops and elements are made of valves.
MODEL_FOLDER_MAY_SEE = {
    "circulation/loops": ("circulation/valves", "circulation/circulation.h", "circulation/network.h"),
    "circulation/elements": ("circulation/valves", "circulation/element.h"),
    # A device sees ports, never a solver.
    "coupling/devices": ("circulation/amendments.h", "circulation/element.h", "core/checkpoint/archive.h",
                         "electrophysiology/electrode_ports.h", "mechanics/boundary/surface_term.h", "meshes/anatomy.h"),
    "circulation/compartments": ("circulation/compartment.h", "circulation/elastance.h"),
}
SLEEF_FOLDER = "electrophysiology/ionic_models"

# Library, pattern of its headers, folders that may include them.
LIBRARIES = (
    ("deal.II", r"deal\.II/", ("core/linear", "mechanics")),
    ("Trilinos", r"(Trilinos|Epetra|ml_|ML_|Ifpack|Teuchos|AztecOO|Amesos|Sacado|Zoltan|zoltan|NOX|ROL_)", ("core/linear",)),
    ("SUNDIALS", r"(cvodes?|arkode|idas?|kinsol|nvector|sunmatrix|sunlinsol|sunnonlinsol|sundials)/", ("core/ode",)),
    ("VTK, HDF5 or Catalyst", r"(vtk|hdf5|H5|catalyst|Catalyst)", ("core/output",)),
    ("METIS", r"(par)?metis\.h$", ("core/mesh",)),
    ("Gmsh", r"gmsh", ("meshes/sources",)),
    ("pugixml", r"pugixml", ("meshes/sources",)),
    ("SLEEF", r"sleef", (SLEEF_FOLDER,)),
    ("CLI11", r"CLI/", ("apps",)),
)
MODEL_MAY_NOT_SEE = re.compile(r"(mpi\.h|gmsh|vtk|CLI/|spdlog/|nlohmann/)")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def inside(path, folder):
    return path == folder or path.startswith(folder + "/")


def model_folder(file):
    return next((folder for folder in MODEL_FOLDERS if inside(str(Path(file).parent), folder)), None)


def check_library(file, header):
    for library, pattern, folders in LIBRARIES:
        if re.match(pattern, header) and not any(inside(file, folder) for folder in folders):
            return f"{library} belongs to {' and '.join(folders)} alone"
    if model_folder(file) and MODEL_MAY_NOT_SEE.match(header):
        return "a pointwise model sees no MPI, file format or user interface"
    return None


def check_own(file, header, root):
    """`header` is named with quotes: one of the project's own."""
    if header.startswith("generated/"):
        return None
    part, target = file.split("/")[0], header.split("/")[0]
    if not (root / header).is_file():
        return "no such file below the project's root (own headers are named from there)"
    if part == "tests":
        return None
    if target not in PARTS:
        return f"'{target}' is not a part of the program"
    if target != part and target not in PARTS[part]:
        return f"{part} may not know {target}"
    folder = model_folder(file)
    # The pointwise rule binds every file of such a folder: contract, helpers and models.
    allowed = (folder, *MODEL_FOLDER_MAY_SEE.get(folder, ()))
    if folder and header not in MODEL_MAY_SEE and not any(inside(header, known) for known in allowed):
        return f"a pointwise model in {folder} sees its own folder and {', '.join(sorted(MODEL_MAY_SEE))} alone"
    return None


def check_line(file, line, root):
    found = INCLUDE.match(line)
    if not found:
        return None, None
    quote, header = found.groups()
    if quote == "<" and header.split("/")[0] in PARTS and (root / header).is_file():
        return header, "own headers are included with quotes"
    if quote == '"':
        return header, check_own(file, header, root)
    return header, None if file.startswith("tests/") else check_library(file, header)


def violations(root):
    for part in [*PARTS, "tests"]:
        for path in sorted((root / part).rglob("*")):
            if path.suffix not in (".h", ".cc"):
                continue
            file = path.relative_to(root).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                header, problem = check_line(file, line, root)
                if problem:
                    yield f"{file}:{number}: includes {header}: {problem}"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    if not any((root / part).is_dir() for part in PARTS):
        print(f"{root} holds none of {', '.join(PARTS)}", file=sys.stderr)
        return 2
    found = list(violations(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
