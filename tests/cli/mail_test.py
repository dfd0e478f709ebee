"""Mail: messages and mailboxes of Python's own writers, with what is attached to them."""

import base64
import email.message
import email.policy
import io
import mailbox
import shutil
import struct
import subprocess
import unittest
import zipfile

from harness import ProgramTest, main
import ole2
from people import People

SOURCE = People(11)
PEOPLE = [(SOURCE.name(), SOURCE.national_id()) for _ in range(20)]
SECRETS = [number for _, number in PEOPLE]
TABLE = "name,id_no\r\n" + "".join(f"{name},{number}\r\n" for name, number in PEOPLE)


def text_of(people):
    return "".join(f"姓名：{name}\n身分證字號：{number}\n" for name, number in people)


def message(charset="utf-8", coding=None):
    out = email.message.EmailMessage()
    out["From"] = "王小明 <lin.wang@example.org>"
    out["To"] = "member@example.net"
    out["Subject"] = "客戶資料 " + PEOPLE[0][1]
    out["Date"] = "Sat, 31 Jan 2026 08:00:00 +0800"
    out["Message-ID"] = "<1@shop.test>"
    out.set_content(text_of(PEOPLE[:5]), charset=charset, cte=coding)
    return out


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


class Mail(ProgramTest):
    def scan_mail(self, name, data, *options):
        run = self.scan(self.file(name, data), "-v", *options, secrets=SECRETS)
        return run, {record["unit"].partition(name)[2]: record for record in run.coverage}

    def ids(self, run, ending):
        """How many ID numbers stand in the unit of that name."""
        return sum(field["values"] for field in run.fields
                   if field["unit"].endswith(ending) and field["kind"] == "tw_national_id")

    def test_body_in_every_encoding(self):
        for charset in "utf-8", "big5":
            for coding in "base64", "quoted-printable", "8bit":
                with self.subTest(charset=charset, coding=coding):
                    run, units = self.scan_mail(
                        "a.eml", message(charset, coding).as_bytes(policy=email.policy.SMTP))
                    self.assertEqual(self.ids(run, "a.eml!/body"), 5)
                    self.assertEqual(self.ids(run, "a.eml!/headers"), 1)
                    self.assertEqual({f["zones"][0] for f in run.fields}, {"mail"})
                    self.assertEqual({u["status"] for u in units.values()}, {"scanned"})

    def test_headers_are_columns(self):
        run, _ = self.scan_mail("a.eml", message().as_bytes())
        kinds = {(f["column"], f["kind"]) for f in run.fields if f["unit"].endswith("/headers")}
        self.assertIn(("Subject", "tw_national_id"), kinds)
        self.assertIn(("From", "email"), kinds)
        self.assertIn(("To", "email"), kinds)

    def test_a_character_cut_between_encoded_words(self):
        whole = ("客戶 " + PEOPLE[0][1]).encode("big5")
        words = [base64.b64encode(whole[i:i + 3]).decode() for i in
                 range(0, len(whole), 3)]
        subject = "\r\n ".join(f"=?Big5?B?{word}?=" for word in words)
        run, _ = self.scan_mail("a.eml", f"From: a@b.test\r\nTo: c@d.test\r\nDate: x\r\n"
                                f"Subject: {subject}\r\n\r\nhello\r\n".encode())
        self.assertEqual(self.ids(run, "/headers"), 1)

    def test_attachments(self):
        mail = message()
        mail.add_alternative("<table><tr><th>姓名</th><th>身分證字號</th></tr>" + "".join(
            f"<tr><td>{name}</td><td>{number}</td></tr>" for name, number in PEOPLE[:7]) +
            "</table>", subtype="html")
        mail.add_attachment(TABLE.encode("big5"), "text", "csv", filename="客戶名冊.csv")
        mail.add_attachment(zipped("members.csv", TABLE), "application", "zip", filename="a.zip")
        mail.add_attachment(zipped("members.csv", TABLE), "application", "zip", filename="a.zip")
        inner = message("big5", "base64")
        mail.add_attachment(inner)
        run, units = self.scan_mail("a.eml", mail.as_bytes(policy=email.policy.SMTP))
        for ending, count in {"!/body": 5, "!/body.html": 7, "!/客戶名冊.csv": 20,
                              "!/a.zip!/members.csv": 20, "!/a-6.zip!/members.csv": 20,
                              "!/message.eml!/body": 5}.items():
            self.assertEqual(self.ids(run, "a.eml" + ending), count, (ending, units.keys()))
        self.assertTrue(all("mail" in f["zones"] for f in run.fields))
        self.assertEqual({u["status"] for u in units.values()}, {"scanned"})

    def test_long_names_of_attachments_are_not_cut_inside_a_value(self):
        """240 bytes of a name are kept, and its ending: of a value none or all, which is masked."""
        number, card = "A143231948", "4514-1673-0284-6157"
        for value in number, card:
            for before in range(215, 240):
                name = ("名冊 " + "bbb " * 60)[:before - 5] + " " + value + ".csv"
                mail = message()
                mail.add_attachment(TABLE.encode(), "text", "csv", filename=name)
                run, units = self.scan_mail("a.eml", mail.as_bytes())
                attached = [unit for unit in units if unit.endswith(".csv")]
                self.assertEqual(len(attached), 1, units)
                self.assertTrue(attached[0].startswith("!/名冊 bbb"), attached)
                self.assertEqual(self.ids(run, attached[0]), 20)
                self.assertNotIn(value[:4], attached[0].replace(value[:3] + "****" + value[7:], ""))
        attached = self.outlook()
        attached["__attach_version1.0_#00000000"]["__substg1.0_3707001F"] = \
            ("名冊 " + "bbb " * 56 + number + ".csv").encode("utf-16le")
        run, units = self.scan_mail("o.msg", ole2.write(attached))
        self.assertIn("!/名冊 " + "bbb " * 56 + "….csv", units)
        self.assertEqual(self.ids(run, ".csv"), 20)

    def test_mailbox(self):
        path = self.folder / "in.mbox"
        box = mailbox.mbox(path)
        for i in range(3):
            mail = message("big5" if i else "utf-8")
            mail.set_content("From here on:\n\nFrom the people\n" + text_of(PEOPLE[:3 + i]))
            box.add(mail)
        box.close()
        run = self.scan(path, secrets=SECRETS)
        for i in range(3):
            self.assertEqual(self.ids(run, f"in.mbox!/{i + 1}.eml!/body"), 3 + i)
        self.assertFalse(self.ids(run, "in.mbox!/4.eml!/body"))

    def test_what_stands_between_parts_is_read(self):
        data = (f"From: a@b.test\nTo: c@d.test\nDate: x\nMIME-Version: 1.0\n"
                f'Content-Type: multipart/mixed; boundary="x"\n\nThis is a multi-part message\n'
                f"身分證字號：{PEOPLE[0][1]}\n--x\n\n身分證字號：{PEOPLE[1][1]}\n--x--\n\n"
                f"身分證字號：{PEOPLE[2][1]}\n")
        run, _ = self.scan_mail("a.eml", data.encode())
        for ending in "/preamble", "/body", "/epilogue":
            self.assertEqual(self.ids(run, ending), 1, ending)

    def test_cut_anywhere_is_told(self):
        mail = message()
        mail.add_attachment(TABLE.encode(), "text", "csv", filename="t.csv")
        data = mail.as_bytes()
        end = data.rindex(b"--==")
        for sixteenth in range(4, 16):
            cut = end * sixteenth // 16
            run, units = self.scan_mail("a.eml", data[:cut])
            self.assertIn("truncated", {u.get("reason") for u in units.values()}, cut)

    def test_damaged_base64(self):
        data = message("utf-8", "base64").as_bytes()
        at = data.index(b"\n\n") + 90
        _, units = self.scan_mail("a.eml", data[:at] + b"\x01!" + data[at + 2:])
        self.assertEqual(units["!/body"]["reason"], "damaged")

    def test_encrypted(self):
        pgp = email.message.EmailMessage()
        for name, value in message().items():
            if not name.lower().startswith("content") and name != "MIME-Version":
                pgp[name] = value
        pgp.set_content("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n")
        _, units = self.scan_mail("p.eml", pgp.as_bytes())
        self.assertEqual(units["!/body"]["reason"], "encrypted")

    def test_protected_attachments(self):
        """As qpdf --encrypt writes them; zip with a password: see the containers."""
        for how, told in {"/CF << /StdCF << /CFM /AESV3 /Length 32 >> >> /Filter /Standard /V 5":
                          "AES-256",
                          "/CF << /StdCF << /CFM /AESV2 /Length 16 >> >> /Filter /Standard /V 4":
                          "AES-128", "/Filter /Standard /Length 128 /V 2": "RC4"}.items():
            mail = message()
            mail.add_attachment(f"%PDF-1.7\n1 0 obj\n<< {how} >>\nendobj\ntrailer "
                                f"<< /Encrypt 1 0 R >>\n%%EOF\n".encode(), "application", "pdf",
                                filename="statement.pdf")
            _, units = self.scan_mail("a.eml", mail.as_bytes())
            self.assertEqual((units["!/statement.pdf"]["reason"],
                              units["!/statement.pdf"]["detail"]),
                             ("encrypted", "encrypted PDF document, " + told))

    @unittest.skipUnless(shutil.which("openssl"), "needs openssl")
    def test_smime(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout",
                        "k.pem", "-out", "c.pem", "-subj", "/CN=test", "-days", "9"],
                       cwd=self.folder, check=True, capture_output=True)
        (self.folder / "plain").write_text(text_of(PEOPLE))
        head = ["-from", "a@b.test", "-to", "c@d.test", "-subject", "x"]
        sealed = subprocess.run(["openssl", "smime", "-encrypt", "-aes256", *head, "-in", "plain",
                                 "c.pem"], cwd=self.folder, check=True, capture_output=True).stdout
        signed = subprocess.run(["openssl", "smime", "-sign", *head, "-in", "plain", "-signer",
                                 "c.pem", "-inkey", "k.pem"], cwd=self.folder, check=True,
                                capture_output=True).stdout
        _, units = self.scan_mail("s.eml", sealed)
        sealed = units["!/smime.p7m"]
        self.assertEqual((sealed["reason"], sealed["detail"]),
                         ("encrypted", "S/MIME message, AES-256-CBC"))
        run, units = self.scan_mail("t.eml", signed)
        self.assertEqual(self.ids(run, "/body"), 20)
        self.assertEqual(units["!/smime.p7s"]["status"], "opaque")

    def outlook(self):
        """A message with a recipient, a table and a message attached to it."""
        def props(subject, people):
            return {"__substg1.0_0037001F": subject.encode("utf-16le"),
                    "__substg1.0_1000001F": text_of(people).encode("utf-16le"),
                    "__substg1.0_0C1F001F": "lin.wang@example.org".encode("utf-16le"),
                    "__properties_version1.0": bytes(32)}
        return {**props("客戶資料 " + PEOPLE[0][1], PEOPLE[:5]),
                "__substg1.0_10130102": ("<p>身分證字號：" + PEOPLE[6][1] + "</p>").encode() * 99,
                "__recip_version1.0_#00000000": {
                    "__substg1.0_39FE001F": "chen.mei@example.net".encode("utf-16le")},
                "__attach_version1.0_#00000000": {
                    "__substg1.0_3707001F": "客戶名冊.csv".encode("utf-16le"),
                    "__substg1.0_37010102": TABLE.encode("big5")},
                "__attach_version1.0_#00000001": {
                    "__substg1.0_3001001F": "舊信".encode("utf-16le"),
                    "__substg1.0_3701000D": props("x", PEOPLE[:3])}}

    def test_outlook(self):
        run, units = self.scan_mail("o.msg", ole2.write(self.outlook()))
        self.assertEqual({unit["status"] for unit in units.values()}, {"scanned"}, units)
        for ending, count in {"!/headers": 1, "!/body": 5, "!/body.html": 99,
                              "!/客戶名冊.csv": 20}.items():
            self.assertEqual(self.ids(run, "o.msg" + ending), count, (ending, units.keys()))
        inner = [u for u in units if u.endswith("-舊信/body")]
        self.assertEqual(self.ids(run, inner[0]), 3)
        kinds = {(f["column"], f["kind"]) for f in run.fields if f["unit"].endswith("/headers")}
        self.assertLessEqual({("From", "email"), ("Recipient", "email")}, kinds)
        self.assertEqual({tuple(f["zones"]) for f in run.fields}, {("mail",)})

    def test_outlook_cut(self):
        data = ole2.write(self.outlook())
        for sixteenth in range(1, 16):
            cut = len(data) * sixteenth // 16
            run, units = self.scan_mail("o.msg", data[:cut])
            self.assertNotEqual({u["status"] for u in units.values()}, {"scanned"}, cut)

    def test_compressed_rtf(self):
        note = ("{\\rtf1 " + PEOPLE[0][1] + "}").encode()
        packed = b"".join(bytes([0]) + note[i:i + 8] for i in range(0, len(note), 8))
        end = (207 + len(note)) % 4096  # a reference to the place reached is the end
        rest = len(note) % 8
        body = packed[:len(packed) - rest - 1] + bytes([1 << rest]) + note[len(note) - rest:] + \
            struct.pack(">H", end << 4)
        rtf = struct.pack("<II4sI", len(body) + 12, len(note), b"LZFu", 0) + body
        run, units = self.scan_mail("r.msg", ole2.write({"__substg1.0_10090102": rtf}))
        self.assertEqual(self.ids(run, "r.msg!/body.rtf"), 1, units)

    def test_text_with_colons_is_no_mail(self):
        run, units = self.scan_mail("note.txt", f"From: here\nTo: there\n身分證字號: {PEOPLE[0][1]}\n"
                                    .encode())
        self.assertEqual(self.ids(run, "note.txt"), 1)


if __name__ == "__main__":
    main()
