#!/usr/bin/env python3
"""Measures yinma beside what a user would run instead, on corpora made from a seed.

usage: bench.py [speed|memory|accuracy|all] [--build FOLDER] [--size MB] [--stream MB] [--runs N]

Page cache warm, medians, the programs of one corpus interleaved. Every program writes to a pipe
that is drained: grep and ugrep stop at the first match when they write to /dev/null. Counts are
checked. Results go to benchmarks/results/ with the machine and the versions.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
CORPORA = HERE / "corpora"
RESULTS = HERE / "results"
KINDS = ("dense", "clean", "weblog", "waybill", "waybill-big5", "ndjson")
sys.path.insert(0, str(ROOT / "tests/cli"))
sys.dont_write_bytecode = True


class Environment:
    """Own caches and keys, so that nothing of the user's is touched or read."""

    def __init__(self, folder):
        self.variables = {**os.environ, "HOME": folder, "XDG_CONFIG_HOME": folder,
                          "LC_ALL": "C.UTF-8"}


def shapes():
    text = (HERE / "shapes.h").read_text("utf-8")
    return re.findall(r'#define SHAPE_\w+ "(.*)"', text)


def make_corpus(build, kind, megabytes):
    """(path, counts of what was planted); made once."""
    CORPORA.mkdir(exist_ok=True)
    suffix = {"dense": "sql", "clean": "sql", "weblog": "log", "waybill": "csv",
              "waybill-big5": "csv", "ndjson": "ndjson"}[kind]
    path = CORPORA / f"{kind}-{megabytes}.{suffix}"
    counts = path.with_suffix(".json")
    if not counts.exists():
        with open(path, "wb") as out:
            done = subprocess.run([build / "benchmarks/bench_corpus", kind, str(megabytes)],
                                  stdout=out, stderr=subprocess.PIPE, check=True)
        counts.write_bytes(done.stderr)
    return path, json.loads(counts.read_text("utf-8"))


SCAN_PIPE, GUARD_PIPE = "yinma scan -j1 -", "yinma guard"
GOAL_GUARD = 0.9  # throughput of guard against scan of the same stream; wants two free processors
GOAL_J2 = 1.7  # one large file: two workers against one


def drained(command, environment):
    """Seconds and output of COMMAND, its output read to the end through a pipe."""
    started = time.perf_counter()
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=environment.variables)
    return time.perf_counter() - started, done


def count_of(done):
    return int(done.stdout.split()[-1] if done.stdout.split() else b"0")


def programs(build, path, counts):
    """{name: (command, check of its output → matches)} for one corpus."""
    expressions = [word for shape in shapes() for word in ("-e", shape)]
    planted = sum(counts[k] for k in ("tw_national_id", "phone_mobile", "phone_landline",
                                      "card_number"))

    def peer(done):
        matches = count_of(done)
        if matches < planted * 0.98:  # of two overlapping numbers they count one
            raise RuntimeError(f"counted {matches} of {planted}")
        return matches

    def own(done):
        found = {}
        for line in done.stdout.decode().splitlines():
            record = json.loads(line)
            if record["type"] == "field":
                found[record["kind"]] = found.get(record["kind"], 0) + record["clear"]
        for kind, count in counts.items():
            if kind != "rows" and found.get(kind, 0) != count:
                raise RuntimeError(f"{kind}: found {found.get(kind, 0)}, planted {count}")
        return sum(found.values())

    def passed(done):
        if f"passed {path.stat().st_size} " not in done.stdout.decode():
            raise RuntimeError(f"the guard did not let everything pass: {done.stdout.decode()}")

    def pass_line(done):
        return json.loads(done.stdout)["matches"]

    listed = {
        "yinma -j1": ([build / "yinma", "scan", "-j", "1", "--format", "ndjson", path], own),
        "yinma -j2": ([build / "yinma", "scan", "-j", "2", "--format", "ndjson", path], own),
        SCAN_PIPE: (["sh", "-c", '"$0" scan -j 1 --format ndjson - < "$1"', build / "yinma", path], own),
        # what reads the other end of the pipe is not counted
        GUARD_PIPE: (["sh", "-c", '"$0" guard --fail-on never < "$1" 2>&1 > /dev/null', build / "yinma",
                      path], passed),
        "rg -a -j1 --count-matches": (["rg", "--no-config", "-a", "-j1", "--count-matches",
                                       *expressions, path], peer),
        "ugrep -a -J1 -co": (["ugrep", "-a", "-J1", "-co", *expressions, path],
                             peer),
        "read(2)": ([build / "benchmarks/bench_read_only", path], pass_line),
        "hyperscan, shapes": ([build / "benchmarks/bench_hyperscan_shapes", path], pass_line),
        "lattice alone": ([build / "benchmarks/bench_lattice_only", path], pass_line),
    }
    return {name: entry for name, entry in listed.items()
            if not str(entry[0][0]).startswith(str(build)) or os.access(entry[0][0], os.X_OK)}


def measure_corpus(build, kind, megabytes, runs, environment):
    path, counts = make_corpus(build, kind, megabytes)
    size = path.stat().st_size
    subprocess.run([build / "benchmarks/bench_read_only", path], stdout=subprocess.DEVNULL,
                   check=True)
    listed = programs(build, path, counts)
    times, matches, faults = {name: [] for name in listed}, {}, {}
    for _ in range(runs):
        for name, (command, check) in listed.items():
            seconds, done = drained(command, environment)
            try:
                matches[name] = check(done)
            except (RuntimeError, ValueError, KeyError) as fault:
                faults[name] = f"{fault} {done.stderr[-300:].decode('utf-8', 'replace')}".strip()
            # Single-purpose programs time themselves, without compiling or starting.
            times[name].append(json.loads(done.stdout)["seconds"]
                               if "bench_" in str(command[0]) and done.stdout else seconds)
    rows = {}
    for name in listed:
        median = statistics.median(times[name])
        rows[name] = {"seconds": round(median, 4), "gb_per_second": round(size / median / 1e9, 3),
                      "matches": matches.get(name), "runs": [round(t, 4) for t in times[name]]}
        if name in faults:
            rows[name]["fault"] = faults[name]
    return {"bytes": size, "planted": counts, "programs": rows, "ratios": ratios(rows)}


