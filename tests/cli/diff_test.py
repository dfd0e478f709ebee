"""`yinma report --diff OLD`: what is new, more, fewer, gone and not seen, each with its cause. A
leak must never look like an upgrade, nor an upgrade like a leak."""

import csv
import io
import json
import os
import pathlib
import random
import shutil
import subprocess
import unittest

from harness import ProgramTest, main

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "golden"
DAY = ("--as-of", "2026-01-31")


def mobile(number):
    return f"09{number * 7919 % 10**8:08d}"


def card(number):
    digits = f"455673{number * 7919 % 10**9:09d}"
    total = sum(sum(divmod(int(c) * (2 - i % 2), 10)) for i, c in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def table(head, rows, *columns):
    return head + "\n" + "".join(
        ",".join([str(i), *(column(i) for column in columns)]) + "\n" for i in rows)


MEMBERS = table("id,mobile", range(1, 40), mobile)
ORDERS = table("id,mobile,card_no", range(1, 40), mobile, card)
CLEAN = table("id,qty", range(1, 40), str)


class Diff(ProgramTest):
    def setUp(self):
        self.place = self.folder / "place"
        shutil.rmtree(self.place, ignore_errors=True)
        self.put("orders.csv", ORDERS)
        self.put("members.csv", MEMBERS)
        self.put("clean.csv", CLEAN)
        self.place.mkdir(exist_ok=True)

    def put(self, name, content, when=1_700_000_000):
        path = self.file(f"place/{name}", content)
        os.utime(path, (when, when))
        return path

    def saved(self, name, *arguments):
        path = self.folder / name
        run = self.call("scan", *DAY, "--format", f"ndjson:{path}", "-q", *arguments)
        self.assertIn(run.status, (0, 1, 3), run.stderr)
        return path

    def saved_here(self, name, *arguments):
        path = self.folder / name
        run = self.call("scan", *DAY, "--format", f"ndjson:{path}", "-q", *arguments, cwd=self.place)
        self.assertIn(run.status, (0, 1, 3), run.stderr)
        return path

    def changes(self, old, new):
        """{(change, rule or "", unit, column): causes} of what is not the same, and the summary."""
        run = self.call("report", "--diff", old, "--format", "ndjson", new)
        self.assertIn(run.status, (0, 1, 3), run.stderr)
        found = {}
        for change in run.of_type("change"):
            unit = (change.get("now") or change["before"]).get("unit", "")
            if change["change"] != "same":
                found[change["change"], change.get("rule", ""), pathlib.Path(unit).name,
                      change["column"]] = change["causes"]
        self.comparison = run.of_type("comparison")[0]
        return found

    def edited(self, path, edit):
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        out = path.with_name("edited.ndjson")
        out.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n"
                               for record in edit(records)), "utf-8")
        return out

    def test_nothing_changed(self):
        old = self.saved("old.ndjson", self.place)
        self.assertEqual(self.changes(old, self.saved("new.ndjson", self.place)), {})
        self.assertEqual(self.comparison["differs"], [])
        self.assertEqual(self.comparison["violations"]["same"], 4)

    def test_data_changed(self):
        old = self.saved("old.ndjson", self.place)
        self.put("clean.csv", MEMBERS, when=1_700_000_001)
        self.put("members.csv", CLEAN, when=1_700_000_001)
        self.put("orders.csv", ORDERS + table("", range(50, 60), mobile, card)[1:], 1_700_000_001)
        found = self.changes(old, self.saved("new.ndjson", self.place))
        self.assertEqual(found["new", "yinma/clear-contact", "clean.csv", "mobile"], ["data"])
        self.assertEqual(found["gone", "yinma/clear-contact", "members.csv", "mobile"], ["data"])
        self.assertEqual(found["more", "yinma/clear-identity", "orders.csv", "card_no"], ["data"])
        self.assertEqual({cause for causes in found.values() for cause in causes}, {"data"})
        self.assertEqual(self.comparison["by_data"], 4)

    def test_a_file_came_and_one_went(self):
        old = self.saved("old.ndjson", self.place)
        (self.place / "members.csv").rename(self.place / "people.csv")
        found = self.changes(old, self.saved("new.ndjson", self.place))
        self.assertEqual(found, {("new", "yinma/clear-contact", "people.csv", "mobile"): ["unit"],
                                 ("new", "", "people.csv", "mobile"): ["unit"],
                                 ("gone", "yinma/clear-contact", "members.csv", "mobile"): ["unit"],
                                 ("gone", "", "members.csv", "mobile"): ["unit"]})

    def test_what_was_not_read_is_not_gone(self):
        old = self.saved("old.ndjson", self.place)
        for arguments in ([self.place / "orders.csv"], [self.place, "--exclude", "*members*"]):
            with self.subTest(arguments):
                found = self.changes(old, self.saved("new.ndjson", *arguments))
                self.assertEqual(found["not-seen", "", "members.csv", "mobile"], ["scope"])
                self.assertNotIn("gone", {change for change, *_ in found})
        found = self.changes(self.saved("part.ndjson", self.place / "orders.csv"), old)
        self.assertEqual(found["new", "", "members.csv", "mobile"], ["scope"])

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_what_could_not_be_read_is_not_gone_either(self):
        old = self.saved("old.ndjson", self.place)
        (self.place / "members.csv").chmod(0)
        found = self.changes(old, self.saved("new.ndjson", self.place))
        self.assertEqual(found["not-seen", "", "members.csv", "mobile"], ["not-read"])

    def test_a_member_of_an_archive_that_broke_is_not_gone(self):
        for name in ("members.csv", "orders.csv", "clean.csv"):
            (self.place / name).unlink()
        packed = self.folder / "packed"
        shutil.rmtree(packed, ignore_errors=True)
        packed.mkdir()
        for name, content in (("a.csv", MEMBERS), ("z.csv", ORDERS)):
            (packed / name).write_text(content)
        shutil.make_archive(self.place / "all", "tar", packed)
        old = self.saved("old.ndjson", self.place)
        archive = self.place / "all.tar"
        archive.write_bytes(archive.read_bytes()[:3000])
        found = self.changes(old, self.saved("new.ndjson", self.place))
        self.assertEqual(found["not-seen", "", "z.csv", "card_no"], ["not-read"])

    def test_an_upgrade_is_no_leak(self):
        new = self.saved("new.ndjson", self.place)

        def without_cards(records):
            records[0]["yinma"] = "0.0.9"
            return [r for r in records if r.get("kind") != "card_number"]
        found = self.changes(self.edited(new, without_cards), new)
        self.assertEqual(found["new", "yinma/clear-identity", "orders.csv", "card_no"], ["version"])
        self.assertEqual(self.comparison["differs"], ["version"])
        self.assertEqual(self.comparison["by_data"], 0)
        self.put("orders.csv", ORDERS, when=1_700_000_002)  # now it may be either
        found = self.changes(self.edited(new, without_cards), self.saved("new.ndjson", self.place))
        self.assertEqual(found["new", "yinma/clear-identity", "orders.csv", "card_no"],
                         ["data", "version"])

        def with_other_kinds(records):
            records[0]["kinds_sha256"] = "0" * 64
            return [r for r in records if r.get("kind") != "card_number"]
        new = self.saved("new.ndjson", self.place)
        found = self.changes(self.edited(new, with_other_kinds), new)
        self.assertEqual(found["new", "", "orders.csv", "card_no"], ["kinds"])

    def test_new_rules_and_settings_are_no_leak(self):
        plain = self.saved("plain.ndjson", self.place, "--profile", "platform")
        more = self.saved("more.ndjson", self.place, "--profile", "platform", "--profile", "pci",
                          "--zone", "db")
        found = self.changes(plain, more)
        self.assertEqual({cause for (change, rule, *_), causes in found.items() for cause in causes
                          if change == "new" and rule}, {"settings"})

        def older_rules(records):
            for pack in records[0]["packs"]:
                pack["sha256"] = "0" * 64 if pack["name"] == "yinma" else pack["sha256"]
            return [r for r in records if r.get("rule") != "yinma/clear-identity"]
        found = self.changes(self.edited(plain, older_rules), plain)
        self.assertEqual(found, {("new", "yinma/clear-identity", "orders.csv", "card_no"):
                                 ["rules"]})
        text = self.call("report", "--diff", self.edited(plain, older_rules), plain).stdout.decode()
        self.assertIn("yinma: another text of the rules", text)

    def test_results_that_do_not_say_what_was_read(self):
        def older(records):
            for name in ("sources", "settings_sha256", "kinds_sha256", "paths"):
                records[0].pop(name, None)
            return [r for r in records if r["type"] != "sources"]
        old = self.saved("old.ndjson", self.place)
        (self.place / "members.csv").unlink()
        new = self.saved("new.ndjson", self.place)
        found = self.changes(self.edited(old, older), new)
        self.assertEqual(found["gone", "", "members.csv", "mobile"], ["unit"])
        found = self.changes(old, self.edited(new, older))
        self.assertEqual(found["not-seen", "", "members.csv", "mobile"], ["scope"])

    def test_labels_name_where_a_run_looked(self):
        old = self.saved("old.ndjson", "--label", f"PC-03={self.place}")
        (self.place / "members.csv").unlink()
        found = self.changes(old, self.saved("new.ndjson", "--label", f"PC-03={self.place}"))
        self.assertEqual(found["gone", "", "members.csv", "mobile"], ["unit"])
        found = self.changes(old, self.saved("new.ndjson", self.place))
        self.assertEqual(found["not-seen", "", "members.csv", "mobile"], ["scope"])

    def test_what_git_did_not_name_is_not_gone(self):
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.invalid"]
        for words in (["init", "-q"], ["add", "clean.csv"], ["commit", "-qm", "one"],
                      ["add", "orders.csv"]):
            subprocess.run([*git, *words], cwd=self.place, check=True)
        old = self.saved_here("old.ndjson", ".")
        new = self.saved_here("new.ndjson", "--staged")
        found = self.changes(old, new)
        self.assertEqual(found["not-seen", "", "members.csv", "mobile"], ["scope"])
        self.assertNotIn("gone", {change for change, *_ in found})

    def test_no_damage_brings_it_down(self):
        old = self.saved("old.ndjson", self.place)
        dice = random.Random(11)
        for _ in range(40):
            data = bytearray(old.read_bytes())
            for _ in range(dice.randint(1, 4)):
                at = dice.randrange(len(data))
                data[at:at + dice.randint(0, 200)] = dice.choice([b"", b"0", b"}", b"\xff", b'"'])
            bad = self.file("bad.ndjson", bytes(data))
            for sides in ((bad, old), (old, bad), (bad, bad)):
                run = self.call("report", "--format", "json", "--diff", *sides)
                self.assertIn(run.status, (0, 1, 2, 3), run.stderr)

    def test_dated_files_are_one_source(self):
        self.put("shop-20260130.csv", ORDERS)
        old = self.saved("old.ndjson", self.place)
        (self.place / "shop-20260130.csv").rename(self.place / "shop-20260131.csv")
        self.assertEqual(self.changes(old, self.saved("new.ndjson", self.place)), {})

    def test_the_status_is_that_of_the_new_results(self):
        old = self.saved("old.ndjson", self.place)
        clean = self.saved("clean.ndjson", self.place / "clean.csv")
        self.assertEqual(self.call("report", "--diff", old, clean).status, 0)
        self.assertEqual(self.call("report", "--diff", clean, old).status, 1)
        self.assertEqual(self.call("report", "--diff", old, "--baseline", old, old).status, 0)

    def test_wrong_calls(self):
        old = self.saved("old.ndjson", self.place)
        for arguments in (["--diff", old, "--format", "sarif", old], ["--diff", "-", "-"],
                          ["--diff", self.folder / "none", old], ["--diff", old]):
            run = self.call("report", *arguments)
            self.assertEqual((run.status, run.stdout), (2, b""), run.stderr)
        self.assertEqual(self.call("scan", "--diff", old, self.place).status, 2)

    def test_all_formats_hold_it(self):
        old = self.saved("old.ndjson", self.place)
        (self.place / "members.csv").unlink()
        self.put("新.csv", MEMBERS)
        new = self.saved("new.ndjson", self.place)
        records = self.call("report", "--diff", old, "--format", "ndjson", new).of_type("change")
        whole = json.loads(self.call("report", "--diff", old, "--format", "json", new).stdout)
        self.assertEqual(whole["changes"], records)
        text = self.call("report", "--diff", old, "--format", "csv", new).stdout.decode("utf-8-sig")
        rows = [row for row in csv.DictReader(io.StringIO(text)) if row["record"] == "change"]
        self.assertEqual([(row["change"], row["causes"], row["column"]) for row in rows],
                         [(r["change"], " ".join(r["causes"]), r["column"]) for r in records])
        self.assertTrue(all(None not in row.values() for row in rows))
        again = self.file("again.ndjson", self.call("report", "--diff", old, "--format", "ndjson",
                                                    new).stdout)
        self.assertEqual(self.call("report", "--format", "ndjson", again).stdout, new.read_bytes())

    def test_the_screen(self):
        self.place.rename(self.folder / "shop")
        self.addCleanup(shutil.rmtree, self.folder / "shop")
        self.call("scan", *DAY, "-q", "--format", "ndjson:old.ndjson", "shop")
        (self.folder / "shop/members.csv").unlink()
        (self.folder / "shop/會員.csv").write_text(MEMBERS)
        (self.folder / "shop/clean.csv").write_text(MEMBERS)
        self.call("scan", *DAY, "-q", "--format", "ndjson:new.ndjson", "--zone", "*orders*=db",
                  "shop")
        for language in ("en", "zh-TW"):
            run = self.call("report", "--lang", language, "--diff", "old.ndjson", "new.ndjson")
            screen = run.stdout.decode("utf-8").split("\n\n")[0] + "\n"
            golden = GOLDEN / f"diff.{language}.golden"
            if os.environ.get("YINMA_UPDATE_GOLDEN") == "1":
                golden.write_text(screen, "utf-8")
            self.assertEqual(screen, golden.read_text("utf-8"))


if __name__ == "__main__":
    main()
