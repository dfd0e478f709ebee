#!/usr/bin/env python3
"""Measures yinma beside what a user would run instead, on corpora made from a seed.

usage: bench.py [speed|accuracy|all] [--only CASE…] [--build FOLDER] [--size MB] [--stream MB]
                [--runs N]

Page cache warm (but for the case `cold`), medians, the programs of one case in turn. Every program
writes to a pipe that is drained, and its counts are checked. Results go to benchmarks/results/ with
the machine and the versions. speed/cases.py has the cases and their goals.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
CORPORA = HERE / "corpora"
RESULTS = HERE / "results"
sys.path[:0] = [str(HERE), str(ROOT / "tests/cli")]
sys.dont_write_bytecode = True

from speed import cases, peers, plots, table  # noqa: E402
from speed.corpora import Corpora  # noqa: E402
from speed.running import Environment  # noqa: E402


class Bench:
    """What every case needs."""

    def __init__(self, arguments, environment):
        self.here, self.build, self.environment = HERE, arguments.build, environment
        self.runs, self.stream = arguments.runs, arguments.stream
        self.corpora = Corpora(arguments.build, CORPORA, arguments.size)


def bench_speed(arguments, environment):
    bench = Bench(arguments, environment)
    done = {}
    for name in arguments.only:
        function, subject = cases.CASES[name]
        done[name] = cases.Case(bench, name)
        function(done[name], subject)
        table.show_case(name, done[name])
    print("\n" + table.markdown(done))
    picture = RESULTS / f"{time.strftime('%Y-%m-%d')}-speed.svg"
    if not arguments.no_record and plots.plot(done, picture):
        print(f"\nplotted in {picture.relative_to(ROOT)}")
    return {name: {"programs": case.rows, "checks": [check.as_row() for check in case.checks]}
            for name, case in done.items()}


def bench_accuracy(arguments, environment):
    """Labelled corpora and real text; see benchmarks/accuracy/README.md."""
    sys.path.insert(0, str(HERE / "accuracy"))
    from measure import measure, show
    from real_text import measure_real_text, show_real_text
    program = str(arguments.build / "yinma")
    with tempfile.TemporaryDirectory() as folder:
        result, score = measure(program, folder, environment.variables)
    show(result, score)
    CORPORA.mkdir(exist_ok=True)
    real = measure_real_text(program, CORPORA, environment.variables)
    show_real_text(real)
    tables = {name: {" ".join(filter(None, key)): counts for key, counts in sorted(rows.items())}
              for name, rows in (("fields", score.fields), ("text", score.text),
                                 ("states", score.states))}
    return {**result, **tables, "real_text": real}


def machine():
    model = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text("utf-8"))
    return {"processor": model.group(1) if model else platform.processor(),
            "processors": os.cpu_count(), "system": platform.platform(),
            "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)}


def versions(build):
    done = subprocess.run([str(build / "yinma"), "--version"], capture_output=True, text=True)
    return {"yinma": done.stdout.strip(), **peers.versions()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("what", nargs="?", default="speed", choices=["speed", "accuracy", "all"])
    parser.add_argument("--only", nargs="+", choices=cases.CASES, default=list(cases.CASES),
                        metavar="CASE", help=f"of {', '.join(cases.CASES)}")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--size", type=int, default=500, help="MB of each corpus")
    parser.add_argument("--stream", type=int, default=10000, help="MB on standard input")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-record", action="store_true", help="write no file to results/")
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    benches = {"speed": bench_speed, "accuracy": bench_accuracy}
    chosen = list(benches) if arguments.what == "all" else [arguments.what]
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = Environment(folder)
        report = {"machine": machine(), "versions": versions(arguments.build),
                  "measured": time.strftime("%Y-%m-%d")}
        for name in chosen:
            report[name] = benches[name](arguments, environment)
    if not arguments.no_record:
        target = RESULTS / f"{report['measured']}-{'-'.join(chosen)}.json"
        target.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
        print(f"\nrecorded in {target.relative_to(ROOT)}")
    faulty = [name for case in report.get("speed", {}).values()
              for name, row in case["programs"].items() if "fault" in row]
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
