"""What real archivers made, nested, encrypted and damaged."""

from harness import DATA, ProgramTest, expected, main
from exports_test import by_label

ARCHIVES = DATA / "archives"


class Archives(ProgramTest):
    def assert_dump(self, run, unit):
        for table in expected():
            self.assert_table(run, table, expected()[table], unit)

    def test_compressed_streams(self):
        for ending in ("gz", "bz2", "xz", "zst", "lz4"):
            with self.subTest(ending):
                path = ARCHIVES / f"shop.sql.{ending}"
                run = self.scan(path, status=1)
                self.assert_dump(run, f"{path}!/shop.sql")
                self.assertEqual(run.coverage, [])

    def test_members_of_archives(self):
        for name, inside in {"backup.tar.zst": "!/backup", "backup.zip": "!/backup",
                             "backup.7z": "!/backup",
                             "nested.tar.xz": "!/inner.zip!/backup"}.items():
            with self.subTest(name):
                path = ARCHIVES / name
                run = self.scan(path, status=1)
                self.assert_dump(run, f"{path}{inside}/db/shop.sql.gz!/shop.sql")
                self.assert_table(run, "", by_label(expected()["customers"]),
                                  f"{path}{inside}/export/customers.csv")
                self.assertEqual(run.coverage, [])

    def test_depth_is_limited_by_the_option_that_says_so(self):
        run = self.scan("--max-depth", "1", ARCHIVES / "nested.tar.xz", status=3)
        self.assertIn("limit", [c.get("reason") for c in run.coverage])
        self.assertIn("--max-depth", " ".join(c.get("detail", "") for c in run.coverage))

    def test_encrypted_members_are_listed(self):
        path = ARCHIVES / "encrypted.zip"
        run = self.scan(path, status=3)
        encrypted = {c["unit"] for c in run.coverage if c.get("reason") == "encrypted"}
        self.assertEqual(encrypted, {f"{path}!/backup/export/customers.csv",
                                     f"{path}!/backup/README"})
        self.assertEqual(run.violations, [])

    def test_expected_encryption_is_no_gap(self):
        config = self.file("expect.yaml", "expect:\n  - glob: '*encrypted.zip*'\n    encrypted: true\n")
        run = self.scan("--config", config, ARCHIVES / "encrypted.zip", status=0)
        self.assertEqual({c["status"] for c in run.coverage}, {"expected"})

    def test_a_broken_stream_gives_what_it_held(self):
        run = self.scan(ARCHIVES / "broken.sql.gz", status=1)
        self.assertTrue(run.fields)
        self.assertTrue([c for c in run.coverage if c.get("reason") in ("truncated", "damaged")])
        self.scan("--fail-on", "never", ARCHIVES / "broken.sql.gz", status=3)

    def test_workers_agree_on_archives(self):
        one, two = (self.scan("-j", n, ARCHIVES) for n in ("1", "2"))
        self.assertEqual(self.comparable(one), self.comparable(two))

    def test_members_are_chosen_by_inner_names(self):
        run = self.scan("--include", "*.csv", ARCHIVES / "backup.zip")
        self.assertTrue(run.fields)
        self.assertTrue(all(f["unit"].endswith("customers.csv") for f in run.fields))


if __name__ == "__main__":
    main()
