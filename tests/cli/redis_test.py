"""Redis on disk: append-only files and dumps, values under the part of the key that is a name."""

import struct

from harness import ROWS, ProgramTest, main

PEOPLE = [(row[2], row[5]) for row in ROWS["customers"]]


def command(*arguments):
    out = b"*%d\r\n" % len(arguments)
    for each in arguments:
        each = each.encode() if isinstance(each, str) else each
        out += b"$%d\r\n%s\r\n" % (len(each), each)
    return out


def length(value):
    if value < 64:
        return bytes([value])
    if value < 16384:
        return bytes([0x40 | value >> 8, value & 0xFF])
    return b"\x80" + struct.pack(">I", value)


def text(value):
    data = value.encode()
    return length(len(data)) + data


def packed(value):
    """LZF of literals and one repetition at the end."""
    data = value.encode()
    out = b"".join(bytes([len(data[i:i + 32]) - 1]) + data[i:i + 32]
                   for i in range(0, len(data), 32))
    out += bytes([1 << 5, len(data) - 1])  # three bytes, from the start
    return b"\xc3" + length(len(out)) + length(len(data) + 3) + out


def listpack(values):
    body = b""
    for value in values:
        data = value.encode()
        entry = bytes([0x80 | len(data)]) + data
        body += entry + bytes([len(entry)])
    return struct.pack("<IH", len(body) + 7, len(values)) + body + b"\xff"


def ziplist(values):
    body, before = b"", 0
    for value in values:
        data = value.encode()
        entry = bytes([before]) + bytes([len(data)]) + data
        body, before = body + entry, len(entry)
    return struct.pack("<IIH", len(body) + 11, 10, len(values)) + body + b"\xff"


class Redis(ProgramTest):
    def commands(self):
        out = command("SELECT", "2")
        for i, (idno, email) in enumerate(PEOPLE):
            out += command("SET", f"user:{1000 + i}:idno", idno)
            out += command("HSET", f"profile:{i}", "idno", idno, "email", email)
            out += command("EXPIRE", f"user:{1000 + i}:idno", "60")
        return out

    def dump(self):
        out = b"REDIS0011" + b"\xfa" + text("redis-ver") + text("7.2.4") + b"\xfe\x00\xfb" \
            + length(300) + length(0)
        for i, (idno, email) in enumerate(PEOPLE):
            out += b"\xfc" + struct.pack("<Q", 1900000000000)
            out += b"\x00" + text(f"user:{i}:idno") + text(idno)
            pair = ["idno", idno, "email", email]
            kind = (b"\x04" + text(f"plain:{i}") + length(2) + b"".join(map(text, pair)),
                    b"\x10" + text(f"listpack:{i}") + length(len(listpack(pair)))
                    + listpack(pair),
                    b"\x0d" + text(f"ziplist:{i}") + length(len(ziplist(pair))) + ziplist(pair))
            out += kind[i % 3]
        out += b"\x00" + text("blob") + packed(f"{PEOPLE[0][1]} is where to write to, not abc")
        number = struct.pack("<IIqq", 8, 2, 4111111111111111, -5)
        out += b"\x0b" + text("numbers") + length(len(number)) + number
        return out + b"\xff" + bytes(8)

    def counts(self, run, column):
        return sum(f["values"] for f in run.fields if f["column"] == column)

    def test_commands(self):
        run = self.scan(self.file("appendonly.aof", self.commands()), status=1)
        for column in ("user.*.idno", "profile.*.idno", "profile.*.email"):
            self.assertEqual(self.counts(run, column), 120, column)
        self.assertEqual({(f["format"], f["table"]) for f in run.fields}, {("redis", "db2")})
        self.assertEqual(run.coverage, [])

    def test_a_dump(self):
        run = self.scan(self.file("dump.rdb", self.dump()), status=1)
        self.assertEqual(self.counts(run, "user.*.idno"), 120)
        for name in ("plain", "listpack", "ziplist"):
            self.assertEqual(self.counts(run, f"{name}.*.idno"), 40, name)
            self.assertEqual(self.counts(run, f"{name}.*.email"), 40, name)
        self.assertEqual(self.counts(run, "blob"), 1)
        self.assertEqual(run.coverage, [])

    def test_a_dump_before_commands(self):
        run = self.scan(self.file("mixed.aof", self.dump() + self.commands()), status=1)
        self.assertEqual(self.counts(run, "user.*.idno"), 240)
        self.assertEqual(run.coverage, [])

    def test_of_a_value_without_end_the_rest_is_told(self):
        data = ("說明文字。\n" * (1100 << 10)).encode()
        run = self.scan(self.file("long.rdb", self.dump()[:-9] + b"\x00" + text("long") + b"\x80" +
                                  struct.pack(">I", len(data)) + data + b"\xff" + bytes(8)), status=1)
        self.assertEqual(self.counts(run, "user.*.idno"), 120)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "limit")])

    def test_what_is_not_known_is_told_and_scanned_raw(self):
        data = self.dump()[:-9] + b"\x0f" + text("stream") + text(PEOPLE[0][1]) + bytes(60)
        run = self.scan(self.file("stream.rdb", data), status=1)
        self.assertEqual([c["reason"] for c in run.coverage], ["unsupported"])
        self.assertEqual(self.counts(run, ""), 1)

    def test_damage_is_told(self):
        for data in (self.commands(), self.dump()):
            for part in range(1, 16):
                run = self.scan(self.file("cut.rdb", data[:len(data) * part // 16]))
                self.assertEqual([c["reason"] for c in run.coverage], ["truncated"], part)
            for at in range(9, len(data), len(data) // 60):
                flipped = bytearray(data)
                flipped[at] ^= 0xFF
                run = self.scan(self.file("flipped.rdb", bytes(flipped)))
                self.assertNotIn("crashed", {c.get("reason") for c in run.coverage})


if __name__ == "__main__":
    main()
