"""Containers that real tools wrote, each cut, damaged, misnamed, encrypted: what can be read is read,
and what cannot is told."""

import base64
import shutil
import struct
import subprocess
import unittest
import zipfile
import zlib

from harness import DATA, HEAVY, ProgramTest, main

SQL = (DATA / "archives/shop.sql.gz")
PARTS = 16 if HEAVY else 6  # the whole matrix takes minutes


def tool(*names):
    return all(shutil.which(name) for name in names)


def vint(number):
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def rar5(members, encrypted=(), goes_on=False):
    """RAR 5.0, method "store"; the content of an ENCRYPTED member is noise to its reader."""
    def block(kind, flags, body, extra=b"", data=None):
        head = vint(kind) + vint(flags | (1 if extra else 0) | (2 if data is not None else 0))
        head += vint(len(extra)) if extra else b""
        head += vint(len(data)) if data is not None else b""
        head += body + extra
        head = vint(len(head)) + head
        return struct.pack("<I", zlib.crc32(head)) + head + (data or b"")
    out = b"Rar!\x1a\x07\x01\0" + block(1, 0, vint(1 if goes_on else 0))
    for name, data in members.items():
        body = (vint(4) + vint(len(data)) + vint(0o100644) + struct.pack("<I", zlib.crc32(data))
                + vint(0) + vint(1) + vint(len(name)) + name.encode())
        cipher = bytes([1, 0, 2, 15]) + bytes(44)
        out += block(2, 0, body, vint(len(cipher)) + cipher if name in encrypted else b"", data)
    return out + block(5, 0, vint(1 if goes_on else 0))


def rar4(members, encrypted=(), goes_on=False):
    def block(kind, flags, body, data=b""):
        head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data
    out = b"Rar!\x1a\x07\0" + block(0x73, 1 if goes_on else 0, bytes(6))
    for name, data in members.items():
        body = struct.pack("<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0x58210000, 29,
                           0x30, len(name), 0o100644) + name.encode()
        out += block(0x74, 0x8000 | (4 if name in encrypted else 0), body, data)
    return out + block(0x7B, 0x4000 | (1 if goes_on else 0), b"")


def lha(members):
    """Level 0, "-lh0-": not compressed, with a CRC-16."""
    def crc16(data):
        crc = 0
        for byte in data:
            crc ^= byte
            for _ in range(8):
                crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
        return crc
    out = b""
    for name, data in members.items():
        head = (b"-lh0-" + struct.pack("<IIIBB", len(data), len(data), 0x58210000, 0x20, 0)
                + bytes([len(name)]) + name.encode() + struct.pack("<H", crc16(data)))
        out += bytes([len(head), sum(head) & 0xFF]) + head + data
    return out + b"\0"


def rpm(members):
    """Lead, an empty signature, an empty header, a cpio archive in gzip."""
    import gzip
    cpio = b""
    for name, data in {**members, "TRAILER!!!": b""}.items():
        head = b"070701" + b"".join(b"%08X" % n for n in (
            1, 0o100644, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0))
        head += name.encode() + b"\0"
        cpio += head + bytes(-len(head) % 4) + data + bytes(-len(data) % 4)
    empty = b"\x8e\xad\xe8\x01" + bytes(12)
    return b"\xed\xab\xee\xdb\x03\0" + bytes(90) + empty * 2 + gzip.compress(cpio, mtime=0)


