"""What the rules say of a run: every rule held, broken, undecided and why, not applicable, not asked; told once
where that reads better; other documents beside; and `explain` of a rule in both languages."""

import json

from harness import ProgramTest, main

IDS = ["A143231948", "F131104093", "H290170091"]
CARDS = ["4999269823454950", "5500005555555559", "4012888888881881"]
DUMP = """-- MySQL dump 10.19  Distrib 10.11.6-MariaDB
CREATE TABLE `members` (`id` int, `name` varchar(20), `mobile` varchar(20), `address` varchar(80), `email` varchar(60));
INSERT INTO `members` VALUES (1,'陳怡君','0928123457','臺北市大安區和平東路一段12號3樓','yichun@mail.tw'),
(2,'林志明','0911222345','高雄市前鎮區中山二路5號','jm.lin@mail.tw'),(3,'黃雅婷','0935777123','臺中市西屯區文心路三段99號','ya@mail.tw');
CREATE TABLE `orders` (`no` int, `receiver_tel` varchar(20));
INSERT INTO `orders` VALUES (1,'0928123457'),(2,'0911222345'),(3,'0935777123');
-- Dump completed
"""


class Statuses(ProgramTest):
    def statuses(self, *arguments, **how):
        run = self.scan("--as-of", "2026-01-31", *arguments, **how)
        return run, {r["rule"]: r for r in run.of_type("control")}

    def test_every_rule_in_force_has_one(self):
        path = self.file("page.html", f"<p>{IDS[0]}</p>\n".encode())
        run, controls = self.statuses("--profile", "platform", "--zone", "display", path, status=1)
        listed = json.loads(self.call("list", "rules", "--format", "json").stdout)
        wanted = {row["id"] for row in listed if row["pack"] in ("platform", "yinma")}
        self.assertEqual(set(controls), wanted)
        self.assertEqual(controls["platform/5.3.4"]["status"], "broken")
        self.assertEqual(controls["platform/5.3.4"]["violations"], 1)
        self.assertEqual(controls["platform/5.3.4.1"]["status"], "held")
        self.assertEqual(controls["platform/5.3.4.1"]["units"], 1)
        self.assertEqual(controls["platform/5.3.5"]["status"], "not-asked")

    def test_what_was_not_read_is_not_held(self):
        broken = self.file("cut.csv.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b")
        run, controls = self.statuses("--zone", "display", broken, status=3)
        self.assertEqual(controls["platform/5.3.4"]["status"], "undecided")
        self.assertEqual(controls["platform/5.3.4"]["why"], "not-read")
        self.assertEqual(controls["platform/5.3.4"]["unread"], 1)

    def test_classes_of_firms(self):
        path = self.file("slip.csv", "name,mobile\n陳怡君,0928123457\n林志明,0911222345\n".encode())
        _, unknown = self.statuses("--profile", "supplier", "--zone", "print-host", path)
        _, first = self.statuses("--profile", "supplier", "--class", "1", "--zone", "print-host", path)
        _, second = self.statuses("--profile", "supplier", "--class", "2", "--zone", "print-host", path)
        self.assertEqual(unknown["supplier/3.4.2.7"]["status"], "undecided")
        self.assertEqual(unknown["supplier/3.4.2.7"]["why"], "class-unknown")
        self.assertEqual(first["supplier/3.4.2.7"]["status"], "not-applicable")
        self.assertNotIn(second["supplier/3.4.2.7"].get("why"), ("class-unknown",))
        self.assertNotEqual(second["supplier/3.4.2.7"]["status"], "not-applicable")

    def test_a_limit_that_nobody_set_is_told(self):
        path = self.file("old.sql", DUMP.encode())
        run = self.call("scan", "--profile", "platform", path)
        self.assertIn(b"`retention:` of the configuration sets none (customer-data", run.stdout)

    def test_saved_results_keep_them(self):
        path = self.file("saved.sql", DUMP.encode())
        saved = self.file("saved.ndjson")
        first, controls = self.statuses("--profile", "all", path, status=1)
        with open(saved, "wb") as out:
            out.write(first.stdout)
        other = self.file("other.sql", DUMP.encode())
        more = self.file("more.ndjson", self.statuses("--profile", "all", other, status=1)[0].stdout)
        again = self.call("report", "--format", "ndjson", saved, more)
        merged = {r["rule"]: r for r in again.of_type("control")}
        self.assertEqual(set(merged), set(controls))
        for rule, record in controls.items():
            self.assertEqual(merged[rule]["status"], record["status"], rule)
            self.assertEqual(merged[rule].get("why"), record.get("why"), rule)
            self.assertEqual(merged[rule]["units"], 2 * record["units"], rule)


