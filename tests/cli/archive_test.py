"""The same records in a live system and in a backup of it, by samples of rows."""

from harness import ProgramTest, main
from masks_test import People
from samples_test import HEAD, insert

PACK = """schema: 1
pack: house
version: "1"
title: {en: House rules, zh: 內規}
issuer: house
rank: house-rule
rules:
  - section: "1"
    level: requirement
    scope: field
    title: {en: Archived records leave the live system, zh: 歸檔後移除}
    message: {en: Archived records are still live., zh: 已歸檔的資料仍在線上。}
    remedy: {en: Remove them., zh: 移除。}
    breaks:
      - finds: live-and-archive
        zones: [db]
"""


class Archive(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = People(21)
        cls.members = [(i + 1, people.idno(), people.mobile()) for i in range(9000)]
        (cls.folder / "house.yaml").write_text(PACK, encoding="utf-8")
        (cls.folder / "own.yaml").write_text(f"packs: [{cls.folder}/house.yaml]\n")

    def dump(self, name, rows):
        return self.file(name, HEAD + insert("members", ("member_id", "idno", "mobile"), rows))

    def both(self, folder, live, archive, *options):
        self.dump(f"{folder}/live/shop.sql", live)
        self.dump(f"{folder}/backup/shop-20250101.sql", archive)
        return self.scan("--config", self.folder / "own.yaml", "--profile", "house", "--fail-on",
                         "never", "--zone", "*live/*=db", "--zone", "*backup/*=backup", *options,
                         self.folder / folder, secrets=[row[1] for row in self.members[:20]])

    def test_records_that_were_never_removed(self):
        run = self.both("kept", self.members, self.members[:6000])
        (violation,) = run.of_type("violation", rule="house/1")
        self.assertTrue(violation["unit"].endswith("live/shop.sql"))
        (partner,) = violation["with"]
        self.assertTrue(partner["unit"].endswith("backup/shop-20250101.sql"))
        self.assertEqual((partner["table"], partner["key"], partner["with_key"]),
                         ("members", "member_id", "member_id"))
        self.assertTrue(partner["estimated"])
        self.assertAlmostEqual(partner["count"], 6000, delta=400)
        again = self.both("kept", self.members, self.members[:6000], "-j1")
        self.assertEqual(again.of_type("violation"), run.of_type("violation"))

    def test_records_that_were_removed(self):
        run = self.both("gone", self.members[6000:], self.members[:6000])
        self.assertEqual(run.of_type("violation", rule="house/1"), [])

    def test_numbers_that_were_given_again(self):
        """The same small number, but another person: no record that both hold."""
        others = [(number, *row[1:]) for (number, *_), row in
                  zip(self.members[:3000], self.members[3000:6000])]
        run = self.both("again", others, self.members[:3000])
        self.assertEqual(run.of_type("violation", rule="house/1"), [])

    def test_the_limit_is_the_firms(self):
        """Without one the rule of the document stays undecided, and says what is missing."""
        self.both("open", self.members[:50], self.members[:50])
        run = self.scan("--profile", "platform", "--fail-on", "never", "--zone", "*live/*=db",
                        "--zone", "*backup/*=backup", self.folder / "open")
        self.assertEqual(run.of_type("violation", rule="platform/3.7.4.3"), [])


if __name__ == "__main__":
    main()
