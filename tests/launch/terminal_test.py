"""./run at a terminal: a typo, Ctrl-C, Ctrl-Z and kill, during set-up, preload and the beat, on one and on two ranks.

The terminal is real (a pseudo-terminal with an interactive shell); only the build is left out. usage: terminal_test.py PROGRAM
"""
import os
import pty
import re
import select
import signal
import sys
import tempfile
import time
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.argv.pop(1)).resolve()
PATIENCE = 300  # s for what a busy machine may take long for
ENDED = re.compile(r"ended with (\d+)\.")


class Terminal:
    """An interactive shell in a folder that looks like the project's, with the program built."""

    def __init__(self, folder):
        (folder / "scripts").mkdir()
        (folder / "build/release").mkdir(parents=True)
        for name in ("run", "scripts/launch.sh", "parameters"):
            (folder / name).symlink_to(SOURCE / name)
        (folder / "build/release/vivicor").symlink_to(PROGRAM)
        build = folder / "scripts/build.sh"
        build.write_text("#!/bin/sh\n")
        build.chmod(0o755)
        self.text = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
            os.chdir(folder)
            os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], {**clean, "PS1": "$ ", "TERM": "dumb"})

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def read(self, seconds=0.0):
        while select.select([self.fd], [], [], seconds)[0]:
            try:
                self.text += os.read(self.fd, 65536).decode(errors="replace")
            except OSError:
                return
            seconds = 0.0

    def wait_for(self, so, what, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while not so():
            if time.monotonic() > end:
                raise AssertionError(f"{what}: not within {seconds} s\n{self.text}")
            self.read(0.02)

    def start(self, command):
        self.text = ""
        self.type(f"{command}; echo ended with $?.\n")

    def ended(self):
        return ENDED.search(self.text.replace("ended with $?", ""))

    def code(self, seconds=PATIENCE):
        self.wait_for(self.ended, "the prompt", seconds)
        return int(self.ended().group(1))

    def close(self):
        for pid in [*processes("vivicor", self.pid), *processes("mpirun", self.pid), *processes("bash", self.pid), self.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def status(pid):
    try:
        return dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)
    except (FileNotFoundError, ProcessLookupError):
        return {}


def processes(name, ancestor):
    """Ids of the processes of that name below another one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and status(entry.name).get("Name") == name:
            above = int(entry.name)
            while above > 1 and above != ancestor:
                above = int(status(above).get("PPid", 0))
            if above == ancestor:
                found.append(int(entry.name))
    return found


def heeds(pid):
    """Whether the program has put its handlers in place."""
    return int(status(pid).get("SigCgt", "0"), 16) >> (signal.SIGTERM - 1) & 1


class AtATerminal(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        self.terminal = Terminal(self.folder)
        self.results = self.folder / "results/heart"

    def tearDown(self):
        self.terminal.close()
        self.temporary.cleanup()

    def run_command(self, ranks, more=""):
        self.terminal.start(f"./run parameters/minimal/heart.json --ranks {ranks} --output results/heart "
                            f"--set checkpoint.every=0ms {more}")

    def ranks(self):
        return processes("vivicor", self.terminal.pid)

    def script(self):
        return next(pid for pid in processes("bash", self.terminal.pid) if status(pid)["PPid"] == str(self.terminal.pid))

    def rows(self):
        table = self.results / "timeseries.csv"
        return table.read_text().count("\n") if table.exists() else 0

    def wait_for_set_up(self, ranks):
        self.terminal.wait_for(lambda: len(self.ranks()) == ranks and all(map(heeds, self.ranks())), "set-up")

    def wait_for_preload(self):
        self.terminal.wait_for(lambda: "nodes for the voltage; results in" in self.terminal.text, "preload")

    def wait_for_steps(self, count):
        before = self.rows()
        self.terminal.wait_for(lambda: self.rows() >= before + count, "steps")

    def expect_a_checkpoint(self, rows_before, slack=2):
        self.assertEqual(self.terminal.code(), 85, self.terminal.text)
        self.assertIn("with a checkpoint; go on with: ./run ", self.terminal.text)
        self.assertLessEqual(self.rows(), rows_before + slack, "it stops after the step that it is in")
        self.assertTrue(list(self.results.glob("checkpoints/*.checkpoint")))
        self.assertFalse(self.ranks())

    def expect_nothing(self, code, seconds):
        self.assertEqual(self.terminal.code(seconds), code, self.terminal.text)
        self.assertIn("before its first step; nothing was computed that could be resumed; start again with: ./run",
                      self.terminal.text)
        self.assertFalse(list(self.results.glob("checkpoints/*.checkpoint")))
        self.assertFalse(self.ranks())

    def typo(self, ranks):
        self.run_command(ranks, "--set time.ende=4ms")
        self.terminal.wait_for(lambda: "nearest: time.end" in self.terminal.text, "the message")
        self.assertEqual(self.terminal.code(5), 2)

    def early(self, ranks):
        self.run_command(ranks)
        self.wait_for_set_up(ranks)
        self.terminal.type("\x03")
        self.expect_nothing(130, 10)
        self.assertFalse((self.results / "timeseries.csv").exists())

        self.run_command(ranks)
        self.wait_for_preload()
        os.kill(self.ranks()[-1], signal.SIGTERM)  # one rank alone
        self.expect_nothing(143, 10)

        self.run_command(ranks)  # the same again is not refused: there are no results that would be lost
        self.wait_for_preload()
        os.kill(self.script(), signal.SIGTERM)
        self.expect_nothing(143, 10)

    def beat(self, ranks):
        self.run_command(ranks)
        self.wait_for_steps(3)
        rows = self.rows()
        self.terminal.type("\x03")
        self.expect_a_checkpoint(rows)

        # Ctrl-Z, and on in the foreground.
        self.run_command(ranks, "--resume")
        self.wait_for_steps(1)
        self.terminal.type("\x1a")
        self.assertEqual(self.terminal.code(10), 128 + signal.SIGSTOP)
        self.assertEqual({status(pid)["State"][0] for pid in self.ranks()}, {"T"})
        rows = self.rows()
        time.sleep(1)
        self.assertEqual(self.rows(), rows)
        self.terminal.start("fg")
        self.wait_for_steps(2)
        rows = self.rows()
        self.terminal.type("\x03")
        self.terminal.type("\x03")  # at once is one press, as a launcher may double it
        self.expect_a_checkpoint(rows)

        receivers = {"the script": self.script, "a rank": lambda: self.ranks()[-1]}
        if ranks > 1:
            receivers["mpirun"] = lambda: processes("mpirun", self.terminal.pid)[0]
        for name, receiver in receivers.items():
            with self.subTest(kill=name):
                self.run_command(ranks, "--resume")
                self.wait_for_steps(1)
                rows = self.rows()
                os.kill(receiver(), signal.SIGTERM)
                self.expect_a_checkpoint(rows, 12 if name == "mpirun" else 2)  # what mpirun got is looked for twice a second

        # Resumed, and stopped before a further step: what was there still is.
        self.run_command(ranks, "--resume")
        self.wait_for_set_up(ranks)
        self.terminal.type("\x03")
        self.assertEqual(self.terminal.code(10), 85, self.terminal.text)
        self.assertIn("its checkpoint stays as it was; go on with: ./run", self.terminal.text)


for number in (1, 2):
    for case in ("typo", "early", "beat"):
        setattr(AtATerminal, f"test_{case}_on_{number}", lambda self, case=case, number=number: getattr(self, case)(number))

if __name__ == "__main__":
    unittest.main()