class Together(ProgramTest):
    def test_contact_data_of_a_dump_is_told_once(self):
        run = self.scan(self.file("shop.sql", DUMP.encode()), status=1)
        found = [v for v in run.violations if v["rule"] == "platform/5.3.5" and v["kind"] != "person_name"]
        self.assertEqual(len(found), 1, found)
        columns = {(w["table"], w["column"], w["kind"]) for w in found[0]["with"]}
        self.assertEqual(columns | {(found[0]["table"], found[0]["column"], found[0]["kind"])},
                         {("members", "mobile", "phone_mobile"), ("members", "address", "address"),
                          ("members", "email", "email"), ("orders", "receiver_tel", "phone_mobile")})
        self.assertEqual(found[0]["count"], 12)

    def test_its_fingerprint_does_not_depend_on_the_first_column(self):
        path = self.file("shop.sql", DUMP.encode())
        one = self.scan(path, status=1)
        self.file("shop.sql", DUMP.replace("`mobile` varchar(20), ", "").replace("'0928123457','臺", "'臺")
                  .replace("'0911222345','高", "'高").replace("'0935777123','臺", "'臺").encode())
        other = self.scan(path, status=1)
        told = [[v for v in run.violations if v["rule"] == "platform/5.3.5" and v["kind"] != "person_name"]
                for run in (one, other)]
        self.assertEqual([len(each) for each in told], [1, 1])
        self.assertNotEqual(told[0][0]["column"], told[1][0]["column"])
        self.assertEqual(told[0][0]["fingerprint"], told[1][0]["fingerprint"])

    def test_first_six_and_last_four(self):
        rows = "\n".join(f"{c[:6]}******{c[-4:]}" for c in CARDS)
        path = self.file("page.csv", f"card_no\n{rows}\n".encode())
        run = self.scan("--zone", "display", path)
        found = {v["rule"]: v for v in run.violations}
        self.assertEqual(found["platform/5.3.4.1"]["severity"], "low")
        self.assertIn({"rule": "pci/3.4.1", "status": "held"}, found["platform/5.3.4.1"]["related"])
        text = self.call("scan", "--zone", "display", path).stdout.decode()
        self.assertIn("(pci/3.4.1 holds)", text)
        both = self.scan("--zone", "display", "--profile", "all", path)
        self.assertNotIn("pci/3.4.1", {v["rule"] for v in both.violations})
        rows = "\n".join(f"{i},{c[:10]}**{c[-4:]}" for i, c in enumerate(CARDS))
        path = self.file("more.csv", f"id,card_no\n{rows}\n".encode())
        more = self.scan("--zone", "display", "--profile", "all", path)
        self.assertIn("pci/3.4.1", {v["rule"] for v in more.violations})

    def test_a_requirement_and_its_check_stand_together(self):
        path = self.file("shown.csv", ("card_no\n" + "\n".join(CARDS) + "\n").encode())
        run = self.scan("--zone", "display", path, status=1)
        found = {v["rule"]: v for v in run.violations}
        self.assertEqual(found["platform/5.3.4"]["severity"], "high")
        self.assertTrue(found["platform/5.3.4.1"]["parent_broken"])
        text = self.call("scan", "--zone", "display", path).stdout.decode()
        self.assertIn("5.3.4 (5.3.4.1)", text)


