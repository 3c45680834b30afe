#!/usr/bin/env python3
"""Strong and weak scaling of a deck: runs it on several numbers of ranks and prints the tables in Markdown.

strong: the same heart on every number of ranks.
weak:   the generated heart with element_size / ranks^(1/3), so that the cells of a rank stay about as many.

    cluster/scaling/scaling.py strong parameters/whole_heart/heart.json --ranks 1 2 --until '40 ms'
    cluster/scaling/scaling.py weak parameters/whole_heart/heart.json --ranks 1 2 --element-size 5

Everything comes from the runs' summary.json: times of rank 0 without setup and preload, traffic a step and rank.
"""
import argparse
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

PARTS = ("ionic", "diffusion", "mechanics_assembly", "mechanics_solve", "output")


def run(options, ranks, settings):
    """summary.json of one run."""
    with tempfile.TemporaryDirectory() as folder:
        results = pathlib.Path(folder) / "results"
        command = shlex.split(options.launcher.format(ranks=ranks)) + [options.vivicor, "run", options.deck, "-q", "-o", str(results)]
        for setting in [f"time.end={options.until}", *settings, *options.set]:
            command += ["--set", setting]
        print(shlex.join(command), file=sys.stderr)
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"the run on {ranks} ranks ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return json.loads((results / "summary.json").read_text())


def loop_seconds(summary):
    """Wall time of the time loop alone."""
    times = summary["time_s"]
    return summary["wall_s"] - times["setup"] - times["preload"] - times.get("unloading", 0)


def row(summary, reference, weak):
    ranks, loop = summary["ranks"], loop_seconds(summary)
    ideal = loop_seconds(reference) * (1 if weak else reference["ranks"] / ranks)
    parallel, mesh = summary["parallel"], summary["mesh"]
    return [ranks, mesh["mechanics_dofs"], mesh["ep_nodes"], f"{loop:.2f}", f"{100 * ideal / loop:.0f} %",
            *(f"{summary['time_s'][part]:.2f}" for part in PARTS),
            f"{parallel['imbalance_ionic']:.2f}", f"{parallel['imbalance_mechanics_assembly']:.2f}",
            f"{parallel['messages_per_step']:.0f}", f"{parallel['kB_per_step']:.0f}", f"{parallel['collectives_per_step']:.0f}",
            f"{summary['peak_memory_MB'] / ranks:.0f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("strong", "weak"))
    parser.add_argument("deck")
    parser.add_argument("--ranks", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--until", default="40 ms", help="simulated time (default: %(default)s)")
    parser.add_argument("--element-size", type=float, default=5, help="mm, weak: on one rank (default: %(default)s)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="of every run")
    parser.add_argument("--vivicor", default="build/release/vivicor")
    parser.add_argument("--launcher", default="mpirun --bind-to none -n {ranks}", help="srun -n {ranks}, for one (default: %(default)s)")
    options = parser.parse_args()

    weak = options.kind == "weak"
    print("| ranks | wall unknowns | voltage nodes | loop, s | efficiency | " + " | ".join(f"{p.replace('_', ' ')}, s" for p in PARTS)
          + " | imbalance ionic | assembly | messages | kB | collectives | MB a rank |")
    print("|---" * (11 + len(PARTS)) + "|")
    reference = None
    for ranks in options.ranks:
        size = options.element_size / ranks ** (1 / 3)
        summary = run(options, ranks, [f"mesh.element_size={size:.4f} mm"] if weak else [])
        reference = reference or summary
        print("| " + " | ".join(map(str, row(summary, reference, weak))) + " |", flush=True)


if __name__ == "__main__":
    main()
