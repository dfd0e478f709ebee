"""--lang zh-TW: no sentence of English is shown, whatever is called, wrong or right."""

import json
import os
import re

from harness import DATA, ProgramTest, main

DUMP = DATA / "mariadb/shop.sql"
# Three words of small letters in a row are a sentence; names and lists with commas are none.
SENTENCE = re.compile(r"[A-Za-z'][a-z']+(?: [a-z']{2,}){2,}")
# What is quoted from other programs, and commands with their words.
QUOTED = re.compile(r"`[^`]*`|yinma [a-z]+ \S+|「[^」]*」|git: fatal: .*|Missing close parenthesis.*")

WRONG_CONFIGURATIONS = (
    "zones: 3", "zones:\n  - glob: '*'\n    zones: [nowhere]", "zones:\n  - globb: x", "a: b", "x",
    "- 1", "{", "zones: [", "zones:\n  - glob: '*'\n   zones: [db]", "a: \"\\q\"", "a: \t x",
    "a: &x [*x]", "zones:\n- glob: x\nzones: 3", "retention:\n  - setting: zz\n    days: 3",
    "retention:\n  - kinds: [person_name]\n    days: x", "retention:\n  - kinds: [person_name]",
    "masks:\n  zz: 3", "masks:\n  card_number: {shown: 3}", "expect: x",
    "expect:\n  - encrypted: true", "waive:\n  - glob: x",
    "waive:\n  - glob: x\n    reason: y\n    owner: z\n    expiry: zz", "kinds:\n  - name: A",
    "kinds:\n  - name: abc\n    expression: '('",
    "kinds:\n  - name: abc\n    expression: a\n    checksum: zz", "rules: 3", "rules:\n  - id: x",
    "sources:\n  - x", "layouts:\n  - glob: x", "layouts:\n  - glob: x\n    layout: /missing",
    "layouts:\n  - glob: x\n    length: 3\n    fields:\n      - name: a\n        start: 0",
    "firm: 3", "firm:\n  zz: 3", "scope: 3", "flows:\n  - zz: 3", "profiles: [zz]", "as_of: zz",
    "class: 3", "fail_on: zz", "\0")