HOUSE = """schema: 1
pack: house
version: "1"
title: House rules
rules:
  - {section: near, level: requirement, title: t, message: m, remedy: r, breaks: [
      {kinds: [phone_mobile], states: [clear], zones: [other], together: {kinds: [email], within: WITHIN}}]}
  - {section: many, level: requirement, title: t, message: m, remedy: r, breaks: [
      {kinds: [phone_mobile], states: [clear], zones: [other], at-least: {people: 4}}]}
  - {section: once, level: requirement, scope: unit, title: t, message: m, remedy: r, breaks: [
      {kinds: [phone_mobile, email], states: [clear], zones: [other]}]}
"""


class Conditions(ProgramTest):
    MOBILES = ["0928123457", "0911222345", "0935777123", "0952888456"]

    def house(self, mobiles, mails, within="row"):
        self.file("house.yaml", HOUSE.replace("WITHIN", within).encode())
        config = self.file("house-config.yaml", b"packs: [house.yaml]\n")
        rows = "\n".join(f"{i},{m},{e}" for i, (m, e) in enumerate(zip(mobiles, mails)))
        path = self.file("list.csv", f"no,mobile,email\n{rows}\n".encode())
        run = self.scan("--config", config, "--profile", "house", path)
        return {v["rule"]: v for v in run.violations}, {r["rule"]: r for r in run.of_type("control")}

    def mails(self, count):
        return [f"user{i}@mail.tw" if i < count else "" for i in range(4)]

    def test_in_one_row(self):
        found, _ = self.house(self.MOBILES, self.mails(4))
        self.assertEqual(found["house/near"]["count"], 4)
        found, _ = self.house(self.MOBILES, self.mails(3))
        self.assertEqual(found["house/near"]["count"], 3)
        found, controls = self.house(["", "", *self.MOBILES[2:]], self.mails(2))
        self.assertNotIn("house/near", found)
        self.assertEqual(controls["house/near"]["status"], "undecided")

    def test_in_one_table(self):
        found, _ = self.house(["", "", *self.MOBILES[2:]], self.mails(2), "table")
        self.assertEqual(found["house/near"]["count"], 2)
        found, controls = self.house(self.MOBILES, self.mails(0), "table")
        self.assertNotIn("house/near", found)
        self.assertEqual(controls["house/near"]["status"], "held")

    def test_from_so_many_people_on(self):
        self.assertIn("house/many", self.house(self.MOBILES, self.mails(4))[0])
        self.assertNotIn("house/many", self.house([*self.MOBILES[:3], ""], self.mails(3))[0])

    def test_once_for_a_unit(self):
        found, controls = self.house(self.MOBILES, self.mails(4))
        self.assertEqual(found["house/once"]["count"], 8)
        self.assertEqual([w["column"] for w in found["house/once"]["with"]], ["email"])
        self.assertEqual(controls["house/once"]["violations"], 1)


class BadInput(ProgramTest):
    def refused(self, change, *wanted):
        text = HOUSE.replace("WITHIN", "row")
        self.assertNotEqual(change(text), text)
        self.file("house.yaml", change(text).encode())
        config = self.file("house-config.yaml", b"packs: [house.yaml]\n")
        run = self.call("scan", "--config", config, self.file("a.txt", b"nothing\n"))
        self.assertEqual(run.status, 2)
        self.assertEqual(run.stdout, b"")
        for part in wanted:
            self.assertIn(part, run.stderr.decode())

    def test_packs(self):
        self.refused(lambda t: t.replace("zones: [other]", "zones: [othr]"), "house.yaml:7: ",
                     'unknown zone "othr" (did you mean "other"?); allowed: db, backup, ')
        self.refused(lambda t: t.replace("section: many", "section: near"), "house.yaml:8: ",
                     'section "near" is there twice, first in line 6')
        self.refused(lambda t: t.replace("section: many", "section: many, related: [pci/9.9.9]"), "house.yaml:8: ",
                     'unknown control "pci/9.9.9"')
        self.refused(lambda t: t.replace("{people: 4}", "{people: many}"), "must be a whole number")
        self.refused(lambda t: t.replace("at-least: {people: 4}", "older-than: {since: file}"), "house.yaml:9: ",
                     "needs one limit with its unit")
        self.refused(lambda t: t.replace("schema: 1", "schema: 2"), "house.yaml:1: schema: is version 2",
                     "a newer one is needed for this pack")
        self.refused(lambda t: t.replace("section: many", "section: many, parent: once")
                     .replace("section: once", "section: once, parent: many"), "descends from itself")

    def test_calls(self):
        path = self.file("a.txt", b"nothing\n")
        for call in (["--as-of", "2026-02-30"], ["--as-of", "soon"], ["--zone", "dbx"], ["--class", "3"],
                     ["--profile", "plattform"]):
            run = self.call("scan", *call, path)
            self.assertEqual(run.status, 2, call)
            self.assertEqual(run.stdout, b"", call)


