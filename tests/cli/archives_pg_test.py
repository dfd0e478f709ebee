"""PostgreSQL's archives: every form and version gives what the plain dump gives; damage is told."""

import shutil
import subprocess
import tarfile

from harness import COLUMNS, DATA, ROWS, ProgramTest, expected, main
import pgarchive

FOLDER = DATA / "postgresql"
FORMS = {"shop.dump": ("pg-custom", "exact", "utf-8"),
         "shop-inserts.dump": ("pg-custom", "inferred", "utf-8"),
         "shop-big5.dump": ("pg-custom", "exact", "big5"),
         "shop-pg.tar": ("pg-tar", "exact", "utf-8"),
         "shop-directory": ("pg-directory", "exact", "utf-8")}
VERSIONS = [(minor, how) for minor in (12, 13, 14) for how in (pgarchive.PLAIN, pgarchive.ZLIB)] + \
    [(minor, how) for minor in (15, 16) for how in range(4)]


class Archives(ProgramTest):
    def assert_shop(self, run):
        for table, wanted in expected().items():
            self.assert_table(run, "public." + table, wanted)

    def test_every_form(self):
        for name, (form, attribution, encoding) in FORMS.items():
            with self.subTest(name):
                run = self.scan(FOLDER / name, status=1)
                self.assert_shop(run)
                self.assertEqual({(f["format"], f["attribution"], f["encoding"])
                                  for f in run.fields}, {(form, attribution, encoding)})
                self.assertEqual({tuple(f["zones"]) for f in run.fields}, {("backup",)})
                self.assertEqual(run.coverage, [])

    def test_a_table_is_a_unit(self):
        for name, inner in (("shop.dump", ""), ("shop-pg.tar", "")):
            run = self.scan(FOLDER / name)
            self.assertEqual({(f["unit"], f["table"]) for f in run.fields},
                             {(f"{FOLDER / name}!/public.{t}", f"public.{t}")
                              for t, columns in expected().items() if columns})

    def test_a_pipe_does_as_well(self):
        for name in ("shop.dump", "shop-pg.tar"):
            piped = self.scan("-", stdin=(FOLDER / name).read_bytes(), status=1)
            self.assertEqual(self.field_counts(piped), self.field_counts(self.scan(FOLDER / name)))

    def test_every_version_and_compression(self):
        archive = (FOLDER / "shop.dump").read_bytes()
        for minor, how in VERSIONS:
            for chunk in (1, 4096, 1 << 20) if minor == 14 else (5000,):
                with self.subTest(f"1.{minor} {how} {chunk}"):
                    run = self.scan(self.file("v.dump", pgarchive.rewrite(archive, minor, how,
                                                                          chunk)), status=1)
                    self.assert_shop(run)
                    self.assertEqual(run.coverage, [])

    def test_an_unknown_version_is_told(self):
        data = bytearray((FOLDER / "shop.dump").read_bytes())
        data[6] = 99
        run = self.scan(self.file("new.dump", bytes(data)))
        self.assertEqual([c["reason"] for c in run.coverage], ["unsupported"])

    def test_cut_anywhere_is_told(self):
        for name in ("shop.dump", "shop-pg.tar"):
            data = (FOLDER / name).read_bytes()
            before = -1
            for part in range(1, 16):
                with self.subTest(f"{name} {part}/16"):
                    run = self.scan(self.file("cut", data[:len(data) * part // 16]))
                    self.assertTrue(run.coverage)
                    self.assertIn(run.status, (1, 3))
                    values = sum(f["values"] for f in run.fields)
                    self.assertGreaterEqual(values, before if part > 3 else 0)
                    before = values

    def test_one_flipped_byte_is_no_crash(self):
        data = (FOLDER / "shop.dump").read_bytes()
        for at in range(0, len(data), len(data) // 40):
            flipped = bytearray(data)
            flipped[at] ^= 0xA5
            run = self.scan(self.file("flipped.dump", bytes(flipped)))
            self.assertNotIn("crashed", {c.get("reason") for c in run.coverage})

    def test_a_file_missing_from_a_directory_is_told(self):
        folder = self.folder / "dir"
        shutil.copytree(FOLDER / "shop-directory", folder)
        next(folder.glob("[0-9]*.dat.gz")).unlink()
        run = self.scan(folder, status=1)
        self.assertEqual([(c["unit"], c["reason"]) for c in run.coverage],
                         [(str(folder / "toc.dat"), "truncated")])

    def test_plain_files_of_a_directory(self):
        folder = self.folder / "plain"
        folder.mkdir()
        for path in (FOLDER / "shop-directory").iterdir():
            shutil.copy(path, folder)
        subprocess.run(["gunzip", *folder.glob("*.gz")], check=True)
        run = self.scan(folder, status=1)
        self.assert_shop(run)
        self.assertTrue(all(f["unit"].endswith(f".dat!/{f['table']}") for f in run.fields))

    def test_inside_other_archives(self):
        path = self.folder / "backup.tar.gz"
        with tarfile.open(path, "w:gz") as out:
            out.add(FOLDER / "shop.dump", "db/shop.dump")
            out.add(FOLDER / "shop-pg.tar", "db/shop.tar")
        run = self.scan(path, status=1)
        for name in ("shop.dump", "shop.tar"):
            for table, wanted in expected().items():
                self.assert_table(run, "public." + table, wanted,
                                  f"{path}!/db/{name}!/public.{table}")

    def test_examples_name_rows(self):
        run = self.scan(FOLDER / "shop.dump")
        field = next(f for f in run.fields if f["column"] == "card_no")
        rows = [row for row in ROWS["payments"]]
        at = COLUMNS["payments"].index("card_no")
        for example in field["examples"]:
            self.assertTrue(rows[example["row"] - 1][at].endswith(example["shown"][-4:]))

    def test_any_number_of_workers_says_the_same(self):
        one, two = (self.scan("-j", n, FOLDER) for n in (1, 2))
        self.assertEqual(self.comparable(one), self.comparable(two))


if __name__ == "__main__":
    main()
