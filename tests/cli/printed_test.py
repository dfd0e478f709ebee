"""What is sent to printers (labels in ZPL, receipts in ESC/POS), and tokens of web services in logs."""

from harness import ProgramTest, main
from people import People
from tables import token

SOURCE = People(67)
PEOPLE = [(SOURCE.name(), SOURCE.national_id(), SOURCE.mobile(),
           f"臺北市信義區忠孝東路五段{i + 1}號") for i in range(20)]
SECRETS = [value for row in PEOPLE for value in row[1:3]]
LABELS = {("#1", "person_name", 20), ("#2", "address", 20), ("#3", "phone_mobile", 20),
          ("#4", "tw_national_id", 20)}


def label(row, before="", end="\n", written=lambda text: text):
    name, number, mobile, address = map(written, row)
    return end.join((
        f"^XA^CI28^PW800^FXa remark^FS^FO50,50^A0N,30,30{before}^FD{name}^FS",
        f"^FO50,90{before}^FD{address}^FS", f"^FO50,130{before}^FV{mobile}^FS",
        f"^FO50,170^BY2^BCN,100,Y,N,N{before}^FD{number}^FS^XZ", ""))


def hexed(mark):
    return lambda text: "".join(f"{mark}{byte:02X}" for byte in text.encode())


def receipts(encoding):
    out = b""
    for name, number, mobile, address in PEOPLE:
        out += b"\x1b@\x1ba\x01\x1d!\x11" + f"收件人：{name}".encode(encoding) + b"\x0a\x1b!\x00"
        out += f"電話：{mobile}".encode(encoding) + b"\x1bd\x02" + address.encode(encoding) + b"\x0a"
        out += b"\x1dv0\x00\x02\x00\x03\x00" + b"\x0a\x1b@\x00\xff\x1d"  # a picture
        out += b"\x1dh\x50\x1dk\x04" + number.encode() + b"\x00\x1dV\x42\x00"
    return out


TOKENS = [token({"sub": number, "name": name, "phone_number": mobile, "iat": 1700000000})
          for name, number, mobile, _ in PEOPLE]


class Printed(ProgramTest):
    def read(self, name, data):
        return self.scan(self.file(name, data), "-v", secrets=SECRETS)

    def found(self, run):
        return {(f["column"], f["kind"], f["values"]) for f in run.fields}

    def test_labels(self):
        for encoding in ("utf-8", "cp950"):
            for end in ("\n", "", "\r\n"):
                with self.subTest(encoding=encoding, end=end):
                    text = "".join(label(row, end=end) for row in PEOPLE)
                    run = self.read("label.zpl", text.encode(encoding))
                    self.assertEqual(self.found(run), LABELS)
                    at = next(f for f in run.fields if f["column"] == "#4")["examples"][1]
                    before = text.split(PEOPLE[1][1])[0]
                    self.assertEqual((at["row"], at["line"], at["offset"]),
                                     (2, before.count("\n") + 1, len(before.encode(encoding))))

    def test_hexadecimal_codes_in_labels(self):
        for before, mark in (("^FH", "_"), ("^FH\\", "\\"), ("^FH#", "#")):
            with self.subTest(mark=mark):
                text = "".join(label(row, before, written=hexed(mark)) for row in PEOPLE)
                run = self.read("label.txt", text.encode())
                self.assertEqual(self.found(run), LABELS)

    def test_fields_with_a_number_and_codes_with_a_mode(self):
        text = "".join(f"^XA^FN7^FD{row[2]}^FS^FO1,1^BQN,2,5^FDQA,{row[1]}^FS^BCN^FD>:{row[1]}^FS^XZ"
                       for row in PEOPLE)
        self.assertEqual(self.found(self.read("label.zpl", text.encode())),
                         {("FN7", "phone_mobile", 20), ("#1", "tw_national_id", 20),
                          ("#2", "tw_national_id", 20)})

    def test_receipts(self):
        for encoding in ("cp950", "utf-8"):
            with self.subTest(encoding=encoding):
                data = receipts(encoding)
                run = self.read("receipt.bin", data)
                self.assertEqual({f["format"] for f in run.fields}, {"receipt"})
                self.assertEqual({(f["kind"], f["values"]) for f in run.fields},
                                 {(kind, 20) for kind in ("person_name", "phone_mobile", "address",
                                                          "tw_national_id")})
                self.assertEqual(run.coverage[0]["status"], "scanned")
                at = next(f for f in run.fields if f["kind"] == "tw_national_id")["examples"]
                self.assertEqual([e["offset"] for e in at],
                                 [data.index(row[1].encode()) for row in PEOPLE[:3]])

    def test_colours_are_no_receipts(self):
        text = "".join(f"\x1b[31mERROR\x1b[0m tel={row[2]}\n" for row in PEOPLE)
        self.assertNotEqual(self.read("colour.log", text.encode()).coverage[0]["format"], "receipt")

    def test_web_tokens(self):
        stamp = "2026-01-31 10:00:00 INFO auth"
        wanted = {("sub", "tw_national_id", 20), ("name", "person_name", 20),
                  ("phone_number", "phone_mobile", 20)}
        for name, line, key in (
                ("a.log", "{s} token={t} ok\n", "token"),
                ("b.log", "{s} Authorization: Bearer {t}\n", "Authorization"),
                ("c.log", "{s} access_token: {t}\n", "access_token"),
                ("d.csv", "1,x,{t}\n", "#3"),
                ("e.ndjson", '{{"h":{{"Authorization":"Bearer {t}"}}}}\n', "h.Authorization")):
            with self.subTest(name=name):
                text = "".join(line.format(s=stamp, t=each) for each in TOKENS)
                run = self.read(name, text.encode())
                self.assertEqual(self.found(run), {(f"{key}.{column}", kind, count)
                                                   for column, kind, count in wanted})


if __name__ == "__main__":
    main()
