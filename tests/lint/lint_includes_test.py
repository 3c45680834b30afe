"""The include linter finds every kind of violation in a small tree, and nothing in a clean one."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

LINTER = Path(__file__).parents[2] / "scripts" / "lint_includes.py"

CLEAN = {
    "core/units.h": "",
    "core/registry.h": '#include "core/units.h"\n',
    "core/mpi.h": "#include <mpi.h>\n",
    "core/linear/solver.cc": "#include <deal.II/lac/trilinos_vector.h>\n#include <Epetra_Vector.h>\n",
    "core/ode/cvode.cc": "#include <cvode/cvode.h>\n#include <sundials/sundials_types.h>\n",
    "core/output/map.cc": "#include <vtkNew.h>\n",
    "core/provenance.cc": '#include "generated/build_info.h"\n',
    "meshes/anatomy.h": '#include "core/units.h"\n',
    "meshes/sources/vtu.cc": '#include "meshes/anatomy.h"\n#include <pugixml.hpp>\n',
    "electrophysiology/ionic_models/ionic_model.h": '#include "core/registry.h"\n',
    "electrophysiology/ionic_models/simd.h": "#include <sleef.h>\n",
    "electrophysiology/ionic_models/a.cc": '#include "electrophysiology/ionic_models/ionic_model.h"\n#include <cmath>\n',
    "electrophysiology/tissue.h": '#include "meshes/anatomy.h"\n#include "core/mpi.h"\n',
    "mechanics/solid.h": '#include "meshes/anatomy.h"\n#include <deal.II/base/tensor.h>\n',
    "coupling/tasks/run.h": '#include "electrophysiology/tissue.h"\n#include "mechanics/solid.h"\n',
    "apps/main.cc": '#include "coupling/tasks/run.h"\n#include <CLI/CLI.hpp>\n',
    "tests/unit/core/a_test.cc": '#include "core/units.h"\n#include <pugixml.hpp>\n#include <gtest/gtest.h>\n',
}

# file, line added to it, words of the message
VIOLATIONS = [
    ("core/units.h", '#include "meshes/anatomy.h"', "core may not know meshes"),
    ("meshes/anatomy.h", '#include "coupling/tasks/run.h"', "meshes may not know coupling"),
    ("electrophysiology/tissue.h", '#include "mechanics/solid.h"', "electrophysiology may not know mechanics"),
    ("mechanics/solid.h", '#include "electrophysiology/tissue.h"', "mechanics may not know electrophysiology"),
    ("coupling/tasks/run.h", '#include "apps/main.cc"', "coupling may not know apps"),
    ("electrophysiology/ionic_models/a.cc", '#include "core/mpi.h"', "pointwise model"),
    ("electrophysiology/ionic_models/a.cc", "#include <mpi.h>", "pointwise model"),
    ("electrophysiology/ionic_models/a.cc", "#include <deal.II/base/tensor.h>", "deal.II"),
    ("electrophysiology/tissue.h", "#include <deal.II/base/tensor.h>", "deal.II"),
    ("mechanics/solid.h", "  #  include <Epetra_Vector.h>", "Trilinos"),
    ("meshes/anatomy.h", "#include <cvode/cvode.h>", "SUNDIALS"),
    ("meshes/anatomy.h", "#include <vtkNew.h>", "VTK"),
    ("core/units.h", "#include <hdf5.h>", "HDF5"),
    ("core/output/map.cc", "#include <pugixml.hpp>", "pugixml"),
    ("meshes/anatomy.h", "#include <gmsh.h>", "Gmsh"),
    ("core/linear/solver.cc", "#include <metis.h>", "METIS"),
    ("mechanics/solid.h", "#include <sleef.h>", "SLEEF"),
    ("core/mpi.h", "#include <CLI/CLI.hpp>", "CLI11"),
    ("core/registry.h", '#include "units.h"', "no such file"),
    ("tests/unit/core/a_test.cc", '#include "core/gone.h"', "no such file"),
    ("core/registry.h", "#include <core/units.h>", "quotes"),
]


def lint(tree):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in tree.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        done = subprocess.run([sys.executable, LINTER, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()


class LintIncludes(unittest.TestCase):
    def test_clean_tree(self):
        self.assertEqual(lint(CLEAN), (0, []))

    def test_each_violation(self):
        for file, line, words in VIOLATIONS:
            with self.subTest(file=file, line=line):
                code, found = lint({**CLEAN, file: CLEAN[file] + line + "\n"})
                self.assertEqual(code, 1)
                self.assertEqual(len(found), 1, found)
                number = CLEAN[file].count("\n") + 1
                self.assertTrue(found[0].startswith(f"{file}:{number}: "), found[0])
                self.assertIn(words, found[0])

    def test_a_folder_without_parts(self):
        self.assertEqual(lint({"elsewhere/a.h": ""})[0], 2)


if __name__ == "__main__":
    unittest.main()
