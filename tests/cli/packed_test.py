"""Values that were compressed before they were stored: in BLOBs, in base64; and whole files in values."""

import base64
import gzip
import io
import json
import random
import sqlite3
import struct
import subprocess
import zipfile
import zlib

from harness import ProgramTest, main
from people import People

SOURCE = People(41)
PEOPLE = [{"name": SOURCE.name(), "idno": SOURCE.national_id(), "tel": SOURCE.mobile()} for _ in range(20)]
WANTED = {("name", "person_name", 20), ("idno", "tw_national_id", 20), ("tel", "phone_mobile", 20)}
FORMS = {
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zlib fast": lambda data: zlib.compress(data, 1),
    "zlib best": lambda data: zlib.compress(data, 9),
    "mysql": lambda data: struct.pack("<I", len(data)) + zlib.compress(data),  # COMPRESS()
    "zstd": lambda data: subprocess.run(["zstd", "-c"], input=data, capture_output=True, check=True).stdout,
}


def literal(data):
    """A binary string as mysqldump writes it without --hex-blob."""
    for plain, written in ((b"\\", b"\\\\"), (b"\0", b"\\0"), (b"'", b"\\'"), (b'"', b'\\"'), (b"\n", b"\\n"),
                           (b"\r", b"\\r"), (b"\x1a", b"\\Z")):
        data = data.replace(plain, written)
    return b"_binary '" + data + b"'"


class Packed(ProgramTest):
    def found(self, path, **how):
        run = self.scan(path, secrets=[p["idno"] for p in PEOPLE], **how)
        return {(f["column"].split(".")[-1], f["kind"], f["clear"]) for f in run.fields}, run

    def shapes(self, values):
        head = b"-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n/*!40101 SET NAMES utf8mb4 */;\nCREATE TABLE `cache` (`id` int, `body` mediumblob);\nINSERT INTO `cache` VALUES "
        yield "hex.sql", head + b",".join(b"(%d,0x%s)" % (n, v.hex().encode()) for n, v in enumerate(values)) + b";\n"
        yield "raw.sql", head + b",".join(b"(%d,%s)" % (n, literal(v)) for n, v in enumerate(values)) + b";\n"
        yield "copy.sql", (b"CREATE TABLE cache (id int, body bytea);\nCOPY cache (id, body) FROM stdin;\n" +
                           b"".join(b"%d\t\\\\x%s\n" % (n, v.hex().encode()) for n, v in enumerate(values)) + b"\\.\n")
        yield "base64.ndjson", b"".join(json.dumps({"body": base64.b64encode(v).decode()}).encode() + b"\n" for v in values)
        yield "base64.csv", b"id,body\n" + b"".join(b"%d,%s\n" % (n, base64.b64encode(v)) for n, v in enumerate(values))

    def test_every_form_in_every_table(self):
        for form, pack in FORMS.items():
            values = [pack(json.dumps(person, ensure_ascii=False).encode()) for person in PEOPLE]
            for name, data in self.shapes(values):
                with self.subTest(form=form, name=name):
                    found, run = self.found(self.file(name, data), status=1)
                    self.assertEqual(found, WANTED)
                    self.assertEqual([c for c in run.coverage if c["status"] != "scanned"], [])

    def test_databases(self):
        path = self.file("a.db", b"")
        with sqlite3.connect(path) as base:
            base.execute("CREATE TABLE cache (id INTEGER, body BLOB)")
            base.executemany("INSERT INTO cache VALUES (?, ?)", [(n, gzip.compress(json.dumps(p).encode()))
                                                                 for n, p in enumerate(PEOPLE)])
        base.close()
        self.assertEqual(self.found(path, status=1)[0], WANTED)

    def test_text_that_is_long(self):
        text = "".join(f"{p['idno']} {'nothing to see here ' * 4000}\n" for p in PEOPLE).encode()
        found, _ = self.found(self.file("a.json", json.dumps({"b": base64.b64encode(gzip.compress(text)).decode()})))
        self.assertEqual(found, {("b", "tw_national_id", 20)})

    def test_what_cannot_be_read_is_told(self):
        whole = gzip.compress(json.dumps(PEOPLE).encode())
        for data, why in ((whole[:-40], "truncated"), (whole[:60] + b"\xff" * 40 + whole[100:], "damaged")):
            for name, text in self.shapes([data]):
                with self.subTest(name=name, why=why):
                    run = self.scan(self.file(name, text))
                    told = [c for c in run.coverage if c["status"] == "partial"]
                    self.assertEqual(len(told), 1)
                    self.assertIn("gzip", told[0]["detail"])

    def test_files_in_values_are_told(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("people.csv", json.dumps(PEOPLE))
        for data, what in ((packed.getvalue(), "zip"), (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(200)), "PDF")):
            for name, text in self.shapes([data]):
                with self.subTest(name=name, what=what):
                    run = self.scan(self.file(name, text), status=3)
                    self.assertIn(what, next(c for c in run.coverage if c["status"] == "partial")["detail"])

    def test_what_only_begins_like_it(self):
        """Two bytes of zlib come along by chance."""
        for data in (b"x^y and z of the plain, which is 26 letters long", b"\x78\x9c" + random.Random(4).randbytes(60), b"x\x01" + bytes(range(100))):
            for name, text in self.shapes([data]):
                run = self.scan(self.file(name, text), status=0)
                self.assertEqual([c for c in run.coverage if c["status"] != "scanned"], [])

    def test_bombs_stop(self):
        bomb = gzip.compress(b"0" * (40 << 20), 9)
        run = self.scan("--max-memory", "16M", self.file("a.json", json.dumps({"b": base64.b64encode(bomb).decode()})), status=3)
        self.assertIn("--max-memory", run.coverage[0]["detail"])

    def test_longer_than_is_held(self):
        data = gzip.compress(random.Random(5).randbytes(6_000_000))
        for name, text in self.shapes([data]):
            with self.subTest(name=name):
                run = self.scan(self.file(name, text))
                self.assertEqual([c["status"] for c in run.coverage], ["partial"])


if __name__ == "__main__":
    main()
