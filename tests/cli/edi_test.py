"""EDIFACT, X12 and HL7: whose number stands where, whatever the marks are."""

from harness import ProgramTest, main
from people import People

SOURCE = People(13)
PEOPLE = [(SOURCE.name(), SOURCE.national_id(), SOURCE.mobile()) for _ in range(30)]
SECRETS = [value for row in PEOPLE for value in row[1:]]


def edifact(marks=":+?'", una=True, line_end=""):
    component, element, release, end = marks

    def segment(*elements):
        return element.join(component.join(
            "".join(release + c if c in marks else c for c in part) for part in each)
            if isinstance(each, tuple) else each for each in elements) + end + line_end
    out = f"UNA{component}{element}.{release} {end}{line_end}" if una else ""
    out += segment("UNB", ("UNOC", "3"), "SHIPPER", "CARRIER", ("260131", "0800"), "1")
    for i, (name, number, mobile) in enumerate(PEOPLE):
        out += segment("UNH", str(i + 1), ("IFTMIN", "D", "96A", "UN"))
        out += segment("NAD", "CN", "", "", (name,), ("忠孝東路五段 1 號 +2?",), "臺北市")
        out += segment("RFF", ("AHP", number))
        out += segment("COM", (mobile, "TE"))
        out += segment("UNT", "5", str(i + 1))
    return out + segment("UNZ", str(len(PEOPLE)), "1")


def x12(end="~", element="*"):
    rows = [element.join(["ISA", "00", " " * 10, "00", " " * 10, "ZZ", "A".ljust(15), "ZZ",
                          "B".ljust(15), "260131", "0800", "U", "00401", "000000001", "0", "P",
                          ">"])]
    for name, number, mobile in PEOPLE:
        rows += [f"N1*ST*{name}", f"REF*SY*{number}", f"PER*IC*{name}*TE*{mobile}"]
    return "".join(row.replace("*", element) + end for row in rows)


def hl7(end="\r", wire=False):
    """Admissions as hospitals tell each other, version 2.5."""
    out = ""
    for i, (name, number, mobile) in enumerate(PEOPLE):
        message = (f"MSH|^~\\&|HIS|HOSP|LIS|LAB|20261120100000||ADT^A01|{i}|P|2.5",
                   f"PID|1||90{i:05}^^^HOSP^MR~{number}^^^GOV^NI||{name[0]}^{name[1:]}^^^^^L||19800102|M|||"
                   f"臺北市信義區市府路{i + 1}號^^臺北市^^110^TWN^H||{mobile}^PRN^CP~(02)2345-67{i:02}^PRN^PH",
                   f"NK1|1|{name[0]}^大文|SPO|臺北市大安區和平東路{i + 1}號", "NK1|2|LEE^ANNA|SPO|",
                   f"PV1|1|I|W1^101^1||||D123^{name[0]}^文華^^^醫師")
        out += "\v" * wire + end.join(message) + end + "\x1c\r" * wire
    return out


class Edi(ProgramTest):
    def read(self, name, text, encoding="utf-8"):
        return self.scan(self.file(name, text.encode(encoding)), "-v", secrets=SECRETS)

    def columns(self, run, kind):
        return {f["column"]: f["values"] for f in run.fields if f["kind"] == kind}

    def test_edifact(self):
        for text in edifact(), edifact(una=False), edifact("|~!^", line_end="\r\n"):
            for encoding in "utf-8", "big5":
                run = self.read("shipment.edi", text, encoding)
                self.assertEqual(self.columns(run, "tw_national_id"), {"RFF+AHP.1.2": 30})
                self.assertEqual(self.columns(run, "phone_mobile"), {"COM.1.1 contact number": 30})
                self.assertEqual({f["format"] for f in run.fields}, {"edi"})
                self.assertEqual([c["status"] for c in run.coverage], ["scanned"])

    def test_x12(self):
        for text in x12(), x12("\n", "|"):
            run = self.read("shipment.x12", text)
            self.assertEqual(self.columns(run, "tw_national_id"), {"REF+SY.2": 30})
            self.assertEqual(self.columns(run, "phone_mobile"), {"PER+IC.4": 30})

    def test_rows_and_offsets(self):
        text = edifact(line_end="\n")
        run = self.read("shipment.edi", text)
        (found,) = [f for f in run.fields if f["kind"] == "tw_national_id"]
        raw, lines = text.encode(), text.split("\n")
        for example, (_, number, _) in zip(found["examples"], PEOPLE):
            self.assertEqual(raw[example["offset"]:][:10].decode(), number)
            self.assertIn(number, lines[example["line"] - 1])
            self.assertEqual(example["row"], example["line"])

    def test_hl7(self):
        for end, wire in (("\r", False), ("\n", False), ("\r\n", False), ("\r", True)):
            for encoding in "utf-8", "big5":
                with self.subTest(end=end, wire=wire, encoding=encoding):
                    text = hl7(end, wire)
                    run = self.read("adt.hl7", text, encoding)
                    self.assertEqual({f["format"] for f in run.fields}, {"edi"})
                    names = self.columns(run, "person_name")
                    self.assertEqual({c: names.get(c) for c in ("PID.5.1 name", "PV1.7.2 name")},
                                     {"PID.5.1 name": 30, "PV1.7.2 name": 30})
                    self.assertGreaterEqual(names["NK1.2.1 name"], 30)
                    self.assertEqual(self.columns(run, "tw_national_id"), {"PID.3.1": 30})
                    self.assertEqual(self.columns(run, "phone_mobile"), {"PID.13.1 phone": 30})
                    self.assertEqual(self.columns(run, "phone_landline"), {"PID.13.1 phone": 30})
                    self.assertEqual(self.columns(run, "birth_date"), {"PID.7.1 birth date": 30})
                    self.assertEqual(self.columns(run, "address"), {"PID.11.1 address": 30, "NK1.4.1 address": 30})
                    self.assertEqual((run.coverage[0]["status"], run.coverage[0]["unit_rows"]), ("scanned", 150))
                    field = next(f for f in run.fields if f["column"] == "PID.5.1 name")
                    example, name = field["examples"][0], PEOPLE[0][0]
                    raw = text.encode(encoding)
                    self.assertTrue(raw[example["offset"]:].startswith(f"{name[0]}^{name[1:]}".encode(encoding)))
                    self.assertEqual(example["row"], 2)
        whole = hl7()
        run = self.read("open.hl7", whole[:-1])  # the last segment needs no end
        self.assertEqual(run.coverage[0]["status"], "scanned")

    def test_cut(self):
        run = self.read("cut.edi", edifact()[:-5])
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage],
                         [("partial", "truncated")])

    def test_a_segment_of_thousands_of_values(self):
        run = self.read("many.edi", "UNB+UNOC:3+A+B'FTX" + "+1" * 5000 + "+" + PEOPLE[0][1] +
                        "'UNZ+1+1'")
        self.assertEqual(sum(self.columns(run, "tw_national_id").values()), 1)


if __name__ == "__main__":
    main()
