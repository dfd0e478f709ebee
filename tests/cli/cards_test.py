"""vCard and iCalendar as telephones, mail programs and calendars write them: folded lines, escapes,
quoted-printable, Big5; every property is a column, every place that of the value in the file."""

import base64
import io
import zipfile

from harness import ProgramTest, main

ADDRESS = ";;忠孝東路五段277巷9弄334之2號5樓;信義區;台北市;110;台灣"


def quoted(text, encoding="utf-8", width=0):
    """All of it quoted-printable, in soft lines of WIDTH bytes."""
    codes = [f"={byte:02X}" for byte in text.encode(encoding)]
    if width == 0:
        return "".join(codes)
    return "=\r\n".join("".join(codes[i:i + width]) for i in range(0, len(codes), width))


def card(version="3.0", fold=0):
    lines = ["BEGIN:VCARD", f"VERSION:{version}", "N:林;美惠;;小姐;", "FN:林美惠", "ORG:測試商行;業務部",
             "TEL;TYPE=CELL:0966468414", "item1.TEL;VALUE=uri;TYPE=\"home,voice\":tel:02-2765-4328",
             "EMAIL;TYPE=INTERNET:meihui.lin@mail.tw", f"ADR;TYPE=HOME:{ADDRESS}", "BDAY:1985-03-12",
             "NOTE:身分證 A143231948\\, 回電請撥 0966.468.414\\n生日禮物", "END:VCARD"]
    out = []
    for line in lines:
        while fold and len(line) > fold:
            out.append(line[:fold])
            line = " " + line[fold:]
        out.append(line)
    return "\r\n".join(out) + "\r\n"


WANTED = {("N", "person_name"), ("FN", "person_name"), ("TEL", "phone_mobile"), ("TEL", "phone_landline"),
          ("EMAIL", "email"), ("ADR", "address"), ("BDAY", "birth_date"), ("NOTE", "tw_national_id"),
          ("NOTE", "phone_mobile")}


