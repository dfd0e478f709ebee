"""Records by a layout that was given: the table that a partner sent, in whatever words and encoding,
and data with and without line ends, whose trailer tells how many records stand before it."""

import gzip

from harness import ProgramTest, main
from formats import packed_tar, packed_zip
from people import People

SOURCE = People(29)
# Names of which one is cut in the middle of a character: nothing may be lost behind it.
PEOPLE = [(SOURCE.name(), SOURCE.national_id(), SOURCE.mobile()) for _ in range(29)]
PEOPLE.append(("歐陽娜娜", SOURCE.national_id(), SOURCE.mobile()))
SECRETS = [value for row in PEOPLE for value in row[1:]]

CHINESE = """兄弟銀行媒體檔規格,,,,,,
錄別,項次,欄位名稱,型態,起,迄,長度 (BYTE),識別碼,說明
首錄,1,錄別,X,1,1,1,1,固定
,2,銀行代號,X,２,8,7,,
,3,保留,X,9,50,42,,
明細,1,錄別,X,1,1,1,2,"明細
資料"
,2,姓名,X,2,8,7,,
,3,身分證號,X,9,18,10,,
,4,行動電話,X,１９,28,10,,
,5,保留,X,29,50,22,,
尾錄,1,錄別,X,1,1,1,3,
,2,總筆數,9,2,9,8,,
,3,保留,X,10,50,41,,
"""
ENGLISH = "Field,Length\nName,8\nID,10\nTel,10\nFiller,12\n"
RANGES = "欄位名稱\t位置\nname\t1-8\nid\t9～18\ntel\t１９ 至 28\nfiller\t29-40\n"
STARTS = "name;start\nname;1\nid;9\ntel;19\nfiller;29\nTotal length;40\n"


def cell(text, width, encoding="cp950"):
    raw = text.encode(encoding)[:width]
    return raw + b" " * (width - len(raw))


def typed(end=b"\r\n", count=None, trailer=True):
    """首錄, 明細 and 尾錄 of 50 bytes."""
    records = [b"1" + cell("0081234", 49)]
    records += [b"2" + cell(name, 7) + cell(number, 10) + cell(mobile, 32)
                for name, number, mobile in PEOPLE]
    if trailer:
        records.append(b"3" + cell("%08d" % (len(PEOPLE) if count is None else count), 49))
    return end.join(records) + end


def plain(encoding="cp950", end="\n"):
    """Of 40 bytes, all alike."""
    return b"".join(cell(name, 8, encoding) + cell(number, 10, encoding) +
                    cell(mobile, 22, encoding) + end.encode(encoding)
                    for name, number, mobile in PEOPLE)


def columns(run):
    return {(f["table"], f["column"], f["kind"], f["values"]) for f in run.fields}


TYPED = {("明細", "姓名", "person_name", 30), ("明細", "身分證號", "tw_national_id", 30),
         ("明細", "行動電話", "phone_mobile", 30)}