class Secrets(ProgramTest):
    KEY = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END PRIVATE KEY-----\n"

    def test_keys_beside_data(self):
        self.file("both/key.pem", self.KEY.encode())
        folder = self.file("both/members.sql", DUMP.encode()).parent
        run = self.scan("--zone", "backup", folder, status=1, secrets=["MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw"])
        self.assertIn("platform/5.3.5.4", run.rules(unit=str(folder / "key.pem")))
        alone = self.file("alone/key.pem", self.KEY.encode()).parent
        run = self.scan("--zone", "backup", alone)
        self.assertNotIn("platform/5.3.5.4", run.rules())

    def test_lists_of_passwords(self):
        listed = self.file("logins.csv", "username,password\nming,Tr0ub4dor&3\nyichun,Qx7!vv-2\n".encode())
        run = self.scan("--zone", "exchange", "--zone", "other", listed)
        found = [v for v in run.violations if v["rule"] == "platform/2.2.2.9"]
        self.assertEqual([(v["column"], v["with"][0]["column"]) for v in found], [("password", "username")])
        clean = self.file("hashed.csv", b"username,password\nming,5f4dcc3b5aa765d61d8327deb882cf99\n")
        self.assertNotIn("platform/2.2.2.9", self.scan(clean).rules())


class Explain(ProgramTest):
    def explain(self, *arguments):
        run = self.call("explain", *arguments)
        self.assertEqual(run.status, 0, run.stderr)
        return " ".join(run.stdout.decode().split())

    def test_a_rule_in_both_languages(self):
        text = self.explain("5.3.6")
        for part in ("administrative-reference", "card_number (clear) in db; only in tables that hold card data",
                     "reading 1.", "what to do", "related pci/3.3.1", "refined by platform/5.3.6.1"):
            self.assertIn(part, text)
        text = self.explain("5.3.6", "--lang", "zh-TW")
        for part in ("行政參考文件", "要求項目", "不符合事項", "判讀依據", "相關項目", "處理方式"):
            self.assertIn(part, text)
        self.assertNotIn("違法", text)

    def test_ages_and_what_must_be_kept(self):
        text = self.explain("supplier/3.2.1.2")
        self.assertIn("kept longer than 7 days after the purpose ended", text)
        self.assertIn("reading 9.", text)

    def test_severity_is_a_table(self):
        rows = json.loads(self.call("list", "severity", "--format", "json").stdout)
        wanted = [r for r in rows if r.get("levels") == ["better-practice"]]
        self.assertEqual([r["severity"] for r in wanted], ["medium", "low"])
        self.assertIn("card_track", [r for r in rows if "kinds" in r][0]["kinds"])

    def test_numbers(self):
        self.assertIn("several documents", self.explain("3.2.1"))
        self.assertEqual(self.explain("it-services/6.1.2.3").split()[0], "it-services/6.1.2.3")
        self.assertIn("prints twice", self.explain("platform/1.6.1.12b"))
        self.assertIn("cannot judge", self.explain("platform/1.1.1"))
        self.assertEqual(self.call("explain", "platform/99.9").status, 2)


if __name__ == "__main__":
    main()
