"""`--format inventory`: the inventory of personal data, and what people wrote into the last one."""

import csv
import io

from harness import DATA, ProgramTest, Run, main
from sheets import book_pages, csv_pages, records

DUMP = DATA / "mariadb/shop.sql"
WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1)


def national_id(number):
    """A made-up number that passes the check: letter A is 10."""
    digits = [1, 0, 1, *(int(d) for d in f"{number + 2345678:07d}")]
    total = sum(w * d for w, d in zip(WEIGHTS, digits))
    return "A" + "".join(map(str, digits[2:])) + str(-total % 10)


def mobile(number):
    return f"0953{number + 300000:06d}"



class Inventory(ProgramTest):
    def sheet(self, *arguments):
        out = self.folder / "inventory.csv"
        run = self.call("scan", "--as-of", "2026-01-31", "--format", f"inventory:{out}", *arguments)
        self.assertIn(run.status, (0, 1, 3), run.stderr)
        self.check_secrecy(Run(run.status, out.read_bytes(), b""))
        page = csv_pages(out.read_bytes())[0]
        return page, records(page)

    def customers(self, name, count, first=0):
        lines = ["name,idno,mobile"]
        lines += [f"王小明,{national_id(i)},{mobile(i)}" for i in range(first, first + count)]
        return self.file(name, "\n".join(lines) + "\n")

    def threshold(self, *arguments):
        page, _ = self.sheet(*arguments)
        return next(row for row in page if row[0] == "5,000 筆門檻")[1]

    def test_a_line_a_file_and_its_columns_below(self):
        page, rows = self.sheet(DUMP)
        files = [row for row in rows if row["層級"] == "檔案"]
        self.assertEqual([row["表／工作表"] for row in files], ["customers", "payments", "waybills"])
        self.assertEqual(rows[0]["筆數（人）"], "100 人（以身分證／居留證號計）")
        ids = next(row for row in rows if row["欄位"] == "idno" and row["個資種類"] == "身分證字號")
        self.assertEqual((ids["明碼"], ids["遮蔽不足"], ids["已遮蔽"]), ("90", "5", "15"))
        self.assertEqual(ids["類別代號"], "C003 政府資料中之辨識者")
        self.assertIn("C001 辨識個人者", rows[0]["類別代號"])
        self.assertEqual(rows[0]["權限"], f"{DUMP.stat().st_mode & 0o7777:04o}")
        self.assertEqual([row["編號"] for row in rows], [str(i + 1) for i in range(len(rows))])

    def test_the_workbook_holds_the_cells_of_the_csv(self):
        book = self.folder / "inventory.xlsx"
        page, _ = self.sheet("--format", f"inventory:{book}", DUMP)
        self.assertEqual(book_pages(book.read_bytes()), [page])

    def test_generations_of_one_thing_are_one_line(self):
        folder = self.folder / "days"
        for day in ("20260101", "20260102", "20260103"):
            self.customers(f"days/shop-{day}.csv", 20)
        _, rows = self.sheet(folder)
        self.assertEqual((rows[0]["層級"], rows[0]["檔案數"]), ("檔案", "3"))
        self.assertEqual(rows[0]["筆數（人）"], "20 人（以身分證／居留證號計）")
        self.assertEqual(len([row for row in rows if row["層級"] == "檔案"]), 1)

    def test_five_thousand_people(self):
        self.assertEqual(self.threshold(self.customers("few.csv", 50)), "未達")
        many = self.customers("many.csv", 6500)
        self.assertEqual(self.threshold(many), "超過")
        # people are counted one by one
        self.assertEqual(self.threshold(self.customers("under.csv", 4999)), "未達")
        self.assertEqual(self.threshold(self.customers("line.csv", 5000)), "超過")
        unread = DATA / "archives/encrypted.zip"
        self.assertEqual(self.threshold(self.folder / "few.csv", unread), "無法判定")
        self.assertEqual(self.threshold(many, unread), "超過")
        masked = "name,idno\n" + "王○明,A1*****789\n" * 6000
        self.assertEqual(self.threshold(self.file("masked.csv", masked)), "無法判定")

    def test_what_people_wrote_survives(self):
        shop = self.customers("shop.csv", 20)
        self.customers("gone.csv", 5, first=500)
        page, _ = self.sheet(shop, self.folder / "gone.csv")
        heads = next(i for i, row in enumerate(page) if row and row[0] == "編號")
        width = len(page[heads])
        for i, row in enumerate(page[heads:]):
            row += [""] * (width - len(row)) + (["自訂欄"] if i == 0 else [f'列 {i}, "x"\n=1+1'])
            if i > 0:
                row[page[heads].index("保有依據")] = f"契約 {i}"
                row[page[heads].index("特定目的")] = "=HYPERLINK(1)"
        text = io.StringIO()
        csv.writer(text).writerows(page)
        before = self.file("before.csv", "\ufeff" + text.getvalue())
        (self.folder / "gone.csv").unlink()
        self.customers("shop.csv", 25)
        self.customers("new.csv", 3, first=900)
        _, rows = self.sheet("--merge", before, shop, self.folder / "new.csv")
        by_name = {(row["層級"], row["個人資料檔案"], row["欄位"]): row for row in rows}
        kept = by_name["檔案", "shop.csv", ""]
        self.assertTrue(kept["保有依據"].startswith("契約 "))
        self.assertEqual(kept["特定目的"], "'=HYPERLINK(1)")
        self.assertIn("自訂欄", kept)
        self.assertIn("20 人", kept["與前次差異"])
        self.assertIn("→25 人", kept["與前次差異"])
        self.assertEqual(by_name["檔案", "new.csv", ""]["與前次差異"], "新增")
        gone = by_name["檔案", "gone.csv", ""]
        self.assertEqual(gone["與前次差異"], "前次有，本次未發現")
        self.assertTrue(gone["保有依據"].startswith("契約 "))
        again = self.folder / "inventory.csv"
        copy = self.file("copy.csv", again.read_bytes())
        _, same = self.sheet("--merge", copy, shop, self.folder / "new.csv")
        self.assertEqual({row["與前次差異"] for row in same}, {"", "前次有，本次未發現"})
        self.assertEqual([row["保有依據"] for row in same], [row["保有依據"] for row in rows])

    def test_only_an_inventory_can_be_carried_over(self):
        shop = self.customers("shop.csv", 20)
        sheet = f"inventory:{self.folder / 'never.csv'}"
        for other in (self.file("other.csv", "a,b\n1,2\n"), self.file("none.csv", "")):
            for command in (["scan", shop], ["report", self.file("none.ndjson", b"")]):
                run = self.call(*command, "--merge", other, "--format", sheet)
                self.assertEqual(run.status, 2, run.stderr)
                self.assertIn("is no inventory of yinma", run.stderr.decode())
        self.sheet(shop)
        before = self.file("before.csv", (self.folder / "inventory.csv").read_bytes())
        run = self.call("scan", "--merge", before, shop)
        self.assertEqual(run.status, 2)
        self.assertIn("add --format inventory:FILE", run.stderr.decode())
        self.assertFalse((self.folder / "never.csv").exists())

    def test_a_workbook_can_be_carried_over(self):
        shop = self.customers("shop.csv", 20)
        filled = self.folder / "filled.csv"
        page, _ = self.sheet(shop)
        heads = next(i for i, row in enumerate(page) if row and row[0] == "編號")
        for row in page[heads + 1:]:
            row += [""] * (len(page[heads]) - len(row))
            row[page[heads].index("保有依據")] = "契約 <&> " + row[0]
        text = io.StringIO()
        csv.writer(text).writerows(page)
        filled.write_text(text.getvalue(), "utf-8")
        book = self.folder / "filled.xlsx"
        self.call("scan", "--as-of", "2026-01-31", "--merge", filled, "--format",
                  f"inventory:{book}", shop)
        _, rows = self.sheet("--merge", book, shop)
        self.assertEqual([row["保有依據"] for row in rows],
                         [f"契約 <&> {row['編號']}" for row in rows])
        self.assertEqual({row["與前次差異"] for row in rows}, {""})

    def test_an_earlier_sheet_that_is_none(self):
        shop = self.customers("shop.csv", 5)
        for name, content, words in (("book.csv", b"PK\x03\x04rest", "neither CSV nor"),
                                     ("zip.xlsx", (DATA / "archives/backup.zip").read_bytes(),
                                      "neither CSV nor"),
                                     ("big5.csv", "編號".encode("big5"), "not UTF-8"),
                                     ("open.csv", b'"a,b\n', "never closed"),
                                     ("wide.csv", b"," * 300 + b"\n", "more than")):
            run = self.call("scan", "--merge", self.file(name, content), "--format", "inventory", shop)
            self.assertEqual(run.status, 2, name)
            self.assertIn(words, run.stderr.decode("utf-8"))
        self.assertEqual(self.call("scan", "--merge", "none.csv", shop).status, 2)
        for content in (b"", b"\n\n,,\n", b"1,2,3\n"):
            run = self.call("scan", "--merge", self.file("empty.csv", content), "--format",
                            "inventory", shop)
            self.assertEqual(run.status, 2)
            self.assertIn("is no inventory of yinma", run.stderr.decode())

    def test_saved_results_give_the_same_sheet(self):
        saved, first = self.folder / "saved.ndjson", self.folder / "first.csv"
        few = self.customers("hundred.csv", 100)  # records keep so many one by one
        self.call("scan", "--as-of", "2026-01-31", "--format", f"ndjson:{saved}", "--format",
                  f"inventory:{first}", few)
        second = self.call("report", "--format", "inventory", saved)
        self.assertEqual(second.stdout, first.read_bytes())


if __name__ == "__main__":
    main()