class Cards(ProgramTest):
    def read(self, name, text, *options, encoding="utf-8", status=None):
        data = text if isinstance(text, bytes) else text.encode(encoding)
        return self.scan("--occurrences", "--fail-on", "never", *options, self.file(name, data), status=status), data

    def places(self, run):
        return {(f["column"], f["kind"]) for f in run.fields}

    def assert_true_places(self, run, data):
        """Of values inside folded notes only the property's place is known."""
        for record in run.of_type("occurrence"):
            if record["column"] in ("NOTE", "DESCRIPTION"):
                continue
            self.assertEqual(record["line"], data[:record["offset"]].count(b"\n") + 1, record)

    def test_cards_of_all_versions(self):
        for name, text, encoding in (("three.vcf", card(), "utf-8"), ("four.vcf", card("4.0", fold=20), "utf-8"),
                                     ("narrow.vcf", card(fold=12), "utf-8"), ("lf.vcf", card().replace("\r", ""), "utf-8"),
                                     ("old.vcf", card("2.1").replace("FN:", "FN;CHARSET=BIG5:"), "big5")):
            with self.subTest(name=name):
                run, data = self.read(name, text, encoding=encoding)
                self.assertEqual({f["format"] for f in run.fields}, {"vcard"})
                self.assertEqual(self.places(run), WANTED)
                self.assert_true_places(run, data)
                for kind, value in (("phone_mobile", b"0966468414"), ("person_name", "林".encode(encoding))):
                    place = run.of_type("occurrence", kind=kind)[0]
                    self.assertEqual(data[place["offset"]:place["offset"] + len(value[:3])], value[:3])
                address, = run.of_type("field", kind="address")
                self.assertEqual(address["examples"][0]["shown"], "台北市信義區***")
                self.assertEqual([r["row"] for r in run.of_type("occurrence", kind="birth_date")], [1])

    def test_properties_without_a_value(self):
        """Among the first of a file, too: nothing is held yet that could be copied."""
        text = "BEGIN:VCARD\r\nN:\r\nVERSION:3.0\r\nTEL:\r\nADR:\r\nEND:VCARD\r\n" + card()
        run, data = self.read("empty.vcf", text)
        self.assertEqual(self.places(run), WANTED)
        self.assert_true_places(run, data)

    def test_quoted_printable(self):
        for charset, encoding in ((";CHARSET=UTF-8", "utf-8"), (";CHARSET=BIG5", "big5"), ("", "big5")):
            head = charset + ";ENCODING=QUOTED-PRINTABLE:"
            street = quoted("忠孝東路五段277巷9弄334之2號", encoding, 11)
            text = ("BEGIN:VCARD\r\nVERSION:2.1\r\n" +
                    f"N{head}{quoted('林', encoding)};{quoted('美惠', encoding)};;;\r\n" +
                    f"FN{head}{quoted('林美惠', encoding)}\r\nTEL;CELL;PREF:0966-468-414\r\n" +
                    f"ADR;HOME{head}=\r\n;;{street};{quoted('信義區', encoding)};{quoted('台北市', encoding)};;\r\n" +
                    f"NOTE{head}{quoted('身分證 A143231948，電話 0966468414', encoding, 7)}\r\nBDAY:19850312\r\nEND:VCARD\r\n")
            with self.subTest(charset=charset, encoding=encoding):
                run, data = self.read("q.vcf", text)
                self.assertEqual(self.places(run), WANTED - {("TEL", "phone_landline"), ("EMAIL", "email")})
                self.assert_true_places(run, data)
                self.assertEqual({r["shown"] for r in run.of_type("occurrence", kind="person_name")}, {"林○惠"})

    def test_calendars(self):
        text = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//shop//1.0\r\nBEGIN:VEVENT\r\nUID:meeting7.781k@mail.tw\r\nRELATED-TO:4e\r\n d7.kk@mail.tw\r\nDTSTART;TZID=Asia/Taipei:20261122T100000\r\n"
                "ORGANIZER;CN=陳志明:mailto:chih.chen@mail.tw\r\n"
                "ATTENDEE;CN=\"林美\r\n 惠\";ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:meihui\r\n .lin@mail.tw\r\n"
                "LOCATION:台北市信義區忠孝東路五段277巷9弄334之2號\r\nDESCRIPTION:電話 0966468\r\n 414\\n身分證 A143231948\r\n"
                "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\n"
                "BEGIN:VEVENT\r\nORGANIZER;CN=王小明:mailto:ming.wang@mail.tw\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        run, data = self.read("m.ics", text)
        self.assertEqual(self.places(run), {
            ("ORGANIZER.CN", "person_name"), ("ORGANIZER", "email"), ("ATTENDEE.CN", "person_name"), ("ATTENDEE", "email"),
            ("LOCATION", "address"), ("DESCRIPTION", "phone_mobile"), ("DESCRIPTION", "tw_national_id")})
        self.assert_true_places(run, data)
        self.assertEqual([r["row"] for r in run.of_type("occurrence", column="ORGANIZER")], [1, 2])
        self.assertEqual(run.of_type("occurrence", column="ATTENDEE")[0]["length"], len("meihui.lin@mail.tw"))

    def test_many_cards_and_pictures(self):
        picture = base64.b64encode(bytes(range(256)) * 3000).decode()
        folded = "\r\n ".join(picture[i:i + 74] for i in range(0, len(picture), 74))
        whole = card()
        text = (whole * 3000).replace("END:VCARD", f"PHOTO;ENCODING=b;TYPE=JPEG:{folded}\r\nEND:VCARD", 1)
        run, data = self.read("many.vcf", text)
        self.assertTrue(WANTED <= self.places(run))
        for column, kind in WANTED:
            field, = run.of_type("field", column=column, kind=kind)
            self.assertEqual((field["clear"], field["weak"]), (3000, 0), column)
        last = max(run.of_type("occurrence", kind="birth_date"), key=lambda r: r["offset"])
        self.assertEqual(last["row"], 3000)
        self.assertEqual(data[last["offset"]:last["offset"] + 10], b"1985-03-12")

    def test_in_archives_and_mails(self):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("contacts/a.vcf", card())
        run, _ = self.read("phone.zip", held.getvalue())
        self.assertEqual(self.places(run), WANTED)
        mail = ("From: a@mail.tw\r\nMIME-Version: 1.0\r\nContent-Type: text/vcard; charset=utf-8; name=a.vcf\r\n"
                "Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(card().encode()).decode())
        run, _ = self.read("card.eml", mail)
        self.assertTrue(WANTED <= self.places(run))

    def test_what_is_broken_is_told_and_read(self):
        run, _ = self.read("cut.vcf", card()[:-13], status=3)
        self.assertEqual([c["reason"] for c in run.coverage], ["truncated"])
        self.assertEqual(self.places(run), WANTED)
        odd = "BEGIN:VCARD\r\n;;;:\r\n:x\r\nTEL\r\nTEL;:0966468414\r\nN;X=\"a:b\r\nnote 0966-468-415\r\nADR:" + ";" * 300 + "\r\nEND:VCARD\r\nEND:VCARD\r\n"
        run, _ = self.read("odd.vcf", odd)
        self.assertEqual(sum(f["clear"] for f in run.fields), 2)


if __name__ == "__main__":
    main()
