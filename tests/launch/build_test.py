"""scripts/build.sh: what it shows and when, with a CMake that pretends."""
import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/build.sh"
STEPS = "for k in $(seq 1 60); do echo \"[$k/60] step\"; done\n"


class Build(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        self.write("scripts/build.sh", SCRIPT.read_text())
        self.write("scripts/install.sh", "#!/bin/sh\n")
        self.log = self.folder / "build/release/build.log"

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, name, text):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)

    def start(self, cmake):
        self.write("bin/cmake", "#!/bin/bash\n" + cmake)
        return subprocess.Popen([self.folder / "scripts/build.sh", "vivicor"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True, env={**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}"})

    def build(self, cmake):
        process = self.start(cmake)
        text = process.communicate()[0]
        return process.returncode, text

    def test_shows_one_step_in_25_and_all_else(self):
        code, text = self.build('[[ $1 == --preset ]] && exit\n' + STEPS + "echo warning: odd\n")
        self.assertEqual(code, 0, text)
        self.assertEqual(text.splitlines(), ["[1/60] step", "[26/60] step", "[51/60] step", "warning: odd"])
        self.assertIn("[60/60] step", self.log.read_text())

    def test_shows_each_at_once(self):
        process = self.start('[[ $1 == --preset ]] && exit\necho "[1/60] step"; sleep 8\n')
        start = time.monotonic()
        self.assertEqual(process.stdout.readline(), "[1/60] step\n")
        self.assertLess(time.monotonic() - start, 6)
        process.communicate()

    def test_another_trees_build_is_named_and_nothing_else(self):
        self.write("build/release/CMakeCache.txt", "CMAKE_HOME_DIRECTORY:INTERNAL=/another/tree\n")
        self.log.write_text("what another tree's build said\n")
        code, text = self.build("echo CMake was asked; exit 1\n")
        self.assertEqual(code, 2)
        self.assertEqual(text.count("\n"), 1, text)
        self.assertIn("belongs to another tree (/another/tree)", text)

    def test_this_trees_build_goes_on(self):
        self.write("build/release/CMakeCache.txt", f"CMAKE_HOME_DIRECTORY:INTERNAL={self.folder}\n")
        self.assertEqual(self.build("exit 0\n"), (0, ""))

    def test_a_folder_that_cannot_be_written_is_the_reason(self):
        self.log.mkdir(parents=True)  # a folder in the way: root passes over permissions
        (self.log / "old.txt").write_text("what another tree's build said\n")
        code, text = self.build("echo CMake was asked; exit 1\n")
        self.assertEqual(code, 2)
        self.assertEqual(text.count("\n"), 1, text)
        self.assertIn("cannot write to", text)

    def test_a_failure_comes_with_its_messages(self):
        code, text = self.build('[[ $1 == --preset ]] && { echo no compiler; exit 1; }\n')
        self.assertEqual(code, 2)
        self.assertIn("no compiler", text)
        code, text = self.build('[[ $1 == --preset ]] && exit\necho "error: no"; exit 1\n')
        self.assertEqual(code, 2)
        self.assertIn("error: no", text)
        self.assertIn("the build failed", text)


if __name__ == "__main__":
    unittest.main()
