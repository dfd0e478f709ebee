"""Test data beside a reference that production wrote."""

import os
import stat

from harness import ProgramTest, main
from masks_test import People, table


def people(seed, count):
    made = People(seed)
    return [(made.idno(), f"user{seed}x{i}@mail.tw") for i in range(count)]


class Reference(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.production = people(1, 6000)

    def data(self, name, rows):
        return self.file(name, table(("id", "idno", "email"),
                                     [(i, *row) for i, row in enumerate(rows)]))

    def reference(self):
        path = self.folder / "people.ref"
        if not path.exists():
            self.call("scan", "--fail-on", "never", "--write-reference", path,
                      self.data("production.csv", self.production))
        return path

    def overlap(self, path, *options):
        run = self.scan("--zone", "test", "--profile", "all", "--fail-on", "never",
                        "--reference", self.reference(), *options, path)
        return run, {f["column"]: f["overlap"] for f in run.fields if "overlap" in f}

    def test_the_file_is_private_and_says_little(self):
        path = self.reference()
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        text = path.read_text()
        self.assertTrue(text.startswith("yinma reference 1\n"))
        for idno, mail in self.production[:200]:
            self.assertNotIn(idno, text)
            self.assertNotIn(mail.split("@")[0], text)
        again = self.folder / "again.ref"
        self.call("scan", "--fail-on", "never", "--write-reference", again,
                  self.folder / "production.csv")
        self.assertNotEqual(again.read_text(), text)  # a key of its own
        self.assertEqual([name for name in os.listdir(self.folder) if ".ref." in name], [])

    def test_a_copy_of_production(self):
        run, found = self.overlap(self.data("copy.csv", self.production[:500]))
        for column in ("idno", "email"):
            self.assertEqual(found[column]["met"], 500)
            self.assertTrue(found[column]["real"])
            self.assertAlmostEqual(found[column]["values"], 500, delta=5)
        told = {v["rule"] for v in run.violations if v.get("column") == "idno"}
        self.assertIn("platform/2.1.4", told)
        pairs = [(v["rule"], v.get("column")) for v in run.violations]
        self.assertEqual(len(pairs), len(set(pairs)))
        text = self.call("scan", "--zone", "test", "--reference", self.reference(),
                         self.folder / "copy.csv").stdout.decode()
        self.assertIn("are those of real people, by the reference)", text)

    def test_some_real_people_among_made_up_ones(self):
        rows = self.production[:400] + people(7, 3600)
        _, found = self.overlap(self.data("some.csv", rows))
        self.assertTrue(found["idno"]["real"])
        self.assertAlmostEqual(found["idno"]["values"], 400, delta=60)

    def test_made_up_people(self):
        run, found = self.overlap(self.data("made.csv", people(8, 3000)))
        self.assertFalse(found["idno"]["real"])
        self.assertFalse(found["email"]["real"])
        self.assertLess(found["idno"]["met"], 200)
        self.assertGreater(found["idno"]["met"], 10)  # coincidence is what keeps people apart

    def test_any_number_of_workers_and_saved_results(self):
        path = self.data("jobs.csv", self.production[:300])
        one, found = self.overlap(path, "-j1")
        self.assertEqual(self.overlap(path, "-j2")[1], found)
        saved = self.file("jobs.ndjson", one.stdout)
        again = self.call("report", "--format", "ndjson", "--fail-on", "never", saved)
        self.assertEqual({f["column"]: f["overlap"] for f in again.fields if "overlap" in f},
                         found)

    def test_bad_files(self):
        data = self.data("bad.csv", self.production[:5])
        good = self.reference().read_bytes()
        turned = bytearray(good)
        turned[len(turned) // 2] ^= 1
        bad = {"none": b"", "other": b"a,b\n1,2\n", "cut": good[:-100], "turned": bytes(turned),
               "newer": good.replace(b"reference 1", b"reference 2", 1)}
        for name, content in bad.items():
            run = self.call("scan", "--reference", self.file(f"{name}.ref", content), data)
            self.assertEqual(run.status, 2, name)
            self.assertIn(f"{name}.ref", run.stderr.decode())
        self.assertEqual(self.call("scan", "--reference", self.folder / "no.ref", data).status, 2)
        self.assertEqual(self.call("scan", "--reference", self.reference(), "--write-reference",
                                   self.folder / "x.ref", data).status, 2)
        self.assertEqual(self.call("scan", "--write-reference", self.folder / "no/x.ref",
                                   data).status, 2)


if __name__ == "__main__":
    main()