class Layouts(ProgramTest):
    def layout(self, text=CHINESE, encoding="cp950"):
        return self.file("layout.csv", text.encode(encoding))

    def read(self, data, *options, name="data.txt"):
        return self.scan(self.file(name, data), *options, "-v", secrets=SECRETS)

    def place(self, run, column, unit="data.txt"):
        field = next(f for f in run.fields if f["column"] == column and f["unit"].endswith(unit))
        first = field["examples"][0]
        return first["row"], first["line"], first["offset"]

    def test_sorts_of_records(self):
        option = ("--layout", self.layout())
        for end, at in ((b"\r\n", 52), (b"\n", 51), (b"", 50)):
            with self.subTest(end=end):
                run = self.read(typed(end), *option)
                self.assertEqual(columns(run), TYPED)
                self.assertEqual({(f["format"], f["encoding"], f["attribution"])
                                  for f in run.fields}, {("fixed-layout", "big5", "exact")})
                line = 2 if end else 1
                self.assertEqual(self.place(run, "姓名"), (2, line, at + 1))
                self.assertEqual(self.place(run, "行動電話"), (2, line, at + 18))
                covered = run.coverage[0]
                self.assertEqual(covered["status"], "scanned")
                self.assertEqual((covered["unit_rows"], covered["trailer_rows"],
                                  covered["frame_rows"]), (32, 30, 2))

    def test_trailer(self):
        option = ("--layout", self.layout())
        for count, reason, tells in ((31, "truncated", "31 records, 30 stand"),
                                     (29, "damaged", "29 records, 30 stand")):
            covered = self.read(typed(count=count), *option).coverage[0]
            self.assertEqual((covered["status"], covered["reason"]), ("partial", reason))
            self.assertIn(tells, covered["detail"])
        covered = self.read(typed(trailer=False), *option).coverage[0]
        self.assertEqual((covered["status"], covered["reason"]), ("partial", "truncated"))
        self.assertIn("trailer", covered["detail"])
        self.assertEqual(self.read(typed(trailer=False), *option).status, 1)

    def test_what_layouts_look_like(self):
        wanted = {("person_name", 30), ("tw_national_id", 30), ("phone_mobile", 30)}
        for text in (ENGLISH, RANGES, STARTS):
            for encoding in ("utf-8-sig", "cp950", "utf-16"):
                with self.subTest(text=text[:12], encoding=encoding):
                    run = self.read(plain(), "--layout", self.layout(text, encoding))
                    self.assertEqual({(f["kind"], f["values"]) for f in run.fields}, wanted)
                    self.assertEqual({f["column"].lower() for f in run.fields},
                                     {"name", "id", "tel"})

    def test_encodings_of_the_data(self):
        layout = self.layout(ENGLISH)
        for encoding, option, name in (("utf-8", (), "utf-8"), ("cp950", (), "big5"),
                                       ("cp937", ("--encoding", "cp937"), "cp937")):
            with self.subTest(encoding=encoding):
                data = plain(encoding) if encoding != "cp937" else self.ebcdic()
                if encoding == "utf-8":  # names of two characters have room in eight bytes
                    data = b"".join(cell(name[:2], 8, encoding) + cell(number, 10) +
                                    cell(mobile, 22) + b"\n" for name, number, mobile in PEOPLE)
                run = self.read(data, "--layout", layout, *option)
                ids = next(f for f in run.fields if f["kind"] == "tw_national_id")
                self.assertEqual((ids["column"], ids["values"], ids["encoding"]),
                                 ("ID", 30, name))
                self.assertEqual(ids["examples"][1]["offset"], 48 + (encoding != "cp937"))

    def ebcdic(self):
        rows = b""
        for name, number, mobile in PEOPLE:
            ascii_part = (number + mobile + " " * 12).encode("cp037")
            rows += (b"\x40" * 8) + ascii_part
        return rows

    def test_turned_into_utf8_later(self):
        data = plain("cp950").decode("cp950", "ignore").encode("utf-8")
        run = self.read(data, "--layout", self.layout(ENGLISH))
        self.assertEqual({(f["column"], f["values"]) for f in run.fields},
                         {("Name", 30), ("ID", 30), ("Tel", 30)})
        self.assertIn("UTF-8", run.coverage[0]["detail"])

    def test_other_files_are_read_as_ever(self):
        self.file("mixed/people.csv", ("姓名,電話\n" + "".join(
            f"{name},{mobile}\n" for name, _, mobile in PEOPLE)).encode())
        self.file("mixed/in.dat.gz", gzip.compress(typed()))
        run = self.scan(self.folder / "mixed", "--layout", self.layout(), "-v", secrets=SECRETS)
        self.assertEqual({f["format"] for f in run.fields}, {"csv", "fixed-layout"})
        run = self.scan(self.folder / "mixed", "--layout", f"none*={self.layout()}", "-v",
                        secrets=SECRETS)
        self.assertNotIn("fixed-layout", {f["format"] for f in run.fields})
        run = self.read(b"".join(line[:-3] + b"\n" for line in plain().split(b"\n")[:-1]),
                        "--layout", self.layout(ENGLISH))
        self.assertIn("it was not used", run.coverage[0]["detail"])

    def test_members_of_archives(self):
        members = {"in/media.txt": typed(), "in/media.dat.gz": gzip.compress(typed(b"\n"))}
        for name, data in (("in.tar", packed_tar(members)), ("in.tar.gz", packed_tar(members, "w:gz")),
                           ("in.zip", packed_zip(members))):
            for glob in ("", "*.txt=", "*/in/media.*="):
                with self.subTest(name, glob=glob):
                    run = self.read(data, "--layout", f"{glob}{self.layout()}", name=name)
                    units = 1 if glob == "*.txt=" else 2
                    found = [f for f in run.fields if f["format"] == "fixed-layout"]
                    self.assertEqual(len(found), units * len(TYPED))
                    self.assertEqual(columns(run) & TYPED, TYPED)
                    self.assertEqual({c["status"] for c in run.coverage}, {"scanned"})
        # a list in the same archive is read as such, and lays out nothing by itself
        members["in/layout.csv"] = CHINESE.encode("cp950")
        run = self.read(packed_tar(members), name="both.tar")
        self.assertNotIn("fixed-layout", {f["format"] for f in run.fields})

    def test_what_the_layout_does_not_speak_of(self):
        extra = SOURCE.national_id()
        data = typed().replace(b"3" + b"%08d" % 30, b"9" + cell(extra, 20) + b"\r\n3%08d" % 30)
        run = self.read(data + b"\x1a", "--layout", self.layout())
        self.assertIn(("", "", "tw_national_id", 1), columns(run))
        covered = run.coverage[0]
        self.assertEqual(covered["status"], "scanned")
        self.assertIn("1 of 33 records", covered["detail"])
        self.assertIn("record 32", covered["detail"])
        longer = plain(end=" " * 5 + extra + "\n")  # bytes behind the last field
        run = self.read(longer, "--layout", f"*.txt={self.layout(ENGLISH)}")
        self.assertIn(("", "", "tw_national_id", 30), columns(run))
        self.assertEqual(run.coverage[0]["status"], "partial")

    def test_configuration(self):
        self.layout()
        self.file("data.txt", typed())
        inline = """
  - files: "data.*"
    encoding: big5
    trailer-counts: all
    records:
      - {name: 首錄, code: {start: 1, text: "1"}, fields: [{name: 首, start: 1, length: 50}]}
      - name: 明細
        code: {start: 1, text: "2"}
        fields:
          - {name: 姓名, start: 2, end: 8}
          - {name: 身分證號, start: 9, length: 10}
          - {name: 行動電話, start: 19, end: 28, length: 10}
          - {name: 保留, start: 29, end: 50}
      - name: 尾錄
        code: {start: 1, text: "3"}
        count: {start: 2, length: 8}
        fields: [{name: 尾, start: 1, length: 50}]
"""
        for text, status in (('\n  - {files: "data.*", layout: layout.csv}', "scanned"),
                             ('\n  "data.*": layout.csv', "scanned"), (inline, "partial")):
            with self.subTest(text=text):
                config = self.file("layouts.yaml", f"schema: 1\nlayouts:{text}\n".encode())
                run = self.scan(self.folder / "data.txt", "--config", config, "-v",
                                secrets=SECRETS)
                self.assertEqual(columns(run), TYPED)
                self.assertEqual(run.coverage[0]["status"], status)

    def test_slips_are_told_with_their_place(self):
        data = self.file("data.txt", typed())
        for text, tells in (
                ("a,b\n1,2\n", "layout.csv:1: no row names the columns"),
                ("field,start,end\nid,1,x\n", "layout.csv:2: column 3: \"x\" is not a whole"),
                ("field,start,end\nid,9,3\n", "layout.csv:2: column 3: the field ends"),
                ("field,start,end,length\nid,1,10,9\n", "layout.csv:2: column 4: the length is 9"),
                ("field,start,end\nid,1,10\ntel,10,20\n", "layout.csv:3: the field shares bytes"),
                ("field,position\nid,1+10\n", "layout.csv:2: column 2: \"1+10\" is not a range"),
                ("field,length\nid,10\ntotal,9\n", "said to be 9 bytes long"),
                ("field,length,x\n\nid,,y\n", "layout.csv:3: column 1: the field has no start"),
                ("field,length\n", "has no fields")):
            with self.subTest(text=text):
                run = self.call("scan", data, "--layout", self.layout(text), secrets=SECRETS)
                self.assertEqual(run.status, 2)
                self.assertIn(tells, run.stderr.decode())
        run = self.call("scan", data, "--layout", self.folder / "missing.csv")
        self.assertEqual(run.status, 2)
        for text, tells in (("[{files: a, fields: []}]", "layouts[0].fields: must have from 1"),
                            ("[{files: a}]", "needs one of"),
                            ("[{files: a, layout: b, fields: c}]", "in a file and here"),
                            ("[{files: a, fields: [{name: x, start: 1}]}]", "\"length\" or"),
                            ("[{files: a, encoding: x, fields: [{name: x, start: 1, end: 2}]}]",
                             "unknown encoding")):
            with self.subTest(text=text):
                config = self.file("layouts.yaml", f"schema: 1\nlayouts: {text}\n".encode())
                run = self.call("scan", data, "--config", config)
                self.assertEqual(run.status, 2)
                self.assertIn(tells, run.stderr.decode())


if __name__ == "__main__":
    main()
