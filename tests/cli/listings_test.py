"""Results as SQL*Plus, sqlcmd and psql print them: columns by the line of dashes, pages, rows of
several lines, the number of rows below them."""

import unicodedata

from harness import ProgramTest, main
from people import People

SOURCE = People(37)
PEOPLE = [(str(1000 + i), SOURCE.name(), SOURCE.national_id(), SOURCE.mobile()) for i in range(40)]
SECRETS = [value for row in PEOPLE for value in row[2:]]
NAMES = ("MEMBER_NO", "NAME", "ID_NO", "MOBILE")
WIDTHS = (9, 20, 10, 10)
WANTED = {("NAME", "person_name", 40), ("ID_NO", "tw_national_id", 40),
          ("MOBILE", "phone_mobile", 40)}


def wide(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


MEASURES = {"wide": wide, "bytes": lambda text: len(text.encode()), "one": len}


def line(values, widths=WIDTHS, measure=wide, colsep=" ", number=True):
    cells = [" " * (width - measure(value)) + value if number and i == 0
             else value + " " * (width - measure(value))
             for i, (value, width) in enumerate(zip(values, widths))]
    return colsep.join(cells)


def dashes(widths=WIDTHS, colsep=" "):
    return colsep.join("-" * width for width in widths)


def spool(page=10, measure=wide, colsep=" ", end="40 rows selected.", rows=PEOPLE,
          echo="SQL> select member_no, name, id_no, mobile\n  2  from shop.members where 1 = 1;\n"):
    out = echo + "\n"
    for at in range(0, len(rows), page):
        out += line(NAMES, colsep=colsep) + "\n" + dashes(colsep=colsep) + "\n"
        out += "".join(line(row, measure=measure, colsep=colsep) + "\n"
                       for row in rows[at:at + page])
        out += "\n"
    return out + end + "\n\nSQL> spool off\n"


class Listings(ProgramTest):
    def read(self, text, encoding="utf-8", name="members.lst"):
        return self.scan(self.file(name, text.encode(encoding)), "-v", secrets=SECRETS)

    def found(self, run, table="shop.members"):
        self.assertEqual({f["table"] for f in run.fields}, {table})
        self.assertEqual({f["format"] for f in run.fields}, {"listing"})
        return {(f["column"], f["kind"], f["values"]) for f in run.fields}

    def test_spool(self):
        for encoding, measures in (("utf-8", ("wide", "bytes", "one")), ("cp950", ("wide",)),
                                   ("utf-16", ("wide", "one"))):
            for measure in measures:
                for colsep in (" ", "|", " | ", ","):
                    with self.subTest(encoding=encoding, measure=measure, colsep=colsep):
                        text = spool(measure=MEASURES[measure], colsep=colsep)
                        run = self.read(text, encoding)
                        self.assertEqual(self.found(run), WANTED)
                        self.assertEqual(run.coverage[0]["status"], "scanned")
                        self.assertEqual(run.coverage[0]["unit_rows"], 40)
                        at = next(f for f in run.fields if f["column"] == "ID_NO")["examples"][0]
                        before = text.split(PEOPLE[0][2])[0]
                        self.assertEqual((at["row"], at["line"], at["offset"]),
                                         (1, before.count("\n") + 1, len(before.encode(encoding))))

    def test_rows_of_several_lines(self):
        groups = ((0, 1), (2, 3))
        head = "".join(line([NAMES[i] for i in g], [WIDTHS[i] for i in g]) + "\n" +
                       dashes([WIDTHS[i] for i in g]) + "\n" for g in groups)
        text = "SQL> select * from members;\n\n"
        for at in range(0, 40, 4):
            text += head
            for row in PEOPLE[at:at + 4]:
                text += "".join(line([row[i] for i in g], [WIDTHS[i] for i in g], number=g[0] == 0)
                                .rstrip() + "\n" for g in groups) + "\n"
        run = self.read(text + "40 rows selected.\n")
        self.assertEqual(self.found(run, "members"), WANTED)
        self.assertEqual(run.coverage[0]["unit_rows"], 40)

    def test_values_that_are_wrapped(self):
        text = spool(page=100, end="40 rows selected.").replace(
            PEOPLE[3][3], PEOPLE[3][3] + "\n" + " " * 10 + "第二行\n")
        run = self.read(text)
        self.assertEqual(self.found(run), WANTED)
        self.assertEqual(run.coverage[0]["status"], "scanned")

    def test_rows_that_are_missing(self):
        for end in ("41 rows selected.", "已選取 41 個資料列。"):
            covered = self.read(spool(end=end)).coverage[0]
            self.assertEqual((covered["status"], covered["reason"]), ("partial", "truncated"))
            self.assertIn("41 rows, 40 stand", covered["detail"])

    def test_two_results(self):
        other = spool(echo="SQL> SELECT * FROM staff;\n")
        run = self.read(spool() + other)
        for table in ("shop.members", "staff"):
            self.assertEqual({(f["column"], f["kind"], f["values"]) for f in run.fields
                              if f["table"] == table}, WANTED)
        first = next(f for f in run.fields if f["table"] == "staff" and f["column"] == "ID_NO")
        self.assertEqual(first["examples"][0]["row"], 1)

    def test_other_programs(self):
        rows = "".join(line(row, number=False).rstrip() + "\n" for row in PEOPLE)
        sqlcmd = line(NAMES, number=False) + "\n" + dashes() + "\n" + rows + "\n(40 rows affected)\n"
        self.assertEqual(self.found(self.read(sqlcmd), ""), WANTED)
        psql = " " + line(NAMES, colsep=" | ", number=False) + "\n"
        psql += "-" + dashes(colsep="-+-") + "-\n"
        psql += "".join(" " + line(row, colsep=" | ", number=False) + "\n" for row in PEOPLE)
        self.assertEqual(self.found(self.read(psql + "(40 rows)\n\n"), ""), WANTED)

    # ---- frames ----

    def framed(self, rows, measure=wide, head=True):
        """As mysql -t, sqlite3's .mode table and psql's border=2 print ROWS."""
        frame = "+" + "+".join("-" * (width + 2) for width in WIDTHS) + "+\n"

        def put(row):
            return "| " + line(row, measure=measure, colsep=" | ", number=False) + " |\n"
        return frame + (put(NAMES) + frame if head else "") + "".join(map(put, rows)) + frame

    def place(self, run, column="ID_NO", table=""):
        field = next(f for f in run.fields if (f["table"], f["column"]) == (table, column))
        return field["examples"][0]["row"], field["examples"][0]["line"]

    def test_frames_are_no_rows(self):
        for measure in MEASURES.values():
            for below in ("", "40 rows in set (0.00 sec)\n", "(40 rows)\n\n"):
                run = self.read(self.framed(PEOPLE, measure) + below)
                self.assertEqual(self.found(run, ""), WANTED)
                self.assertEqual(run.coverage[0]["unit_rows"], 40)
                self.assertEqual(self.place(run), (1, 4))
        short = self.read(self.framed(PEOPLE[:1]))
        self.assertEqual({f["column"] for f in short.fields}, {"NAME", "ID_NO", "MOBILE"})
        self.assertEqual(short.coverage[0]["unit_rows"], 1)
        covered = self.read(self.framed(PEOPLE) + "41 rows in set\n").coverage[0]
        self.assertEqual((covered["status"], covered["reason"]), ("partial", "truncated"))

    def test_frames_without_headings(self):
        run = self.read(self.framed(PEOPLE, head=False))
        self.assertEqual({(f["column"], f["kind"], f["values"]) for f in run.fields} & WANTED, set())
        self.assertIn(("#3", "tw_national_id", 40), {(f["column"], f["kind"], f["values"]) for f in run.fields})
        self.assertEqual(run.coverage[0]["unit_rows"], 40)

    def test_headings_that_fit_no_frame(self):
        frame, *rest = self.framed(PEOPLE, head=False).splitlines(keepends=True)
        for heading in ("members of the shop\n", "| members |\n", "| a | b | c | d | e |\n", "|\n"):
            run = self.read(self.framed(PEOPLE) + frame + heading + frame + "".join(rest))
            self.assertEqual(run.coverage[0]["unit_rows"], 80)
            self.assertIn("#3", {f["column"] for f in run.fields}, heading)

    def test_bars_in_values_and_lines_between_rows(self):
        rows = [(row[0], row[1] + "|x", *row[2:]) for row in PEOPLE]
        self.assertEqual(self.read(self.framed(rows)).coverage[0]["unit_rows"], 40)
        frame = self.framed([]).split("\n", 1)[0] + "\n"
        heading, *body = self.framed(PEOPLE).split(frame)[1:-1]
        grid = frame + heading + frame.replace("-", "=") + "".join(
            row + "\n" + frame for row in "".join(body).splitlines())
        run = self.read(grid)
        self.assertEqual(self.found(run, ""), WANTED)
        self.assertEqual(run.coverage[0]["unit_rows"], 40)

    def test_a_session_of_mysql(self):
        text = "".join(f"mysql> select * from {table};\n{self.framed(PEOPLE)}40 rows in set (0.01 sec)\n\n"
                       for table in ("members", "staff"))
        run = self.read(text + "mysql> exit\nBye\n")
        for table in ("members", "staff"):
            self.assertEqual({(f["column"], f["kind"], f["values"]) for f in run.fields
                              if f["table"] == table}, WANTED)
        self.assertEqual(run.coverage[0]["unit_rows"], 80)
        self.assertEqual(self.place(run, table="staff"), (1, 52))
        twice = self.read(self.framed(PEOPLE) + self.framed(PEOPLE[:8]))  # mysql -t with two queries
        self.assertEqual(twice.coverage[0]["unit_rows"], 48)
        self.assertEqual({f["column"] for f in twice.fields}, {"NAME", "ID_NO", "MOBILE"})

    def test_the_number_of_rows_below_delimited_text(self):
        for mark in "|;\t":
            for below in ("(40 rows)", "(40 筆資料)", "(40 rows)\r"):
                text = "".join(mark.join(row) + "\n" for row in (NAMES, *PEOPLE)) + below + "\n"
                run = self.read(text, name="out.txt")
                self.assertEqual({(f["column"], f["kind"], f["values"]) for f in run.fields}, WANTED)
                self.assertEqual(run.coverage[0]["unit_rows"], 40, below)

    def test_one_column(self):
        text = "SQL> select id_no from members;\n\nID_NO\n----------\n"
        text += "".join(row[2] + "\n" for row in PEOPLE) + "\n40 rows selected.\n"
        run = self.read(text)
        self.assertEqual(self.found(run, "members"), {("ID_NO", "tw_national_id", 40)})

    def test_what_stands_outside(self):
        extra = SOURCE.national_id()
        text = spool(echo=f"SQL> select * from members where id_no = '{extra}';\n")
        run = self.scan(self.file("x.lst", text.encode()), secrets=[*SECRETS, extra])
        self.assertIn(("", "tw_national_id", 1),
                      {(f["column"], f["kind"], f["values"]) for f in run.fields})

    def test_headings_without_dashes(self):
        rows = "".join(line(row, number=False) + "\n" for row in PEOPLE)
        heading, chinese = line(NAMES, number=False), line(("編號", "姓名", "身分證字號", "手機"), number=False)
        pages = "".join(f"會員清冊\n製表日期：2026/01/02   頁次：{at // 20 + 1}\n\n{heading}\n" + "".join(
            line(row, number=False) + "\n" for row in PEOPLE[at:at + 20]) + "\n" for at in (0, 20))
        for name, text in (("plain.txt", f"{heading}\n{rows}"), ("cut.txt", f"{heading.rstrip()}\n{rows}"),
                           ("titled.txt", f"會員清冊\n\n{heading}\n{rows}"), ("pages.txt", pages),
                           ("big5.txt", f"{heading}\n{rows}".encode("cp950"))):
            with self.subTest(name):
                run = self.scan(self.file(name, text))
                self.assertEqual({(f["column"], f["kind"], f["clear"]) for f in run.fields}, WANTED)
                self.assertEqual({f["format"] for f in run.fields}, {"fixed"})
        run = self.scan(self.file("chinese.txt", f"{chinese}\n{rows}"))
        self.assertEqual({f["column"] for f in run.fields}, {"姓名", "身分證字號", "手機"})
        # the first record is none
        run = self.scan(self.file("none.txt", rows))
        self.assertTrue(all(f["column"].startswith("@") for f in run.fields))

    def test_records_printed_downwards(self):
        text = "".join(f"-[ RECORD {at + 1} ]----\n" + "".join(
            f"{name:<12} | {value}\n" for name, value in zip(NAMES, row))
            for at, row in enumerate(PEOPLE))
        run = self.scan(self.file("downwards.txt", text))
        self.assertEqual({(f["kind"], f["clear"]) for f in run.fields},
                         {(kind, clear) for _, kind, clear in WANTED})

    def test_no_listings(self):
        for text in ("Chapter one\n-----------\n\nHe came.\n" * 20,
                     "| a | b |\n|---|---|\n| 1 | 2 |\n" * 10,
                     "From: a\n--\nbye\n" * 10,
                     "-- a comment\nselect 1;\n" * 30,
                     "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n" * 10):
            self.assertNotEqual(self.read(text).coverage[0]["format"], "listing", text)


class Upright(ProgramTest):
    """A column a line."""

    def read(self, text, name="out.txt"):
        run = self.scan(self.file(name, text.encode()), "--fail-on", "never", "-v", secrets=SECRETS)
        return run, {(f["column"], f["kind"], f["values"]) for f in run.fields}

    def records(self, begin, line, end="\n"):
        return "".join(begin.format(i + 1) + "".join(line.format(name, value) + end for name, value in zip(NAMES, row))
                       for i, row in enumerate(PEOPLE))

    def test_separators_of_all_languages(self):
        for begin, line in (("*************************** {}. row ***************************\n", "{:>9}: {}"),
                            ("-[ RECORD {} ]------\n", "{:<9} | {}"), ("-[ 紀錄 {} ]---+-----\n", "{:<9} | {}"),
                            ("─[ RECORD {} ]─────\n", "{:<9} │ {}"), ("├─[ RECORD {} ]─┼──┤\n", "│ {:<9} │ {:<12} │"),
                            ("* Record {}\n", "{:<9} {}")):
            for ending in ("\n", "\r\n"):
                with self.subTest(begin=begin, ending=ending):
                    text = self.records(begin, line).replace("\n", ending)
                    run, found = self.read("mysql> select * from members\\G" + ending + text)
                    self.assertEqual(found, WANTED)
                    self.assertEqual({f["format"] for f in run.fields}, {"upright"})
                    self.assertEqual(run.coverage[0]["unit_rows"], 40)
                    at = next(f for f in run.fields if f["column"] == "ID_NO")["examples"][0]
                    before = text.split(PEOPLE[at["row"] - 1][2])[0]
                    self.assertEqual(at["line"], before.count("\n") + 2)

    def test_values_of_several_lines(self):
        row = PEOPLE[0]
        text = "".join(f"-[ RECORD {i} ]---\nid   | {i}\nnote | 住戶 {row[1]} 已登記               +\n"
                       f"     | 身分證字號 {row[2]}，手機   +\n     | {row[3]}\n" for i in (1, 2))
        self.assertTrue({("note", "tw_national_id", 2), ("note", "phone_mobile", 2)} <= self.read(text)[1])
        text = "".join(f"*************************** {i}. row ***************************\n  id: {i}\nnote: 住戶\n"
                       f"身分證字號 {row[2]}\n" for i in (1, 2))
        self.assertIn(("note", "tw_national_id", 2), self.read(text)[1])

    def test_what_is_no_result_stays_text(self):
        row = PEOPLE[0]
        for text in (f"* Item 1\n* Item 2\n這裡是一般文字，姓名：{row[1]} 身分證字號：{row[2]}\n另一行文字\n再一行文字\n",
                     f"  * AMD 756\n  * AMD 766\n作者\n  王 身分證字號：{row[2]}\n說明 一\n說明 二\n說明 三\n",
                     f"a = 1\nb = 2\n\nc = 3\n\n身分證字號：{row[2]}\n"):
            run, found = self.read(text)
            self.assertNotIn("upright", {f["format"] for f in run.fields})
            self.assertIn("tw_national_id", {kind for _, kind, _ in found})


if __name__ == "__main__":
    main()