def ratios(rows):
    def speed(name):
        return rows.get(name, {}).get("gb_per_second", 0)
    found = {}
    peers = max(speed("rg -a -j1 --count-matches"), speed("ugrep -a -J1 -co"))
    if peers:
        found["yinma : faster of rg, ugrep"] = round(speed("yinma -j1") / peers, 2)
    if speed("yinma -j1"):
        found[f"yinma -j2 : -j1 (goal {GOAL_J2})"] = round(speed("yinma -j2") / speed("yinma -j1"), 2)
    if speed(SCAN_PIPE):
        found[f"guard : scan (goal {GOAL_GUARD})"] = round(speed(GUARD_PIPE) / speed(SCAN_PIPE), 2)
    if speed("hyperscan, shapes"):
        found["lattice alone : hyperscan, shapes"] = round(
            speed("lattice alone") / speed("hyperscan, shapes"), 1)
    return found


def bench_speed(arguments, environment):
    results = {}
    for kind in arguments.corpora:
        results[kind] = measure_corpus(arguments.build, kind, arguments.size, arguments.runs,
                                       environment)
        print(f"\n{kind}, {results[kind]['bytes'] / 1e6:.0f} MB")
        for name, row in results[kind]["programs"].items():
            fault = f"   WRONG: {row['fault']}" if "fault" in row else ""
            print(f"  {name:28} {row['gb_per_second']:8.3f} GB/s {row['matches'] or 0:>12} "
                  f"matches{fault}")
        for name, ratio in results[kind]["ratios"].items():
            goal = GOAL_J2 if "-j2" in name else GOAL_GUARD if "guard" in name else None
            met = "" if goal is None else "  met" if ratio >= goal else "  missed"
            print(f"  {name:36} {ratio:8.2f}{met}")
    return results


def peak_memory(command, environment, feed=None):
    """Highest sum of PSS over COMMAND and its workers, in bytes; FEED: a command for its input."""
    from harness import proportional_memory
    feeder = subprocess.Popen(feed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) \
        if feed else None
    process = subprocess.Popen(command, stdin=feeder.stdout if feeder else subprocess.DEVNULL,
                               stdout=subprocess.PIPE, env=environment.variables)
    if feeder:
        feeder.stdout.close()
    samples, stop = [], threading.Event()

    def watch():
        while not stop.wait(0.05):
            samples.append(proportional_memory(process.pid))
    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    output = process.stdout.read()
    status = process.wait()
    seconds = time.perf_counter() - started
    stop.set()
    watcher.join()
    if feeder:
        feeder.wait()
    summary = json.loads(output.splitlines()[-1])
    half = len(samples) // 2
    return {"peak_bytes": max(samples), "peak_first_half": max(samples[:half] or [0]),
            "peak_second_half": max(samples[half:] or [0]), "seconds": round(seconds, 2),
            "bytes_read": summary["bytes_read"], "values": summary["values"], "status": status}


def bench_memory(arguments, environment):
    build = arguments.build
    scan = [str(build / "yinma"), "scan", "-j", "2", "--format", "ndjson"]
    path, _ = make_corpus(build, "dense", arguments.size)
    results = {
        f"file of {arguments.size} MB": peak_memory([*scan, str(path)], environment),
        f"stream of {arguments.stream} MB on standard input": peak_memory(
            [*scan, "-"], environment,
            [str(build / "benchmarks/bench_corpus"), "dense", str(arguments.stream)]),
    }
    for name, row in results.items():
        print(f"  {name:48} peak {row['peak_bytes'] / 1e6:6.1f} MB (first half "
              f"{row['peak_first_half'] / 1e6:.1f}, second {row['peak_second_half'] / 1e6:.1f}), "
              f"{row['bytes_read'] / row['seconds'] / 1e9:.2f} GB/s")
    return results


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
    found = {}
    for name, command in {"yinma": [build / "yinma", "--version"], "ripgrep": ["rg", "--version"],
                          "ugrep": ["ugrep", "--version"]}.items():
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        found[name] = done.stdout.strip().split("\n")[0] if name != "yinma" else done.stdout.strip()
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("what", nargs="?", default="speed",
                        choices=["speed", "memory", "accuracy", "all"])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--size", type=int, default=500, help="MB of each corpus")
    parser.add_argument("--stream", type=int, default=10000, help="MB on standard input")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--corpora", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--no-record", action="store_true", help="write no file to results/")
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    benches = {"speed": bench_speed, "memory": bench_memory, "accuracy": bench_accuracy}
    chosen = list(benches) if arguments.what == "all" else [arguments.what]
    with tempfile.TemporaryDirectory() as folder:
        environment = Environment(folder)
        report = {"machine": machine(), "versions": versions(arguments.build),
                  "measured": time.strftime("%Y-%m-%d")}
        for name in chosen:
            report[name] = benches[name](arguments, environment)
    if not arguments.no_record:
        RESULTS.mkdir(exist_ok=True)
        target = RESULTS / f"{report['measured']}-{'-'.join(chosen)}.json"
        target.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
        print(f"\nrecorded in {target.relative_to(ROOT)}")
    faulty = [row for corpus in report.get("speed", {}).values()
              for row in corpus["programs"].values() if "fault" in row]
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
