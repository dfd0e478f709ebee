"""`--format backups`, `exchange`, `incident`: records that auditors and authorities ask for."""

import gzip
import hashlib
import os

from harness import DATA, ProgramTest, Run, main
from sheets import book_pages, csv_pages, records

DUMP = DATA / "mariadb/shop.sql"


def rows(count, first=0):
    return "".join(f"王小明,0953{300000 + i:06d},{i}\n" for i in range(first, first + count))


HEAD = "name,mobile,amount\n"


class Evidence(ProgramTest):
    def sheet(self, name, *arguments, first):
        out = self.folder / "sheet.csv"
        run = self.call("scan", "--as-of", "2026-01-31", "--format", f"{name}:{out}", *arguments)
        self.assertIn(run.status, (0, 1, 3), run.stderr)
        self.check_secrecy(Run(run.status, out.read_bytes(), b""))
        page = csv_pages(out.read_bytes())[0]
        return page, records(page, first)

    def test_exchanged_files_are_counted_against_their_trailers(self):
        expected = {"good.csv": (HEAD + rows(50) + "T,50\n", "50", "50", "相符"),
                    "short.csv": (HEAD + rows(49) + "T,50\n", "49", "50", "不符"),
                    "long.csv": (HEAD + rows(51) + "TRAILER,00000050,\n", "51", "50", "不符"),
                    "framed.csv": ("H,20260101,SHOP\n" + rows(50) + "T,50,\n", "50", "50", "相符"),
                    "none.csv": (HEAD + rows(50), "50", "", "未見尾筆"),
                    "total.csv": (HEAD + rows(30) + "合計,30,\n", "30", "30", "相符")}
        for name, (content, *_) in expected.items():
            self.file(f"out/{name}", content)
        page, lines = self.sheet("exchange", "--zone", "exchange", self.folder / "out", first="流程")
        found = {line["檔案"].rsplit("/", 1)[1]: line for line in lines}
        for name, (content, count, told, verdict) in expected.items():
            line = found[name]
            self.assertEqual((line["列數"], line["尾筆之列數"], line["列數相符"]),
                             (count, told, verdict), name)
            self.assertEqual(line["檔案 sha256"], hashlib.sha256(content.encode()).hexdigest())
            self.assertEqual(line["大小"], str(len(content.encode())))
            self.assertTrue(line["判定"].startswith("不符合："))
        _, lines = self.sheet("exchange", self.folder / "out", first="流程")
        self.assertEqual(lines, [])  # nothing stands in the zone

    def test_flows_name_the_partner_and_what_may_pass(self):
        self.file("flows/waybills.csv", HEAD + rows(20))
        config = self.file("flows.yaml", (
            "firm: {company: 測試商城}\n"
            "flows:\n"
            "- {name: 出貨, from: 測試商城, to: 快捷物流, files: 'flows/*', may-pass: [%s]}\n"))
        for passes, words in (("{kinds: [person_name, phone_mobile]}", None),
                              ("{kinds: [person_name]}", "超出流程約定：行動電話號碼"),
                              ("{kinds: [person_name]}, {kinds: [phone_mobile], states: [masked]}",
                               "超出流程約定：行動電話號碼")):
            with_passes = self.file("now.yaml", config.read_text("utf-8") % passes)
            _, lines = self.sheet("exchange", "--config", with_passes, self.folder / "flows",
                                  first="流程")
            self.assertEqual((lines[0]["流程"], lines[0]["交換對象"], lines[0]["方向"]),
                             ("出貨", "快捷物流", "送出"))
            self.assertEqual("超出流程約定" in lines[0]["判定"], words is not None, passes)
        for yaml, words in (("flows: [{name: x, files: a, may-pass: [{kinds: [nothing]}]}]", "nothing"),
                            ("flows: [{name: x}]", "files"),
                            ("flows: [{name: x, files: a, via: b}]", "via")):
            run = self.call("scan", "--config", self.file("bad.yaml", yaml), self.folder / "flows")
            self.assertEqual(run.status, 2)
            self.assertIn(words, run.stderr.decode("utf-8"))

    def test_generations_of_a_backup_are_compared(self):
        text = DUMP.read_bytes()
        start = text.index(b"-- Table structure for table `payments`")
        cut = text[:start] + text[text.index(b"-- Table structure for table `waybills`"):]
        for day, content in (("20260101", text), ("20260102", cut)):
            path = self.file(f"backup/shop-{day}.sql.gz", gzip.compress(content, mtime=0))
            os.utime(path, (1767225600 + int(day[-1]) * 86400,) * 2)
        _, lines = self.sheet("backups", self.folder / "backup", DATA / "archives/encrypted.zip",
                              "--zone", "backup", first="備份組")
        old, new = [line for line in lines if "shop-" in line["檔案"]]
        self.assertEqual((old["世代"], new["世代"]), ("1/2", "2/2"))
        self.assertEqual((old["日期"], new["日期"]), ("2026-01-02", "2026-01-03"))
        self.assertEqual((old["缺少之表"], new["缺少之表"]), ("", "payments"))
        self.assertEqual((old["加密"], old["完整"]), ("否", "讀取完整"))
        self.assertIn("customers 120", new["含個資之表"])
        locked = next(line for line in lines if "encrypted.zip" in line["檔案"])
        self.assertEqual(locked["加密"], "是（未預期）")
        self.assertEqual(locked["完整"], "不完整（加密）")

    def test_tables_that_shrink_are_told(self):
        for day, count in (("20260101", 60), ("20260102", 20)):
            path = self.file(f"shrink/daily-{day}.csv", HEAD + rows(count))
            os.utime(path, (1767225600 + int(day[-1]) * 86400,) * 2)
        _, lines = self.sheet("backups", "--zone", "backup", self.folder / "shrink", first="備份組")
        self.assertEqual(lines[1]["縮減之表"], "（無表名） 60→20")

    def test_runs_of_two_days_are_generations_too(self):
        path, saved = self.folder / "one/daily.csv", []
        for number, count in ((1, 60), (2, 20)):
            self.file("one/daily.csv", HEAD + rows(count))
            os.utime(path, (1767225600 + number * 86400,) * 2)
            saved.append(self.folder / f"{number}.ndjson")
            self.call("scan", "--zone", "backup", "--format", f"ndjson:{saved[-1]}", path)
        run = self.call("report", "--format", "backups", *saved)
        lines = records(csv_pages(run.stdout)[0], "備份組")
        self.assertEqual([line["世代"] for line in lines], ["1/2", "2/2"])
        self.assertEqual(lines[1]["縮減之表"], "（無表名） 60→20")

    def test_facts_of_an_incident(self):
        leak = self.file("leak.csv", HEAD + rows(40))
        saved = self.folder / "leak.ndjson"
        self.call("scan", "--format", f"ndjson:{saved}", leak, DATA / "archives/encrypted.zip")
        run = self.call("report", "--format", "incident", saved)
        page = csv_pages(run.stdout)[0]
        facts = {row[0]: row[1:] for row in page if row}
        self.assertEqual(facts["個資侵害之總筆數（一人一筆）"], ["40 人（以行動電話計）"])
        self.assertEqual(facts["未能讀取之單元"], ["2", "上列筆數為下限"])
        self.assertEqual(facts["特種個資（個資法第 6 條）"], ["未發現"])
        self.assertIn("72 小時", facts["通報時限"][0])
        self.assertEqual(facts["行動電話號碼"], ["C001 辨識個人者", "一般個資", "40", "0", "0", "0", "40"])
        self.assertIn(str(leak), facts)
        self.assertNotIn(b"0953300001", run.stdout)

    def test_workbooks_hold_the_cells_of_the_csv(self):
        for name in ("backups", "exchange", "incident"):
            with self.subTest(name):
                book, table = self.folder / f"{name}.xlsx", self.folder / f"{name}.csv"
                self.call("scan", "--zone", "exchange,backup", "--format", f"{name}:{book}",
                          "--format", f"{name}:{table}", DUMP)
                self.assertEqual(book_pages(book.read_bytes()), csv_pages(table.read_bytes()))


if __name__ == "__main__":
    main()
