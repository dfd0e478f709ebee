"""What is measured, and against which goal. A case is a function that returns rows (what took how
long) and checks (a figure, its floor and its goal); the table at the end names them all."""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import threading
import time

from . import hostile, peers
from .running import Program, drop_from_cache, measure, warm


class Check:
    """VALUE held against a floor and a goal; more is better unless MOST is set. Without either it says
    what the machine can do at all."""

    def __init__(self, what, value, floor, goal, unit="", most=False):
        self.what, self.value, self.floor, self.goal = what, value, floor, goal
        self.unit, self.most = unit, most

    def reached(self, mark):
        return mark is not None and (self.value <= mark if self.most else self.value >= mark)

    @property
    def verdict(self):
        if self.goal is None:
            return "to compare"
        if self.reached(self.goal):
            return "met"
        return "floor met" if self.reached(self.floor) else "missed"

    def as_row(self):
        return {"what": self.what, "value": round(self.value, 3), "unit": self.unit,
                "floor": self.floor, "goal": self.goal, "most": self.most, "verdict": self.verdict}


class Case:
    def __init__(self, bench, name):
        self.bench, self.name, self.rows, self.checks = bench, name, {}, []

    def run(self, programs, size=None, before=None, runs=None):
        rows = measure(programs, runs or self.bench.runs, self.bench.environment, before)
        for row in rows.values():
            if size is not None:
                row["gb_per_second"] = round(size / row["seconds"] / 1e9, 3)
        self.rows.update(rows)
        return {name: row["seconds"] for name, row in rows.items()}

    def ratio(self, above, *below):
        """How many times as long ABOVE takes as the fastest of BELOW: of each round, whose programs ran
        within seconds of each other, and of these the median."""
        rounds = zip(self.rows[above]["runs"], *(self.rows[name]["runs"] for name in below))
        return statistics.median(over / min(under) for over, *under in rounds)

    def check(self, what, value, floor, goal, unit="", most=False):
        self.checks.append(Check(what, value, floor, goal, unit, most))


def scan(bench, path, workers, counts=None):
    """yinma on PATH; every value of COUNTS must be found and given to its kind."""
    def check(done):
        found = {}
        for line in done.stdout.decode().splitlines():
            record = json.loads(line)
            if record["type"] == "field":
                found[record["kind"]] = found.get(record["kind"], 0) + record["clear"]
        for kind, count in (counts or {}).items():
            if kind != "rows" and found.get(kind, 0) != count:
                raise RuntimeError(f"{kind}: found {found.get(kind, 0)}, planted {count}")
        return sum(found.values())
    return Program([bench.build / "yinma", "scan", "-j", str(workers), "--format", "ndjson", path],
                   check)


# ---- one plain file ----

def at_once(bench, path):
    """Two programs, each with one worker: what two processors of this machine can give at all, where
    caches and memory are shared and others may be at work."""
    alone = '"$0" scan -j 1 --format ndjson "$1"'
    return Program(["sh", "-c", f"{alone} > /dev/null & {alone} > /dev/null; status=$?; wait; exit $status",
                    bench.build / "yinma", path])


def check_workers(case, what):
    case.check(f"{what}, -j2 : -j1", case.ratio("yinma -j1", "yinma -j2"), 1.7, 1.85, "times")
    case.check(f"{what}, two programs at once : one", 2 * case.ratio("yinma -j1", "two programs at once"),
               None, None, "times")


PLAIN_GOALS = {  # GB/s, times the faster of rg and ugrep, times raw Hyperscan: (floor, goal) each
    "dense": ((1.0, 1.5), (2, 4), (5, 7)),
    "clean": ((2, 2.5), (3, 4), None),
    "weblog": ((2, 3), (4, 6), None),
    "waybill": ((0.9, 1.3), (3, 5), None),
    "waybill-big5": (None, None, None),
    "ndjson": ((0.7, 1.0), None, None),
}


