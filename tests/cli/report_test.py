"""`yinma report`: saved results in other formats, put together, compared; files that are damaged."""

import csv
import io
import json
import random
import xml.etree.ElementTree as ElementTree

from harness import DATA, ProgramTest, main

DUMP = DATA / "mariadb/shop.sql"
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
        strange, _ = self.saved("strange.ndjson", "--key", other, DUMP)
        mixed = self.call("report", "--format", "ndjson", dump, strange)
        self.assertIn(b"different keys", mixed.stderr)
        self.assertNotIn("key_id", mixed.records[0])
        self.assertEqual(mixed.summary["subjects"], 2 * one.summary["subjects"])

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
        self.assertTrue(all(len(row) == 29 and None not in row.values() for row in rows))
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


if __name__ == "__main__":
    main()
