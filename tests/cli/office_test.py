"""Office documents as LibreOffice writes them: the same tables, columns and counts in every format;
documents put together by hand that do what others do not; damage, encryption, bombs."""

import io
import struct
import time
import zipfile

from harness import COLUMNS, DATA, ProgramTest, expected, main
import ole2
from shop import LABELS, Shop
import xlsb

OFFICE = DATA / "office"


def by_label(wanted):
    return {LABELS["customers"][COLUMNS["customers"].index(column)]: kinds
            for column, kinds in wanted.items()}


def members(name):
    with zipfile.ZipFile(OFFICE / name) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


class Office(ProgramTest):
    def coverage(self, run, unit):
        return [r for r in run.of_type("coverage") if r["unit"].endswith(unit)]

    def test_every_workbook_says_the_same(self):
        binary = self.file("shop.xlsb", xlsb.shop(Shop().tables(), COLUMNS, LABELS))
        for path in (OFFICE / "shop.xlsx", OFFICE / "shop.ods", OFFICE / "shop.xls", binary):
            name = path.name
            with self.subTest(name):
                run = self.scan("-v", path, status=1)
                self.assert_table(run, "顧客", by_label(expected()["customers"]))
                self.assert_table(run, "付款", expected()["payments"])
                self.assertEqual({f["attribution"] for f in run.fields}, {"exact"})
                self.assertEqual({f["unit"] for f in run.fields}, {str(path)})
                told = self.coverage(run, name)[0]
                self.assertEqual(told["detail"], "hidden: sheets 1 (付款), columns 1 (顧客 C), rows 0")
                self.assertEqual(told["unit_rows"], 420)

    def test_rows_count_from_the_first_one_of_data(self):
        run = self.scan("--occurrences", OFFICE / "shop.xlsx", status=1)
        rows = [o["row"] for o in run.of_type("occurrence", table="付款", column="card_no")]
        self.assertEqual((min(rows), max(rows)), (1, 300))
        self.assertFalse([o for o in run.of_type("occurrence") if "offset" in o])

    def test_tables_in_documents(self):
        for name, table in {"letter.docx": "table 1", "letter.odt": "customers"}.items():
            with self.subTest(name):
                run = self.scan(OFFICE / name, status=1)
                self.assert_table(run, table, by_label(expected()["customers"]))
                text = {f["kind"]: f["clear"] for f in run.fields if f["column"] == ""}
                self.assertEqual(text, {"tw_national_id": 1, "phone_mobile": 1})

    def test_slides(self):
        for name in ("slides.pptx", "slides.odp"):
            with self.subTest(name):
                run = self.scan(OFFICE / name, status=1)
                self.assertEqual({f["kind"]: f["clear"] for f in run.fields},
                                 {"tw_national_id": 1, "phone_mobile": 1})

    # ---- what LibreOffice does not write ----

    def sheet(self, rows, **others):
        parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml":
                 '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
                 "xl/_rels/workbook.xml.rels":
                 '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
                 "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>"}
        return self.file("made.xlsx", package({**parts, **others}))

    def test_inline_strings_numbers_without_their_zero_and_dates(self):
        head = "".join(f'<c r="{c}1" t="inlineStr"><is><t>{t}</t></is></c>'
                       for c, t in zip("ABD", ("手機", "生日", "身分證字號")))
        rows = "".join(f'<row r="{i + 2}"><c r="A{i + 2}"><v>{912345670 + i}</v></c>'
                       f'<c r="B{i + 2}" s="1"><v>{29000 + i}</v></c><c r="D{i + 2}" t="inlineStr">'
                       "<is><r><t>A1234</t></r><r><t>56789</t></r><rPh><t>注音</t></rPh></is></c></row>"
                       for i in range(12))
        styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
        run = self.scan(self.sheet(f'<row r="1">{head}</row>{rows}', **{"xl/styles.xml": styles}), status=1)
        found = self.field_counts(run)
        self.assertEqual(found["手機"]["phone_mobile"], {"clear": 12})
        self.assertEqual(found["生日"]["birth_date"], {"clear": 12})
        self.assertEqual(found["身分證字號"]["tw_national_id"], {"clear": 12})

    def test_what_is_hidden_is_told_by_its_name(self):
        states = "".join(f'<sheet name="{name}" sheetId="{i}" state="{state}" r:id="rId{i}"/>' for i, (name, state)
                         in enumerate((("S", "visible"), ("薪資", "hidden"), ("A123456789", "veryHidden")), 1))
        book = f'<workbook xmlns:r="r"><sheets>{states}</sheets></workbook>'
        relations = "".join(f'<Relationship Id="rId{i}" Target="worksheets/sheet{i}.xml"/>' for i in (1, 2, 3))
        rows = "".join(f'<row r="{r}"{" hidden=" + chr(34) + "1" + chr(34) if r in (3, 4, 5, 9) else ""}>'
                       f'<c r="A{r}"><v>{r}</v></c></row>' for r in range(1, 11))
        sheet = f'<worksheet><cols><col min="2" max="28" hidden="1"/></cols><sheetData>{rows}</sheetData></worksheet>'
        empty = "<worksheet><sheetData/></worksheet>"
        parts = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
                 "xl/worksheets/sheet1.xml": sheet, "xl/worksheets/sheet2.xml": empty, "xl/worksheets/sheet3.xml": empty}
        told = self.scan("-v", self.sheet("", **parts), secrets=["A123456789"]).coverage[0]["detail"]
        self.assertRegex(told, r"^hidden: sheets 2 \(薪資, A1\S*9\), columns 27 \(S B-AB\), rows 4 \(S 3-5, S 9\)$")
        many = "".join(f'<row r="{r}" hidden="1"><c r="A{r}"><v>1</v></c></row>' for r in range(1, 999, 2))
        told = self.scan("-v", self.sheet(many)).coverage[0]["detail"]
        self.assertRegex(told, r"rows 499 \(S 1, S 3, .*, …\)$")
        book = xlsb.Book().sheet("S", [[1.0]] * 9, hidden_columns=[(0, 0), (2, 3)], hidden_rows=(1, 2, 7))
        book.sheet("V", [["x"]], state=xlsb.VERY_HIDDEN)
        told = self.scan("-v", self.file("hidden.xlsb", book.bytes())).coverage[0]["detail"]
        self.assertEqual(told, "hidden: sheets 1 (V), columns 3 (S A, S C-D), rows 3 (S 2-3, S 8)")

    def test_every_kind_of_cell_of_a_binary_workbook(self):
        book = xlsb.Book()
        rows = [["手機", xlsb.Inline("生日"), xlsb.Inline("身分證字號", rich=True), "電話"]]
        rows += [[912345670.0 + i, xlsb.day(f"1980-02-{i + 10}"), xlsb.Formula("A123456789"), None] for i in range(8)]
        rows += [[xlsb.Packed(912345678 // 4 * 0 + 91234567 << 2 | 2), xlsb.Formula(29000.0), xlsb.Inline("A123456789"),
                  xlsb.Inline("02-27208889", rich=True)]]
        link = bytes(16) + b"".join(map(xlsb.wide, ("", "https://example.org/?id=B123456780", "", "")))
        book.sheet("S", rows, more=xlsb.record(494, link))
        book.others["xl/comments1.bin"] = xlsb.record(628) + xlsb.record(
            637, b"\0" + xlsb.wide("身分證字號 A123456789")) + xlsb.record(629)
        book.others["docProps/core.xml"] = "<p><title>身分證字號 A123456789</title></p>"
        book.shared("身分證字號：A223456781")  # no cell has it any more
        run = self.scan("-v", self.file("cells.xlsb", book.bytes()), status=1)
        found = self.field_counts(run, table="S")
        self.assertEqual(found["手機"]["phone_mobile"]["clear"], 8)
        self.assertEqual(found["生日"]["birth_date"]["clear"], 8)
        self.assertEqual(found["身分證字號"]["tw_national_id"]["clear"], 9)
        self.assertEqual(found["電話"]["phone_landline"]["clear"], 1)
        self.assertEqual(self.field_counts(run, table="")[""]["tw_national_id"]["clear"], 4)
        self.assertEqual({r["status"] for r in run.coverage}, {"scanned"})

    def test_shared_strings_that_are_all_empty(self):
        self.scan(self.file("empty.xlsb", xlsb.Book().sheet("S", [["", ""], ["", ""]]).bytes()), status=0)
        self.scan(self.sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
                             **{"xl/sharedStrings.xml": "<sst><si><t></t></si></sst>"}), status=0)

    def test_damaged_binary_workbooks(self):
        data = xlsb.shop(Shop().tables(), COLUMNS, LABELS)
        whole = xlsb.Book().sheet("S", [["身分證字號"], *[[f"A12345678{i}"] for i in range(9)]])
        with zipfile.ZipFile(io.BytesIO(whole.bytes())) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for name in ("xl/worksheets/sheet1.bin", "xl/sharedStrings.bin", "xl/workbook.bin"):
            for at in range(1, len(parts[name]), 31):
                with self.subTest(name, at=at):
                    run = self.scan(self.file("bad.xlsb", package({**parts, name: parts[name][:at]})), status=None)
                    self.assertIn(run.status, (0, 1, 3))
                    self.assertNotIn("crashed", [c.get("reason") for c in run.coverage])
        for name in ("xl/worksheets/sheet1.bin", "xl/sharedStrings.bin"):
            run = self.scan(self.file("bad.xlsb", whole.bytes(without=(name,))), status=None)
            self.assertEqual([c["reason"] for c in run.coverage], ["damaged"])
        for at in range(0, len(data), len(data) // 24):
            run = self.scan(self.file("cut.xlsb", data[:at]), status=None)
            self.assertTrue(at == 0 or run.coverage)

    def test_strings_that_no_cell_uses_any_more(self):
        strings = "<sst><si><t>身分證字號：A123456789</t></si></sst>"
        run = self.scan(self.sheet('<row r="1"><c r="A1"><v>1</v></c></row>',
                                   **{"xl/sharedStrings.xml": strings}), status=None)
        self.assertEqual(self.field_counts(run), {"": {"tw_national_id": {"clear": 1}}})

    def test_comments_pivot_caches_and_links_are_read(self):
        for part, text in {"xl/comments1.xml": "<comments><comment><text><r><t>身分證 A1234</t></r><r><t>"
                                               "56789</t></r></text></comment></comments>",
                           "xl/pivotCache/pivotCacheRecords1.xml": '<x><r><s v="身分證字號 A123456789"/></r></x>',
                           "docProps/core.xml": "<p><title>身分證字號 A123456789</title></p>",
                           "xl/worksheets/_rels/sheet1.xml.rels":
                           '<R><Relationship Target="http://x.example/?身分證字號=A123456789"/></R>'}.items():
            with self.subTest(part):
                run = self.scan(self.sheet('<row r="1"><c r="A1"><v>1</v></c></row>', **{part: text}),
                                status=None)
                self.assertEqual([f["kind"] for f in run.fields], ["tw_national_id"])
                self.assertEqual(run.fields[0]["unit"][-9:], "made.xlsx")

    def test_members_that_are_no_xml_are_scanned_by_themselves(self):
        inner = (OFFICE / "shop.xlsx").read_bytes()
        run = self.scan(self.sheet("", **{"xl/embeddings/inner.xlsx": inner,
                                          "xl/notes.txt": "身分證字號：A123456789"}), status=1)
        units = {f["unit"].split("made.xlsx")[1] for f in run.fields}
        self.assertEqual(units, {"!/xl/embeddings/inner.xlsx", "!/xl/notes.txt"})

    def test_a_document_may_be_anywhere(self):
        outer = self.file("outer.zip", package({"a/shop.xlsx": (OFFICE / "shop.xlsx").read_bytes(),
                                                "b/letter.odt": (OFFICE / "letter.odt").read_bytes()}))
        run = self.scan(outer, status=1)
        self.assert_table(run, "付款", expected()["payments"])

    # ---- damage ----

    def test_cut_off_documents_are_told(self):
        for name in ("shop.xlsx", "shop.ods", "letter.docx", "slides.pptx"):
            data = (OFFICE / name).read_bytes()
            with zipfile.ZipFile(OFFICE / name) as archive:
                end = archive.start_dir  # behind it stands the list of members: nothing is lost
            for sixteenth in range(1, 16):
                if len(data) * sixteenth // 16 >= end:
                    break
                with self.subTest(name, cut=sixteenth):
                    run = self.scan(self.file("cut-" + name, data[:len(data) * sixteenth // 16]),
                                    status=None)
                    self.assertIn(run.status, (1, 3))
                    self.assertTrue([r for r in run.of_type("coverage")
                                     if r["status"] in ("partial", "failed", "skipped")], name)

    def test_a_wrong_byte_is_told(self):
        for name in ("shop.xlsx", "shop.ods", "letter.docx"):
            data = (OFFICE / name).read_bytes()
            with zipfile.ZipFile(OFFICE / name) as archive:
                part = next(i for i in archive.infolist() if i.filename in (
                    "xl/worksheets/sheet1.xml", "content.xml", "word/document.xml"))
            at = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
            with self.subTest(name):
                run = self.scan(self.file("bad-" + name, data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1:]),
                                status=None)
                self.assertTrue([r for r in run.of_type("coverage") if r["status"] != "opaque"])

    def test_missing_parts_are_told(self):
        for lost in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
            parts = members("shop.xlsx")
            del parts[lost]
            with self.subTest(lost):
                run = self.scan(self.file("lost.xlsx", package(parts)), status=None)
                self.assertEqual([r["status"] for r in run.of_type("coverage")], ["partial"])

    def test_encrypted_documents_of_open_formats_name_their_cipher(self):
        run = self.scan(OFFICE / "secret.ods", status=3)  # as LibreOffice writes it
        self.assertEqual([(c["status"], c["reason"], c["detail"]) for c in run.coverage],
                         [("skipped", "encrypted", "encrypted document: AES-256")])
        parts = members("letter.odt")
        parts["META-INF/manifest.xml"] = (
            '<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml">'
            '<manifest:encryption-data><manifest:algorithm manifest:algorithm-name='
            '"http://www.w3.org/2001/04/xmlenc#aes256-cbc"/><manifest:key-derivation manifest:key-size="32"/>'
            "</manifest:encryption-data></manifest:file-entry></manifest:manifest>")
        parts["content.xml"] = bytes(range(256)) * 8
        run = self.scan(self.file("secret.odt", package(parts)), status=3)
        told = [r for r in run.of_type("coverage") if r["unit"].endswith("secret.odt")][0]
        self.assertEqual((told["status"], told["reason"]), ("skipped", "encrypted"))
        self.assertIn("AES-256", told["detail"])

    @staticmethod
    def described(algorithm, bits, provider="made up"):
        """An EncryptionHeader with what stands before it ([MS-OFFCRYPTO] 2.3.2)."""
        header = struct.pack("<IIIIIIII", 4, 0, algorithm, 0x8004, bits, 1, 0, 0)
        return struct.pack("<II", 4, len(header)) + header + provider.encode("utf-16-le")

    def test_encrypted_documents_name_their_cipher(self):
        agile = (b'<encryption><keyData saltSize="16" blockSize="16" keyBits="%d" hashSize="64" '
                 b'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC"/></encryption>')
        standard = lambda *cipher: struct.pack("<HH", 3, 2) + self.described(*cipher)
        word = lambda flags: struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags) + bytes(900)
        noise = bytes(range(256)) * 20
        for streams, cipher in (
                ({"EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + agile % 256}, "AES-256"),
                ({"EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + agile % 128}, "AES-128"),
                ({"EncryptionInfo": standard(0x660E, 128)}, "AES-128"),
                ({"EncryptionInfo": standard(0x6610, 256)}, "AES-256"),
                ({"EncryptionInfo": standard(0x6801, 128)}, "RC4, key of 128 bits"),
                ({"EncryptionInfo": b"\3\0\3\0"}, "its cipher is not told"),
                ({"WordDocument": word(0x0100), "0Table": standard(0x6801, 0)}, "RC4, key of 40 bits"),
                ({"WordDocument": word(0x0300), "1Table": struct.pack("<HH", 1, 1) + noise}, "RC4, key of 40 bits"),
                ({"WordDocument": word(0x8100)}, "XOR"),
                ({"EncryptedSummary": noise, "PowerPoint Document": noise}, "RC4 (CryptoAPI)")):
            with self.subTest(cipher, streams=list(streams)):
                if "EncryptionInfo" in streams:
                    streams = {**streams, "EncryptedPackage": noise}
                run = self.scan(self.file("secret.bin", ole2.write(streams)), status=3)
                told = run.of_type("coverage")[0]
                self.assertEqual((told["status"], told["reason"]), ("skipped", "encrypted"))
                self.assertIn(cipher, told["detail"])
        config = self.file("strict.yaml", "expect:\n  - {files: '*.xlsx', encrypted: {cipher: aes-256}}\n")
        for bits, status in ((256, 0), (128, 1)):
            name = self.file("secret.xlsx", ole2.write({
                "EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + agile % bits, "EncryptedPackage": noise}))
            self.scan("--config", config, name, status=status)

    def test_words_of_older_documents(self):
        run = self.scan(OFFICE / "roll.doc", status=1)
        counts = {f["kind"]: f["values"] for f in run.fields}
        for kind in ("phone_mobile", "phone_landline", "email", "address", "person_name", "birth_date"):
            self.assertEqual(counts[kind], 120, kind)
        self.assertEqual(counts["tw_national_id"] + counts["tw_resident_id"], 120)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "unsupported")])
        text = "手機：0911306023\r"  # whose first bytes read as ASCII one byte further
        for encoding in ("utf-16-le", "utf-16-be"):
            for shift in range(4):
                path = self.file("s.doc", ole2.write({"WordDocument": b"\r" * shift + text.encode(encoding) * 9}))
                run = self.scan(path, secrets=["0911306023"])
                self.assertEqual([(f["kind"], f["values"]) for f in run.fields], [("phone_mobile", 9)], (encoding, shift))

    def test_chains_of_sectors_that_go_in_circles(self):
        words = "id A123456789 ".encode("utf-16-le") * 300
        for name in ("WordDocument", "Other"):
            data = bytearray(ole2.write({name: words, "Workbook": words} if name == "Other" else {name: words}))
            table = (struct.unpack_from("<I", data, 76)[0] + 1) * 512
            struct.pack_into("<I", data, table, 0)  # the first sector follows itself
            for entry in range(data.index("Root".encode("utf-16-le")), len(data) - 128, 128):
                if data[entry + 66] == 2:
                    struct.pack_into("<I", data, entry + 120, 0x7FFFFFFF)
            run = self.scan(self.file("circle.doc", bytes(data)), secrets=["A123456789"], timeout=30)
            self.assertEqual([c["status"] for c in run.coverage], ["partial"])
        long = ole2.write({"WordDocument": ("字" * 508 + "A123456789 身分證字號 ").encode("utf-16-le") * 9})
        run = self.scan(self.file("long.doc", long), secrets=["A123456789"])
        self.assertEqual([f["values"] for f in run.fields], [9])

    def test_other_ole2_files_are_raw(self):
        run = self.scan(self.file("letter.doc", ole2.write({"WordDocument": b"id A123456789 \0" * 9})), status=3)
        self.assertEqual([(r["status"], r["reason"]) for r in run.of_type("coverage")],
                         [("partial", "unsupported")])
        self.assertEqual(run.fields[0]["values"], 9)

    def test_damaged_workbooks_of_the_old_kind(self):
        data = (OFFICE / "shop.xls").read_bytes()
        for at in range(0, len(data), len(data) // 48):
            for name, bad in (("cut", data[:at]), ("byte", data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1:])):
                with self.subTest(name, at=at):
                    run = self.scan(self.file("bad.xls", bad), status=None)
                    self.assertIn(run.status, (0, 1, 3))
                    self.assertNotIn("crashed", [c.get("reason") for c in run.coverage])
                    if name == "cut" and at > 0:
                        self.assertTrue(run.of_type("coverage"))

    # ---- workbooks of the old kind, record by record ----

    @staticmethod
    def record(kind, data=b""):
        return struct.pack("<HH", kind, len(data)) + data

    def biff(self, *cells, strings=(), before=b"", version=0x600):
        """A workbook of one sheet; CELLS and STRINGS are records, (bytes that follow the counts)."""
        begin = self.record(0x809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0))
        shared = b"".join(self.record(0x3C if i else 0xFC, (b"" if i else struct.pack("<II", 9, 9)) + s)
                          for i, s in enumerate(strings))
        head = begin + before + self.record(0x22, struct.pack("<H", 0))
        sheet_bytes = 4 + 8 + 1
        offset = len(head) + sheet_bytes + len(shared) + 4
        head += self.record(0x85, struct.pack("<IBBBB", offset, 0, 0, 1, 0) + b"S") + shared + self.record(10)
        book = head + begin.replace(b"\x05\0", b"\x10\0", 1) + b"".join(cells) + self.record(10)
        book = book.ljust(4096, b"\0")
        book += bytes(-len(book) % 512)
        sectors = len(book) // 512
        table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
        table += [0xFFFFFFFF] * (128 - len(table))
        header = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16) + struct.pack(
            "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
            + struct.pack("<I", 0) + b"\xff" * 432)
        directory = b""
        for name, kind, start, size in (("Root Entry", 5, 0xFFFFFFFE, 0), ("Workbook", 2, 2, len(book))):
            text = (name + "\0").encode("utf-16-le")
            directory += text.ljust(64, b"\0") + struct.pack("<HB49xII4x", len(text), kind, start, size)
        return header + struct.pack("<128I", *table) + directory.ljust(512, b"\0") + book

    def cell(self, kind, row, column, data, style=0):
        return self.record(kind, struct.pack("<HHH", row, column, style) + data)

    def test_every_kind_of_cell(self):
        wide = "身分證字號".encode("utf-16-le")
        strings = [struct.pack("<HB", 10, 0) + b"A1234",  # goes on in another width
                   b"\1" + "56789".encode("utf-16-le") + struct.pack("<HB", 5, 1) + wide +
                   struct.pack("<HBHI", 2, 0x0D, 1, 3) + "手機".encode("utf-16-le") + bytes(4 + 3),
                   struct.pack("<HB", 2, 1) + "生日".encode("utf-16-le")]
        shared = lambda row, column, index: self.cell(0xFD, row, column, struct.pack("<I", index))
        cells = [shared(0, 0, 1), shared(0, 1, 2), shared(0, 2, 3)]
        for row in range(1, 9):
            cells += [shared(row, 0, 0),
                      self.cell(0x06, row, 1, b"\0" + bytes(5) + b"\xff\xff" + bytes(8)),
                      self.record(0x207, struct.pack("<HB", 10, 0) + b"0912345678"),
                      self.cell(0x204, row, 2, struct.pack("<HB", 10, 0) + b"1980-02-03")]
        cells += [self.record(0xBD, struct.pack("<HHHIHIH", 9, 0, 0, 1 << 2 | 2, 0, 5 << 2 | 2, 1)),
                  self.cell(0x203, 10, 1, struct.pack("<d", 912345678.0)),
                  self.cell(0x27E, 11, 1, struct.pack("<I", 7 << 2 | 3))]
        run = self.scan("-v", self.file("cells.xls", self.biff(*cells, strings=strings)), status=1)
        found = self.field_counts(run, table="S")
        self.assertEqual(found["身分證字號"]["tw_national_id"]["clear"], 8)
        self.assertEqual(found["手機"]["phone_mobile"]["clear"], 9)
        self.assertEqual(found["生日"]["birth_date"]["clear"], 8)
        self.assertEqual(run.of_type("coverage")[0]["unit_rows"], 11)

    def test_encrypted_and_older_workbooks_of_the_old_kind(self):
        data = self.biff(before=self.record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48)))
        told = self.scan(self.file("secret.xls", data), status=3).coverage[0]
        self.assertEqual((told["status"], told["reason"]), ("skipped", "encrypted"))
        self.assertIn("RC4, key of 40 bits", told["detail"])
        data = self.biff(before=self.record(0x2F, struct.pack("<HHH", 1, 4, 2) + self.described(0x6801, 128)))
        told = self.scan(self.file("secret.xls", data), status=3).coverage[0]
        self.assertIn("RC4, key of 128 bits", told["detail"])
        told = self.scan(self.file("old.xls", self.biff(version=0x500)), status=3).coverage[0]
        self.assertEqual((told["status"], told["reason"]), ("partial", "unsupported"))

    def test_bombs_are_harmless(self):
        laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
            f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)) + "]>"
        self.scan(self.file("laughs.xml", f"<?xml version='1.0'?>{laughs}<x><y>&m;</y></x>"), status=0)
        run = self.scan(self.file("laughs2.xml", f"<?xml version='1.0'?>{laughs}<x><y z='&m;'/></x>"),
                        status=None)
        self.assertEqual([r["status"] for r in run.of_type("coverage")], ["partial"])
        big = "<worksheet><sheetData><row><c><v>1</v></c></row>" + " " * (1 << 27)
        parts = members("shop.xlsx")
        parts["xl/worksheets/sheet1.xml"] = big
        run = self.scan("--max-ratio", "100", self.file("bomb.xlsx", package(parts)), status=None)
        self.assertIn("limit", [r.get("reason") for r in run.of_type("coverage")])
        repeats = members("shop.ods")
        repeats["content.xml"] = (
            '<d xmlns:table="t" xmlns:text="x"><table:table table:name="T"><table:table-row '
            'table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated='
            '"999999999"><text:p>A123456789</text:p></table:table-cell></table:table-row></table:table></d>')
        run = self.scan(self.file("repeats.ods", package(repeats)), status=0)
        self.assertGreater(run.summary["values"], 0)
        self.assertLess(run.summary["values"], 100)


