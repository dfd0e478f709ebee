"""`scan --ledger` and `yinma verify`: every kind of tampering with the ledger, a report or the data is
told in its own words."""

import hashlib
import json
import random
import shutil
import subprocess
import unittest

from harness import PROGRAM, ProgramTest, main

MEMBERS = "id,mobile\n" + "".join(f"{i},09{i * 7919 % 10**8:08d}\n" for i in range(1, 30))
ZEROS = "0" * 64


def sealed(record):
    """A line as it would have been written."""
    record = {key: value for key, value in record.items() if key != "sha256"}
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return body[:-1] + f',"sha256":"{hashlib.sha256(body.encode()).hexdigest()}"}}\n'


class Ledger(ProgramTest):
    def setUp(self):
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self.file("data/members.csv", MEMBERS)
        self.file("data/plain.csv", "id,qty\n1,2\n")
        self.ledger = self.folder / "runs.ledger"
        self.ledger.unlink(missing_ok=True)

    def scan_into(self, name="r.ndjson", *arguments, status=1):
        run = self.call("scan", "--fail-on", "low", "data", "--format", f"ndjson:{name}",
                        "--ledger", self.ledger, *arguments)
        self.assertEqual(run.status, status, run.stderr)
        return run

    def lines(self):
        return self.ledger.read_text("utf-8").splitlines(keepends=True)

    def verify(self, *arguments, status, ledger=True):
        run = self.call("verify", *(["--ledger", self.ledger] if ledger else []), *arguments)
        self.assertEqual(run.status, status, run.stdout + run.stderr)
        return run.stdout.decode("utf-8")

    def tampered(self, *lines):
        self.ledger.write_text("".join(lines), "utf-8")
        return self.verify(status=1)

    def test_a_line_a_run(self):
        first = self.scan_into("one.ndjson", "--format", "html:one.html")
        self.scan_into("two.ndjson")
        self.assertEqual(self.ledger.stat().st_mode & 0o777, 0o600)
        one, two = (json.loads(line) for line in self.lines())
        self.assertEqual((one["line"], one["previous"], two["line"]), (1, ZEROS, 2))
        digest = hashlib.sha256(self.lines()[0].rstrip("\n").encode()).hexdigest()
        self.assertEqual(two["previous"], digest)
        self.assertIn(f"line 1, sha256 {digest}", first.stderr.decode())
        self.assertEqual(sealed(one), self.lines()[0])
        for report in one["reports"]:
            content = (self.folder / report["file"]).read_bytes()
            self.assertEqual(report["sha256"], hashlib.sha256(content).hexdigest())
        record = (self.folder / "one.ndjson").read_bytes().split(b"\n")[0]
        self.assertEqual(one["run_sha256"], hashlib.sha256(record).hexdigest())
        for key in ("packs", "kinds_sha256", "config_sha256", "sources"):
            self.assertEqual(one[key], json.loads(record)[key])
        files = "".join(sorted(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_size} data/{path.name}\n"
            for path in (self.folder / "data").iterdir()))
        self.assertEqual(one["sources"], {"files": 2, "contents": True, "sha256":
                                          hashlib.sha256(files.encode()).hexdigest()})
        text = self.verify("one.ndjson", "two.ndjson", "one.html", "--head", digest, status=0)
        self.assertIn("2 lines, unbroken", text)
        self.assertEqual(text.count("not edited: "), 3)
        self.assertEqual(text.count("data: 2 files as they were, 0 changed or missing, 0 not"), 2)

    def test_what_is_done_to_the_ledger(self):
        for name in "abcde":
            self.scan_into(f"{name}.ndjson", "-q")
        a, b, c, d, e = self.lines()
        self.assertIn("line 3: it was edited", self.tampered(a, b, c.replace('"status":1', '"status":0'), d, e))
        self.assertIn("line 5: it was edited", self.tampered(a, b, c, d, e.replace('"partial":false', '"partial":true ')))
        self.assertIn("line 3: lines that stood before it were taken out", self.tampered(a, b, d, e))
        self.assertIn("line 1: the ledger begins with it, but lines stood before it",
                      self.tampered(b, c, d, e))
        moved = self.tampered(a, c, b, d, e)
        self.assertIn("line 2: it was moved", moved)
        self.assertNotIn("taken out", moved)
        self.assertIn("line 6: it was moved", self.tampered(a, b, c, d, e, c))
        other = sealed({**json.loads(c), "status": 0})
        self.assertIn("line 4: the line before it was replaced", self.tampered(a, b, other, d, e))
        self.assertIn("line 2: it is no line of a ledger", self.tampered(a, "nonsense\n", c, d, e))
        self.assertIn("line 2: it is no line of a ledger", self.tampered(a, "\n", c, d, e))
        cut = self.tampered(a, b, c, d, e[:200])
        self.assertIn("line 5: it is cut off: the run that wrote it died, or its end was taken", cut)
        for some in ([a, b], [a]):  # from the end: only a digest that is kept elsewhere tells
            self.ledger.write_text("".join(some))
            self.assertIn("unbroken", self.verify(status=0))
            head = hashlib.sha256(e.rstrip("\n").encode()).hexdigest()
            self.assertIn("lines were taken from its end, or the ledger was written anew",
                          self.verify("--head", head, status=1))

    def test_a_run_that_died_while_it_wrote(self):
        for name in "ab":
            self.scan_into(f"{name}.ndjson", "-q")
        a, b = self.lines()
        self.ledger.write_text(a + b[:100])
        self.assertIn("cut off; the new one says so", self.scan_into("c.ndjson").stderr.decode())
        self.assertEqual(json.loads(self.lines()[2])["line"], 3)
        text = self.verify("c.ndjson", status=3)
        self.assertIn("line 2: it is cut off, as the line behind it says", text)
        self.scan_into("d.ndjson", "-q")
        self.assertIn("4 lines, unbroken", self.verify("d.ndjson", status=3))
        self.assertIn("unknown", self.verify("b.ndjson", status=1))
        self.ledger.write_text(a[:50])
        self.scan_into("e.ndjson", "-q")
        self.verify("e.ndjson", status=3)
        self.ledger.write_text("")
        self.assertIn("it is empty", self.verify(status=3))

    def test_what_is_done_to_a_report(self):
        self.scan_into("r.ndjson", "--format", "csv:r.csv", "-q")
        report = self.folder / "r.ndjson"
        good = report.read_text("utf-8")
        report.write_text(good.replace('"severity":"low"', '"severity":"medium"'))
        self.assertIn("edited after it was written: the ledger has another digest of this run's report (line 1",
                      self.verify(report, status=1))
        report.write_text("".join(good.splitlines(keepends=True)[:-1]))
        self.assertIn("damaged: ", self.verify(report, status=1))
        report.write_text(good.replace('"host":"', '"host":"other'))
        self.assertIn("edited or replaced: the ledger has another digest of a report of this name",
                      self.verify(report, status=1))
        self.assertIn("unknown: no line", self.verify(self.file("x.ndjson", report.read_bytes()), status=1))
        with (self.folder / "r.csv").open("a") as table:
            table.write("field\r\n")
        self.assertIn("edited or replaced", self.verify("r.csv", status=1))
        report.write_text(good)
        line = self.lines()[0]
        self.ledger.write_text(line.replace('"host":"', '"host":"x'))
        self.assertIn("in a line that was edited itself", self.verify(report, status=1))

    def test_what_is_done_to_the_data(self):
        self.scan_into("r.ndjson", "-q")
        data = self.folder / "data/members.csv"
        data.write_text(MEMBERS.replace("7919", "7918"))
        text = self.verify("r.ndjson", status=1)
        self.assertIn("data/members.csv: changed since the report", text)
        self.assertIn("1 files as they were, 1 changed or missing", text)
        data.unlink()
        self.assertIn("data/members.csv: missing", self.verify("r.ndjson", status=1))
        self.assertIn("data/members.csv: missing", self.verify("r.ndjson", status=1, ledger=False))
        data.write_text(MEMBERS)
        self.verify("r.ndjson", status=0)
        self.assertIn("only a ledger tells", self.verify("r.ndjson", status=3, ledger=False))

    def test_what_cannot_be_checked_is_told(self):
        plain = self.call("scan", "data", "--format", "ndjson:plain.ndjson")
        self.assertEqual(plain.status, 0)
        text = self.verify("plain.ndjson", status=3, ledger=False)
        self.assertIn("the report has no digest of it", text)
        self.assertIn("does not list all files", text)
        self.file("data/A123456789_x.csv", MEMBERS)
        self.scan_into("r.ndjson", "-q")
        self.assertIn("its name is masked", self.verify("r.ndjson", status=3))
        run = self.call("scan", "-", "--format", "ndjson:in.ndjson", "--ledger", self.ledger,
                        stdin=MEMBERS.encode())
        self.assertEqual(run.status, 0, run.stderr)
        self.assertIn("-: the report has no digest", self.verify("in.ndjson", status=3))

    def test_labels_and_members(self):
        made = shutil.make_archive(self.folder / "all", "zip", self.folder / "data")
        shutil.move(made, self.folder / "data/all.zip")
        run = self.call("scan", "--label", "PC-03=data", "--format", "ndjson:l.ndjson", "--ledger",
                        self.ledger)
        self.assertEqual(run.status, 0, run.stderr)
        self.assertIn("data: 3 files as they were", self.verify("--label", "PC-03=data", "l.ndjson",
                                                                status=0))
        self.assertIn("PC-03/all.zip: missing", self.verify("l.ndjson", status=1))

    def test_many_at_once(self):
        calls = [subprocess.Popen(
            [PROGRAM, "scan", "-q", "-j1", "data", "--format", f"ndjson:many{i}.ndjson", "--ledger",
             self.ledger], cwd=self.folder, env=self.environment) for i in range(8)]
        self.assertEqual([call.wait(60) for call in calls], [0] * 8)
        self.assertIn("8 lines, unbroken",
                      self.verify(*(f"many{i}.ndjson" for i in range(8)), status=0))

    def test_long_lines_and_many(self):
        for i in range(3):
            long = [word for j in range(3000) for word in ("--exclude", f"nothing-{j}")]
            self.scan_into(f"long{i}.ndjson", "-q", *(long if i == 1 else []))
        self.verify(status=0)
        line = json.loads(self.lines()[-1])
        while self.ledger.stat().st_size < 1 << 20:  # more than the end of it is needed for
            text = self.lines()[-1]
            more = []
            for _ in range(300):
                line = {**json.loads(text), "line": json.loads(text)["line"] + 1,
                        "previous": hashlib.sha256(text.rstrip("\n").encode()).hexdigest()}
                text = sealed(line)
                more.append(text)
            with self.ledger.open("a") as ledger:
                ledger.write("".join(more))
        self.scan_into("last.ndjson", "-q")
        self.assertIn("unbroken", self.verify("last.ndjson", status=0))

    def test_no_damage_brings_it_down(self):
        for name in "abc":
            self.scan_into(f"{name}.ndjson", "-q")
        good, dice = self.ledger.read_bytes(), random.Random(13)
        for _ in range(60):
            data = bytearray(good)
            for _ in range(dice.randint(1, 4)):
                at = dice.randrange(len(data))
                data[at:at + dice.randint(0, 300)] = dice.choice([b"", b"\n", b"}", b"\xff", b"0", b"{}\n"])
            self.ledger.write_bytes(data)
            run = self.call("verify", "--ledger", self.ledger, "a.ndjson")
            self.assertEqual(run.status, 0 if data == good else 1, run.stdout)
            again = self.call("scan", "-q", "data/plain.csv", "--ledger", self.ledger)
            self.assertIn(again.status, (0, 2, 4), again.stderr)
            self.assertTrue(self.ledger.read_bytes().startswith(data))

    def test_wrong_calls(self):
        self.file("other", "something else\n" * 500)
        (self.folder / "link").unlink(missing_ok=True)
        (self.folder / "link").symlink_to("other-ledger")
        for wrong in ("other", "link", "data", "none/here", "/dev/null"):
            run = self.call("scan", "data", "--format", "ndjson:never.ndjson", "--ledger", wrong)
            self.assertEqual((run.status, run.stdout), (2, b""), wrong)
            self.assertIn(b"--ledger: ", run.stderr)
        self.assertFalse((self.folder / "never.ndjson").exists())
        for wrong in ([], ["--head", ZEROS, "other"], ["--ledger", "none"], ["no-such-file"],
                      ["--ledger", self.ledger, "--head", "12"]):
            run = self.call("verify", *wrong)
            self.assertEqual((run.status, run.stdout), (2, b""), wrong)
        self.scan_into("r.ndjson", "-q")
        with self.ledger.open("a") as ledger:
            ledger.write("no line\n")
        run = self.scan_into("s.ndjson", status=4)
        self.assertIn(b"nothing was added", run.stderr)
        self.assertEqual(len(self.lines()), 2)


if __name__ == "__main__":
    main()