def plain_file(case, kind):
    bench = case.bench
    path, counts = bench.corpora.plain(kind)
    warm(path)
    programs = {"yinma -j1": scan(bench, path, 1, counts), "yinma -j2": scan(bench, path, 2, counts),
                **peers.searchers(bench.here, path, counts),
                **peers.single_purpose(bench.build, path)}
    shared = kind in ("dense", "weblog", "waybill")
    if shared:
        programs["two programs at once"] = at_once(bench, path)
    seconds = case.run(programs, path.stat().st_size)
    absolute, against_peers, against_hyperscan = PLAIN_GOALS[kind]
    if absolute:
        case.check(f"{kind}, -j1", path.stat().st_size / seconds["yinma -j1"] / 1e9, *absolute, "GB/s")
    searchers = [name for name in ("rg", "ugrep") if name in seconds]
    if against_peers and searchers:
        case.check(f"{kind}, -j1 : faster of rg, ugrep", 1 / case.ratio("yinma -j1", *searchers),
                   *against_peers, "times")
    if against_hyperscan and "hyperscan" in seconds:
        case.check(f"{kind}, -j1 : raw Hyperscan", case.ratio("hyperscan", "yinma -j1"),
                   *against_hyperscan, "times")
    if shared:
        check_workers(case, f"{kind}, one file")


def big5_file(case, kind):
    """Beside the same rows in UTF-8: seconds a row, not a byte (a character takes two bytes instead of
    three)."""
    bench = case.bench
    plain_file(case, kind)
    path, counts = bench.corpora.plain(kind)
    utf8, utf8_counts = bench.corpora.plain("waybill")
    warm(utf8)
    case.run({"-j1": scan(bench, path, 1, counts),
              "-j1, the same in UTF-8": scan(bench, utf8, 1, utf8_counts)})
    case.check("waybill in Big5 : in UTF-8, time a row",
               case.ratio("-j1", "-j1, the same in UTF-8") * utf8_counts["rows"] / counts["rows"], 1.2, 1.1,
               "times", most=True)


def copy_file(case, _):
    """COPY blocks of PostgreSQL."""
    path, counts = case.bench.corpora.copy()
    warm(path)
    case.run({"yinma -j1": scan(case.bench, path, 1), "yinma -j2": scan(case.bench, path, 2),
              "two programs at once": at_once(case.bench, path)}, path.stat().st_size)
    check_workers(case, "COPY, one file")


def slow_peers(case, kind):
    """Once each: some take minutes."""
    path, counts = case.bench.corpora.plain(kind)
    warm(path)
    case.run({"yinma -j1": scan(case.bench, path, 1, counts),
              **peers.slow_searchers(case.bench.here, case.bench.environment.folder, path, counts)},
             path.stat().st_size, runs=1)


def cold_file(case, kind):
    """From the disk: says more about that than about the programs."""
    path, counts = case.bench.corpora.plain(kind)
    case.run({"yinma -j2, cold": scan(case.bench, path, 2, counts),
              **{f"{name}, cold": program for name, program in
                 peers.searchers(case.bench.here, path, counts).items()}},
             path.stat().st_size, before=lambda: drop_from_cache(path))


# ---- compressed ----

def one_stream(case, tool):
    """One compressed stream at -j2, against its tool alone."""
    bench = case.bench
    path, counts = bench.corpora.compressed(tool)
    warm(path)
    alone = {"gzip": ["igzip", "-dc"], "zstd": ["zstd", "-q", "-dc"], "xz": ["xz", "-dc", "-T1"],
             "bzip2": ["bzip2", "-dc"]}[tool]
    if shutil.which(alone[0]) is None:
        return
    case.run({f"{alone[0]} -dc": Program([*alone, path]), "yinma -j2": scan(bench, path, 2, counts),
              "yinma -j1": scan(bench, path, 1, counts)},
             bench.corpora.plain("dense")[0].stat().st_size)
    floor, goal = (1.3, 1.1) if tool in ("gzip", "zstd") else (1.1, 1.03)
    case.check(f"{tool}, -j2 : {alone[0]} -dc", case.ratio("yinma -j2", f"{alone[0]} -dc"), floor, goal,
               "times its time", most=True)


def in_parts(case, form):
    """Members, blocks and frames that can be read apart."""
    path, counts = case.bench.corpora.in_parts(form)
    warm(path)
    case.run({"yinma -j1": scan(case.bench, path, 1, counts),
              "yinma -j2": scan(case.bench, path, 2, counts),
              "two programs at once": at_once(case.bench, path)},
             case.bench.corpora.plain("dense")[0].stat().st_size)
    check_workers(case, form)