class SpreadsheetXml(ProgramTest):
    """Workbooks that are XML themselves (Excel 2003)."""
    HEAD = ('<?xml version="1.0" encoding="{}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
            '<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns="http://www.w3.org/TR/REC-html40">\n')

    def book(self, rows):
        number, mobile = "A143231948", "0966468414"
        cells = "".join(
            f'<ss:Row><ss:Cell ss:Index="2"><ss:Data ss:Type="String">陳美玲</ss:Data></ss:Cell>'
            f'<ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="String"><B>{number[:4]}</B>{number[4:]}</ss:Data>'
            f'<ss:Comment><ss:Data>回電 {mobile}</ss:Data></ss:Comment></ss:Cell>'
            f'<ss:Cell><ss:Data ss:Type="DateTime">1985-03-12T00:00:00.000</ss:Data></ss:Cell></ss:Row>\n' for _ in range(rows))
        names = "".join(f'<ss:Cell ss:Index="{at}"><ss:Data ss:Type="String">{name}</ss:Data></ss:Cell>'
                        for at, name in ((1, "編號"), (2, "姓名"), (3, "身分證字號"), (4, "備註"), (5, "生日")))
        return ('<ss:Worksheet ss:Name="名冊"><ss:Table><ss:Row ss:Index="3">' + names + "</ss:Row>\n" + cells +
                "</ss:Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></ss:Worksheet></ss:Workbook>\n")

    def found(self, run):
        return {(f["table"], f["column"], f["kind"], f["values"]) for f in run.fields}

    def test_places_comments_and_hidden_sheets(self):
        wanted = {("名冊", "姓名", "person_name", 30), ("名冊", "身分證字號", "tw_national_id", 30),
                  ("名冊", "生日", "birth_date", 30), ("", "", "phone_mobile", 30)}
        for encoding in ("UTF-8", "Big5", "UTF-16"):
            with self.subTest(encoding):
                data = (self.HEAD.format(encoding) + self.book(30)).encode(encoding)
                run = self.scan(self.file("r.xls", data), "-v", "--fail-on", "never")
                self.assertEqual(self.found(run), wanted)
                self.assertEqual({f["format"] for f in run.fields}, {"spreadsheet-xml"})
                self.assertEqual(run.coverage[0]["unit_rows"], 30)
                self.assertIn("sheets 1 (名冊)", run.coverage[0].get("detail", ""))

    def test_what_is_broken_is_told_and_read_on(self):
        text = self.HEAD.format("UTF-8") + self.book(30)
        cut = text.replace("</ss:Row>", "</ss:Wrong>", 20).replace("</ss:Wrong>", "</ss:Row>", 19)
        run = self.scan(self.file("broken.xls", cut), "-v", "--fail-on", "never")
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "damaged")])
        self.assertEqual(sum(f["values"] for f in run.fields if f["kind"] == "tw_national_id" and f["column"]), 19)
        self.assertTrue([f for f in run.fields if f["kind"] == "phone_mobile" and f["values"] > 20])

    def test_long_names_of_sheets_are_not_cut_inside_a_value(self):
        number, mobile = "A143231948", "0966-468-414"
        for name in ("二〇二六年一月份員工 " + number, "x" * 32 + mobile, "x" * 22 + " " + mobile.replace("-", " "),
                     "x" * 22 + " " + mobile.replace("-", "_")):
            data = self.HEAD.format("UTF-8") + self.book(3).replace("名冊", name).replace("<ss:Row>", '<ss:Row ss:Hidden="1">')
            run = self.scan(self.file("r.xls", data), "-v", "--fail-on", "never", secrets=[number, mobile])
            self.assertNotIn(number[:5].encode(), run.stdout)
            for sign in b"- _":
                self.assertNotIn(mobile[:7].encode().replace(b"-", bytes([sign])), run.stdout)
            self.assertIn("rows 3 (", run.coverage[0]["detail"])

    def test_what_never_ends_and_many_small_tables(self):
        """Comments, links and cells go out piece by piece; a table costs what stands in it."""
        start = self.HEAD.format("UTF-8") + '<ss:Worksheet ss:Name="a"><ss:Table><ss:Row><ss:Cell>'
        line = "回電 0966468414 謝謝，再聯絡\n"
        for part in ("<ss:Comment>", "<ss:Data>"):
            run = self.scan(self.file("open.xls", start + part + line * 60000), "--fail-on", "never")
            self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "truncated")])
            self.assertEqual(sum(f["values"] for f in run.fields), 60000, part)
        table = '<ss:Table><ss:Row><ss:Cell><ss:Data>0966468414</ss:Data></ss:Cell></ss:Row></ss:Table>'
        begun = time.monotonic()
        run = self.scan(self.file("many.xls", start[:-len("<ss:Table><ss:Row><ss:Cell>")] + table * 40000 +
                                  "</ss:Worksheet></ss:Workbook>"), "--fail-on", "never")
        self.assertEqual(sum(f["values"] for f in run.fields), 40000)
        self.assertLess(time.monotonic() - begun, 30)


if __name__ == "__main__":
    main()
