#!/usr/bin/env python3
"""`scan --find`: where one person stands. Every way in which a value is written, masked or hashed is planted
beside those of other people; nothing but the person's places may be told, and never a value."""

import base64
import fcntl
import gzip
import hashlib
import json
import os
import pty
import sqlite3
import subprocess
import termios
import unittest
import zipfile

from harness import COLUMNS, PROGRAM, ROWS, ProgramTest
from formats import formats

ID, PHONE, LANDLINE = "A123456789", "0912345678", "0223456789"
MAIL, CARD, NAME, ADDRESS = "wang.ming@example.com", "4111111111111111", "王小明", "台北市中正區重慶南路一段122號"
WHO = f"{ID}\n+886-912-345-678\n{MAIL}\n4111 1111 1111 1111\n{NAME}\naddress: 臺北市中正區重慶南路一段１２２號\n(02)2345-6789\n"
NUMBERS = {"id": 1, "phone": 2, "mail": 3, "card": 4, "name": 5, "address": 6, "landline": 7}
SECRETS = (ID, PHONE, "0912-345-678", MAIL, CARD, NAME, "122號", "2345-6789")


def digest(text, name="sha256"):
    return hashlib.new(name, text.encode()).hexdigest()


class FindTest(ProgramTest):
    def find(self, *arguments, who=WHO, status=0, secrets=SECRETS, **how):
        return self.scan("--find", *arguments, stdin=who.encode(), status=status, secrets=secrets, **how)

    def places(self, run):
        """{(identifier, column, found): [rows]}"""
        out = {}
        for r in run.of_type("found"):
            key = (r["identifier"], r["column"], r["found"])
            out.setdefault(key, []).append(r.get("row"))
        return out

    def found_in(self, text, who=WHO, name="notes.txt"):
        folder = self.folder / self.id().split(".")[-1]
        folder.mkdir(exist_ok=True)
        path = folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        run = self.find(path, who=who)
        content = path.read_bytes()
        for r in run.of_type("found"):
            if "offset" in r:
                self.assertLessEqual(r["offset"] + r["length"], len(content))
        return run

    def spans(self, text, identifier, found="value", who=WHO):
        """What stands at the places that are told."""
        run = self.found_in(text, who=who)
        data = text.encode()
        return [data[r["offset"]:r["offset"] + r["length"]].decode() for r in run.of_type("found")
                if r["identifier"] == identifier and r["found"] == found]

    def test_ways_of_writing(self):
        ways = {1: [ID, "a123456789", "A 123456789", "Ａ１２３４５６７８９", "A-123456789", "A123-456-789"],
                2: [PHONE, "0912-345-678", "0912 345 678", "+886912345678", "+886-912-345-678", "886 912345678",
                    "(0912)345678", "０９１２－３４５－６７８", "912345678", "0912.345.678", "+886 (0)912-345-678"],
                3: [MAIL, MAIL.upper(), f"<{MAIL}>", f"mailto:{MAIL}"],
                4: [CARD, "4111 1111 1111 1111", "4111-1111-1111-1111", "４１１１１１１１１１１１１１１１"],
                5: [NAME, f"{NAME}先生", f"收件人{NAME}"],
                6: [ADDRESS, ADDRESS.replace("台", "臺"), ADDRESS.replace("122", "１２２")],
                7: ["02-23456789", "(02)2345-6789", "0223456789", "+886-2-2345-6789", "02-2345-6789#123"]}
        for identifier, texts in ways.items():
            for text in texts:
                with self.subTest(identifier):
                    self.assertEqual(len(self.spans(f"前文 {text}，後文\n", identifier)), 1, text)

    def test_what_is_somebody_else(self):
        others = ["A123456780", "B123456789", "AA123456789", "A1234567890", "91234567", "09123456789", "10912345678",
                  "0912345679", f"x{MAIL}", f"{MAIL}.tw", "wang.ming@example.co", "41111111111111112",
                  "2026-09-12 345678", "王小", "小明", "台北市中正區重慶南路一段12號", "0", "", digest(ID)[:-1],
                  digest(ID) + "0", digest("A123456788"), "B12****789", "A12****780", "0913***678"]
        run = self.found_in("\n".join(others) + "\n")
        self.assertEqual(run.of_type("found"), [])

    def test_masks_that_fit(self):
        rows = ["id,idno,phone,email,name,addr,card,card_last4",
                "1,A12****789,0912***678,w***@example.com,王*明,台北市中正區***,4111-****-****-1111,1111",
                "2,A1******89,0912-xxx-678,***@example.com,王○明,高雄市***,411111******1111,1112",
                "3,B12****789,0912***679,w***@example.org,陳*明,台北市大安區***,5555-****-****-4444,4242",
                "4,**********,**********,****,***,***,****************,"]
        found = self.places(self.found_in("\n".join(rows) + "\n", name="masks.csv"))
        self.assertEqual(found, {
            (1, "idno", "could-be"): [1, 2], (2, "phone", "could-be"): [1, 2], (3, "email", "could-be"): [1],
            (5, "name", "could-be"): [1, 2], (6, "addr", "could-be"): [1], (4, "card", "could-be"): [1, 2],
            (4, "card_last4", "could-be"): [1]})

    def test_names_of_files(self):
        """A file that is called like the person is a place, too, whatever it holds."""
        folder = self.folder / "named"
        folder.mkdir()
        (folder / f"{ID}_{NAME}.txt").write_text("nothing\n")
        with zipfile.ZipFile(folder / "all.zip", "w") as archive:
            archive.writestr(f"scans/{ID}.csv", "no\n1\n")
            archive.writestr("other.csv", "no\n1\n")
        run = self.find(folder, secrets=[ID])  # a name alone proves nothing: file names are shown with it
        found = sorted((r["unit"].count("!/"), r["identifier"], r["in"], "table" in r) for r in run.of_type("found"))
        self.assertEqual(found, [(0, 1, "name", False), (0, 5, "name", False), (1, 1, "name", False)])
        saved = self.file("named.ndjson", run.stdout)
        self.assertIn("(name of the file)", self.call("report", saved, secrets=[ID]).stdout.decode())
        again = self.call("report", "--format", "ndjson", saved)
        self.assertEqual(again.of_type("found"), run.of_type("found"))

    def test_several_in_one_row(self):
        rows = ["id,idno,phone,name", f"1,{ID},0987654321,陳大文", "2,A12****789,0912***678,王*明", "3,,0912***678,"]
        run = self.found_in("\n".join(rows) + "\n", name="together.csv")
        self.assertEqual([(r["row"], r["identifier"], r.get("together")) for r in run.of_type("found")],
                         [(1, 1, None), (2, 1, 3), (2, 2, 3), (2, 5, 3), (3, 2, None)])
        text = self.call("scan", "--find", self.folder / "test_several_in_one_row", stdin=WHO.encode(),
                         secrets=SECRETS).stdout.decode()
        self.assertIn("several of them in row 2 (1, 2, 5)\n", text)

    def test_how_many_fit_a_mask(self):
        run = self.found_in("idno\nA12****789\nA1234*6789\n", name="few.csv")
        some, one = [r["candidates"] for r in run.of_type("found")]
        self.assertEqual(some, 1000)
        self.assertLessEqual(one, 10)

    def test_digests(self):
        for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
            for identifier, text in ((1, ID), (1, ID.lower()), (2, PHONE), (2, "0912-345-678"), (2, "+886912345678"),
                                     (3, MAIL), (4, CARD), (5, NAME)):
                with self.subTest(name + str(identifier)):
                    run = self.found_in(f"user {digest(text, name)} and {digest('x', name).upper()}\n")
                    [r] = run.of_type("found")
                    self.assertEqual((r["identifier"], r["found"], r["digest"], r["mask"]),
                                     (identifier, "digest", name, "encrypted"))
        encoded = base64.b64encode(hashlib.sha256(ID.encode()).digest()).decode()
        run = self.found_in(f"id,token\n1,{encoded}\n2,{digest(ID).upper()}\n", name="tokens.csv")
        self.assertEqual(self.places(run), {(1, "token", "digest"): [1, 2]})

    def test_literals_that_are_hexadecimal_at_first_only(self):
        """x'…' longer than what is looked at in one go: its end is read as it stands, and the rest too."""
        hidden = f"{NAME} {PHONE}".encode().hex()
        for size in (64, 300_000, 3_000_000):
            for tail in ("zz~", "g", f"{hidden}xyz", "\x7f\x80"):
                dump = ("CREATE TABLE `t` (`id` int, `data` blob, `idno` char(10));\n"
                        f"INSERT INTO `t` VALUES (1,x'{'41' * (size // 2)}{tail}','B223456782'),"
                        f"(2,x'{hidden}','{ID}');\n").encode("latin-1", "replace")
                with self.subTest(size=size, tail=tail):
                    run = self.found_in(dump, name="blob.sql")
                    self.assertIn(1, {r["identifier"] for r in run.of_type("found")})

    def test_formats(self):
        """A dump with escapes and JSON, an archive, a database: the same person by table and column."""
        escaped = json.dumps({"phone": PHONE, "n": NAME}).replace("\\", "\\\\").replace('"', '\\"')
        dump = ("-- MySQL dump 10.13  Distrib 8.0.32, for Linux (x86_64)\n"
                "CREATE TABLE `orders` (`id` int, `idno` char(10), `extra` text, `memo` text);\n"
                f"INSERT INTO `orders` VALUES (7,'{ID}','{escaped}','tel:\\n{PHONE}'),(8,'B223456782','{{}}','x');\n"
                "-- Dump completed on 2026-01-01  0:00:00\n")
        folder = self.folder / "formats"
        folder.mkdir()
        (folder / "shop.sql.gz").write_bytes(gzip.compress(dump.encode()))
        database = sqlite3.connect(folder / "members.db")
        database.execute("create table members (no integer primary key, contact text)")
        database.executemany("insert into members (contact) values (?)", [("nobody",), (f"{NAME} {MAIL}",)])
        database.commit()
        database.close()
        run = self.find(folder)
        at = {(r["table"], r["column"], r["identifier"]): r for r in run.of_type("found")}
        self.assertEqual(set(at), {("orders", "idno", 1), ("orders", "extra.phone", 2), ("orders", "extra.n", 5),
                                   ("orders", "memo", 2), ("members", "contact", 3), ("members", "contact", 5)})
        self.assertEqual({r["row"] for key, r in at.items() if key[0] == "members"}, {2})
        [request] = run.of_type("request")
        self.assertEqual([i["value"] for i in request["identifiers"]], [1, 2, 1, 0, 2, 0, 0])
        self.assertEqual(run.fields + run.violations, [], "other people's data is no answer")

    def test_in_every_format(self):
        """One customer of the shop, in every format that is read, by the values as the shop holds them."""
        customer = ROWS["customers"][4]
        names = ("name", "idno", "mobile", "tel", "email", "address")
        who = "\n".join(customer[COLUMNS["customers"].index(name)] for name in names) + "\n"
        made = [each for each in formats() if "customers" in each.tables.values()]
        for number, each in enumerate(made):
            for name, data in each.files.items():
                path = self.folder / "every" / f"{number:03}" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        run = self.find("-q", self.folder / "every", who=who, status=None, secrets=who.splitlines())
        found = {}
        for r in run.of_type("found", found="value"):
            found.setdefault(int(r["unit"].split("/every/")[1][:3]), set()).add(names[r["identifier"] - 1])
        for number, each in enumerate(made):
            with self.subTest(each.name):
                self.assertEqual(found.get(number), set(names) - set(each.without))

    def test_the_same_for_any_workers(self):
        folder = self.folder / "workers"
        folder.mkdir()
        for number in range(12):
            (folder / f"{number}.log").write_text(f"x {number}\n" * number * 997 + f"tel={PHONE} {ID}\n")
        one, four = (self.find("-j", n, folder) for n in (1, 4))
        self.assertEqual(one.of_type("found"), four.of_type("found"))
        self.assertEqual(len(one.of_type("found")), 24)

    def test_many_places_are_counted(self):
        run = self.found_in(f"{ID}\n" * 10050)
        self.assertEqual(len(run.of_type("found")), 10000)
        self.assertEqual(run.of_type("request")[0]["identifiers"][0]["value"], 10050)

    def test_across_buffers(self):
        """At every distance from the edges of segments."""
        pad = "填充 padding 0 " * 5000
        for shift in range(0, 40):
            text = ("\n".join("." * shift + pad + f"{ID} {PHONE} {NAME} {MAIL} {digest(ID)}" for _ in range(4)))
            run = self.found_in(text)
            self.assertEqual([i["value"] + i["digest"] for i in run.of_type("request")[0]["identifiers"][:5]],
                             [8, 4, 4, 0, 4], shift)

    def test_text_and_report(self):
        path = self.file("one/log.txt", f"call {PHONE}\n")
        run = self.call("scan", "--find", path, stdin=WHO.encode(), secrets=SECRETS)
        text = run.stdout.decode()
        self.assertIn("the value 1×", text)
        self.assertIn("within 10 days", text)
        self.assertIn("within 30 days", text)
        self.assertIn("platform/3.4.1.5", text)
        self.assertEqual(run.status, 0)
        saved = self.file("one/saved.ndjson", self.find(path).stdout)
        again = self.call("report", saved, secrets=SECRETS)
        self.assertIn("the value 1×", again.stdout.decode())
        third = self.call("report", "--format", "ndjson", saved)
        self.assertEqual(third.of_type("found"), self.find(path).of_type("found"))
        self.assertEqual(third.of_type("request"), self.find(path).of_type("request"))
        self.assertEqual(self.call("report", "--format", "html", saved).status, 2)
        self.assertEqual(self.call("report", "--diff", saved, saved).status, 2)
        other = self.file("one/other.ndjson", self.find(path, who="B223456782\n").stdout)
        self.assertEqual(self.call("report", saved, other).status, 2)

    def test_what_cannot_be_read_is_told(self):
        folder = self.folder / "unread"
        folder.mkdir()
        (folder / "broken.gz").write_bytes(gzip.compress(b"x" * 9999)[:40])
        run = self.find(folder, status=3)
        self.assertEqual(run.summary["not_scanned"], 1)

    def test_descriptor(self):
        path = self.file("fd/log.txt", f"call {PHONE}\n")
        read, write = os.pipe()
        os.write(write, WHO.encode())
        os.close(write)
        done = subprocess.run([PROGRAM, "scan", f"--find={read}", "--format", "ndjson", "-"], input=path.read_bytes(),
                              capture_output=True, env=self.environment, cwd=self.folder, pass_fds=[read])
        os.close(read)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b'"found":"value"', done.stdout)

    def test_wrong_calls(self):
        path = self.file("wrong/log.txt", "x\n")
        for arguments in ([f"--find={ID}"], ["--find", "-"], ["--find", "--format", "html:x.html"],
                          ["--find", "--reveal"], ["--find", "--occurrences"], ["--find=999"]):
            with self.subTest(arguments[-1]):
                run = self.call("scan", *arguments, path, stdin=WHO.encode(), secrets=SECRETS)
                self.assertEqual(run.status, 2, run.stderr)
        for who in ("", "\n\n", "A143231941\n", "id: A143231941\n", "what\n", "birth_date: 1980-01-02\n", "A12****789\n",
                    "12345\n", ID + "\n" + "x" * 300 + "\n", "\xff\xfe", f"{ID}\n" * 17):
            with self.subTest(who):
                run = self.call("scan", "--find", path, stdin=who.encode("latin-1"), secrets=SECRETS)
                self.assertEqual((run.status, run.stdout), (2, b""), run.stderr)

    def test_prompt_without_echo(self):
        path = self.file("tty/log.txt", f"call {PHONE}\n")

        def own_terminal():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        parent, child = pty.openpty()
        run = subprocess.Popen([PROGRAM, "scan", "--find", "--format", "text", path], stdin=child, stdout=subprocess.PIPE,
                               stderr=child, env=self.environment, cwd=self.folder, preexec_fn=own_terminal)
        os.close(child)
        shown = b""
        for line in (b"nonsense\n", PHONE.encode() + b"\n", b"\n"):
            while not shown.endswith(b"type): "):
                shown += os.read(parent, 4096)
            os.write(parent, line)
            shown += b" "
        out = run.communicate()[0]
        try:
            while True:
                shown += os.read(parent, 4096)
        except OSError:
            pass
        os.close(parent)
        self.assertEqual(run.returncode, 0, shown)
        self.assertNotIn(PHONE.encode(), shown + out)
        self.assertNotIn(b"nonsense", shown)
        self.assertIn(b"what is it?", shown)
        self.assertIn(b"mobile telephone number", shown)
        self.assertIn("the value 1×", out.decode())


if __name__ == "__main__":
    unittest.main()
