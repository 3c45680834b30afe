#!/usr/bin/env python3
"""One new file is all that a new reader, observer or model takes: in a copy of the tree, each file of tests/support/trial is added at
its place, nothing else is edited, and the rebuilt program and its conformance tests must know it.

usage: trial.py SOURCE WORK [CMAKE_OPTION...]

A trial says what is to be tried in lines of its comment:
    // trial name: NAME          as registered
    // trial explain: KEY        an entry that it declares
    // trial deck: JSON          laid over the minimal heart; `check` must accept it
    // trial file: NAME CONTENT  beside that deck, if it needs one
    // trial summary: KEY        of summary.json after a short run with that deck, if it has any
"""
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

EVERYWHERE = "coupling"  # the part whose conformance tests see every registry


class Trial:
    def __init__(self, root, file):
        self.place = file.relative_to(root)
        self.file = file
        said = dict(re.findall(r"^// trial (\w+): (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE))
        self.name, self.key, self.deck = said["name"], said["explain"], json.loads(said["deck"])
        self.data, self.summary = said.get("file"), said.get("summary")
        self.part = self.place.parts[0]


def run(command, **options):
    print("+", " ".join(map(str, command)), flush=True)
    return subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)


def must(command, **options):
    done = run(command, **options)
    if done.returncode != 0:
        sys.exit(f"exit code {done.returncode}\n{done.stdout[-6000:]}")
    return done.stdout


def copy_tree(source, tree):
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(source, tree, ignore=shutil.ignore_patterns("build", "results", ".git", "__pycache__"), symlinks=True)


def build(tree, targets, options, first):
    folder = tree / "build" / "release"
    if first:
        must(["cmake", "-S", tree, "-B", folder, "-G", "Ninja", *options])
    return must(["cmake", "--build", folder, "--parallel", os.environ.get("VIVICOR_TRIAL_JOBS", "2"), "--target", *targets])


def conformance_programs(tree, trials):
    parts = {EVERYWHERE, *(trial.part for trial in trials)}
    return sorted(f"conformance_{part}" for part in parts if (tree / "tests" / "conformance" / part).is_dir())


def known_by_the_program(program, trial, folder, minimal):
    failures = []

    def expect(text, arguments, code=0):
        done = run([program, *arguments], cwd=folder)
        if done.returncode != code or text not in done.stdout:
            failures.append(f"{trial.place}: 'vivicor {' '.join(arguments)}' gave {done.returncode}, without '{text}'\n{done.stdout[-2000:]}")

    expect(f"  {trial.name} ", ["list", "models"])
    expect(trial.name, ["explain", trial.name])
    expect(trial.key.split(".")[-1], ["explain", trial.key])
    expect(f"`{trial.name}`", ["explain", "--markdown"])
    expect(f"`{trial.key.split('.')[-1]}`", ["explain", "--markdown"])
    if trial.data:
        name, content = trial.data.split(" ", 1)
        (folder / name).write_text(content + "\n", encoding="utf-8")
    deck = folder / f"{trial.name}.json"
    deck.write_text(json.dumps({"base": str(minimal), **trial.deck}), encoding="utf-8")
    expect("no fault found", ["check", deck.name])
    if trial.summary:
        results = folder / f"{trial.name}.results"
        expect("", ["run", deck.name, "--quiet", "--set", "time.end=4ms", "--set", "output.fields_every=0ms", "--overwrite", "--output",
                    results.name])
        node = json.loads((results / "summary.json").read_text(encoding="utf-8"))
        for key in trial.summary.split("."):
            node = node.get(key) if isinstance(node, dict) else None
        if not node:
            failures.append(f"{trial.place}: summary.json has no {trial.summary}")
    return failures


def known_by_the_tests(folder, programs, trials):
    failures = []
    for program in programs:
        path = folder / "tests" / program
        listed = must([path, "--gtest_list_tests"])
        mine = [t for t in trials if program in (f"conformance_{t.part}", f"conformance_{EVERYWHERE}")]
        for trial in mine:
            if program == f"conformance_{trial.part}" and trial.name not in listed:
                failures.append(f"{program} has no test of {trial.name}")
        names = ":".join(f"*{t.name}*" for t in mine)
        done = run([path, f"--gtest_filter={names}:*Kinds.*"], cwd=folder)
        if done.returncode != 0:
            failures.append(f"{program} fails\n{done.stdout[-4000:]}")
    return failures


def main():
    source, work, options = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3:]
    root = source / "tests" / "support" / "trial"
    trials = [Trial(root, file) for file in sorted(root.rglob("*.cc"))]
    if not trials:
        sys.exit(f"no trials in {root}")
    tree = work / "tree"
    copy_tree(source, tree)
    programs = conformance_programs(tree, trials)
    targets = ["vivicor", *programs]
    build(tree, targets, options, first=True)
    for trial in trials:
        shutil.copy(trial.file, tree / trial.place)
    print(build(tree, targets, options, first=False)[-3000:])  # the build finds the new files by itself
    folder, failures = tree / "build" / "release", []
    for trial in trials:
        failures += known_by_the_program(folder / "vivicor", trial, work, tree / "parameters" / "minimal" / "heart.json")
    failures += known_by_the_tests(folder, programs, trials)
    print("\n".join(failures) or f"{len(trials)} trials are known everywhere")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
