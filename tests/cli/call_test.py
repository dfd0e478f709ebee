"""How the program is called: exit status, options, help, catalogues."""

import gzip
import json
import os

from harness import DATA, PROGRAM, ProgramTest, main

DUMP = DATA / "mariadb/shop.sql"
CLEAN = b"order_no,amount\n20250101000001,120\n20250101000002,80\n"


class ExitStatus(ProgramTest):
    def test_0_when_everything_was_read_and_nothing_is_wrong(self):
        run = self.scan(self.file("clean.csv", CLEAN), status=0)
        self.assertEqual(run.violations, [])
        self.assertEqual(run.summary["not_scanned"], 0)

    def test_1_follows_fail_on(self):
        for level, status in {"critical": 1, "high": 1, "medium": 1, "low": 1, "never": 0}.items():
            self.scan("--fail-on", level, DUMP, status=status)
        contact = self.file("contact.csv", "編號,手機\n" + "".join(
            f"{i},09281{i}3456\n" for i in range(6)))
        self.scan("--fail-on", "low", contact, status=1)
        self.scan("--fail-on", "medium", contact, status=0)

    def test_2_before_anything_is_scanned(self):
        config = self.file("bad.yaml", "zones:\n  - glob: '*'\n    zones: [nowhere]\n")
        for arguments in (["scan", "--no-such-option"], ["scan", "--fail-on", "sometimes", DUMP],
                          ["scan", "--format", "no-such-format", DUMP], ["scan", "--zone", "moon", DUMP],
                          ["scan", "--profile", "no-such-pack", DUMP], ["scan", "-j", "zero", DUMP],
                          ["scan", "--config", config, DUMP], ["scan", "--as-of", "yesterday", DUMP],
                          ["scan", "--config", self.folder / "missing.yaml", DUMP],
                          ["scan", "--max-depth", "-3", DUMP], ["watch"], ["frobnicate"]):
            with self.subTest(arguments):
                run = self.call(*arguments)
                self.assertEqual(run.status, 2, run.stderr)
                self.assertEqual(run.stdout, b"")
                self.assertTrue(run.stderr.strip())

    def test_what_was_meant_is_guessed(self):
        for call, meant in (("scan --zon db", "--zone"), ("scan --zone dbx", "db"),
                            ("scan --format htm", "html"), ("scan --profile platfrom", "platform"),
                            ("scan --fail-on hgh", "high"), ("scan --lang eng", "en"),
                            ("list kidns", "kinds"), ("scna", "scan"),
                            ("explain card_nubmer", "card_number"),
                            ("explain platform/5.3.4.9", "platform/5.3.4.1"),
                            ("explain platfrom/5.3.4.1", "platform/5.3.4.1")):
            with self.subTest(call):
                run = self.call(*call.split())
                self.assertEqual(run.status, 2)
                self.assertIn(f"(did you mean \"{meant}\"?)".replace('"--zone"', "--zone"),
                              run.stderr.decode())
        self.assertNotIn(b"did you mean", self.call("explain", "zzz").stderr)
        self.assertIn("是否為 \"zh-TW\"", self.call("scan", "--lang", "zh").stderr.decode())

    def test_a_catalogue_goes_into_a_file(self):
        for form in ("json", "text"):
            path = self.folder / f"zones.{form}"
            run = self.call("list", "zones", "--format", f"{form}:{path}")
            self.assertEqual((run.status, run.stdout), (0, b""), run.stderr)
            shown = self.call("list", "zones", "--format", form)
            self.assertEqual(path.read_bytes(), shown.stdout)
        for wrong, status in (("json:", 2), ("jsn:x", 2), (f"json:{self.folder}", 2),
                              ("json:/dev/full", 4)):
            self.assertEqual(self.call("list", "zones", "--format", wrong).status, status, wrong)

    def test_a_label_without_anything_below_it_is_told(self):
        clean = self.file("below/clean.csv", CLEAN)
        run = self.scan("--label", "PC-1=/missing", clean)
        self.assertIn("--label PC-1=/missing: nothing", run.stderr.decode())
        run = self.scan("--label", f"PC-1={clean.parent}", clean.parent)
        self.assertEqual(run.stderr, b"")
        self.assertEqual(self.scan("-q", "--label", "PC-1=/missing", clean).stderr, b"")

    def test_an_error_in_the_configuration_names_file_line_and_what_is_allowed(self):
        config = self.file("bad.yaml", "zones:\n  - glob: '*'\n    zones: [nowhere]\n")
        message = self.call("scan", "--config", config, DUMP).stderr.decode()
        self.assertIn("bad.yaml:3", message)
        self.assertIn("backup", message)

    def test_an_error_says_which_option_which_file_and_what_is_wanted(self):
        table = self.file("table.csv", "a,b\n")
        for option, file, wanted in (("--baseline", table, "--format baseline writes them"),
                                     ("--baseline", "none", "No such file"),
                                     ("--key", table, "32 bytes or 64 hexadecimal"),
                                     ("--key", "none", "cannot be opened"),
                                     ("--schema", "none", "No such file"),
                                     ("--merge", "none", "No such file"),
                                     ("--files-from", "none", "No such file"),
                                     ("--ledger", table, "something else than a ledger")):
            with self.subTest(f"{option} {file}"):
                run = self.call("scan", option, file, table)
                self.assertEqual((run.status, run.stdout), (2, b""))
                text = run.stderr.decode("utf-8")
                self.assertRegex(text, r"^yinma: (--|the key file )")
                self.assertIn(str(file), text)
                self.assertIn(wanted, text)
        run = self.call("report", table)
        self.assertEqual(run.status, 2)
        self.assertIn(f"{table}:1: no results of yinma (scan --format ndjson writes them)",
                      run.stderr.decode("utf-8"))
        self.assertIn("as in `yinma list rules`", self.call("list").stderr.decode("utf-8"))

    def test_3_when_the_answer_is_not_complete(self):
        run = self.scan(self.folder / "missing.sql", self.file("clean.csv", CLEAN), status=3)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("failed", "missing")])

    def test_1_wins_over_3_and_both_are_told(self):
        run = self.scan(self.folder / "missing.sql", DUMP, status=1)
        self.assertEqual(run.summary["not_scanned"], 1)

    def test_4_when_a_report_cannot_be_written(self):
        run = self.call("scan", "--format", f"ndjson:{self.folder}/no/such/folder/out", DUMP)
        self.assertIn(run.status, (2, 4), run.stderr)
        if os.path.exists("/dev/full"):
            with open("/dev/full", "wb") as full:
                import subprocess
                done = subprocess.run([PROGRAM, "scan", "--format", "ndjson", DUMP], stdout=full,
                                      stderr=subprocess.PIPE, env=self.environment)
            self.assertEqual(done.returncode, 4, done.stderr)


