"""`yinma report`: saved results in other formats, put together, compared; files that are damaged."""

import csv
import io
import json
import random
import re
import xml.etree.ElementTree as ElementTree

from harness import DATA, ROWS, ProgramTest, main

DUMP = DATA / "mariadb/shop.sql"
ID = re.compile(r"[A-Z][12][0-9]{8}")
CLEAN = b"order_no,amount\n20250101000001,120\n20250101000002,80\n"


class Report(ProgramTest):
    def saved(self, name, *arguments, status=None):
        run = self.scan("--as-of", "2026-01-31", *arguments, status=status)
        return self.file(name, run.stdout), run

    def test_what_comes_back_is_what_was_written(self):
        path, scanned = self.saved("all.ndjson", DATA / "exports", DATA / "logs", DUMP, status=1)
        again = self.call("report", "--format", "ndjson", path)
        self.assertEqual(again.status, 1, again.stderr)
        self.assertEqual(again.stdout, scanned.stdout)
        for name in ("sarif", "junit", "codequality", "csv"):
            with self.subTest(name):
                first = self.call("scan", "--as-of", "2026-01-31", "--format", name, DUMP)
                path, _ = self.saved("dump.ndjson", DUMP)
                second = self.call("report", "--format", name, path)
                if name == "junit":  # holds how long it took
                    self.assertEqual(len(ElementTree.fromstring(first.stdout)),
                                     len(ElementTree.fromstring(second.stdout)))
                elif name == "sarif":
                    runs = [json.loads(each.stdout)["runs"][0] for each in (first, second)]
                    self.assertEqual(runs[0]["results"], runs[1]["results"])
                    self.assertEqual(runs[0]["tool"], runs[1]["tool"])
                else:
                    self.assertEqual(first.stdout, second.stdout)

    def test_the_status_is_that_of_the_scan(self):
        clean, _ = self.saved("clean.ndjson", self.file("clean.csv", CLEAN), status=0)
        gap, _ = self.saved("gap.ndjson", DATA / "archives/encrypted.zip", status=3)
        bad, _ = self.saved("bad.ndjson", DUMP, status=1)
        for files, status in (([clean], 0), ([gap], 3), ([bad], 1), ([clean, gap], 3),
                              ([gap, bad, clean], 1)):
            with self.subTest(files):
                self.assertEqual(self.call("report", *files).status, status)
        self.assertEqual(self.call("report", "--fail-on", "never", gap, bad).status, 3)
        self.assertEqual(self.call("report", "--fail-on", "never", bad).status, 0)
        lenient, _ = self.saved("lenient.ndjson", "--fail-on", "never", DUMP, status=0)
        self.assertEqual(self.call("report", lenient).status, 0)
        self.assertEqual(self.call("report", "--fail-on", "low", lenient).status, 1)

    def test_several_become_one(self):
        dump, one = self.saved("one.ndjson", DUMP)
        log, two = self.saved("two.ndjson", DATA / "logs/app.log")
        run = self.call("report", "--format", "ndjson", dump, log)
        self.assertEqual(len(run.fields), len(one.fields) + len(two.fields))
        self.assertEqual(len(run.violations), len(one.violations) + len(two.violations))
        self.assertEqual(run.summary["values"], one.summary["values"] + two.summary["values"])
        joined = self.file("joined.ndjson", one.stdout + two.stdout)
        self.assertEqual(self.call("report", "--format", "ndjson", joined).stdout, run.stdout)
        twice = self.call("report", "--format", "ndjson", dump, dump)
        self.assertEqual(twice.summary["subjects"], one.summary["subjects"])
        other = self.file("other-key", bytes(range(32)))
        other.chmod(0o600)
        strange, third = self.saved("strange.ndjson", "--key", other, DUMP)
        mixed = self.call("report", "--format", "ndjson", dump, strange)
        self.assertIn(b"different keys", mixed.stderr)
        self.assertNotIn("key_id", mixed.records[0])
        # estimates: a few people more or less, as the sketches of each key round
        both = one.summary["subjects"] + third.summary["subjects"]
        self.assertAlmostEqual(mixed.summary["subjects"], both, delta=both // 50 + 1)

    def test_the_same_results_twice_count_once(self):
        path, _ = self.saved("once.ndjson", DUMP)
        copy = self.file("copy.ndjson", path.read_bytes())
        once = self.call("report", "--format", "ndjson", path).stdout
        for again in (path, copy):
            run = self.call("report", "--format", "ndjson", path, again)
            self.assertEqual(run.stdout, once)
            self.assertIn("holds the same as", run.stderr.decode())
        self.assertEqual(self.call("report", "-q", path, copy).stderr, b"")
        other, _ = self.saved("other.ndjson", DATA / "logs")
        self.assertEqual(self.call("report", path, other).stderr, b"")

    def test_damaged_files_are_named_with_their_line(self):
        path, run = self.saved("good.ndjson", DUMP)
        lines = run.stdout.splitlines(keepends=True)
        bad = {"cut": b"".join(lines[:-1]), "half": b"".join(lines[:3]) + lines[3][:50],
               "no-run": b"".join(lines[1:]), "empty": b"", "csv": CLEAN, "zeros": bytes(5000),
               "deep": b"[" * 100000, "twice": lines[0] + lines[1] + lines[1],
               "schema": lines[0].replace(b'"schema":1', b'"schema":99'),
               "text": b'{"type":"run","schema":1,"yinma":"\xff"}\n'}
        for name, content in bad.items():
            with self.subTest(name):
                run = self.call("report", self.file(name, content))
                self.assertEqual((run.status, run.stdout), (2, b""), run.stderr)
                self.assertRegex(run.stderr.decode(), rf"{name}:\d+: ")
        for arguments in ([], [self.folder / "missing"], ["-", "-"], [path, "--no-such"]):
            self.assertEqual(self.call("report", *arguments).status, 2)

    def test_no_damage_brings_it_down(self):
        _, run = self.saved("good.ndjson", DUMP)
        dice = random.Random(7)
        for _ in range(60):
            data = bytearray(run.stdout)
            for _ in range(dice.randint(1, 4)):
                at = dice.randrange(len(data))
                if dice.random() < 0.5:
                    data[at] = dice.choice(b'{}[]",:\\09az\0\xff')
                else:
                    del data[at:at + dice.randint(1, 300)]
            done = self.call("report", "--format", "html", "-", stdin=bytes(data))
            self.assertIn(done.status, (0, 1, 2, 3), done.stderr)

    def test_csv_holds_every_violation(self):
        path, run = self.saved("good.ndjson", DUMP)
        text = self.call("report", "--format", "csv", path).stdout.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual(sum(row["record"] == "violation" for row in rows), len(run.violations))
        self.assertTrue(all(len(row) == 35 and None not in row.values() for row in rows))
        self.assertEqual({row["fingerprint"] for row in rows if row["record"] == "violation"},
                         {violation["fingerprint"] for violation in run.violations})

    def test_the_page_is_private_and_speaks_both_languages(self):
        page = self.folder / "page.html"
        self.call("scan", "--format", f"html:{page}", DUMP)
        self.assertEqual(page.stat().st_mode & 0o777, 0o600)
        text = page.read_text("utf-8")
        self.assertIn('"Fields":"欄位"', text)
        self.assertIn('"language":"en"', text)
        zh = self.call("scan", "--lang", "zh-TW", "--format", "html", DUMP).stdout.decode()
        self.assertIn('"language":"zh"', zh)


def people(count, column="national_id", shown=0):
    """A table in which SHOWN of COUNT people have a clear ID and the others a masked one."""
    rows = [row for table in ROWS.values() for row in table]
    ids = sorted({cell for row in rows for cell in row if ID.fullmatch(cell or "")})[:count]
    assert len(ids) == count
    return f"no,{column}\n" + "".join(
        f"{i},{value if i < shown else value[:3] + '*****' + value[-2:]}\n"
        for i, value in enumerate(ids))


class Baseline(ProgramTest):
    def accepted(self, name, path, *arguments):
        saved = self.file(name + ".ndjson", self.scan(*arguments, path).stdout)
        return self.file(name, self.call("report", "--format", "baseline", saved).stdout)

    def test_what_is_known_does_not_fail(self):
        first = self.scan(DUMP, status=1)
        saved = self.file("first.ndjson", first.stdout)
        baseline = self.accepted("baseline", DUMP)
        for known in (saved, baseline):
            run = self.scan("--baseline", known, DUMP, status=0)
            self.assertEqual({v["baseline"] for v in run.violations}, {"known"})
            self.assertEqual(len(run.violations), len(first.violations))
            self.assertEqual(self.call("report", "--baseline", known, saved).status, 0)
        lines = baseline.read_text("utf-8").splitlines()
        keys = [[json.loads(line).get(key, "") for key in ("rule", "source", "table", "column")]
                for line in lines]
        self.assertEqual(keys, sorted(keys))
        self.assertEqual(len(lines), len({v["fingerprint"] for v in first.violations}))
        self.assertEqual(self.accepted("again", DUMP).read_bytes(), baseline.read_bytes())

    def test_new_and_worse_fail(self):
        table = self.file("t/people.csv", people(20, shown=5))
        baseline = self.accepted("people", table)
        def status(content):
            table.write_text(content, "utf-8")
            return self.scan("--baseline", baseline, table).status
        self.assertEqual(status(people(20, shown=5)), 0)
        self.assertEqual(status(people(20, shown=4)), 0)
        self.assertEqual(status(people(20, shown=6)), 1)
        self.assertEqual(status(people(20, column="id_of_the_parent", shown=5)), 1)

    def test_acceptance_ends(self):
        baseline = self.accepted("ends", DUMP)
        for expiry, status in (("2026-01-31", 0), ("2026-01-30", 1), ("31.1.2026", 2)):
            changed = baseline.read_text("utf-8").replace('"expiry":""', f'"expiry":"{expiry}"')
            run = self.call("scan", "--as-of", "2026-01-31", "--baseline",
                            self.file("changed", changed), DUMP)
            self.assertEqual(run.status, status, run.stderr)

    def test_free_text_is_known_by_its_values_and_under_its_key_only(self):
        ids = [line.split(",")[1] for line in people(3, shown=3).splitlines()[1:]]
        notes = self.file("notes.txt", f"the client is {ids[0]} and no other\n")
        baseline = self.accepted("notes", notes)
        entry = json.loads(baseline.read_text("utf-8").splitlines()[0])
        self.assertRegex(entry["values"][0], r"^[0-9a-f]{32}$")
        self.scan("--baseline", baseline, notes, status=0)
        other = self.file("other-key", bytes(range(32)))
        other.chmod(0o600)
        self.scan("--baseline", baseline, "--key", other, notes, status=1)
        notes.write_text(f"the client is {ids[1]} and no other\n")
        self.scan("--baseline", baseline, notes, status=1)

    def test_what_is_no_baseline_is_told_before_anything_is_read(self):
        for content in (b"{", CLEAN, b'{"type":"accepted"}\n', b'{"type":"run","schema":1}\n',
                        b"\0" * 100):
            run = self.call("scan", "--baseline", self.file("bad", content), DUMP)
            self.assertEqual((run.status, run.stdout), (2, b""), run.stderr)
            self.assertIn(b"bad:1: ", run.stderr)
        self.assertEqual(self.call("scan", "--baseline", self.folder / "no", DUMP).status, 2)


if __name__ == "__main__":
    main()