# ---- many, small, large ----

LAST_RECORD = 1 << 16


def summed(bench, path, workers, values, units=1, options=()):
    """yinma on PATH with records of which only the last one is looked at: VALUES in UNITS."""
    def check(done):
        summary = json.loads(done.stdout.splitlines()[-1])
        if (summary["values"], summary["units"]) != (values, units):
            raise RuntimeError(f"found {summary['values']} values in {summary['units']} units, "
                               f"planted {values} in {units}")
        return summary["values"]
    return Program([bench.build / "yinma", "scan", "-j", str(workers), "--format", "ndjson", *options,
                    path], check, keep=LAST_RECORD)


def told(bench, folder, values, units):
    """yinma -j2 with the report that people read: VALUES in UNITS."""
    def check(done):
        text = done.stdout.decode()
        for words in (f"Values found: {values:,};", f"units: {units:,}; not read: 0"):
            if words not in text:
                raise RuntimeError(f"the report does not say: {words}")
        return values
    return Program([bench.build / "yinma", "scan", "-j", "2", folder], check)


def small_files(case, count):
    """rg -c prints a line a file, and so the report for people is what it stands beside; the records
    of all fields, examples and rules are 9 KB a file."""
    bench, count = case.bench, int(count)
    folder, rows = bench.corpora.small_files(count)
    values = 4 * rows  # name, mobile, landline, address
    warm(folder)
    expressions = [word for shape in peers.shapes(bench.here) for word in ("-e", shape)]
    programs = {"yinma -j2, report as text": told(bench, folder, values, count),
                "yinma -j2, records as NDJSON": summed(bench, folder, 2, values, count)}

    def lines(done):
        found = sum(int(line.rpartition(b":")[2]) for line in done.stdout.splitlines())
        if found != rows:
            raise RuntimeError(f"rg counts {found} lines, planted {rows}")
        return found
    if shutil.which("rg"):
        programs["rg -c"] = Program(["rg", "--no-config", "-a", "-c", *expressions, folder], lines)
    case.run(programs)
    for name in programs if "rg -c" in programs else ():
        if name != "rg -c":
            case.check(f"{count} files of 4 KB, {name.removeprefix('yinma ')} : rg -c",
                       case.ratio(name, "rg -c"), 2, 1.2, "times its time", most=True)


def start_up(case, _):
    path = pathlib.Path(case.bench.environment.folder) / "one.csv"
    path.write_text("姓名,手機\n王小明,0912345678\n", encoding="utf-8")
    seconds = case.run({"one small file": scan(case.bench, path, 1)}, runs=20)
    case.check("start-up, one small file", seconds["one small file"] * 1000, 30, 10, "ms", most=True)


def guard(case, kind):
    """In a pipe; what reads its other end is not counted. Wants two free processors."""
    bench = case.bench
    path, counts = bench.corpora.plain(kind)
    warm(path)

    def passed(done):
        if f"passed {path.stat().st_size} " not in done.stdout.decode():
            raise RuntimeError("the guard did not let everything pass")
    read = scan(bench, path, 1, counts)
    program = bench.build / "yinma"
    case.run({
        "scan -j1 -": Program(["sh", "-c", '"$0" scan -j 1 --format ndjson - < "$1"', program, path],
                              read.check),
        "guard": Program(["sh", "-c", '"$0" guard --fail-on never < "$1" 2>&1 > /dev/null', program,
                          path], passed)}, path.stat().st_size)
    case.check(f"guard : scan, {kind}", case.ratio("scan -j1 -", "guard"), 0.9, 0.9, "times")


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


def memory(case, kind):
    bench = case.bench
    path, _ = bench.corpora.plain(kind)
    peaks = {}
    for workers in (1, 2):
        command = [str(bench.build / "yinma"), "scan", "-j", str(workers), "--format", "ndjson"]
        row = peak_memory([*command, str(path)], bench.environment)
        case.rows[f"-j{workers}"] = row
        peaks[workers] = row["peak_bytes"] / 1e6
    case.check("memory (sum of PSS), -j2", peaks[2], 100, 64, "MB", most=True)
    case.check("a further worker", max(0.0, peaks[2] - peaks[1]), 16, 16, "MB", most=True)


