"""What people declare about files: `expect:`, `waive:`, `flows:`, `synthetic:`, `allow:`; and zones."""

import datetime
import gzip
import json
import os

from harness import DATA, TESTS, ProgramTest, main

ENCRYPTED = DATA / "archives/encrypted.zip"
DUMP = DATA / "mariadb/shop.sql"
PEOPLE = ("託運單號,收件人,手機,地址,身分證字號,電子郵件\n"
          "A001,王小明,0928111223,台北市信義區松高路11號,A143231948,wang@mail.com.tw\n"
          "A002,陳大文,0928111224,台北市大安區和平東路一段20號,F275749118,chen@mail.com.tw\n"
          "A003,林美玲,0928111225,新北市板橋區文化路二段5號,I171147104,lin@mail.com.tw\n")


class Declarations(ProgramTest):
    def config(self, text, name="declared.yaml"):
        return self.file(name, "schema: 1\n" + text)

    def missed(self, run):
        """{(last part of the unit, entry): what is not so}"""
        return {(v.get("unit", "").rsplit("/", 1)[-1], v.get("expected")): v["missed"]
                for v in run.violations if v["rule"] == "yinma/expectation"}

    # ---- expect ----

    def dumps(self):
        folder = self.folder / "backups"
        whole = DUMP.read_bytes()
        self.assertIn(b"-- Dump completed", whole)
        made = {"whole.sql": whole, "whole.sql.gz": gzip.compress(whole), "empty.sql": b"",
                "cut.sql": whole[:whole.rindex(b"-- Dump completed")],
                "ddl.sql": b"CREATE TABLE notes (id int);\nINSERT INTO notes VALUES (1);\n"}
        for name, content in made.items():
            self.file(folder / name, content)
        return folder

    def test_what_a_backup_must_hold(self):
        folder = self.dumps()
        for files, wanted in (("whole.sql", []), ("whole.sql.gz", []),
                              ("empty.sql", ["content", "tables", "rows", "end-mark"]),
                              ("cut.sql", ["end-mark"]),
                              ("ddl.sql", ["tables", "rows", "end-mark"])):
            with self.subTest(files):
                config = self.config(
                    f"expect:\n  - {{files: '*/{files}', end-mark: true, rows: 100,\n"
                    "     tables: [payments, customers]}\n")
                run = self.scan("--config", config, folder / files)
                self.assertEqual([m for m in self.missed(run).values()], [wanted] if wanted else [])

    def test_a_dump_that_was_cut_off_is_not_green(self):
        folder = self.dumps()
        run = self.scan("--fail-on", "never", folder / "cut.sql", status=3)
        self.assertEqual([c["reason"] for c in run.coverage], ["truncated"])
        self.scan("--fail-on", "never", folder / "whole.sql", status=0)

    def test_an_empty_backup_is_not_green(self):
        self.assertEqual(self.missed(self.scan("--zone", "backup", self.file("none.sql"), status=1)),
                         {("none.sql", None): ["content"]})

    def test_tables_without_personal_data_count(self):
        config = self.config("expect:\n  - {files: '*.sql', tables: [notes, shop.gone]}\n")
        run = self.scan("--config", config, self.dumps() / "ddl.sql", status=1)
        self.assertEqual(list(self.missed(run).values()), [["tables"]])
        config = self.config("expect:\n  - {files: '*.sql', tables: [notes]}\n")
        self.scan("--config", config, self.dumps() / "ddl.sql", status=0)

    def test_the_newest_file(self):
        folder = self.folder / "daily"
        for day in (27, 28):
            file = self.file(folder / f"shop-202601{day}.csv", "a,b\n1,2\n")
            time = datetime.datetime(2026, 1, day, 4, tzinfo=datetime.timezone.utc).timestamp()
            os.utime(file, (time, time))
        for age, wanted in (("3d", {}), ("2d", {("shop-20260128.csv", "*.csv"): ["newest"]}),
                            ("1mo", {}), ("1y", {}), ("24h", {("shop-20260128.csv", "*.csv"): ["newest"]})):
            with self.subTest(age):
                config = self.config(f"expect:\n  - {{files: '*.csv', newest: {age}}}\n")
                run = self.scan("--as-of", "2026-01-31", "--config", config, folder)
                self.assertEqual(self.missed(run), wanted)

    def test_files_that_are_not_there(self):
        config = self.config("expect:\n  - {files: 'off-site/*.7z', encrypted: true, newest: 7d}\n"
                             "  - {files: '*.dump', newest: 1d}\n")
        run = self.scan("--config", config, self.file("a.csv", "a,b\n1,2\n"), status=1)
        self.assertEqual([(v["expected"], v["missed"]) for v in run.violations],
                         [("off-site/*.7z", ["files"]), ("*.dump", ["files"])])
        self.assertEqual(len({v["fingerprint"] for v in run.violations}), 2)
        self.assertNotIn("unit", run.violations[0])
        self.scan("--config", config, "-", stdin=b"a,b\n1,2\n", status=0)
        saved = self.file("saved.ndjson", run.stdout)
        for arguments in (("report", saved), ("scan", "--config", config, self.folder / "a.csv")):
            text = self.call(*arguments).stdout.decode()
            self.assertIn("off-site/*.7z: no such file was found", text)
            chinese = self.call(*arguments, "--lang", "zh-TW").stdout.decode()
            self.assertIn("找不到這樣的檔案", chinese)

    def test_encryption(self):
        config = self.config("expect:\n  - {files: '*.zip', encrypted: true}\n")
        run = self.scan("--config", config, ENCRYPTED, status=0)
        self.assertEqual({c["status"] for c in run.coverage}, {"expected"})
        run = self.scan("--config", config, "--fail-on", "medium", DATA / "archives/backup.zip",
                        status=1)
        self.assertEqual(list(self.missed(run).values()), [["encrypted"]])
        config = self.config("expect:\n  - {files: '*.zip', encrypted: {cipher: aes-256}}\n")
        run = self.scan("--config", config, ENCRYPTED, status=1)
        self.assertEqual(list(self.missed(run).values()), [["cipher"]])

    # ---- waive ----

    def test_waivers_run_out(self):
        for expires, status, told in (("2026-01-31", 0, False), ("2026-01-30", 3, True)):
            config = self.config("waive:\n  - {files: '*.zip', reason: keys are in the safe, "
                                 f"owner: DBA, expires: {expires}}}\n")
            run = self.scan("--as-of", "2026-01-31", "--config", config, ENCRYPTED, status=status)
            declared = run.summary["declared"]
            self.assertEqual([(d["by"], d["owner"], d.get("expired", False), d["count"])
                              for d in declared], [("waive", "DBA", told, 0 if told else 2)])
            text = self.call("scan", "--as-of", "2026-01-31", "--config", config, ENCRYPTED)
            self.assertEqual("counts again" in text.stdout.decode(), told)

    # ---- flows ----

    FLOW = ("flows:\n  - name: shipping\n    from: shop\n    to: carrier\n"
            "    files: '*out/*.csv'\n    may-pass:\n"
            "      - {kinds: [person_name, phone_mobile, address]}\n"
            "      - {kinds: [tw_national_id], states: [masked, encrypted]}\n")

    def surplus(self, run, rule="yinma/flow-surplus"):
        return {v["kind"]: v["count"] for v in run.violations if v["rule"] == rule}

    def test_what_a_flow_may_not_pass(self):
        file = self.file("out/labels.csv", PEOPLE)
        run = self.scan("--config", self.config(self.FLOW), file)
        self.assertEqual(self.surplus(run), {"tw_national_id": 3, "email": 3})
        self.assertEqual({v.get("flow") for v in run.violations
                          if v["rule"] == "yinma/flow-surplus"}, {"shipping"})
        masked = PEOPLE
        for number in ("A143231948", "F275749118", "I171147104"):
            masked = masked.replace(number, number[:3] + "*****" + number[8:])
        self.file("out/labels.csv", masked)
        run = self.scan("--config", self.config(self.FLOW), file)
        self.assertEqual(self.surplus(run), {"email": 3})

    def test_an_exchange_without_a_flow_is_undecided(self):
        file = self.file("handed/labels.csv", PEOPLE)
        run = self.scan("--zone", "exchange", file, status=1)
        became = {c["rule"]: (c["status"], c.get("why")) for c in run.of_type("control")}
        self.assertEqual(became["platform/3.3.1.3"], ("undecided", "nothing-to-compare"))
        self.assertEqual(self.surplus(run), {})

    def test_the_allow_list_of_waybills(self):
        file = self.file("print/labels.csv", PEOPLE)
        run = self.scan("--zone", "waybill", "--profile", "all", file, status=1)
        for rule in ("yinma/flow-surplus", "platform/3.3.1.3", "logistics/3.2.1.3"):
            self.assertEqual(self.surplus(run, rule), {"tw_national_id": 3, "email": 3})

    # ---- zones by content ----

    def test_waybills_are_known_by_their_columns(self):
        run = self.scan(self.file("export/20260131.csv", PEOPLE), status=1)
        self.assertEqual({(*sorted(f["zones"]), f["zone_reason"]) for f in run.fields},
                         {("other", "waybill", "nothing tells more; columns of a waybill")})
        self.assertIn("platform/1.6.3.4", run.rules())
        self.assertIn("yinma/clear-identity", run.rules())
        plain = PEOPLE.replace("託運單號", "備註")
        run = self.scan(self.file("export/20260131.csv", plain), status=1)
        self.assertEqual({tuple(f["zones"]) for f in run.fields}, {("other",)})
        run = self.scan("--zone", "report", self.file("export/20260131.csv", PEOPLE))
        self.assertEqual({tuple(f["zones"]) for f in run.fields}, {("report",)})

    # ---- synthetic, allow ----

    def test_made_up_data(self):
        file = self.file("uat/people.csv", PEOPLE)
        declared = ("synthetic:\n  - {{files: '*uat/*', generator: faker 19, owner: QA, "
                    "expires: {}}}\n")
        config = self.config(declared.format("2026-06-30"))
        test = ("--zone", "test", "--profile", "all", "--as-of", "2026-01-31")
        self.assertTrue(self.scan(*test, file, status=1).violations)
        run = self.scan(*test, "--config", config, file, status=0)
        self.assertEqual([v for v in run.violations if v["severity"] != "low"], [])
        self.assertEqual([(d["by"], d["reason"], d["count"]) for d in run.summary["declared"]],
                         [("synthetic", "faker 19", 1)])
        text = self.call("scan", *test, "--config", config, file).stdout.decode()
        self.assertIn("1 declared as made-up data (faker 19; QA; until 2026-06-30)", text)
        web = self.scan("--zone", "web", "--config", config, file, status=1)
        self.assertTrue(web.violations)
        run = self.scan(*test, "--config", self.config(declared.format("2026-01-30")), file, status=1)
        self.assertEqual([d["expired"] for d in run.summary["declared"]], [True])

    def test_what_is_allowed_is_still_told(self):
        file = self.file("legacy/people.csv", PEOPLE)
        entry = "allow:\n  - {{files: '*legacy/*', field: {}, kind: {}, reason: staff list{}}}\n"
        plain = self.scan("--as-of", "2026-01-31", file)
        rules = {v["rule"] for v in plain.violations if v.get("kind") == "tw_national_id"}
        self.assertTrue(rules)
        for field in ("身分證字號", "'*證*'"):
            config = self.config(entry.format(field, "tw_national_id", ""))
            run = self.scan("--as-of", "2026-01-31", "--config", config, file)
            allowed = [v for v in run.violations if v.get("allowed")]
            self.assertEqual({v["rule"] for v in allowed}, rules)
            self.assertEqual({v["baseline"] for v in allowed}, {"known"})
            self.assertEqual({v["kind"] for v in allowed}, {"tw_national_id"})
            self.assertEqual(run.summary["declared"][0]["count"], len(allowed))
            self.assertEqual(len(run.violations), len(plain.violations))
            saved = self.file("saved.ndjson", run.stdout)
            again = self.call("report", "--format", "ndjson", saved)
            self.assertEqual(again.of_type("summary")[0]["declared"], run.summary["declared"])
            self.assertEqual(len([v for v in again.of_type("violation") if v.get("allowed")]),
                             len(allowed))
        whole = self.config("allow:\n  - {files: '*legacy/*', reason: staff list}\n")
        self.scan("--config", whole, file, status=0)
        late = self.config(entry.format("身分證字號", "tw_national_id", ", expires: 2026-01-30"))
        run = self.scan("--as-of", "2026-01-31", "--config", late, file, status=1)
        self.assertEqual([v for v in run.violations if v.get("allowed")], [])

    # ---- slips ----

    def test_slips_are_told_with_their_place(self):
        for text, wanted in (
                ("expect:\n  - {files: a, newest: 2}\n", "2: expect[0].newest: has no unit of time"),
                ("expect:\n  - {files: a, encrypted: {cipher: aes}}\n", "2: expect[0].encrypted.cipher"),
                ("expect:\n  - {files: a, encrypted: true, rows: 3}\n", "2: expect[0]: what is in"),
                ("expect:\n  - {rows: 3}\n", '2: expect[0]: needs the key "files"'),
                ("expect:\n  - {files: a, tabels: [b]}\n", 'did you mean "tables"'),
                ("waive:\n  - {files: a, reason: b, owner: c, expires: soon}\n",
                 "2: waive[0].expires: must be a date"),
                ("synthetic:\n  - {files: a, owner: b}\n", '2: synthetic[0]: needs the key "generator"'),
                ("allow:\n  - {files: a, kind: emial, reason: b}\n", 'did you mean "email"'),
                ("allow:\n  - {files: a}\n", '2: allow[0]: needs the key "reason"'),
                ("flows:\n  - {name: a, files: b, may-pass: [{kinds: [emial]}]}\n", '2: flows[0]'),
                ("allows: []\n", 'did you mean "allow"')):
            with self.subTest(text):
                run = self.call("scan", "--config", self.file("slip.yaml", text), self.folder)
                self.assertEqual(run.status, 2)
                self.assertIn("slip.yaml:", run.stderr.decode())
                self.assertIn(wanted, run.stderr.decode())

    def test_the_page_of_the_configuration(self):
        page = (TESTS.parent / "docs/configuration.md").read_text("utf-8")
        example = page.split("```yaml\n")[1].split("```")[0]
        run = self.call("scan", "--config", self.file("page.yaml", example), "--no-builtin",
                        self.file("plain.txt", "nothing\n"))
        self.assertEqual(run.status, 0, run.stderr)
        told = self.call("scan", "--config", self.file("slip.yaml", "none: 1\n"), self.folder)
        for member in told.stderr.decode().split("allowed: ")[1].strip().split(", "):
            self.assertIn(member + ":", page)

    def test_every_guess_is_listed(self):
        rows = json.loads(self.call("list", "zones", "--format", "json").stdout)
        guesses = {row["name"]: row.get("guessed", []) for row in rows}
        self.assertEqual(len(guesses["log"]), 2)
        self.assertTrue(all(guesses[zone] for zone in ("pc", "pos", "im", "waybill", "print-host",
                                                       "disposal", "portable", "mail")))


if __name__ == "__main__":
    main()
