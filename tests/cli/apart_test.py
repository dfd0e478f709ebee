"""Members of archives and frames that each thread decompresses for itself: whatever is in them, or wrong
with them, the records are those of reading one after the other."""

import io
import struct
import subprocess
import unittest
import zipfile
import zlib

from harness import SANITIZED, ProgramTest, main
from ranges_test import COLUMNS, Rows

DEFLATED, STORED = zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED
ROWS = 9000


class Members(ProgramTest):
    def setUp(self):
        super().setUp()
        rows = Rows(5)
        self.rows = [rows.row(i) for i in range(1, ROWS)]

    def csv(self, begin=0, end=None):
        return "\n".join(",".join(row) for row in [COLUMNS, *self.rows[begin:end]]) + "\n"

    def dump(self):
        values = (",\n".join(f"({row[0]},'{row[2]}','{row[3]}','{row[7]}')"
                             for row in self.rows[i:i + 500])
                  for i in range(0, len(self.rows), 500))
        head = ("-- MySQL dump 10.13\n\nCREATE TABLE `members` (\n  `id` int NOT NULL,\n  `id_no` text,\n"
                "  `mobile` text,\n  `note` text\n);\n")
        return head + "".join(f"INSERT INTO `members` VALUES {part};\n" for part in values)

    def zip(self, name, members, compression=DEFLATED):
        path = self.folder / name
        with zipfile.ZipFile(path, "w", compression, compresslevel=1) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return path

    def same(self, path, *arguments):
        whole = self.comparable(self.scan("-j1", "-v", *arguments, path))
        self.assertTrue([r for r in whole if r["type"] == "coverage"], path)
        self.assertEqual(self.comparable(self.scan("-j3", "-v", *arguments, path)), whole, str(path))
        return whole

    def members(self):
        return {"a.csv": self.csv(), "small.csv": self.csv(0, 40), "dump.sql": self.dump(),
                "note.txt": "王小明 0912-345-678\n" * 40000, "b/a.csv": self.csv(10),
                "c.csv": self.csv(0, -9)}


