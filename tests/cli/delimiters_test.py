"""Delimited text by whatever parts it: single marks, marks of several bytes, control codes; with and
without a header, quoted or not; and what has such marks in it and is no table."""

from harness import ProgramTest, main
from people import People
from printed import members

SOURCE = People(31)
PEOPLE = [(f"{i + 1}", SOURCE.name(), SOURCE.national_id(), SOURCE.mobile(), "")
          for i in range(40)]
SECRETS = [value for row in PEOPLE for value in row[2:4]]
NAMES = ("no", "name", "id_no", "mobile", "remark")

SINGLE = ",\t;|^~\x01\x1f\x02#$!@%&*:"
SEVERAL = ["+|", "||", "~|~", "|~|", "^|^", "|^|", "~~", "^^", "##", "$$", "@@", "::", ";;", "|+|",
           "#|#", "|#|", "<|>", "~^~", "¦", "§", "｜"]
WANTED = {("name", "person_name", 40), ("id_no", "tw_national_id", 40),
          ("mobile", "phone_mobile", 40)}


def table(delimiter, header=True, end="\n", quote="", rows=PEOPLE):
    lines = [NAMES] if header else []
    return "".join(delimiter.join(quote + value + quote for value in row) + end
                   for row in [*lines, *rows])


class Delimiters(ProgramTest):
    def read(self, text, *options, encoding="utf-8", name="people.txt", **how):
        return self.scan(self.file(name, text.encode(encoding)), *options, "-v",
                         secrets=SECRETS, **how)

    def found(self, run):
        return {(f["column"], f["kind"], f["values"]) for f in run.fields}

    def test_names_in_markup(self):
        """psql writes tables in AsciiDoc, LaTeX and troff; tests/data/clients.tar.xz."""
        for form in ("asciidoc", "latex", "troff"):
            run = self.scan(self.file("result.txt", members("clients")[f"psql/{form}.txt"]), "-v")
            found = self.found(run)
            self.assertLessEqual({("name", "person_name", 120), ("idno", "tw_national_id", 110),
                                  ("mobile", "phone_mobile", 120), ("address", "address", 120)}, found, form)
            self.assertEqual({column for column, _, _ in found if not column.isalpha()}, set(), form)

    def test_titles_before_the_header(self):
        """Lines of a report as spreadsheets write them: padded or not, labels and values, blank ones."""
        for title in ("出貨明細表,,,,\n\n", "出貨明細表,,,,\n製表日期：2026/01/02\n\n", "\n\n",
                      "客戶,大榮貨運,,,\n製表日期,2026/01/02,,,\n,,,,\n", '"出貨明細表",,,,\n\n"單位：件",,,,\n'):
            run = self.read(title + table(","), name="report.csv")
            self.assertEqual(self.found(run), WANTED, title)

    def test_rules_below_the_header(self):
        """As Markdown and sqlcmd write them: no row of data."""
        for delimiter, rule in (("|", ":--"), ("|", "-----:"), (",", "----"), ("\t", "------"), (";", "-")):
            text = table(delimiter)
            head, rest = text.split("\n", 1)
            columns = head.count(delimiter) + 1
            run = self.read("\n".join([head, delimiter.join([rule] * columns), rest]))
            self.assertEqual(self.found(run), WANTED, (delimiter, rule))
            self.assertEqual([f["other"] for f in run.fields], [0] * len(run.fields), rule)
            self.assertEqual({f["examples"][0]["row"] for f in run.fields}, {1}, rule)
            self.assertEqual({f["examples"][0]["line"] for f in run.fields}, {3}, rule)

    def test_lists_inside_of_quotes(self):
        """A column of lists has more marks a line than the table."""
        rows = [(*row[:4], '"' + "; ".join('""k%d""' % n for n in range(9)) + '"') for row in PEOPLE]
        for delimiter, other in ((",", ";"), (";", ","), (",", "|"), ("\t", ";")):
            text = table(delimiter, rows=rows).replace("; ", other)
            self.assertEqual(self.found(self.read(text)), WANTED, (delimiter, other))

    def test_every_delimiter_with_a_header(self):
        for delimiter in [*SINGLE, *SEVERAL]:
            for quote in ("", '"'):
                with self.subTest(delimiter=delimiter, quote=quote):
                    run = self.read(table(delimiter, quote=quote))
                    self.assertEqual(self.found(run), WANTED)
                    at = next(f for f in run.fields if f["column"] == "id_no")["examples"][0]
                    before = table(delimiter, quote=quote).split(PEOPLE[0][2])[0].encode()
                    self.assertEqual((at["row"], at["line"], at["offset"]), (1, 2, len(before)))

    def test_without_a_header(self):
        for delimiter in [*"\t,;|^~\x01\x1f#$", *SEVERAL]:
            with self.subTest(delimiter=delimiter):
                run = self.read(table(delimiter, header=False))
                self.assertEqual(self.found(run), {("#3", "tw_national_id", 40),
                                                   ("#4", "phone_mobile", 40)})

    def test_big5(self):
        for delimiter in ("|", "~|~", "||", "^", "+|"):
            with self.subTest(delimiter=delimiter):
                self.assertEqual(self.found(self.read(table(delimiter), encoding="cp950")), WANTED)

    def test_records_that_end_in_marks(self):
        """bcp of SQL Server: "+|" between fields, "&|" and a line end behind records."""
        rows = [(*row[:4], "第一行\n第二行" if i % 3 else "") for i, row in enumerate(PEOPLE)]
        for end in ("&|\n", "&|\r\n", "|~|\n"):
            with self.subTest(end=end):
                run = self.read(table("+|", header=False, end=end, rows=rows))
                self.assertEqual(self.found(run),
                                 {("#3", "tw_national_id", 40), ("#4", "phone_mobile", 40)})
                at = next(f for f in run.fields if f["column"] == "#3")["examples"]
                self.assertEqual([e["row"] for e in at], [1, 2, 3])

    def test_told(self):
        for delimiter, word in (("=", "="), ("-->", "-->"), ("/", "/"), ("\x0b", "\\x0b"),
                                ("\t", "\\t"), ("'", "'")):
            with self.subTest(word=word):
                run = self.read(table(delimiter), "--delimiter", word)
                self.assertEqual(self.found(run), WANTED)
        for word in ("", "\\x0a", '"', "123456789"):
            run = self.call("scan", "--delimiter", word, self.folder)
            self.assertEqual(run.status, 2, word)

    def test_empty_columns_are_no_delimiter(self):
        run = self.read("id_no,,mobile,no\n" + "".join(f"{r[2]},,{r[3]},{r[0]}\n" for r in PEOPLE))
        self.assertEqual(self.found(run), {("id_no", "tw_national_id", 40),
                                           ("mobile", "phone_mobile", 40)})

    def test_no_tables(self):
        prose = "".join(f"會議紀錄 {r[0]}：請 {r[1]} 於 10:30:00 報到。\n" for r in PEOPLE)
        code = "".join(f"  std::map<int, int> value_{r[0]}; // std::size\n" for r in PEOPLE)
        mails = "".join(f"user{r[0]}@mail.example\n" for r in PEOPLE)
        times = "".join(f"10:{int(r[0]):02}:11\n" for r in PEOPLE)
        addresses = "".join(f"00:11:22:33:44:{int(r[0]):02}\n" for r in PEOPLE)
        for text in (prose, code, mails, times, addresses):
            with self.subTest(text=text[:20]):
                covered = self.read(text).coverage[0]
                self.assertNotIn(covered["format"], ("csv", "tsv"))

    def test_emphasis_is_no_delimiter(self):
        """Markdown and its like: the marks about labels stand in pairs, too, and hide nothing."""
        for mark in ("**", "*", "__", "~~", "=="):
            for item in ("- {m}{k}{m}：{v}", "{m}{k}{m}: {v}", "1. {m}{k}：{m}{v}",
                         "* {m}{k}{m} {v}", "> ※ {m}{k}：{m} {v}", "- {k}：{m}{v}{m}"):
                if (mark, item[-8:]) in (("*", "{k}：{m}{v}"[-8:]), ("==", "{m}{v}{m}"[-8:])):
                    continue  # *王小明 may be a mask of four, and == an assignment
                with self.subTest(mark=mark, item=item):
                    text = "".join(item.format(m=mark, k=label, v=value) + "\n"
                                   for row in PEOPLE for label, value in
                                   (("訂單編號", row[0]), ("姓名", row[1]), ("身分證字號", row[2]),
                                    ("手機", row[3])))
                    for encoding in ("utf-8", "cp950") if mark == "**" else ("utf-8",):
                        run = self.read(text.replace("※", "●"), encoding=encoding, name="orders.md")
                        self.assertEqual(self.found(run),
                                         {("", kind, count) for _, kind, count in WANTED})
                        self.assertEqual({f["clear"] for f in run.fields}, {40})

    def test_hidden_values_are_not_emphasised(self):
        """The twin: marks that hide something stand before and behind what parts two values."""
        text = "".join(f"卡號：{'*' * 12}{r[3][-4:]}，有效期限：**/**，安全碼：***，姓名：{r[1][0]}**\n"
                       for r in PEOPLE)
        run = self.read(text)
        self.assertEqual({(f["kind"], f["masked"]) for f in run.fields},
                         {(kind, 40) for kind in ("card_number", "card_expiry", "card_security_code",
                                                  "person_name")})

    def test_lines_of_emphasised_labels(self):
        """All of a person in one line: as many marks in each."""
        text = "".join(f"- **姓名**：{r[1]} **身分證字號**：{r[2]} **手機**：{r[3]}\n" for r in PEOPLE)
        self.assertEqual(self.found(self.read(text)),
                         {("", kind, count) for _, kind, count in WANTED})

    def test_forms_have_no_header(self):
        """Labels and values in two columns: the first record names nobody's column."""
        labels = ("訂單編號", "姓名", "身分證字號", "手機")
        for form in ("{k}|{v}", "{k},{v}", "{k}\t{v}", "| {k} | {v} |", "{k} -> {v}", "[{k}] {v}"):
            for name in ("people.txt", "people.csv"):
                with self.subTest(form=form, name=name):
                    text = "".join(form.format(k=k, v=v) + "\n"
                                   for row in PEOPLE for k, v in zip(labels[1:], row[1:4]))
                    run = self.read(text, name=name)
                    self.assertEqual(self.found(run),
                                     {("", kind, count) for _, kind, count in WANTED})
                    self.assertNotIn(PEOPLE[0][1], str(run.records))

    def test_a_mark_before_the_first_field(self):
        """The twin: a table whose first column is empty keeps its columns."""
        for mark in ("*", "#", "##", "@@"):
            with self.subTest(mark=mark):
                rows = [("", *row[:4]) for row in PEOPLE]
                text = mark.join(("", *NAMES[:4])) + "\n" + table(mark, header=False, rows=rows)
                self.assertEqual(self.found(self.read(text)), WANTED)


    def test_program_text_is_no_table(self):
        """Semicolons end statements; the words before a value count."""
        code = ('class T {\n    static final String PHONE = "0935123876";\n'
                '    String pan = "4539578763621486", cvv = "847";\n    int n = 3;\n    call(n);\n}\n')
        for name in ("T.java", "notes.txt", "t.js"):
            run = self.scan("--fail-on", "never", self.file(name, code.encode()))
            fields = run.of_type("field")
            self.assertEqual({f["format"] for f in fields}, {"text"}, name)
            self.assertEqual({f["kind"] for f in fields},
                             {"phone_mobile", "card_number", "card_security_code"}, name)
        rows = "".join(f"item{i};\n" for i in range(9)).encode()
        self.assertEqual(self.scan(self.file("items.csv", b"a;b\n" + rows)).status, 0)


if __name__ == "__main__":
    main()
