"""RTF: as LibreOffice writes it, and as Word does in code pages; what is hidden, embedded, broken."""

from harness import COLUMNS, DATA, ROWS, ProgramTest, expected, main
from people import People
from shop import LABELS

LETTER = DATA / "office/letter.rtf"
PEOPLE = People(17)
ROLL = [("許功蓋", PEOPLE.national_id(), PEOPLE.mobile()) for _ in range(12)]  # trail bytes 5C
NUMBERS = [number for _, number, _ in ROLL]


def escaped(text, encoding, always=True):
    """Bytes as \\'hh; those of ASCII as they are, unless they mean something to RTF."""
    out = ""
    for byte in text.encode(encoding):
        sign = chr(byte)
        plain = 0x20 <= byte < 0x80 and sign not in "\\{}"
        out += sign if plain else "\\" + sign if sign in "\\{}" and not always else f"\\'{byte:02x}"
    return out


def units(text, after="?"):
    codes = text.encode("utf-16-le")
    pairs = (int.from_bytes(codes[i:i + 2], "little", signed=True) for i in range(0, len(codes), 2))
    return "".join(f"\\u{code}{after}" for code in pairs)


def table(rows, write, head="\\trowd\\cellx1000\\cellx2000\\cellx3000"):
    return "".join(f"{head}\\pard\\intbl " + "".join(write(cell) + "\\cell " for cell in row) + "\\row\n" for row in rows)


HEAD = ("姓名", "身分證字號", "手機")


class Rtf(ProgramTest):
    def document(self, body, head="\\ansi\\ansicpg950\\deff0{\\fonttbl{\\f0\\fcharset136 PMingLiU;}}"):
        return self.file("made.rtf", "{\\rtf1" + head + body + "}")

    def assert_roll(self, run):
        found = self.field_counts(run, table="table 1")
        self.assertEqual({c: {k: sum(s.values()) for k, s in kinds.items()} for c, kinds in found.items()},
                         {"姓名": {"person_name": 12}, "身分證字號": {"tw_national_id": 12}, "手機": {"phone_mobile": 12}})
        self.assertEqual({c["status"] for c in run.coverage}, {"scanned"})

    def test_what_libreoffice_writes(self):
        run = self.scan("-v", LETTER, status=1)
        wanted = expected()["customers"]
        self.assert_table(run, "table 1", {LABELS["customers"][COLUMNS["customers"].index(column)]: kinds
                                           for column, kinds in wanted.items()})
        text = {f["kind"]: f["clear"] for f in run.fields if f["column"] == ""}
        self.assertEqual(text, {"tw_national_id": 1, "phone_mobile": 1})
        self.assertEqual(run.coverage[0]["unit_rows"], len(ROWS["customers"]))

    def test_code_pages(self):
        rows = [HEAD, *ROLL]
        western = "\\ansi\\ansicpg1252\\deff1{\\fonttbl{\\f1\\fcharset0 Arial;}{\\f7\\fcharset136 MingLiU;}}"
        simplified = "\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}"
        for name, head, write in (
                ("ansicpg950", None, lambda t: escaped(t, "cp950")),
                ("signs of RTF in trail bytes", None, lambda t: escaped(t, "cp950", always=False)),
                ("fcharset136", western, lambda t: "{\\f7 " + escaped(t, "cp950") + "}"),
                ("dbch", western, lambda t: "\\hich\\af1\\dbch\\af7\\loch\\f1 " + escaped(t, "cp950")),
                ("ansicpg936", simplified, lambda t: escaped(t, "gbk")),
                ("unicode", western, units),
                ("unicode with two bytes", western, lambda t: "{\\uc2 " + units(t, "\\'a4\\'40") + "}"),
                ("unicode with none", western, lambda t: "{\\uc0 " + "".join(
                    units(c, " ") for c in t) + "}")):
            with self.subTest(name):
                body = "\\pard " + write("名冊") + "\\par\n" + table(rows, write) + "\\pard\\par "
                path = self.document(body, head) if head else self.document(body)
                self.assert_roll(self.scan("-v", path, secrets=NUMBERS))

    def test_numbers_cut_into_runs_and_groups(self):
        number = ROLL[0][1]
        body = f"\\pard id {{\\b {number[:4]}}}{{\\i\\f0 {number[4:7]}}}\\f0 \n{number[7:]}\\par "
        run = self.scan(self.document(body), secrets=NUMBERS)
        self.assertEqual([(f["kind"], f["values"]) for f in run.fields], [("tw_national_id", 1)])

    def test_text_beside_the_text(self):
        for part in ("{\\header id %s\\par}", "{\\info{\\title id %s}}", "{\\*\\annotation id %s}", "{\\footnote id %s}",
                     "{\\field{\\*\\fldinst HYPERLINK \"http://x.example/?id=%s\"}{\\fldrslt link}}",
                     "{\\*\\unknownthing id %s}", "{\\v id %s}", "{\\deleted id %s}", "\\pard\\intbl id %s\\cell\\row "):
            with self.subTest(part):
                run = self.scan("-v", self.document("\\pard Before " + part % NUMBERS[0] + " after\\par "), secrets=NUMBERS)
                self.assertEqual([(f["kind"], f["values"]) for f in run.fields], [("tw_national_id", 1)])
                hidden = {"{\\v": "hidden: pieces of text 1, deleted ones 0",
                          "{\\d": "hidden: pieces of text 0, deleted ones 1"}.get(part[:3])
                self.assertEqual(run.coverage[0].get("detail"), hidden)

    def test_pictures_are_no_text_and_objects_are_told(self):
        digits = NUMBERS[0].encode().hex()
        picture = "{\\pict\\pngblip " + digits + "}{\\pict\\bin12 {{{{{{}}}}}\\}"
        run = self.scan("-v", self.document(picture + "\\par id " + NUMBERS[1]), secrets=NUMBERS)
        self.assertEqual((run.fields[0]["values"], run.coverage[0]["status"]), (1, "scanned"))
        run = self.scan(self.document("{\\object{\\*\\objdata " + digits + "}{\\result x}}"), status=3)
        self.assertEqual((run.coverage[0]["status"], run.coverage[0]["reason"]), ("partial", "unsupported"))

    def test_damage(self):
        data = LETTER.read_bytes()
        for at in range(6, len(data), len(data) // 16):
            run = self.scan(self.file("cut.rtf", data[:at]))
            self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "truncated")])
        for bad in ("{" * 4000 + "}" * 4000, "\\", "\\'", "\\u99999999999999 ", "\\bin999999999 x", "\\" + "a" * 5000,
                    "\\cell" * 20000, "}" * 50, "\\uc99999999\\u1 x", "\\f4294967299 \\'a4", "\\u-10240\\u-10240 "):
            run = self.scan(self.document(bad))
            self.assertIn(run.status, (0, 3), bad)


main()
