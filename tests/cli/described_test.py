"""Data that come with their description: SQL*Loader's control files, beside the data and before them;
format files of SQL Server's bcp."""

import gzip
import random

from harness import ProgramTest, main
from formats import packed_tar, packed_zip
from neighbours_test import packings, totals
from people import People

SOURCE = People(41)
PEOPLE = [(str(1000 + i), SOURCE.name(), SOURCE.national_id(), SOURCE.mobile()) for i in range(30)]
SECRETS = [value for row in PEOPLE for value in row[2:]]
WANTED = {("cust_name", "person_name", 30), ("id_no", "tw_national_id", 30),
          ("mobile", "phone_mobile", 30)}

DELIMITED = """-- nightly load
OPTIONS (SKIP={skip}, DIRECT=TRUE)
LOAD DATA
CHARACTERSET {charset}
INFILE {infile}
BADFILE 'members.bad'
TRUNCATE INTO TABLE shop.members
FIELDS TERMINATED BY {mark} OPTIONALLY ENCLOSED BY '"'
TRAILING NULLCOLS
( no        INTEGER EXTERNAL,
  cust_name CHAR(20) "TRIM(:cust_name)",
  id_no     CHAR NULLIF id_no=BLANKS,
  loaded    SYSDATE,
  mobile    CHAR(10),
  made      DATE "YYYY-MM-DD" )
"""
PLACED = """LOAD DATA
INFILE '{infile}'
APPEND
INTO TABLE members WHEN (1:1) = 'D'
( kind      FILLER POSITION(1) CHAR(1),
  cust_name POSITION(2:13) CHAR,
  id_no     POSITION(14-23) CHAR "UPPER(:id_no)",
  mobile    POSITION(*) CHAR(10) )
INTO TABLE totals WHEN (1) = 'T'
( kind      FILLER POSITION(1:1) CHAR,
  rows_told POSITION(2:9) INTEGER EXTERNAL )
"""
FORMAT = """14.0
5
1 SQLCHAR 0 12 "{mark}" 1 no ""
2 SQLCHAR 0 40 "{mark}" 2 cust_name Chinese_Taiwan_Stroke_CI_AS
3 SQLCHAR 0 10 "{mark}" 3 id_no Chinese_Taiwan_Stroke_CI_AS
4 SQLCHAR 0 20 "{mark}" 4 mobile Chinese_Taiwan_Stroke_CI_AS
5 SQLCHAR 0 200 "{end}" 5 note Chinese_Taiwan_Stroke_CI_AS
"""
XML = """<?xml version="1.0"?>
<BCPFORMAT xmlns="http://schemas.microsoft.com/sqlserver/2004/bulkload/format"
           xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <RECORD>{fields}
 </RECORD>
 <ROW>{columns}
 </ROW>
</BCPFORMAT>
"""


def lines(mark=",", end="\n"):
    return "".join(mark.join((*row, "2026-01-31")) + end for row in PEOPLE)


