"""What a user would run instead, on the nearest work there is: the five number shapes of shapes.h.
None of them checks numbers, knows columns or judges masks; what else it lacks stands beside it."""

import json
import os
import re
import shutil

from .running import Program

NUMBERS = ("tw_national_id", "phone_mobile", "phone_landline", "card_number")
LACKS = "checksums, columns, masks, names, addresses"


def shapes(here):
    return re.findall(r'#define SHAPE_\w+ "(.*)"', (here / "shapes.h").read_text("utf-8"))


def counted(planted):
    """Of two overlapping numbers they count one."""
    def check(done):
        words = done.stdout.split()
        matches = int(words[-1]) if words else 0
        if matches < planted * 0.98:
            raise RuntimeError(f"counted {matches} of {planted}")
        return matches
    return check


def lines_counted(planted):
    def check(done):
        matches = done.stdout.count(b"\n")
        if matches < planted * 0.98:
            raise RuntimeError(f"printed {matches} of {planted}")
        return matches
    return check


def searchers(here, path, counts):
    """ripgrep and ugrep: those that yinma is compared with."""
    expressions = [word for shape in shapes(here) for word in ("-e", shape)]
    planted = sum(counts[kind] for kind in NUMBERS)
    listed = {
        "rg": ["rg", "--no-config", "-a", "-j1", "--count-matches", *expressions, path],
        "ugrep": ["ugrep", "-a", "-J1", "-co", *expressions, path],
    }
    return {name: Program(command, counted(planted), lacks=LACKS) for name, command in listed.items()
            if shutil.which(command[0])}


def slow_searchers(here, folder, path, counts):
    """Those that are slower by far: measured once each, on the same data."""
    planted = sum(counts[kind] for kind in NUMBERS)
    joined = "|".join(shapes(here))
    rules = os.path.join(folder, "shapes.yar")
    with open(rules, "w", encoding="utf-8") as out:
        strings = "\n".join(f"  $s{i} = /{shape}/" for i, shape in enumerate(shapes(here)))
        out.write(f"rule shapes {{\n strings:\n{strings}\n condition:\n  any of them\n}}\n")
    empty = os.path.join(folder, "clamav")
    os.makedirs(empty, exist_ok=True)
    with open(os.path.join(empty, "none.ndb"), "w", encoding="utf-8") as out:
        out.write("None:0:*:" + "00ff" * 20 + "\n")
    listed = {
        "grep -P": (["grep", "-aoP", joined, path], lines_counted(planted), LACKS),
        "yara": (["yara", "-c", "--max-strings-per-rule=10000", rules, path], None,
                 LACKS + ", counts: it stops noting a string after a million matches"),
        "clamscan": (["clamscan", "--database", empty, "--detect-structured=yes",
                      "--structured-cc-count=1000000000", "--max-filesize=0", "--max-scansize=0",
                      "--no-summary", path], None,
                     "all but card numbers and US social security numbers; columns, masks"),
    }
    return {name: Program(command, check, lacks=lacks)
            for name, (command, check, lacks) in listed.items() if shutil.which(command[0])}


def single_purpose(build, path):
    """Loops that do one thing: the limits of the machine."""
    def matches(done):
        return json.loads(done.stdout)["matches"]
    listed = {"read(2)": "bench_read_only", "hyperscan": "bench_hyperscan_shapes",
              "lattice": "bench_lattice_only"}
    return {name: Program([build / "benchmarks" / program, path], matches, times_itself=True)
            for name, program in listed.items()
            if os.access(build / "benchmarks" / program, os.X_OK)}


def versions():
    """What `--version` says, of those that are installed."""
    import subprocess
    found = {}
    for name in ("rg", "ugrep", "grep", "yara", "clamscan", "igzip", "zstd", "xz", "bzip2"):
        if shutil.which(name):
            done = subprocess.run([name, "--version"], capture_output=True, text=True)
            found[name] = (done.stdout or done.stderr).strip().split("\n")[0]
    return found
