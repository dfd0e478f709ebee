"""Drives the built program: runs it, reads its records, and watches every output for secrets.

YINMA names the program, YINMA_SANITIZE the sanitizers it was built with, YINMA_TEST_ALL=1 asks for
the heavy tests too. Every output of every run is searched for the clear values of tests/data, so
each test is also a test of secrecy.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
DATA = TESTS / "data"
sys.path.insert(0, str(TESTS / "fixtures"))
sys.dont_write_bytecode = True

from shop import COLUMNS, Shop, expected  # noqa: E402,F401

PROGRAM = os.environ.get("YINMA", str(TESTS.parent / "build/yinma"))
SANITIZED = bool(os.environ.get("YINMA_SANITIZE"))
HEAVY = os.environ.get("YINMA_TEST_ALL") == "1"
PLANTED_FILE = DATA / "planted.txt"
PLANTED = PLANTED_FILE.read_bytes().split(b"\n")[:-1]
ROWS = Shop().tables()


def planted_values(text):
    """The clear values of tests/data that stand in the bytes TEXT."""
    if len(text) < 1 << 13:
        return [value for value in PLANTED if value in text]
    # Of a large text grep asks for all values at once.
    found = subprocess.run(["grep", "-aoF", "-f", PLANTED_FILE], input=text, capture_output=True,
                           env={**os.environ, "LC_ALL": "C"}, check=False)
    if found.returncode > 1:
        raise OSError(found.stderr)
    return sorted(set(found.stdout.split(b"\n")[:-1]))


class Run:
    """What one call printed and how it ended."""

    def __init__(self, status, stdout, stderr):
        self.status, self.stdout, self.stderr = status, stdout, stderr
        self._records = None

    @property
    def records(self):
        if self._records is None:
            self._records = [json.loads(line) for line in self.stdout.decode("utf-8").splitlines()]
        return self._records

    def of_type(self, wanted, **members):
        return [r for r in self.records if r["type"] == wanted
                and all(r.get(key) == value for key, value in members.items())]

    @property
    def fields(self):
        return self.of_type("field")

    @property
    def violations(self):
        return self.of_type("violation")

    @property
    def coverage(self):
        return self.of_type("coverage")

    @property
    def summary(self):
        return self.records[-1]

    def rules(self, **members):
        return {r["rule"] for r in self.of_type("violation", **members)}


class ProgramTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="yinma-cli-"))
        cls.environment = {**os.environ, "HOME": str(cls.folder / "home"), "LC_ALL": "C.UTF-8",
                           "XDG_CONFIG_HOME": str(cls.folder / "home/.config"), "LANGUAGE": "en"}
        (cls.folder / "home").mkdir()
        cls.environment.pop("YINMA_KEY_FILE", None)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    # ---- running ----

    def call(self, *arguments, stdin=None, cwd=None, prefix=(), program=PROGRAM, secrets=(),
             timeout=600):
        """Run the program; STDIN: bytes or a file, default nothing."""
        given = {"input": stdin} if isinstance(stdin, bytes) else \
                {"stdin": stdin or subprocess.DEVNULL}
        done = subprocess.run([*prefix, program, *map(str, arguments)], capture_output=True,
                              cwd=cwd or self.folder, env=self.environment, timeout=timeout, **given)
        run = Run(done.returncode, done.stdout, done.stderr)
        self.check_secrecy(run, secrets)
        self.assertNotIn(b"Sanitizer", run.stderr, run.stderr.decode("utf-8", "replace"))
        return run

    def scan(self, *arguments, status=None, **how):
        """`scan --format ndjson`; every run of it must be a complete set of records."""
        run = self.call("scan", "--format", "ndjson", *arguments, **how)
        message = run.stderr.decode("utf-8", "replace")
        if status is not None:
            self.assertEqual(run.status, status, message)
        self.assertTrue(run.records, message)
        self.assertEqual(run.records[0]["type"], "run")
        self.assertEqual(run.summary["type"], "summary")
        self.assertEqual(run.summary["status"], run.status)
        self.assertEqual([r for r in run.records if next(iter(r)) != "type"], [])
        for field in run.fields:
            self.assertEqual(field["values"], sum(field[s] for s in
                             ("clear", "weak", "masked", "encrypted")), field)
        return run

    def check_secrecy(self, run, secrets=()):
        for text in (run.stdout, run.stderr):
            values = [s.encode() for s in secrets if s.encode() in text] + planted_values(text)
            for value in values:
                at = text.index(value)
                self.fail(f"a planted value leaked: …{text[max(0, at - 120):at + 60]!r}…")

    # ---- making inputs ----

    def file(self, name, content=b""):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    # ---- comparing ----

    def field_counts(self, run, unit=None, table=None):
        """{column: {kind: {state: count}}} of what was found, zero counts left out."""
        found = {}
        for f in run.fields:
            if (unit is None or f["unit"] == str(unit)) and (table is None or f["table"] == table):
                found.setdefault(f["column"], {})[f["kind"]] = {
                    state: f[state] for state in ("clear", "weak", "masked", "encrypted", "other")
                    if f[state]}
        return found

    def assert_table(self, run, table, wanted, unit=None):
        """Exactly the WANTED fields of TABLE; "other" is compared where WANTED gives it."""
        found = self.field_counts(run, unit, table)
        for column, kinds in found.items():
            for kind, counts in kinds.items():
                if "other" not in wanted.get(column, {}).get(kind, {}):
                    counts.pop("other", None)
        self.assertEqual(found, wanted)

    def assert_examples(self, run, path, rows_of, columns_of):
        """Each example's offset, line and row lead to the value in the raw file."""
        raw = pathlib.Path(path).read_bytes()
        checked = 0
        for field in run.fields:
            table = field["table"].split(".")[-1]
            rows, columns = rows_of(table), columns_of(table)
            for example in field["examples"]:
                value = rows[example["row"] - 1][columns.index(field["column"])]
                at = example["offset"]
                written = value.encode()
                self.assertEqual(raw[at:at + len(written)], written, (field["column"], example))
                self.assertEqual(example["line"], raw[:at].count(b"\n") + 1, example)
                if any(mark in value for mark in "*○"):  # hidden already: may be shown as it is
                    continue
                self.assertNotEqual(example["shown"], value)
                checked += 1
        self.assertGreater(checked, 0)

    def comparable(self, run):
        """Records without what may differ between two equal runs."""
        kept = []
        for record in run.records:
            record = dict(record)
            for member in ("started", "args", "seconds"):
                record.pop(member, None)
            kept.append(record)
        return kept


def children(pid):
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                found += map(int, file.read().split())
    except OSError:
        pass
    return found


def proportional_memory(pid):
    """Bytes of memory that PID and its descendants use, shared pages counted once (PSS)."""
    total = 0
    for process in [pid, *children(pid)]:
        try:
            with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as file:
                for line in file:
                    if line.startswith("Pss:"):
                        total += int(line.split()[1]) * 1024
        except OSError:
            pass
    return total


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (value := condition()):
            return value
        time.sleep(0.005)
    return None


def main():
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"{PROGRAM} is not there: ./dev build makes it")
    unittest.main()