class Chinese(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.environment["LANGUAGE"] = ""
        (cls.folder / "scanned").mkdir()

    def assert_chinese(self, *arguments, stdin=None, status=None, output=True):
        run = self.call("--lang", "zh-TW", *arguments, stdin=stdin, cwd=self.folder / "scanned")
        if status is not None:
            self.assertEqual(run.status, status, run.stderr.decode())
        text = (run.stdout if output else b"") + run.stderr
        for line in text.decode("utf-8", "replace").splitlines():
            found = SENTENCE.search(QUOTED.sub("", line.replace(str(self.folder), "")))
            self.assertIsNone(found, f"{arguments}: {line}")
        return run

    def names(self, catalogue):
        rows = json.loads(self.call("list", catalogue, "--format", "json").stdout)
        return [next(iter(row.values())) for row in rows]

    def test_help_and_catalogues(self):
        for command in ("", "scan", "guard", "report", "explain", "list", "init", "verify"):
            self.assert_chinese(*command.split(), "--help", status=0)
        for catalogue in ("rules", "controls", "kinds", "formats", "zones", "severity"):
            self.assert_chinese("list", catalogue, status=0)

    def test_no_header_of_a_catalogue_is_a_message(self):
        for command in ("guard", "scan", "verify"):
            help_text = self.call(command, "--help", "--lang", "zh-TW").stdout
            self.assertNotIn(b"Project-Id-Version", help_text)

    def test_explanations(self):
        for rule in self.names("rules"):
            self.assert_chinese("explain", rule, status=0)
        for value in ("A123456789", "A123456788", "4111111111111111", "0912345678", "王小明", "x",
                      "a@b.tw", "1990-01-01", "A12****789", "ABC-1234"):
            self.assert_chinese("explain", "--value", "-", stdin=value.encode())
        for wrong in ([], ["zzz"], ["platfrom/5.3.4.1"], ["a", "b"]):
            self.assert_chinese("explain", *wrong, status=2)

    def test_every_option_with_wrong_values(self):
        for command in ("scan", "report", "guard", "verify", "list", "explain", "init"):
            help_text = self.call(command, "--help").stdout.decode()
            options = dict.fromkeys(re.findall(r"--([a-z-]+)", help_text))
            for option in options:
                if option in ("lang", "help", "version"):
                    continue
                for value in ("zzz", "", "/missing/x", "-3", "99999999999999999999"):
                    self.assert_chinese(command, f"--{option}", value, stdin=b"x\n")

    def test_wrong_calls(self):
        for call in ("frobnicate", "scan --no-such", "scan --zon x", "report", "report /missing",
                     f"report {DUMP}", "verify", f"verify {DUMP}", f"verify --ledger {DUMP}",
                     "guard x", "init /missing", "scan --files-from /missing",
                     f"scan --schema {self.file('schema.txt', b'x')} /dev/null",
                     f"scan --layout {DUMP} /dev/null", f"scan --reference {DUMP} /dev/null",
                     f"scan --baseline {DUMP} /dev/null", f"scan --diff {DUMP} /dev/null",
                     f"scan --ledger {DUMP} /dev/null", f"scan --config {DATA} /dev/null",
                     f"report --format inventory:/tmp/x.xlsx --merge {DUMP} {DUMP}"):
            self.assert_chinese(*call.split())

    def test_wrong_configurations(self):
        for number, text in enumerate(WRONG_CONFIGURATIONS):
            self.assert_chinese("scan", "--config", self.file(f"{number}.yaml", text), "/dev/null")
        config = self.file("list.yaml", "zones: 3")
        run = self.call("scan", "--config", config, "/dev/null", "--lang", "zh-TW")
        self.assertIn(":1：zones：須為清單，卻是單一值".replace("：", ":"),
                      run.stderr.decode().replace("：", ":").replace(": ", ":"))

    def test_what_was_not_read(self):
        run = self.assert_chinese("scan", "-v", "--as-of", "2026-01-31", DATA, status=1)
        self.assertIn("gzip 資料太早結束", run.stdout.decode())
        os.mkfifo(self.folder / "pipe")
        self.assert_chinese("scan", "/missing", "/dev/tty0", self.folder / "pipe", self.folder, "-v")
        self.assert_chinese("scan", "--max-depth", "1", "--max-unit-bytes", "1000", DATA)
        self.assert_chinese("scan", "--max-ratio", "1", "--max-spool", "1", DATA)
        self.assert_chinese("scan", "--timeout", "0.0001", DATA)
        for damaged in (b"%PDF-1.4 xx", b"\x1f\x8b\x08\0xx", b"Rar!\x1a\x07\0" + b"x" * 99):
            self.assert_chinese("guard", stdin=damaged, output=False)

    def test_saved_results_in_another_language(self):
        saved = self.folder / "saved.ndjson"
        self.call("scan", "--lang", "en", "--format", f"ndjson:{saved}", DATA / "archives")
        self.assertIn(b"the gzip data ends too early", saved.read_bytes())
        for form in ("text", "junit", "codequality"):
            run = self.assert_chinese("report", "--format", form, saved, status=1)
            self.assertIn("gzip 資料太早結束", run.stdout.decode(), form)
        self.assert_chinese("verify", saved)
        cut = self.file("cut.ndjson", saved.read_bytes()[:3000])
        for wrong in (cut, self.file("run.ndjson", '{"type":"run"}\n'),
                      self.file("none.ndjson", '{"type":\n'),
                      self.file("schema.ndjson", '{"type":"run","schema":9}\n')):
            self.assert_chinese("report", wrong, status=2)
            self.assert_chinese("verify", wrong)
        page = self.call("report", "--format", "html", saved).stdout.decode()
        self.assertIn('["the gzip data ends too early","gzip 資料太早結束"]', page)

    def test_records_for_programs_stay_english(self):
        for language in ("zh-TW", "en"):
            run = self.call("scan", "--lang", language, "--format", "ndjson", DATA / "archives")
            self.assertIn(b'"detail":"the gzip data ends too early"', run.stdout)

    def test_names_are_not_translated(self):
        config = self.file("names.yaml", "key: 1\n")
        said = self.call("scan", "--lang", "zh-TW", "--config", config, "/dev/null").stderr.decode()
        self.assertIn('鍵 "key" 不存在', said)
        for name in ("key", "setting"):
            missing = self.call("scan", "--lang", "zh-TW", "--config", name, "/dev/null")
            self.assertIn(f"無法讀取 {name}: 沒有這個檔案", missing.stderr.decode())


if __name__ == "__main__":
    main()
