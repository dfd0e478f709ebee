"""Running programs as a user would, and nothing of the user's own touched or read."""

import collections
import os
import statistics
import subprocess
import tempfile
import time


class Environment:
    """Own caches and keys."""

    def __init__(self, folder):
        self.folder = folder
        self.variables = {**os.environ, "HOME": folder, "XDG_CONFIG_HOME": folder,
                          "LC_ALL": "C.UTF-8"}


READ_BYTES = 1 << 20


def drained(command, environment, keep=None):
    """(seconds, seconds of processor time with all children, output) of COMMAND, its output read to the
    end through a pipe: grep and ugrep stop at the first match when they write to /dev/null. KEEP: only
    so many bytes of its end are kept, as gathering a gigabyte costs a part of the time."""
    command = [str(word) for word in command]
    parts, held = collections.deque(), 0
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=said, env=environment.variables)
        while part := os.read(process.stdout.fileno(), READ_BYTES):
            parts.append(part)
            held += len(part)
            while keep is not None and held - len(parts[0]) >= keep:
                held -= len(parts.popleft())
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        process.stdout.close()
        said.seek(0)
        done = subprocess.CompletedProcess(command, process.returncode, b"".join(parts), said.read())
    return seconds, used.ru_utime + used.ru_stime, done


def warm(path):
    """Into the page cache."""
    if path.is_dir():
        for each in path.rglob("*"):
            if each.is_file():
                each.read_bytes()
        return
    with open(path, "rb") as file:
        while file.read(1 << 24):
            pass


def drop_from_cache(path):
    """Out of the page cache, as far as the system follows the advice."""
    os.sync()
    with open(path, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


class Program:
    """A command on one corpus, and what its output must be: CHECK gives the number of matches or
    raises. Programs for one purpose time themselves, without compiling or starting. KEEP: so much of
    the end of the output is all that CHECK needs."""

    def __init__(self, command, check=None, times_itself=False, lacks="", keep=None):
        self.command, self.check, self.times_itself, self.lacks = command, check, times_itself, lacks
        self.keep = keep


def measure(programs, runs, environment, before=None):
    """{name: row} of {name: Program}, one after the other, RUNS times round: seconds of all runs and
    their median, and the least processor time, which says what a program costs where the machine is
    not quiet."""
    import json
    times, rows = {name: [] for name in programs}, {name: {} for name in programs}
    processor = {name: [] for name in programs}
    for _ in range(runs):
        for name, program in programs.items():
            if before is not None:
                before()
            seconds, used, done = drained(program.command, environment, program.keep)
            try:
                if program.check is not None:
                    rows[name]["matches"] = program.check(done)
                if program.times_itself:
                    seconds = json.loads(done.stdout)["seconds"]
            except (RuntimeError, ValueError, KeyError) as fault:
                said = done.stderr[-300:].decode("utf-8", "replace")
                rows[name]["fault"] = f"{fault} {said}".strip()
            times[name].append(seconds)
            processor[name].append(used)
    for name, row in rows.items():
        row["seconds"] = round(statistics.median(times[name]), 4)
        row["runs"] = [round(seconds, 4) for seconds in times[name]]
        row["processor_seconds"] = round(min(processor[name]), 4)
        if programs[name].lacks:
            row["does_not"] = programs[name].lacks
    return rows