class Described(ProgramTest):
    def read(self, name, data, **others):
        for ending, text in others.items():
            self.file(f"{name}/{name}.{ending}", text)
        self.file(f"{name}/{name}.dat", data)
        run = self.scan(self.folder / name, "-v", secrets=SECRETS)
        run.data = [f for f in run.fields if f["unit"].endswith(".dat")]
        return run

    def found(self, fields, table):
        self.assertEqual({f["table"] for f in fields}, {table})
        self.assertEqual({f["attribution"] for f in fields}, {"exact"})
        return {(f["column"], f["kind"], f["values"]) for f in fields}

    def test_control_file_beside_delimited_data(self):
        for number, (mark, word, encoding, charset) in enumerate((
                (",", "','", "utf-8", "AL32UTF8"), ("|", "'|'", "cp950", "ZHT16MSWIN950"),
                ("\t", "X'09'", "utf-8", "UTF8"), ("~|~", "'~|~'", "cp950", "ZHT16BIG5"))):
            with self.subTest(mark=mark):
                control = DELIMITED.format(skip=0, charset=charset, mark=word, infile="'x.dat'")
                run = self.read(f"load{number}", lines(mark).encode(encoding),
                                ctl=control.encode())
                self.assertEqual(self.found(run.data, "shop.members"), WANTED)
                at = next(f for f in run.data if f["column"] == "id_no")["examples"][0]
                self.assertEqual((at["row"], at["line"], at["offset"]),
                                 (1, 1, len(lines(mark).split(PEOPLE[0][2])[0].encode(encoding))))

    def test_data_in_the_control_file(self):
        control = DELIMITED.format(skip=1, charset="UTF8", mark="'^'", infile="*") + "BEGINDATA\n"
        text = control + "no^name^id^tel^made\n" + lines("^")
        run = self.scan(self.file("inline.ctl", text.encode()), "-v", secrets=SECRETS)
        self.assertEqual(self.found(run.fields, "shop.members"), WANTED)
        at = next(f for f in run.fields if f["column"] == "id_no")["examples"][0]
        before = text.split(PEOPLE[0][2])[0]
        self.assertEqual((at["row"], at["line"], at["offset"]),
                         (1, before.count("\n") + 1, len(before.encode())))

    def placed(self):
        def cell(text, width):
            return text.encode("cp950").ljust(width)
        rows = [b"D" + cell(row[1], 12) + cell(row[2], 10) + cell(row[3], 10) for row in PEOPLE]
        return b"".join(row + b"\n" for row in [*rows, b"T" + b"%08d" % 30])

    def test_fields_by_place(self):
        run = self.read("placed", self.placed(), ctl=PLACED.format(infile="placed.dat").encode())
        self.assertEqual(self.found(run.data, "members"), WANTED)
        self.assertEqual(run.data[0]["format"], "fixed-layout")
        control = (PLACED.format(infile="*") + "BEGINDATA\n").encode()
        run = self.scan(self.file("placed.ctl", control + self.placed()), "-v", secrets=SECRETS)
        self.assertEqual(self.found(run.fields, "members"), WANTED)
        at = next(f for f in run.fields if f["column"] == "id_no")["examples"][0]
        self.assertEqual((at["row"], at["line"], at["offset"]),
                         (1, control.count(b"\n") + 1, len(control) + 13))

    def test_bcp_formats(self):
        for number, (mark, end) in enumerate((("\t", "\n"), ("+|", "&|\n"), (",", "\r\n"))):
            def quoted(text):
                return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
            fields = "".join(
                f'\n<FIELD ID="{i + 1}" xsi:type="CharTerm" TERMINATOR="'
                f'{quoted(mark if i < 4 else end).replace("&", "&amp;")}" MAX_LENGTH="40"/>'
                for i in range(5))
            columns = "".join(f'\n<COLUMN SOURCE="{i + 1}" NAME="{name}" xsi:type="SQLVARYCHAR"/>'
                              for i, name in enumerate(("no", "cust_name", "id_no", "mobile", "n")))
            lined = FORMAT.format(mark=quoted(mark), end=quoted(end))
            marked = XML.format(fields=fields, columns=columns)
            for ending, text in (("fmt", lined), ("xml", marked)):
                with self.subTest(mark=mark, ending=ending):
                    run = self.read(f"bcp{number}{ending}", lines(mark, end).encode("cp950"),
                                    **{ending: text.encode()})
                    self.assertEqual(self.found(run.data, ""), WANTED)

    # ---- packed ----

    def described_folder(self):
        """Records of every kind, each beside what describes it."""
        control = DELIMITED.format(skip=0, charset="AL32UTF8", mark="','", infile="'x'").encode()
        wide = DELIMITED.format(skip=0, charset="ZHT16BIG5", mark="'~|~'", infile="'x'").encode()
        fmt = FORMAT.format(mark="+|", end="&|\\n").encode()
        xml = XML.format(
            fields="".join(f'\n<FIELD ID="{i + 1}" xsi:type="CharTerm" TERMINATOR="{end}" MAX_LENGTH="40"/>'
                           for i, end in enumerate(("\\t",) * 4 + ("\\n",))),
            columns="".join(f'\n<COLUMN SOURCE="{i + 1}" NAME="{name}" xsi:type="SQLVARYCHAR"/>'
                            for i, name in enumerate(("no", "cust_name", "id_no", "mobile", "n")))).encode()
        placed = PLACED.format(infile="p.txt").encode()
        return {"a/m.csv": lines().encode(), "a/m.ctl": control,
                "b/m.dat": lines("~|~").encode("cp950"), "b/m.CTL": wide,
                "c/one.bcp": lines("+|", "&|\n").encode("cp950"), "c/one.fmt": fmt,
                "c/two.txt": lines("\t").encode("cp950"), "c/two.xml": xml,
                "p.txt": self.placed(), "p.ctl": placed,
                "other/x.txt": b"1\t2\n" * 20, "other/x.xml": b"<r>nothing</r>",
                "other/x.sql": b"CREATE TABLE a (b int);\nINSERT INTO a VALUES (1);\n"}

    def test_packed_as_in_a_folder(self):
        files = self.described_folder()
        for path, data in files.items():
            self.file(f"packed/{path}", data)
        run = self.scan(self.folder / "packed", "-v", secrets=SECRETS)
        wanted = totals(run)
        self.assertEqual(wanted[2], [])
        self.assertEqual({f["column"] for f in run.fields}, {"cust_name", "id_no", "mobile"})
        orders = [sorted(files), sorted(files, reverse=True)]
        orders.append(random.Random(4).sample(orders[0], len(files)))
        for number, order in enumerate(orders):
            members = {path: files[path] for path in order}
            forms = packings(members)
            deep = packed_zip({"b/in.tar.gz": gzip.compress(packed_tar(members), mtime=0)})
            forms["tar.gz in zip in tar in gz"] = gzip.compress(packed_tar({"c/in.zip": deep}))
            for form, data in forms.items():
                if data is not None:
                    for hands in ("-j1", "-j4"):
                        with self.subTest(form=form, order=number, hands=hands):
                            path = self.file(f"described.{form.split(' ')[0]}", data)
                            run = self.scan(path, "-v", hands, secrets=SECRETS)
                            self.assertEqual(totals(run), wanted)

    def test_large_members_are_described(self):
        """More than what is looked at first: such members are shared by several threads."""
        data = lines().encode() * 400
        control = DELIMITED.format(skip=0, charset="UTF8", mark="','", infile="'x'").encode()
        plain = totals(self.read("large", data, ctl=control))
        for order in (("m.ctl", "m.dat"), ("m.dat", "m.ctl")):
            files = {"m.ctl": control, "m.dat": data}
            tar = packed_tar({name: files[name] for name in order})
            for form, packed in (("tar.gz", gzip.compress(tar)), ("zip", packed_zip(files))):
                for hands in ("-j1", "-j4"):
                    with self.subTest(form=form, order=order, hands=hands):
                        run = self.scan(self.file(f"large.{form}", packed), "-v", hands, "--piece-bytes",
                                        "100000", secrets=SECRETS)
                        self.assertEqual(totals(run), plain)

    def test_headings_do_not_wait(self):
        """A table that names its columns is read at once, whatever the copies may take."""
        header = "no,cust_name,id_no,mobile,made\n"
        tar = packed_tar({"m.csv": (header + lines()).encode(), "n.csv": lines().encode()})
        run = self.scan(self.file("heading.tar.gz", gzip.compress(tar)), "-v", "--max-spool", "1",
                        secrets=SECRETS)
        self.assertEqual({(f["column"], f["kind"], f["values"]) for f in run.fields
                          if f["unit"].endswith("m.csv")}, WANTED)

    def test_descriptions_that_are_none(self):
        header = "no,cust_name,id_no,mobile,made\n"
        for number, (ending, text) in enumerate((
                ("ctl", b"LOAD DATA INTO"), ("ctl", b"\x00\xff" * 100), ("ctl", b""),
                ("ctl", b"LOAD DATA INFILE * INTO TABLE t FIELDS TERMINATED BY ',' ("),
                ("fmt", b"14.0\n5\n1 SQLINT 0 4 \"\" 1 a \"\"\n"), ("fmt", b"\xff" * 50),
                ("xml", b"<BCPFORMAT><FIELD "))):
            with self.subTest(text=text):
                run = self.read(f"none{number}", (header + lines()).encode(), **{ending: text})
                self.assertEqual({(f["column"], f["kind"], f["values"]) for f in run.data}, WANTED)


if __name__ == "__main__":
    main()
