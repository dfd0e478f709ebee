"""`--format checklist`: the auditor's sheet, as workbook and as CSV."""

import hashlib
import pathlib
import re
import shutil

from harness import DATA, TESTS, ProgramTest, Run, main
from sheets import book_pages, csv_pages, records

DUMP = DATA / "mariadb/shop.sql"
FORMS = TESTS.parent / "rules/forms"
PAGES = ["platform", "supplier", "logistics", "it-services", "it-services", "insurance"]
FIRM = "firm: {company: 測試商城, unit: '=資訊部', checker: 稽核員}\n"
SCOPE = ("scope:\n- control: platform/5.3\n  systems: [shop]\n  zones: [%s]\n")
CARDLESS = b"order_no,amount\n20250101000001,120\n20250101000002,80\n"


def form(pack):
    lines = (FORMS / f"{pack}.tsv").read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


class Checklist(ProgramTest):
    def sheet(self, *arguments, pages=False):
        out = self.folder / "sheet.csv"
        run = self.call("scan", "--as-of", "2026-01-31", "--format", f"checklist:{out}", *arguments)
        self.assertIn(run.status, (0, 1, 3), run.stderr)
        self.check_secrecy(Run(run.status, out.read_bytes(), b""))
        found = csv_pages(out.read_bytes())
        return found if pages else {row["編號"]: row for row in records(found[0])}

    def test_every_printed_number_has_its_row_in_order(self):
        pages = self.sheet("--profile", "all", DUMP, pages=True)
        if len(pages) == 1:
            self.skipTest("one pack only")
        printed = [[row["編號"] for row in records(page)] for page in pages]
        self.assertEqual(len(pages), len(PAGES))
        self.assertEqual(printed[0], [row[0] for row in form("platform")])
        self.assertEqual(printed[1], [row[0] for row in form("supplier")])
        self.assertEqual(printed[2], [row[0] for row in form("logistics")])
        self.assertEqual(printed[3] + printed[4], [row[0] for row in form("it-services")])
        self.assertEqual(printed[5], [row[0] for row in form("insurance")])
        self.assertEqual(sum(len(page) for page in printed), 1606)

    def test_the_workbook_holds_the_cells_of_the_csv(self):
        config = self.file("yinma.yaml", FIRM)
        book = self.folder / "sheet.XLSX"
        pages = self.sheet("--profile", "all", "--config", config, "--format", f"checklist:{book}",
                           DUMP, pages=True)
        self.assertEqual(book_pages(book.read_bytes()), pages)
        self.assertEqual(pages[0][1:4], [["公司名稱", "測試商城"], ["受查單位", "'=資訊部"],
                                         ["查檢人員", "稽核員"]])

    def test_the_csv_is_what_spreadsheets_take(self):
        out = self.folder / "sheet.csv"
        self.call("scan", "--format", f"checklist:{out}", DUMP)
        data = out.read_bytes()
        self.assertTrue(data.startswith(b"\xef\xbb\xbf"))
        self.assertIn(b'\r\n"5.3.6",', data)
        self.assertEqual(data.count(b"\n"), data.count(b"\r\n"))

    def test_what_breaks_stands_at_the_heading_and_below(self):
        detail = self.folder / "detail.ndjson"
        rows = self.sheet("--format", f"ndjson:{detail}", DUMP)
        for number in ("5.3.5", "5.3.5.1", "5.3.6", "5.3.6.1"):
            self.assertEqual(rows[number]["檢核結果"], "不符合", number)
        self.assertIn("其下不符合：5.3.6.1", rows["5.3.6"]["實作紀錄"])
        self.assertIn("其下不符合：5.3.5.1", rows["5.3.5"]["實作紀錄"])
        text = rows["5.3.6"]["實作紀錄"]
        digest = hashlib.sha256(detail.read_bytes()).hexdigest()
        for part in ("發現 2 處", "當事人 ", "區域 backup", "規則 platform/5.3.6（版本 ", digest):
            self.assertIn(part, text)
        self.assertEqual(rows["5.3.6"]["證據檔"], str(detail))
        self.assertEqual(rows["1.1.1.1"]["實作紀錄"], "本工具不查")
        self.assertTrue(all(row["檢核結果"].startswith(("符合", "不符合", "未判定"))
                            for row in rows.values()))

    def test_nothing_conforms_without_a_scope_that_was_read(self):
        shop = self.folder / "shop"
        shutil.rmtree(shop, ignore_errors=True)
        shop.mkdir()
        (shop / "orders.csv").write_bytes(CARDLESS)
        arguments = ("--zone", "db", f"--label=shop={shop}", shop)
        rows = self.sheet(*arguments)
        self.assertFalse([row for row in rows.values() if row["檢核結果"].startswith("符合")])
        self.assertIn("未宣告範圍", rows["5.3.6"]["未查"])
        config = self.file("yinma.yaml", SCOPE % "db")
        rows = self.sheet("--config", config, *arguments)
        self.assertEqual(rows["5.3.6"]["檢核結果"], "符合")
        self.assertEqual(rows["5.3.6"]["已查"], "shop、db：1 個單元")
        self.assertEqual(rows["5.3.4"]["檢核結果"], "未判定")  # no display zone was read
        self.assertEqual(rows["2.1.4"]["檢核結果"], "未判定")  # no scope speaks of it
        (shop / "more.zip").write_bytes((DATA / "archives/encrypted.zip").read_bytes())
        rows = self.sheet("--config", config, *arguments)
        self.assertEqual(rows["5.3.6"]["檢核結果"], "未判定")
        self.assertIn("未能完整讀取", rows["5.3.6"]["未查"])
        config = self.file("yinma.yaml", SCOPE % "db, log")
        (shop / "more.zip").unlink()
        rows = self.sheet("--config", config, *arguments)
        self.assertEqual((rows["5.3.6"]["檢核結果"], rows["5.3.6"]["未查"]), ("未判定", "log"))

    def test_class_two_is_undecided_until_the_firm_says(self):
        shop = self.file("orders.csv", CARDLESS)
        second = next(row[0] for row in form("logistics") if row[2] == "2" and row[3] == "direct")
        for arguments, word in (((), "類別未定"), (("--class", "1"), "■ 不適用"),
                                (("--class", "2"), "□ 適用　□ 不適用　說明：")):
            if "logistics" not in self.call("list", "rules").stdout.decode():
                self.skipTest("no pack for logistics firms")
            rows = self.sheet("--profile", "logistics", *arguments, shop)
            self.assertIn(word, rows[second]["適用情形"])
            self.assertTrue(rows[second]["檢核結果"].startswith("未判定"))

    def test_an_accepted_exception_stays_a_breach(self):
        run = self.call("scan", "--as-of", "2026-01-31", "--format", "baseline", DUMP)
        text = run.stdout.decode("utf-8")
        self.assertIn('"approver":""', text)
        approved = text.replace('"approver":""', '"approver":"長"').replace(
            '"expiry":""', '"expiry":"2026-12-31"')
        rows = self.sheet("--baseline", self.file("accepted.ndjson", approved), DUMP)
        self.assertEqual(rows["5.3.6"]["檢核結果"], "不符合（已核准例外至 2026-12-31）")
        late = approved.replace("2026-12-31", "2026-01-01")
        rows = self.sheet("--baseline", self.file("late.ndjson", late), DUMP)
        self.assertEqual(rows["5.3.6"]["檢核結果"], "不符合")

    def test_saved_results_give_the_same_sheet(self):
        config = self.file("yinma.yaml", FIRM + SCOPE % "backup")
        saved, first = self.folder / "saved.ndjson", self.folder / "first.csv"
        self.call("scan", "--config", config, "--format", f"ndjson:{saved}", "--format",
                  f"checklist:{first}", DUMP)
        second = self.call("report", "--config", config, "--format", "checklist", saved)

        def without_people(sheet):  # records keep few of them one by one
            text = sheet.decode("utf-8").replace("，估計值，標準誤差 ±3.3%", "")
            return re.sub("(約 )?[0-9]+ 人", "N 人", text)
        self.assertEqual(without_people(second.stdout), without_people(first.read_bytes()))

    def test_a_run_that_reveals_does_not_reveal_here(self):
        for name in ("checklist", "inventory", "backups", "exchange", "incident"):
            out = self.folder / f"{name}.csv"
            run = self.call("scan", "--reveal=force", "--profile", "all", "--zone", "exchange,backup",
                            "--format", f"{name}:{out}", DUMP)
            self.assertEqual(run.status, 1, run.stderr)
            self.check_secrecy(Run(1, out.read_bytes(), b""))

    def test_people_of_all_tables_of_a_finding_are_counted(self):
        text = self.sheet(DUMP)["5.3.5"]["實作紀錄"]
        self.assertIn("以身分證／居留證號計", text)
        self.assertIn("當事人 180 人", text)  # customers and waybills

    def test_wrong_calls_and_settings_are_told(self):
        run = self.call("scan", "--format", "checklist:sheet.ods", DUMP)
        self.assertEqual(run.status, 2)
        self.assertIn(b".xlsx or .csv", run.stderr)
        for yaml, words in (("scope: [{control: platform/9.9.9, zones: [db]}]", "unknown control"),
                            ("scope: [{control: nothing, zones: [db]}]", "unknown control"),
                            ("scope: [{control: platform/5.3.6}]", "systems, zones or files"),
                            ("scope: [{control: platform, zones: [dbx]}]", "unknown zone"),
                            ("firm: {name: x}", "firm")):
            run = self.call("scan", "--config", self.file("bad.yaml", yaml + "\n"), DUMP)
            self.assertEqual(run.status, 2, yaml)
            self.assertIn(words, run.stderr.decode("utf-8"))
            self.assertIn("bad.yaml:1", run.stderr.decode("utf-8"))

    def test_a_workbook_that_cannot_be_made_is_a_failure(self):
        out = pathlib.Path(self.folder / "sheet.xlsx")
        self.environment["TMPDIR"] = str(self.folder / "none")
        self.addCleanup(self.environment.pop, "TMPDIR")
        run = self.call("scan", "--format", f"checklist:{out}", DUMP)
        self.assertEqual(run.status, 4)
        self.assertFalse(out.exists())


if __name__ == "__main__":
    main()