class Apart(Members):
    def test_every_method(self):
        for compression in (STORED, DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
            self.same(self.zip(f"m{compression}.zip", self.members(), compression))

    def test_an_archive_in_an_archive(self):
        inner = self.zip("inner.zip", self.members()).read_bytes()
        outer = {"first.csv": self.csv(), "inner.zip": inner, "last.csv": self.csv(7)}
        self.same(self.zip("outer.zip", outer, STORED))

    def test_one_that_is_larger_than_all_others(self):
        text = self.csv()
        row = ",".join(self.rows[0]) + "\n"
        large = text + row * (20_000_000 // len(row))
        for end in ("", '9001,"王小明,,,,,2020-01-01,\n' + row * 90000):  # the second one cannot be cut
            self.same(self.zip("large.zip", {"a.csv": text, "large.csv": large + end, "b.csv": text}))

    def test_damage(self):
        """In the data of members, in what is said of them, and an end that is missing."""
        data = self.zip("whole.zip", self.members()).read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            places = {info.filename: info.header_offset for info in archive.infolist()}
        for name in ("a.csv", "dump.sql", "c.csv"):
            damaged = bytearray(data)
            damaged[places[name] + 90000] ^= 255
            records = self.same(self.file(f"{name}.zip", bytes(damaged)))
            self.assertTrue([r for r in records if r.get("status") == "partial"], name)
        records = self.same(self.file("short.zip", data[:len(data) * 2 // 3]))
        self.assertTrue([r for r in records if r.get("reason") == "truncated"])
        wrong = bytearray(data)
        entry = data.index(b"PK\x01\x02")
        struct.pack_into("<I", wrong, entry + 16, 1)  # the checksum of the first member
        self.same(self.file("checksum.zip", bytes(wrong)))
        locked = bytearray(data)  # as if the third one were encrypted
        locked[data.index(b"dump.sql") - 30 + 6] |= 1
        entry = data.index(b"dump.sql", data.index(b"PK\x01\x02")) - 46
        locked[entry + 8] |= 1
        records = self.same(self.file("locked.zip", bytes(locked)))
        self.assertTrue([r for r in records if r.get("reason") == "encrypted"])

    @unittest.skipIf(SANITIZED, "takes long")
    def test_limits(self):
        """They are reached at the same byte of the same member."""
        plain = "id,mobile\n" + "1,0912-345-678\n" * 1_400_000
        text = self.csv()
        members = {"a.csv": text, "b.csv": plain, "c.csv": text, "d.csv": plain, "e.csv": plain,
                   "f.csv": plain, "g.csv": text}
        path = self.zip("limits.zip", members)
        for arguments in (["--max-ratio", "20"], ["--max-ratio", "60"], ["--max-entries", "4"],
                          ["--max-unit-bytes", "1M"]):
            records = self.same(path, *arguments)
            self.assertTrue([r for r in records if r.get("reason") == "limit"], arguments)


class Frames(Members):
    """Compressed frames that tell how long they are: every thread decompresses its own."""

    def blocks(self, text, size=60000, level=1):
        """As bgzip writes them."""
        data, out = text.encode(), []
        for at in range(0, len(data), size):
            out.append(data[at:at + size])
        packed = b""
        for part in out + [b""]:
            body = zlib.compressobj(level, zlib.DEFLATED, -15)
            body = body.compress(part) + body.flush()
            packed += (b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0" +
                       struct.pack("<H", len(body) + 25) + body +
                       struct.pack("<II", zlib.crc32(part), len(part)))
        return packed

    def frames(self, text, size=300000):
        data, out = text.encode(), []
        for at in range(0, len(data), size):
            part = self.file("part", data[at:at + size])
            out.append(subprocess.run(["zstd", "-q", "-1", "-c", part], check=True,
                                      stdout=subprocess.PIPE).stdout)
        skipped = b"\x50\x2a\x4d\x18\x04\0\0\0skip"
        return skipped.join(out)

    def same_pieces(self, name, data):
        path = self.file(name, data)
        whole = self.comparable(self.scan("-j1", "-v", path))
        self.assertTrue([r for r in whole if r["type"] == "field"], name)
        for size in ("200K", "700K"):
            cut = self.comparable(self.scan("-j3", "-v", "--piece-bytes", size, path))
            self.assertEqual(cut, whole, (name, size))
        return whole

    def texts(self):
        copied = "".join("\t".join(row) + "\n" for row in self.rows)
        head = "-- PostgreSQL database dump\n\nSET x = 1;\n"
        lines = "".join(f"2024-01-05 10:00:{row[0][-1]}0 INFO login {row[3]} {row[2]}\n"
                        for row in self.rows * 3)
        return {"t.csv": self.csv() * 3, "t.log": lines, "dump.sql": self.dump() * 3,
                "copy.sql": head + "".join(f"COPY t{i} ({', '.join(COLUMNS)}) FROM stdin;\n{copied}\\.\n"
                                           for i in range(3))}

    def test_all_kinds_of_text(self):
        for name, text in self.texts().items():
            self.same_pieces(name + ".gz", self.blocks(text))
            self.same_pieces(name + ".zst", self.frames(text))

    def test_damage(self):
        text = self.csv() * 3
        for name, data in (("t.csv.gz", self.blocks(text)), ("t.csv.zst", self.frames(text))):
            middle = bytearray(data)
            middle[len(data) // 2] ^= 255
            self.same_pieces("middle." + name, bytes(middle))
            self.same_pieces("short." + name, data[:len(data) * 2 // 3])
            self.same_pieces("trailing." + name, data + b"no frame")
            self.same_pieces("padded." + name, data + bytes(5000))
        wrong = bytearray(self.blocks(text))
        wrong[-28 - 8] ^= 255  # the checksum of the last block that holds something
        records = self.same_pieces("checksum.gz", bytes(wrong))
        self.assertTrue([r for r in records if r.get("reason") == "damaged"])

    def test_limits(self):
        data = self.blocks("id,mobile\n" + "1,0912-345-678\n" * 5_000_000, level=9)
        for ratio in ("100", "250"):
            path = self.file("bomb.csv.gz", data)
            self.same(path, "--max-ratio", ratio)


if __name__ == "__main__":
    main()