class Containers(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        import gzip
        cls.tree = cls.folder / "tree"
        (cls.tree / "db").mkdir(parents=True)
        text = gzip.decompress(SQL.read_bytes())
        (cls.tree / "db/shop.sql").write_bytes(text)
        with zipfile.ZipFile(DATA / "archives/backup.zip") as archive:
            (cls.tree / "customers.csv").write_bytes(archive.read("backup/export/customers.csv"))
        cls.values = None

    def make(self, command, name):
        """Run COMMAND in the tree to write NAME (as {out}); its path."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        done = subprocess.run(command.format(out=path), shell=True, cwd=self.tree,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120)
        self.assertEqual(done.returncode, 0, f"{command}: {done.stderr[-300:]}")
        return path

    def look(self, path):
        """Scan PATH, whatever comes of it; crashes fail."""
        run = self.scan("--fail-on", "never", path, status=None)
        self.assertIn(run.status, (0, 3), run.stderr)
        self.assertEqual([c for c in run.coverage if c.get("reason") == "crashed"], [])
        if run.coverage and any(c["status"] in ("partial", "failed", "skipped")
                                for c in run.coverage):
            self.assertEqual(run.status, 3)
        return run

    def facts(self, run):
        return sorted((f.get("table", ""), f.get("column", ""), f["kind"], f["values"])
                      for f in run.fields)

    def told(self, run):
        return " ".join(f"{c.get('reason')} {c.get('detail')}" for c in run.coverage)

    def plain(self):
        if self.values is None:
            type(self).values = self.facts(self.look(self.tree))
            self.assertTrue(self.values)
        return self.values


class Zip(Containers):
    def write(self, name, method=zipfile.ZIP_DEFLATED, **members):
        path = self.folder / name
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.write(self.tree / "db/shop.sql", "shop.sql")
            archive.write(self.tree / "customers.csv", "customers.csv")
            for member, text in members.items():
                archive.writestr(member, text)
        return path

    def test_methods(self):
        for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2,
                       zipfile.ZIP_LZMA):
            with self.subTest(method):
                run = self.look(self.write("method.zip", method))
                self.assertEqual(self.facts(run), self.plain())
                self.assertEqual(run.coverage, [])

    @unittest.skipUnless(tool("7z"), "7z is not installed")
    def test_methods_of_7z(self):
        for method in ("Deflate", "BZip2", "LZMA", "PPMd"):
            with self.subTest(method):
                run = self.look(self.make(f"7z a -bd -mm={method} {{out}} .", "seven.zip"))
                self.assertEqual(self.facts(run), self.plain())
                self.assertEqual(run.coverage, [])
        run = self.look(self.make("7z a -bd -mm=Deflate64 {out} .", "wide.zip"))
        self.assertIn("unsupported", self.told(run))
        self.assertIn("Deflate64", self.told(run))

    @unittest.skipUnless(tool("7z", "zip"), "7z or zip is not installed")
    def test_ciphers_are_named(self):
        for option, words in {"ZipCrypto": "weak", "AES128": "AES-128", "AES192": "AES-192",
                              "AES256": "AES-256"}.items():
            with self.subTest(option):
                path = self.make(f"7z a -bd -pSecret9 -mem={option} {{out}} .", "cipher.zip")
                run = self.look(path)
                self.assertEqual(run.fields, [])
                self.assertEqual({c["reason"] for c in run.coverage}, {"encrypted"})
                self.assertIn(words, self.told(run))

    def test_a_member_that_the_directory_does_not_name(self):
        path = self.write("hidden.zip")
        data = bytearray(path.read_bytes())
        first = data.index(b"PK\1\2")
        second = data.index(b"PK\1\2", first + 1)
        end = data.index(b"PK\5\6")
        del data[first:second]  # shop.sql is there, but not named
        end -= second - first
        count, = struct.unpack_from("<H", data, end + 8)
        size, offset = struct.unpack_from("<II", data, end + 12)
        struct.pack_into("<HHII", data, end + 8, count - 1, count - 1, size - (second - first),
                         offset)
        path.write_bytes(data)
        run = self.look(path)
        self.assertEqual(self.facts(run), self.plain())
        self.assertIn("not in the directory", self.told(run))

    def test_bytes_around_the_members(self):
        path = self.write("around.zip")
        secret = b"\nid_number,name\nA123456789,\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e\n" * 3
        path.write_bytes(path.read_bytes() + secret)
        run = self.look(path)
        self.assertTrue([f for f in run.fields if "[bytes " in f["unit"]], run.fields)
        self.assertTrue(set(self.plain()) <= set(self.facts(run)))
        path.write_bytes(b"PK\3\4" + bytes(26) + self.write("around.zip").read_bytes())
        self.assertTrue(set(self.plain()) <= set(self.facts(self.look(path))))

    @unittest.skipUnless(tool("zip"), "zip is not installed")
    def test_streamed_and_wide(self):
        for command in ("cat db/shop.sql | zip -q - - >{out}", "zip -q -fd {out} -r .",
                        "zip -q -fz {out} -r ."):
            with self.subTest(command):
                path = self.make(command, "stream.zip")
                run = self.look(path)
                self.assertTrue(run.fields)
                self.assertEqual(run.coverage, [])
                cut = self.folder / "cut.zip"
                data = path.read_bytes()
                cut.write_bytes(data[:data.index(b"PK\1\2")])  # without any directory
                again = self.look(cut)
                self.assertEqual(self.facts(again), self.facts(run))
                self.assertIn("without its directory", self.told(again))

    def test_a_pipe(self):
        path = self.write("pipe.zip")
        run = self.scan("--fail-on", "never", "-", stdin=path.read_bytes(), status=0)
        self.assertEqual(self.facts(run), self.plain())

    def test_behind_a_program(self):
        path = self.file("setup.exe", b"MZ" + bytes(5000) + self.write("inner.zip").read_bytes())
        self.assertTrue(set(self.plain()) <= set(self.facts(self.look(path))))

    def test_split(self):
        if not tool("zip"):
            self.skipTest("zip is not installed")
        path = self.make("zip -q -s 64k {out} -r . -0", "split.zip")
        run = self.look(path)
        self.assertEqual(run.status, 3)
        self.assertIn("another part of a split", self.told(run))
        run = self.look(self.folder / "split.z01")
        self.assertEqual(run.status, 3)

    def test_one_content_named_often(self):
        """Overlapping members, as in a bomb that has no compression at all."""
        blob = zlib.compress(bytes(1 << 20), 9)[2:-4]
        crc = zlib.crc32(bytes(1 << 20))
        fields = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, crc, len(blob), 1 << 20)
        local = b"PK\3\4" + fields + struct.pack("<HH", 1, 0) + b"a" + blob
        central = b"".join(b"PK\1\2" + b"\x14\0" + fields
                           + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
                           for _ in range(3000))
        end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 3000, 3000, len(central), len(local), 0)
        path = self.file("often.zip", local + central + end)
        run = self.look(path)
        self.assertIn("overlap", self.told(run))
        self.assertLess(run.summary["bytes_scanned"], 400 << 20)


class Matrix(Containers):
    """container: (how it is made, does it notice every change of its bytes)"""
    CONTAINERS = {
        "a.tar": ("tar -cf {out} .", False),
        "a.tar.gz": ("tar -czf {out} .", True),
        "a.tar.zst": ("tar -c . | zstd -q --check -o {out}", True),
        "a.tar.xz": ("tar -cJf {out} .", True),
        "a.tar.bz2": ("tar -cjf {out} .", True),
        "a.tar.lz4": ("tar -c . | lz4 -q - {out}", True),
        "a.zip": ("zip -qr {out} .", True),
        "a.7z": ("7z a -bd {out} .", True),
        "a.cpio": ("find . -depth | cpio -oH newc >{out}", False),
        "a.tar.lz": ("tar -c . | lzip -c >{out}", True),
        "a.tar.Z": ("tar -c . | compress -c >{out}", False),
        "a.ar": ("ar q {out} db/shop.sql customers.csv", False),
        "a.iso": ("genisoimage -quiet -R -J -o {out} .", False),
        "a.cab": ("gcab -cz {out} db/shop.sql customers.csv", True),
    }

    def test_without_their_writers(self):
        """Formats whose writers are not free, or not in Debian: by hand, stored."""
        for name, data in {"a.rar": rar5(self.members()), "old.rar": rar4(self.members()),
                           "a.lzh": lha(self.members()), "a.rpm": rpm(self.members())}.items():
            with self.subTest(name):
                path = self.file(name, data)
                run = self.look(path)
                self.assertEqual(self.facts(run), self.plain())
                self.assertEqual(self.told(run), "")
                path.rename(self.folder / "wrong.txt")
                self.assertEqual(self.facts(self.look(self.folder / "wrong.txt")), self.plain())
                self.damage(name, data, name != "a.rpm")

    def test_ciphers_and_volumes_of_rar(self):
        for make, cipher in ((rar5, "AES-256"), (rar4, "AES-128")):
            members = self.members()
            first = make(members, encrypted=[next(iter(members))])
            run = self.look(self.file("cipher.rar", first))
            self.assertIn(f"encrypted with {cipher}", self.told(run))
            self.assertTrue([f for f in run.fields if "customers.csv" in f["unit"]])
            run = self.look(self.file("volume.rar", make(members, goes_on=True)))
            self.assertIn("another volume", self.told(run))

    @unittest.skipUnless(tool("7z"), "7z is not installed")
    def test_ciphers_of_7z(self):
        run = self.look(self.make("7z a -bd -pSecret9 {out} .", "cipher.7z"))
        self.assertEqual({c["detail"] for c in run.coverage}, {"encrypted with AES-256"})
        run = self.look(self.make("7z a -bd -pSecret9 -mhe=on {out} .", "hidden.7z"))
        self.assertIn("the list of members is encrypted with AES-256", self.told(run))

    @unittest.skipUnless(tool("7z", "zip", "zstd"), "a tool is not installed")
    def test_four_deep(self):
        for name, command in {"1.tar.zst": "tar -c . | zstd -q -o {out}", "1.zip": "zip -qr {out} .",
                              "1.7z": "7z a -bd {out} ."}.items():
            path = self.make(command, name)
            for depth, wrap in enumerate(("zip -qj {out} {inner}", "7z a -bd {out} {inner}",
                                          "tar -C {folder} -c {name} | zstd -q -o {out}"), 2):
                outer = self.folder / f"{depth}.{('zip', '7z', 'tar.zst')[depth - 2]}"
                path = self.make(wrap.format(out="{out}", inner=path, folder=path.parent,
                                             name=path.name), outer.name)
            run = self.look(path)
            self.assertEqual(self.facts(run), self.plain(), name)
            self.assertEqual(self.told(run), "")

    def members(self):
        return {"shop.sql": (self.tree / "db/shop.sql").read_bytes(),
                "customers.csv": (self.tree / "customers.csv").read_bytes()}

    def damaged(self, data):
        for part in range(1, PARTS):
            yield f"cut at {part}/{PARTS}", data[:len(data) * part // PARTS]
        for part in range(PARTS):
            place = (len(data) - 1) * part // (PARTS - 1)
            yield f"bit of byte {place}", (data[:place] + bytes([data[place] ^ 0x10])
                                           + data[place + 1:])

    def test_every_damage(self):
        for name, (command, notices) in self.CONTAINERS.items():
            if not tool(*{word for word in command.split() if word in (
                    "zstd", "lz4", "zip", "7z", "cpio", "lzip", "compress", "ar", "genisoimage",
                    "gcab")}):
                print(f"left out: {name}: its tool is not installed")
                continue
            with self.subTest(name):
                path = self.make(command, name)
                run = self.look(path)
                self.assertEqual(self.facts(run), self.plain())
                self.assertEqual(self.told(run), "")
                for wrong in ("wrong.txt", "wrong.jpg", "wrong.sql"):
                    other = self.folder / wrong
                    shutil.copy(path, other)
                    self.assertEqual(self.facts(self.look(other)), self.plain(), wrong)
                    other.unlink()
                self.damage(name, path.read_bytes(), notices)

    def test_every_damage_of_what_servers_and_mail_write(self):
        """The same for containers that hold other data: what is missing is told, a wrong name changes nothing."""
        letter = (b"From a@corp.tw Mon Jan  5 08:00:00 2026\nFrom: a@corp.tw\nSubject: x\nMIME-Version: 1.0\n"
                  b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhello\n--b\n"
                  b"Content-Type: application/gzip; name=s.sql.gz\nContent-Transfer-Encoding: base64\n\n" +
                  base64.encodebytes(SQL.read_bytes()) + b"--b--\n")
        for name, (data, notices) in {
                "a.dump": ((DATA / "postgresql/shop.dump").read_bytes(), True),
                "big5.dump": ((DATA / "postgresql/shop-big5.dump").read_bytes(), True),
                "pg.tar": ((DATA / "postgresql/shop-pg.tar").read_bytes(), False),
                "a.xbstream": ((DATA / "mariadb-pages/shop.xbstream").read_bytes(), True),
                "a.eml": (letter.split(b"\n", 1)[1], False), "a.mbox": (letter, False)}.items():
            with self.subTest(name):
                whole = self.facts(self.look(self.file(name, data)))
                self.assertTrue(whole)
                for wrong in ("wrong.txt", "wrong.jpg", "wrong.sql"):
                    self.assertEqual(self.facts(self.look(self.file(wrong, data))), whole, wrong)
                self.damage(name, data, notices, whole)

    def damage(self, name, data, notices, whole=None):
        path = self.folder / f"damaged-{name}"
        for what, bad in self.damaged(data):
            with self.subTest(f"{name}: {what}"):
                path.write_bytes(bad)
                run = self.look(path)
                silent = run.status == 0 and not run.coverage
                if what.startswith("cut") or notices:
                    self.assertFalse(silent and self.facts(run) != (whole or self.plain()), self.told(run))


if __name__ == "__main__":
    main()
