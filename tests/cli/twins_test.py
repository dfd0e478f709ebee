"""One table, written in every encoding and layout that is found in Taiwan: whatever it is written
in, the same fields are found with the same counts, and examples lead to the value in the raw file.
"""

import random
import subprocess

from harness import ProgramTest, main
from people import People

HEADER = ["託運單號", "收件人姓名", "身分證字號", "收件人手機", "收件地址", "代收金額"]
WIDTHS = [10, 12, 10, 12, 50, 9]
SURNAMES = "王陳林李張黃吳劉蔡楊許"
GIVEN = "小明美麗家豪淑芬志強雅婷功蓋國華"
PLACES = ["臺北市信義區成功路", "高雄市三民區建國三路", "台中市西屯區許功蓋街", "桃園縣中壢市中山路"]


def waybills(count=240):
    """Rows; more than one value in ten is masked, names end in bytes that are ASCII in Big5."""
    chance, people = random.Random(20240105), People(20240105)
    rows = []
    for number in range(count):
        name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
        identity = people.national_id()
        mobile = f"09{chance.randint(10, 89)}{chance.randint(100000, 999999)}"
        if number % 8 == 0:
            name, identity = name[0] + "○" + name[2:], identity[:3] + "****" + identity[7:]
            mobile = mobile[:4] + "***" + mobile[7:]
        address = f"{chance.choice(PLACES)}{chance.randint(1, 400)}號{chance.randint(2, 20)}樓"
        rows.append([f"{7000000000 + number * 7919}", name, identity, mobile, address,
                     str(chance.randint(1, 99999))])
    return rows


ROWS = waybills()


def delimited(delimiter, rows=ROWS, header=True, end="\r\n"):
    return "".join(delimiter.join(row) + end for row in ([HEADER] if header else []) + rows)


def padded(text, width):
    return text + " " * (width - len(text.encode("cp950")))


def fixed():
    return "".join("".join(map(padded, row[:5], WIDTHS)) + row[5].rjust(WIDTHS[5]) + "\r\n"
                   for row in ROWS)