def growth(case, _):
    """From a stream: one part against ten."""
    bench = case.bench
    command = [str(bench.build / "yinma"), "scan", "-j", "2", "--format", "ndjson", "-"]
    per_byte = {}
    for megabytes in (bench.stream // 10, bench.stream):
        feed = [str(bench.build / "benchmarks/bench_corpus"), "dense", str(megabytes)]
        row = peak_memory(command, bench.environment, feed)
        case.rows[f"{megabytes} MB on standard input"] = row
        per_byte[megabytes] = row["seconds"] / row["bytes_read"]
    case.check("ten times the data, time a byte", per_byte[bench.stream] / per_byte[bench.stream // 10],
               1.05, 1.03, "times", most=True)


def linear(case, what, programs, sizes):
    """Ten times as much against one: time a byte, without what starting takes."""
    path = pathlib.Path(case.bench.environment.folder) / "empty.csv"
    path.write_text("編號\n1\n", encoding="utf-8")
    seconds = case.run({"starting": scan(case.bench, path, 1), **programs})
    small, large = ((seconds[name] - seconds["starting"]) / size
                    for name, size in zip(programs, sizes))
    case.check(f"{what}: ten times as many, time a byte", large / small, 1.05, 1.03, "times", most=True)


def tables(case, _):
    """Fifty columns each, more than ten thousand of them in the larger dump."""
    programs, sizes = {}, []
    for megabytes in (2, 20):
        path, counts = case.bench.corpora.plain("tables", megabytes)
        warm(path)
        programs[f"{counts['rows']} tables"] = scan(case.bench, path, 1, counts)
        sizes.append(path.stat().st_size)
    linear(case, "tables of 50 columns in a dump", programs, sizes)


def occurrences(case, _):
    """One and ten million values in one file, and a record for each of them."""
    programs, sizes = {}, []
    for megabytes in (11, 110):
        path, counts = case.bench.corpora.plain("mobiles", megabytes)
        warm(path)
        programs[f"{counts['phone_mobile']} occurrences"] = \
            summed(case.bench, path, 1, counts["phone_mobile"], options=("--occurrences",))
        sizes.append(path.stat().st_size)
    linear(case, "occurrences of values in a file", programs, sizes)


def hostile_texts(case, megabytes):
    """Text made to be slow: what costs more the longer a line, a token or a nesting is, shows here."""
    folder = pathlib.Path(case.bench.environment.folder)
    speeds = []
    for name, path in hostile.write(folder, int(megabytes)):
        program = [case.bench.build / "yinma", "scan", "-j", "1", "--format", "ndjson", path]
        case.run({name: Program(program)}, path.stat().st_size, runs=1)
        speeds.append(path.stat().st_size / case.rows[name]["processor_seconds"] / 1e6)
        path.unlink()
    case.check("hostile text, -j1, the slowest, by processor time", min(speeds), 10, 20, "MB/s")


# name: (function, what it is called with)
CASES = {
    "dense": (plain_file, "dense"),
    "clean": (plain_file, "clean"),
    "weblog": (plain_file, "weblog"),
    "waybill": (plain_file, "waybill"),
    "waybill-big5": (big5_file, "waybill-big5"),
    "ndjson": (plain_file, "ndjson"),
    "copy": (copy_file, None),
    "gzip": (one_stream, "gzip"),
    "zstd": (one_stream, "zstd"),
    "xz": (one_stream, "xz"),
    "bzip2": (one_stream, "bzip2"),
    "bgzip": (in_parts, "bgzip"),
    "zstd-frames": (in_parts, "zstd frames"),
    "xz-blocks": (in_parts, "xz blocks"),
    "zip": (in_parts, "zip"),
    "small-files": (small_files, "100000"),
    "start-up": (start_up, None),
    "guard": (guard, "clean"),
    "memory": (memory, "dense"),
    "growth": (growth, None),
    "tables": (tables, None),
    "occurrences": (occurrences, None),
    "hostile": (hostile_texts, "8"),
    "slow-peers": (slow_peers, "dense"),
    "cold": (cold_file, "dense"),
}
