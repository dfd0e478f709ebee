"""What yinma wrote itself is left out of a folder, and that is told; nobody can hide data behind a
record that looks like one of ours."""

import json
import shutil
import unittest

from harness import DATA, TESTS, ProgramTest, main
from people import People

FIRM = TESTS / "firm"
PEOPLE = People(4711)
SECRET = PEOPLE.national_id()
TABLE = "id,身分證字號\n" + "".join(f"{i},{PEOPLE.national_id()}\n" for i in range(1, 20))


class OwnFiles(ProgramTest):
    def setUp(self):
        shutil.rmtree(self.folder / "place", ignore_errors=True)
        self.file("place/data.csv", TABLE)

    def made(self, name, *arguments, what=None):
        path = self.folder / "place" / name
        self.call("scan", "-q", what or self.folder / "place/data.csv", *arguments, secrets=[])
        return path

    def everything(self):
        place = self.folder / "place"
        ledger = place / "runs"
        for name, arguments in {
                "results.txt": ["--format", f"ndjson:{place / 'results.txt'}"],
                "all": ["--format", f"ndjson:{place / 'all'}", "--occurrences", "-v", "--profile",
                        "all", "--ledger", ledger, FIRM],
                "accepted": ["--format", f"baseline:{place / 'accepted'}", FIRM],
                "empty": ["--format", f"ndjson:{place / 'empty'}", DATA / "archives/encrypted.zip"],
        }.items():
            self.made(name, *arguments)
        diff = self.call("report", "--diff", place / "results.txt", "--format", "ndjson",
                         place / "all")
        (place / "diff").write_bytes(diff.stdout)
        self.call("guard", "-q", "--receipt", place / "receipt", stdin=TABLE.encode())
        return ["accepted", "all", "diff", "empty", "receipt", "results.txt", "runs"]

    def own(self, run):
        return sorted(r["unit"].rsplit("/", 1)[1] for r in run.coverage
                      if r.get("reason") == "own-file")

    def test_they_are_left_out_and_told(self):
        before = self.scan(self.folder / "place")
        names = self.everything()
        after = self.scan(self.folder / "place")
        self.assertEqual(self.own(after), names)
        self.assertEqual(after.status, before.status)
        self.assertEqual([(f["unit"], f["kind"], f["values"]) for f in after.fields],
                         [(f["unit"], f["kind"], f["values"]) for f in before.fields])
        record = [r for r in after.coverage if r["unit"].endswith("/runs")][0]
        self.assertEqual((record["status"], record["detail"]),
                         ("skipped", "ledger of yinma: left out (--own-files scans it)"))
        text = self.call("scan", "-v", self.folder / "place").stdout.decode()
        self.assertIn("ledger of yinma: left out", text)
        self.assertIn("not read: 0", text)
        saved = self.file("saved", after.stdout)
        self.assertEqual(self.call("report", "--format", "ndjson", saved).stdout, after.stdout)

    def test_named_or_asked_for_they_are_scanned(self):
        self.everything()
        place = self.folder / "place"
        self.assertEqual(self.own(self.scan(place, "--own-files")), [])
        run = self.scan(place / "all", place / "runs")
        self.assertEqual(self.own(run), [])
        self.assertTrue(run.fields)

    def test_pieces_of_a_large_one(self):
        self.everything()
        run = self.scan("-j2", "--piece-bytes", "4000", self.folder / "place")
        self.assertEqual(len(self.own(run)), 7)

    def test_nobody_hides_data_behind_our_records(self):
        self.everything()
        place = self.folder / "place"
        good = (place / "all").read_text("utf-8").splitlines(keepends=True)
        line = (place / "runs").read_text("utf-8")
        unit = json.loads(good[1])["unit"]
        fakes = {
            "header": good[0] + TABLE,
            "behind": "".join(good) + TABLE,
            "inside": "".join([*good[:-1], f"1,{SECRET}\n", good[-1]]),
            "without an end": "".join(good) + SECRET,
            "detail": "".join([*good[:-1], json.dumps(
                {"type": "coverage", "unit": unit, "status": "partial", "detail": f"ID {SECRET}"})
                + "\n", good[-1]]),
            "member": "".join([*good[:-1], json.dumps({"type": "coverage", "unit": unit, SECRET: 1})
                               + "\n", good[-1]]),
            "nested": "".join([*good[:-1], json.dumps({"type": "coverage", "unit": unit,
                                                       "file": [{"owner": [SECRET]}]})
                               + "\n", good[-1]]),
            "strange type": "".join([*good[:-1], f'{{"type":"person","detail":"{SECRET}"}}\n', good[-1]]),
            "no summary": "".join(good[:-1]) + f'{{"type":"coverage","unit":"{SECRET}"}}\n',
            "no object": "".join(good[:-1]) + f'["{SECRET}"]\n' + good[-1],
            "revealed": "".join(good).replace('"type":"run",', '"type":"run","revealed":true,')
            .replace('"detail":""', f'"detail":"{SECRET}"') + f'{{"type":"summary","x":"{SECRET}"}}\n',
            "ledger": line + f'{{"type":"ledger","detail":"{SECRET}"}}\n',
            "other ledger": line + f'{{"type":"accepted","detail":"{SECRET}"}}\n',
            "escaped": line.replace('"host":"', '"host":"' + "".join(
                f"\\u{ord(c):04x}" for c in SECRET) + " "),
        }
        for name, content in fakes.items():
            with self.subTest(name):
                shutil.rmtree(self.folder / "fake", ignore_errors=True)
                self.file("fake/" + name, content)
                run = self.scan(self.folder / "fake", secrets=[SECRET])
                self.assertEqual(self.own(run), [])
                kinds = {f["kind"] for f in run.fields if f["clear"] > 0}
                self.assertIn("tw_national_id", kinds)


if __name__ == "__main__":
    main()