class Twins(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secrets = [value for row in ROWS for value in row[1:5]
                       if not set("*○") & set(value)]

    def found(self, path, *options):
        run = self.scan(*options, path, status=1, secrets=self.secrets)
        raw = path.read_bytes()
        self.assertEqual(run.summary["bytes_scanned"], len(raw))
        return run

    def twin(self):
        run = self.found(self.file("twin.csv", delimited(",")))
        found = self.field_counts(run)
        self.assertEqual(found["身分證字號"]["tw_national_id"], {"clear": 210, "masked": 30})
        self.assertEqual({kind for kinds in found.values() for kind in kinds},
                         {"person_name", "tw_national_id", "phone_mobile", "address"})
        return found

    def assert_offsets(self, run, raw, codec, columns):
        """Examples stand in RAW where they say, as CODEC writes them."""
        checked = 0
        for field in run.fields:
            for example in field["examples"]:
                value = ROWS[example["row"] - 1][columns[field["column"]]].encode(codec)
                at = example["offset"]
                self.assertEqual(raw[at:at + len(value)], value, (field["column"], example))
                checked += 1
        self.assertGreater(checked, 5)

    # ---- encodings of the delimited twin ----

    def test_delimited(self):
        wanted = self.twin()
        columns = {name: index for index, name in enumerate(HEADER)}
        cases = {"plain.csv": (",", "utf-8", b"", "utf-8", "valid"),
                 "bom.csv": (",", "utf-8", b"\xef\xbb\xbf", "utf-8", "marked"),
                 "big5.csv": (",", "cp950", b"", "big5", "likely"),
                 "utf16le-bom.txt": ("\t", "utf-16-le", b"\xff\xfe", "utf-16le", "marked"),
                 "utf16be-bom.txt": ("\t", "utf-16-be", b"\xfe\xff", "utf-16be", "marked"),
                 "utf16le.txt": ("\t", "utf-16-le", b"", "utf-16le", "likely"),
                 "utf16be.txt": ("\t", "utf-16-be", b"", "utf-16be", "likely")}
        for name, (delimiter, codec, mark, encoding, basis) in cases.items():
            with self.subTest(name):
                raw = mark + delimited(delimiter).encode(codec)
                run = self.found(self.file(name, raw))
                self.assertEqual(self.field_counts(run), wanted)
                self.assertEqual({(f["encoding"], f["encoding_basis"]) for f in run.fields},
                                 {(encoding, basis)})
                self.assertEqual({f["format"] for f in run.fields},
                                 {"tsv" if delimiter == "\t" else "csv"})
                self.assert_offsets(run, raw, codec, columns)

    def test_ebcdic_by_option(self):
        wanted = self.twin()
        plain = delimited(",", end="\n").replace("○", "＊").encode()
        raw = subprocess.run(["iconv", "-f", "UTF-8", "-t", "IBM937"], input=plain,
                             capture_output=True, check=True).stdout
        run = self.found(self.file("host.dat", raw), "--encoding", "cp937")
        self.assertEqual(self.field_counts(run), wanted)
        self.assertEqual({(f["encoding"], f["encoding_basis"]) for f in run.fields},
                         {("cp937", "forced")})
        for field in run.fields:
            for example in field["examples"]:
                self.assertEqual(raw[:example["offset"]].count(b"\x25") + 1, example["line"])

    def test_traditional_characters_in_gbk(self):
        wanted = self.twin()
        for name, text in (("all", delimited(",")), ("few", "".join(
                delimited(",").splitlines(keepends=True)[:4]))):
            with self.subTest(name):
                run = self.found(self.file(name + ".csv", text.encode("gbk")))
                self.assertEqual({f["encoding"] for f in run.fields}, {"gb18030"})
                if name == "all":
                    self.assertEqual(self.field_counts(run), wanted)

    def test_gb18030_is_recognised(self):
        text = "姓名,地址,备注\n" + "张伟,北京市朝阳区建国门外大街,请电话联系王小明先生\n" * 40
        run = self.scan(self.file("gb.csv", text.encode("gb18030")), "-v")
        encodings = {f["encoding"] for f in run.fields}
        self.assertLessEqual(encodings, {"gb18030"})

    # ---- encodings that change within the file ----

    def test_lines_of_two_encodings(self):
        wanted = self.twin()
        columns = {name: index for index, name in enumerate(HEADER)}
        lines = delimited(",").splitlines(keepends=True)
        raw = b"".join(line.encode("cp950" if i % 3 == 0 else "utf-8")
                       for i, line in enumerate(lines))
        run = self.found(self.file("mixed.csv", raw))
        self.assertEqual(self.field_counts(run), wanted)
        self.assertEqual({f["encoding"] for f in run.fields}, {"utf-8+big5"})
        for field in run.fields:
            for example in field["examples"]:
                row = example["row"]
                codec = "cp950" if row % 3 == 0 else "utf-8"
                value = ROWS[row - 1][columns[field["column"]]].encode(codec)
                at = example["offset"]
                self.assertEqual(raw[at:at + len(value)], value, (field["column"], example))

    def test_fields_of_two_encodings(self):
        """A form that took Big5 into one column of a UTF-8 file."""
        wanted = self.twin()
        raw = delimited(",", rows=[]).encode()
        for row in ROWS:
            raw += b",".join(value.encode("cp950" if i == 4 else "utf-8")
                             for i, value in enumerate(row)) + b"\r\n"
        run = self.found(self.file("columns.csv", raw))
        self.assertEqual(self.field_counts(run), wanted)

    def test_big5_behind_a_long_head_of_ascii(self):
        head = "".join(f"2024-01-05 10:00:{i % 60:02} INFO job {i} finished without errors\n"
                       for i in range(3000))
        tail = "2024-01-05 11:00:00 WARN 收件人：王小明 身分證字號：A123456780 電話：0912345670\n" * 2
        self.assertGreater(len(head), 128 * 1024)
        raw = head.encode() + tail.encode("cp950")
        twin = self.scan(self.file("late-utf8.log", head + tail))
        late = self.scan(self.file("late.log", raw))
        self.assertTrue(twin.fields)
        self.assertEqual(self.field_counts(late), self.field_counts(twin))
        self.assertEqual({f["encoding"] for f in late.fields}, {"big5"})
        for field in late.fields:
            self.assertEqual([e["line"] for e in field["examples"]][0], 3001)
            at = field["examples"][0]["offset"]
            self.assertGreater(at, len(head))
            self.assertLess(at, len(raw))

    # ---- layouts ----

    def test_fixed_width(self):
        wanted = self.twin()
        starts = [sum(WIDTHS[:i]) + 1 for i in range(len(WIDTHS))]
        for codec, encoding in (("cp950", "big5"), ("utf-8", "utf-8")):
            with self.subTest(codec):
                raw = fixed().encode(codec)
                run = self.found(self.file(f"fixed-{encoding}.txt", raw))
                self.assertEqual({(f["format"], f["encoding"], f["attribution"])
                                  for f in run.fields}, {("fixed", encoding, "inferred")})
                columns = {f["column"]: starts.index(int(f["column"][1:].split("+")[0]))
                           for f in run.fields}
                found = self.field_counts(run)
                self.assertEqual({HEADER[columns[name]]: kinds for name, kinds in found.items()},
                                 wanted)
                self.assert_offsets(run, raw, codec, columns)

    def test_without_header(self):
        wanted = self.twin()
        for codec in ("utf-8", "cp950"):
            with self.subTest(codec):
                run = self.found(self.file("headerless.csv",
                                           delimited(",", header=False).encode(codec)))
                found = {HEADER[int(name[1:]) - 1]: kinds
                         for name, kinds in self.field_counts(run).items()}
                self.assertEqual(found, wanted)


class Big5Traps(ProgramTest):
    """Trail bytes of Big5 that are ASCII: 5C (許功蓋), 7C (四), letters before a number (碼)."""

    NAMES = ["許功蓋", "蘇功美", "許蓋明", "吳功四"]

    def rows(self):
        people = People(7)
        return [(str(i + 1), self.NAMES[i % 4], people.national_id(), people.mobile()) for i in range(40)]

    def assert_found(self, run, table):
        self.assertEqual(self.field_counts(run, table=table), {
            "name": {"person_name": {"clear": 40}}, "idno": {"tw_national_id": {"clear": 40}},
            "mobile": {"phone_mobile": {"clear": 40}}})
        self.assertEqual({f["encoding"] for f in run.fields}, {"big5"})

    def test_mysqldump(self):
        rows = self.rows()
        values = ",".join("(%s,'%s','%s','%s')" % row for row in rows)
        text = ("-- MySQL dump 10.13\n/*!40101 SET NAMES big5 */;\nCREATE TABLE `people` (\n"
                "  `no` int, `name` varchar(20), `idno` char(10), `mobile` varchar(10)\n);\n"
                f"INSERT INTO `people` VALUES {values};\n")
        # The server escapes no trail byte when the client's character set is Big5.
        run = self.scan(self.file("people.sql", text.encode("cp950")))
        self.assert_found(run, "people")

    def test_copy(self):
        rows = self.rows()
        text = ("--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'BIG5';\n\n"
                "CREATE TABLE public.people (\n    no integer,\n    name text,\n    idno text,\n"
                "    mobile text\n);\n\nCOPY public.people (no, name, idno, mobile) FROM stdin;\n" +
                "".join("\t".join(row) + "\n" for row in rows) + "\\.\n")
        run = self.scan(self.file("people-pg.sql", text.encode("cp950")))
        self.assert_found(run, "public.people")

    def test_bars_and_backslashes_between_fields(self):
        rows = self.rows()
        text = "no|name|idno|mobile\n" + "".join("|".join(row) + "\n" for row in rows)
        self.assert_found(self.scan(self.file("people.txt", text.encode("cp950"))), "")

    def test_number_right_behind_a_character(self):
        """碼, 女, 你 end in bytes that are letters; the number's own letter follows."""
        people = People(11)
        ids = [people.national_id() for _ in range(30)]
        text = "".join(f"客戶{'碼女你服號'[i % 5]}{identity}已確認無誤，地址四段\n"
                       for i, identity in enumerate(ids))
        self.assertIn(b"X" + ids[0].encode(), text.encode("cp950"))
        twin = self.scan(self.file("behind-utf8.txt", text), secrets=ids)
        run = self.scan(self.file("behind.txt", text.encode("cp950")), secrets=ids)
        found = self.field_counts(twin)
        self.assertEqual(found[""]["tw_national_id"], {"clear": 30})
        self.assertEqual(self.field_counts(run), found)


if __name__ == "__main__":
    main()