class Options(ProgramTest):
    def test_options_after_paths_and_the_end_of_options(self):
        self.scan(DUMP, "--zone", "*=display", status=1)
        odd = self.file("-odd.csv", CLEAN)
        self.scan("--", odd.name, cwd=odd.parent, status=0)

    def test_files_from(self):
        first, second = self.file("a b.csv", CLEAN), self.file("c.csv", CLEAN)
        for separator in ("\n", "\0"):
            names = self.file("names", f"{first}{separator}{second}{separator}")
            self.assertEqual(self.scan("--files-from", names).summary["units"], 2)
        windows = self.file("names", f"\ufeff{first}\r\n{second}\r\n")
        self.assertEqual(self.scan("--files-from", windows, status=0).summary["units"], 2)
        odd = self.file("odd\r", CLEAN)
        names = self.file("names", f"{odd}\n{first}\r\n")
        self.assertEqual(self.scan("--files-from", names, status=0).summary["units"], 2)
        both = f"{first}\n{second}\n".encode()
        self.assertEqual(self.scan("--files-from", "-", stdin=both).summary["units"], 2)

    def test_include_and_exclude(self):
        self.file("tree/a.csv", CLEAN)
        self.file("tree/b/c.csv", CLEAN)
        self.file("tree/b/d.log", b"nothing\n")
        tree = self.folder / "tree"
        self.assertEqual(self.scan(tree).summary["units"], 3)
        self.assertEqual(self.scan("--include", "*.csv", tree).summary["units"], 2)
        self.assertEqual(self.scan("--exclude", "*/b/*", tree).summary["units"], 1)

    def test_reports_to_files_beside_standard_output(self):
        saved = self.folder / "saved.ndjson"
        run = self.call("scan", "--format", "text", "--format", f"ndjson:{saved}", DUMP)
        self.assertEqual(run.status, 1)
        records = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
        self.assertEqual(records[-1]["type"], "summary")
        self.assertEqual(saved.stat().st_mode & 0o077, 0)
        self.assertEqual(self.call("scan", "--format", "text", "--format", "ndjson", DUMP).status, 2)

    def test_reveal_needs_a_terminal_or_force(self):
        self.assertEqual(self.call("scan", "--reveal", DUMP).status, 2)
        one = self.file("one.txt", "tel 0912345670\n")  # made up here: not among the planted values
        forced = self.scan(one, "--reveal=force")
        self.assertEqual(forced.fields[0]["examples"][0]["shown"], "0912345670")
        self.assertIs(forced.of_type("run")[0]["revealed"], True)

    def test_the_run_says_how_it_was_made(self):
        run = self.scan("--as-of", "2026-01-31", "--tz", "UTC", DUMP).records[0]
        self.assertEqual((run["as_of"], run["tz"], run["schema"]), ("2026-01-31", "UTC", 1))
        self.assertEqual(run["profiles"], ["platform", "yinma"])
        self.assertEqual({p["name"] for p in run["packs"]}, {"platform", "yinma"})

    def test_value_fingerprints_need_the_same_key(self):
        def prints(*options):
            return [f["examples"][0]["fingerprint"] for f in self.scan(*options, DUMP).fields]
        key_a, key_b = (self.file(n, os.urandom(32)) for n in ("key-a", "key-b"))
        for key in (key_a, key_b):
            key.chmod(0o600)
        self.assertEqual(prints("--key", key_a), prints("--key", key_a))
        self.assertFalse(set(prints("--key", key_a)) & set(prints("--key", key_b)))

    def test_a_key_that_everybody_may_read(self):
        key = self.file("open-key", os.urandom(32))
        for mode, told in ((0o600, False), (0o640, False), (0o644, True)):
            key.chmod(mode)
            run = self.scan("--key", key, self.file("clean.csv", CLEAN), status=0)
            self.assertEqual(b"chmod 600" in run.stderr, told, oct(mode))
            run = self.scan("-q", "--key", key, self.file("clean.csv", CLEAN), status=0)
            self.assertEqual(run.stderr, b"")


class Help(ProgramTest):
    def test_help_and_version(self):
        for arguments in (["--help"], ["scan", "--help"], ["--version"]):
            run = self.call(*arguments)
            self.assertEqual((run.status, run.stderr), (0, b""), arguments)
            self.assertTrue(run.stdout.strip())
        self.assertNotIn(b"watch", self.call("--help").stdout)

    def test_catalogues(self):
        for what in ("rules", "kinds", "formats", "zones", "severity"):
            with self.subTest(what):
                run = self.call("list", what, "--format", "json")
                self.assertEqual(run.status, 0, run.stderr)
                rows = json.loads(run.stdout)
                self.assertTrue(rows and all(isinstance(row, dict) for row in rows))
                self.assertTrue(self.call("list", what).stdout.strip())

    def test_explain_every_rule_and_kind(self):
        for what, member in {"rules": "id", "kinds": "name"}.items():
            for row in json.loads(self.call("list", what, "--format", "json").stdout):
                run = self.call("explain", row.get(member) or row.get("rule") or row.get("kind"))
                self.assertEqual(run.status, 0, (row, run.stderr))
                self.assertTrue(run.stdout.strip())
        self.assertEqual(self.call("explain", "platform/99.99").status, 2)


class ManyFiles(ProgramTest):
    def test_records_whatever_the_number_of_workers(self):
        """More units than one thread judges: counts, verdicts, questions and order stay the same."""
        kinds = [("members.csv", b"name,id_no,mobile\n" + "王小明,A123456789,0912345678\n".encode()),
                 ("cards.csv", b"card_no,cvv\n4111111111111111,123\n"),
                 ("masked.csv", b"card_no\n411111******1111\n************1111\n"),
                 ("app.log", b"2026-01-31 08:00:00 INFO login mobile=0912345678\n"),
                 ("cut.sql.gz", gzip.compress(b"select 1;" * 50, mtime=0)[:20]),
                 ("note.txt", b"nothing here\n"),
                 ("waybill/w.csv", "託運單號,收件人,收件人手機\n900000000001,王小明,0912345678\n".encode())]
        for number in range(2100):
            name, content = kinds[number % len(kinds)]
            self.file(f"many/{number // 100:02}/{number:04}-{name}", content)
        seen = []
        for options in (["-j", "1"], ["-j", "2"], ["-j", "7"]):
            run = self.scan("--profile", "all", "--as-of", "2026-02-01", *options, "many")
            self.assertEqual(run.summary["not_scanned"], 300)
            seen.append(self.comparable(run))
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(seen[0], seen[2])


if __name__ == "__main__":
    main()
